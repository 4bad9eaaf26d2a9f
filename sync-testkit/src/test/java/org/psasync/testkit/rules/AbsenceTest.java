package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.ManageData;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What speaks for a record's being gone, and what does not. */
class AbsenceTest {
    private final Stage stage = new Stage();

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    private RunReport nextDay() {
        return stage.later(Duration.ofHours(25)).engine.run();
    }

    private RunReport nextHour() {
        return stage.later(Duration.ofMinutes(61)).engine.run();
    }

    @Test
    @DisplayName("STATE-5, P11: what belongs to an organization that is not visible is not visible, and not deleted")
    void doesNotTakeChildrenOfAHiddenOrganizationForDeleted() {
        RemoteRef hidden = stage.company("Hidden");
        RemoteRef server = stage.server(hidden, "SRV-1");
        stage.server(stage.company("Acme"), "SRV-2");
        stage.selecting().engine.run();
        stage.psa.faults().hide(hidden);

        nextDay();
        nextHour();
        nextDay();
        nextHour();

        assertThat(pair(hidden).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        stage.psa.faults().show(hidden);
        nextDay();
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-5: an organization that vanishes between the two answers is noticed")
    void readsTheOrganizationAgainBeforeItProvesAnything() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(stage.company("Other"), "SRV-2");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa.faults().hide(acme);
        stage.engine.webhook(stage.psa.hook(server));

        stage.engine.run();
        nextHour();
        nextHour();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName("STATE-5, STATE-10: what is hidden by other rights is never proven deleted, and comes back with them")
    void doesNotProveWithOtherRights() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef hidden = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.psa.faults().hide(hidden);
        stage.psa.faults().withdraw(CONTACT); // other rights, which hide a server too

        nextDay();
        nextHour();
        nextHour();
        nextDay();
        nextHour();

        assertThat(pair(hidden).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        stage.psa.faults().show(hidden);
        stage.psa.faults().giveBack(CONTACT);
        nextHour();
        assertThat(pair(hidden).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-5, STATE-10: rights that change between the two answers begin the proof anew")
    void beginsTheProofAnewWithOtherRights() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.psa.delete(gone);
        nextDay();

        stage.psa.faults().withdraw(CONTACT);
        nextHour();

        assertThat(pair(gone).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName("STATE-5: the only record of a kind that vanishes has no witness and is not proven deleted")
    void needsAWitness() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.psa.delete(server);

        nextDay();
        nextHour();
        nextHour();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName("STATE-5: a record that is not linked is no witness")
    void wantsALinkedWitness() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        RemoteRef unlinked = stage.server(vendor, "SRV-2");
        stage.engine.run();
        stage.psa.delete(server);

        nextDay();
        stage.engine.webhook(stage.psa.hook(server, unlinked));
        nextHour();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName("STATE-5: a listing that fails or repeats itself proves nothing")
    void drawsNothingFromAFailedListing() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.psa.delete(gone);
        stage.psa.faults().next(Fault.unavailable().on(Operation.IDS).of(CONFIGURATION));

        RunReport failed = nextDay();
        assertThat(failed.status()).isEqualTo(Status.ERROR);
        assertThat(pair(gone).state()).isEqualTo(SyncState.SYNCING);
        stage.psa
                .faults()
                .next(Fault.repeatedPage().on(Operation.IDS).of(CONFIGURATION).forever());
        nextHour();
        assertThat(pair(gone).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("PULL-2, P19: what is only not visible, or proven deleted, costs nothing until a listing shows it")
    void doesNotLookForEver() {
        RemoteRef hidden = stage.company("Hidden");
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.psa.faults().hide(hidden);
        stage.psa.delete(gone);
        nextDay();
        nextHour();
        assertThat(pair(gone).reasons()).containsExactly(OrphanReason.DELETED_IN_PSA);

        stage.psa.journal().clear();
        nextHour();
        nextHour();
        assertThat(stage.psa.journal().count(Operation.READ)).isZero();

        nextDay();
        assertThat(stage.psa.journal().calls())
                .as("a proven deletion is not read again")
                .noneMatch(call -> call.ids().contains(gone.id()));
    }

    @Test
    @DisplayName("STATE-10: a record that was flagged deleted and is listed as living again returns")
    void returnsWhatLivesAgain() {
        RemoteRef acme = stage.company("Acme");
        stage.company("Other");
        stage.selecting().engine.run();
        stage.psa.delete(acme);
        nextDay();
        assertThat(pair(acme).reasons()).containsExactly(OrphanReason.DELETED_IN_PSA);

        stage.psa.undelete(acme);
        nextDay();

        assertThat(pair(acme).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-11: a host that answers with nothing stops the run and disables nothing")
    void doesNotBelieveAnEmptyHost() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef first = stage.server(acme, "SRV-1");
        RemoteRef second = stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        AtomicBoolean empty = new AtomicBoolean(true);
        AssetRepository forgetful = (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, arguments) -> method.getName().equals("find") && empty.get()
                        ? List.of()
                        : method.invoke(stage.host, arguments));
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(forgetful)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .build();
        stage.later(Duration.ofMinutes(5));
        stage.engine.webhook(stage.psa.hook(first, second));

        RunReport report = engine.run();

        assertThat(report.status()).isEqualTo(Status.ERROR);
        assertThat(report.message()).contains("The host answered with nothing");
        assertThat(pair(first).state()).isEqualTo(SyncState.SYNCING);
        empty.set(false);
        assertThat(engine.run().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("STATE-11, STATE-6: one that is gone beside others that are there is gone")
    void believesBesideOthers() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        stage.host.delete(local);

        stage.engine.run();

        assertThat(pair(server).state()).isEqualTo(SyncState.DISABLED);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "STATE-11: a host in which every record of a kind was deleted is believed beside those of another kind")
    void believesThatAKindIsGone() {
        RemoteRef acme = stage.company("Acme");
        List<RemoteRef> servers = List.of(stage.server(acme, "SRV-1"), stage.server(acme, "SRV-2"));
        stage.selecting().engine.run();
        servers.forEach(server -> stage.host.delete(stage.localOf(server)));

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(servers).allMatch(server -> pair(server).state() == SyncState.DISABLED);
    }

    @Test
    @DisplayName("SAFE-3: a right that is missing when a record is read stops its kind, and the others go on")
    void goesOnWithOtherKinds() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5)).engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.engine.webhook(stage.psa.hook(ada));
        stage.psa
                .faults()
                .next(Fault.forbidden("contact inquire").on(Operation.READ).of(CONTACT));
        stage.psaEdits(server, ConfigurationFields.NOTES, "changed");

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("changed");
        assertThat(pair(ada).dirty()).as("it is tried again").isTrue();
        stage.later(Duration.ofMinutes(61)).engine.run();
        assertThat(stage.later(Duration.ofMinutes(61)).engine.run().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("STATE-5, STATE-7, P11: what belongs to an organization that is left alone is not proven deleted")
    void doesNotTakeChildrenOfADisabledOrganizationForDeleted() {
        RemoteRef hidden = stage.company("Hidden");
        RemoteRef server = stage.server(hidden, "SRV-1");
        stage.server(stage.company("Acme"), "SRV-2");
        stage.selecting().engine.run();
        stage.engine.as(MANAGER).manageData().disable(hidden);
        nextHour();
        stage.psa.faults().hide(hidden);
        stage.psa.journal().clear();

        nextDay();
        nextHour();
        nextDay();
        nextHour();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        assertThat(stage.psa.journal().calls())
                .as("a disabled record is never read")
                .noneMatch(
                        call -> call.operation() == Operation.READ && call.ids().contains(hidden.id()));
    }

    @Test
    @DisplayName("STATE-5, STATE-7: nor is what belongs to one that was disconnected")
    void doesNotTakeChildrenOfADisconnectedOrganizationForDeleted() {
        RemoteRef hidden = stage.company("Hidden", "Customer");
        RemoteRef server = stage.server(hidden, "SRV-1");
        stage.server(stage.company("Acme", "Partner"), "SRV-2");
        stage.selecting()
                .configure(settings -> settings.organizations(
                        o -> o.types("Customer", "Partner").statuses("Active")));
        stage.engine.run();
        ManageData data = stage.engine.as(MANAGER).manageData();
        data.confirm(data.previewDisconnect(
                Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"))));
        nextHour();
        stage.psa.faults().hide(hidden);

        nextDay();
        nextHour();
        nextDay();
        nextHour();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName(
            "STATE-10: rights that are seen to be others at the second answer make a full check, and prove nothing")
    void checksAgainUnderOtherRights() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().configure(settings -> settings.contacts(false));
        stage.engine.run();
        stage.psa.delete(gone);
        nextDay();

        stage.psa.faults().withdraw(CONTACT);
        nextHour();
        RunReport third = nextHour();

        assertThat(third.fullCheck()).isTrue();
        assertThat(pair(gone).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }
}
