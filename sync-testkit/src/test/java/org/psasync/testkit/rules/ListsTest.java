package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.Verb;
import org.psasync.model.Choice;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class ListsTest {
    private static final ContactPoint ADA = primary("ada@acme.example");
    private final Stage stage = new Stage();

    private RemoteRef ada(ContactPoint... emails) {
        RemoteRef ada = stage.contact(stage.company("Acme"), "Ada", "Lovelace");
        stage.psaEdits(ada, ContactFields.EMAILS, Set.of(emails));
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return ada;
    }

    private void bothChooseAPrimary(RemoteRef ada, LocalRef local) {
        stage.psaEdits(
                ada,
                ContactFields.EMAILS,
                Set.of(further("a@x.example"), primary("b@x.example"), further("c@x.example")));
        stage.userSaves(
                local,
                ContactFields.EMAILS,
                Set.of(further("a@x.example"), further("b@x.example"), primary("c@x.example")));
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private RemoteRef abc() {
        return ada(primary("a@x.example"), further("b@x.example"), further("c@x.example"));
    }

    @Test
    @DisplayName("MERGE-4: both sides choose another primary item, the PSA wins, and the host's choice is in the log")
    void logsThePrimaryThatLost() {
        RemoteRef ada = abc();
        LocalRef local = stage.localOf(ada);

        bothChooseAPrimary(ada, local);

        assertThat(stage.inHost(local, ContactFields.EMAILS)).contains(primary("b@x.example"));
        assertThat(stage.inPsa(ada, ContactFields.EMAILS)).contains(primary("b@x.example"));
        assertThat(stage.events(Event.Type.OVERWRITTEN)).hasSize(1);
    }

    @Test
    @DisplayName("MERGE-4: both sides choose another primary item, LOCAL_WINS, and the PSA's choice is in the log")
    void sendsThePrimaryThatWon() {
        RemoteRef ada = abc();
        LocalRef local = stage.localOf(ada);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.LOCAL_WINS));

        bothChooseAPrimary(ada, local);

        assertThat(stage.inHost(local, ContactFields.EMAILS)).contains(primary("c@x.example"));
        assertThat(stage.inPsa(ada, ContactFields.EMAILS)).contains(primary("c@x.example"));
        assertThat(stage.events(Event.Type.OVERWRITTEN)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-5: both sides choose another primary item, and under ASK a person decides")
    void asksWhichPrimary() {
        RemoteRef ada = abc();
        LocalRef local = stage.localOf(ada);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));

        bothChooseAPrimary(ada, local);

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.CONFLICT_TO_DECIDE);
        assertThat(stage.inPsa(ada, ContactFields.EMAILS)).contains(primary("b@x.example"));
    }

    @Test
    @DisplayName("PUSH-5: an item that an import added is not pushed with the saved ones")
    void pushesNoItemThatNobodyConfirmed() {
        RemoteRef ada = ada(ADA);
        LocalRef local = stage.localOf(ada);
        stage.psa.faults().next(Fault.unavailable().on(Operation.UPDATE));
        stage.userSaves(local, ContactFields.EMAILS, Set.of(ADA, further("saved@acme.example")));
        stage.edits(
                local,
                ContactFields.EMAILS,
                Set.of(ADA, further("saved@acme.example"), further("imp@x.example")),
                Origin.IMPORT);
        stage.psaEdits(ada, ContactFields.EMAILS, Set.of(ADA, further("psa@acme.example")));
        for (int i = 0; i < 3; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }

        assertThat(stage.inPsa(ada, ContactFields.EMAILS)).doesNotContain(further("imp@x.example"));
        assertThat(stage.inHost(local, ContactFields.EMAILS)).contains(further("psa@acme.example"));
    }

    @Test
    @DisplayName("MERGE-3, PUSH-5: an address of which a line is not confirmed is not pushed at all")
    void pushesNoHalfAddress() {
        RemoteRef site = stage.site(stage.company("Acme"), "Main", "Tampa");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(site);
        stage.edits(
                local,
                FieldValues.of(LOCATION)
                        .set(LocationFields.CITY, "Orlando")
                        .set(LocationFields.POSTAL_CODE, "32801")
                        .build(),
                Origin.USER);
        stage.psa.faults().next(Fault.unavailable().on(Operation.UPDATE));
        stage.engine.saved(local);
        stage.edits(local, LocationFields.POSTAL_CODE, "99999", Origin.IMPORT);
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.inPsa(site, LocationFields.CITY)).isEqualTo("Tampa");
        assertThat(stage.inPsa(site, LocationFields.POSTAL_CODE)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("MERGE-4: when one address wins, only lines that the other side changed are lost")
    void logsOnlyLostLines() {
        RemoteRef site = stage.site(stage.company("Acme"), "Main", "Tampa");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(site);
        stage.psaEdits(site, LocationFields.CITY, "Orlando");

        stage.userSaves(local, LocationFields.POSTAL_CODE, "33601");

        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .flatExtracting(Event::changes)
                .extracting(Event.Change::field)
                .containsExactly(LocationFields.POSTAL_CODE);
    }

    @Test
    @DisplayName("MERGE-3, FIELD-2: of an address with a line that is too long no line goes out")
    void keepsAnAddressBackOfWhichALineDoesNotFit() {
        Stage narrow =
                new Stage(psa -> psa.kind(LOCATION, kind -> kind.maxLength(LocationFields.ADDRESS_1, 10)), host -> {});
        RemoteRef site = narrow.site(narrow.company("Acme"), "Main", "Tampa");
        narrow.psaEdits(site, LocationFields.ADDRESS_1, "1 Old St");
        narrow.twoWay().engine.run();
        narrow.later(Duration.ofMinutes(5));
        LocalRef local = narrow.localOf(site);

        PushResult answer = narrow.userSaves(
                local,
                FieldValues.empty(LOCATION)
                        .with(LocationFields.NAME, "Head office")
                        .with(LocationFields.ADDRESS_1, "12345 A Very Long Street")
                        .with(LocationFields.CITY, "Miami"));

        assertThat(answer).isInstanceOf(PushResult.Refused.class);
        assertThat(narrow.inPsa(site, LocationFields.NAME)).isEqualTo("Head office");
        assertThat(narrow.inPsa(site, LocationFields.CITY)).isEqualTo("Tampa");
        narrow.userSaves(local, LocationFields.ADDRESS_1, "1 New St");
        assertThat(narrow.inPsa(site, LocationFields.CITY)).isEqualTo("Miami");
    }

    @Test
    @DisplayName("MERGE-3, MATCH-8: on the first link another address is taken whole, a fuller one is left")
    void takesAnotherAddressWhole() {
        RemoteRef moved = stage.site(stage.company("Acme"), "Main", "Tampa");
        RemoteRef sparse = stage.site(stage.company("Beta"), "Main", "Tampa");
        stage.selecting().engine.run();
        LocalRef other = stage.localOf(moved);
        LocalRef fuller = stage.localOf(sparse);
        stage.engine.as(Stage.MANAGER).disconnect();
        stage.edits(
                other,
                FieldValues.empty(LOCATION)
                        .with(LocationFields.CITY, "Miami")
                        .with(LocationFields.POSTAL_CODE, "33101"),
                Origin.USER);
        stage.edits(fuller, LocationFields.POSTAL_CODE, "33601", Origin.USER);
        stage.later(Duration.ofMinutes(5)).engine.as(Stage.MANAGER).connect();
        stage.engine.run();

        assertThat(stage.inHost(other, LocationFields.CITY)).isEqualTo("Tampa");
        assertThat(stage.inHost(other, LocationFields.POSTAL_CODE)).isNull();
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .anySatisfy(event -> assertThat(event.changes())
                        .contains(new Event.Change(LocationFields.POSTAL_CODE, "33101", null)));
        assertThat(stage.inHost(fuller, LocationFields.POSTAL_CODE)).isEqualTo("33601");
    }

    @Test
    @DisplayName("FIELD-4: a host with room for one type shows another one when the PSA takes the first away")
    void showsAnotherType() {
        RemoteRef acme = stage.company("Acme", "Customer", "Partner");
        stage.engine = stage.newEngine(stage.psa, withOneType());
        stage.selecting()
                .configure(settings -> settings.organizations(
                        o -> o.types("Customer", "Partner").statuses("Active")));
        stage.engine.run();
        LocalRef local = stage.localOf(acme);
        Choice shown = stage.inHost(local, OrganizationFields.TYPES).iterator().next();
        Choice left = stage.choice(OrganizationFields.TYPES, shown.name().equals("Customer") ? "Partner" : "Customer");
        stage.later(Duration.ofMinutes(5));

        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(left));
        stage.engine.run();

        assertThat(stage.inHost(local, OrganizationFields.TYPES)).containsExactly(left);
        assertThat(stage.later(Duration.ofMinutes(5)).engine.run().count(Verb.UPDATE_LOCALLY))
                .isZero();
    }

    /** The host, as one that keeps the first of several types. */
    @SuppressWarnings("unchecked")
    private AssetRepository withOneType() {
        return (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, arguments) -> method.invoke(
                        stage.host,
                        method.getName().equals("write")
                                ? new Object[] {
                                    ((List<LocalChange>) arguments[0])
                                            .stream()
                                                    .map(ListsTest::withOneType)
                                                    .toList()
                                }
                                : arguments));
    }

    private static LocalChange withOneType(LocalChange change) {
        Set<Choice> types = change.kind() == ORGANIZATION ? change.values().get(OrganizationFields.TYPES) : null;
        return types == null
                ? change
                : new LocalChange(
                        change.pair(),
                        change.id(),
                        change.expected(),
                        change.values()
                                .with(
                                        OrganizationFields.TYPES,
                                        Set.of(types.iterator().next())));
    }
}
