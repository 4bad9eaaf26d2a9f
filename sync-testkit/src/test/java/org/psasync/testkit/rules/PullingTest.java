package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.ChoiceState;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.Trouble;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class PullingTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("GATE-1, GATE-5: every reason is named and counted")
    void namesEveryReason() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        stage.psaEdits(vendor, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));

        RunReport report = stage.selecting().engine.run();

        assertThat(report.kind(ORGANIZATION).turnedAway()).hasSize(2).containsValue(1L);
        Explanation why = stage.engine.explain(vendor);
        assertThat(why.disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(why.reasons()).hasSize(2);
        assertThat(why.remedy()).as("WHY-1").contains("its type").contains("its status");
    }

    @Test
    @DisplayName("GATE-2: with ALL each type must be selected, with ANY one is enough, without type none passes")
    void judgesSeveralTypes() {
        RemoteRef both = stage.company("Both", "Customer", "Vendor");
        RemoteRef none = stage.company("None", new String[0]);
        stage.selecting().engine.run();
        assertThat(stage.engine.explain(both).disposition()).isEqualTo(Disposition.NOT_SELECTED);

        stage.configure(settings -> settings.organizations(o -> o.typeMode(TypeMode.ANY)));
        stage.engine.run();

        assertThat(stage.engine.explain(both).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.engine.explain(none).disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName("GATE-3: a gate that closes deletes nothing and creates nothing")
    void keepsWhatALaterGateTurnsAway() {
        RemoteRef acme = stage.company("Acme");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.organizations(o -> o.types("Prospect")));

        RunReport report = stage.engine.run();

        assertThat(report.count(Verb.ORPHAN)).isEqualTo(1);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.ORPHANED);
        stage.configure(settings -> settings.organizations(o -> o.types("Customer")));
        assertThat(stage.engine.run().count(Verb.RETURN)).as("STATE-1").isEqualTo(1);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("GATE-7: an inactive contact is not created")
    void leavesInactiveContactsOut() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.psaEdits(ada, ContactFields.ACTIVE, false);

        stage.selecting().engine.run();

        assertThat(stage.all(CONTACT)).isEmpty();
        assertThat(stage.engine.explain(ada).disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName(
            "MATCH-4, MATCH-5: one like one is linked; several are a doubt with candidates, and nothing is created")
    void matchesFromBothSides() {
        RemoteRef acme = stage.company("Acme");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        LocalRef organization = stage.localOf(acme);
        LocalRef single = stage.creates(stage.serverValues(organization, "SRV-1"), Origin.IMPORT)
                .ref();
        stage.creates(stage.serverValues(organization, "SRV-2"), Origin.IMPORT);
        RemoteRef one = stage.server(acme, "SRV-1");
        RemoteRef first = stage.server(acme, "SRV-2");
        RemoteRef second = stage.server(acme, "SRV-2");

        stage.selecting().engine.run();

        assertThat(stage.localOf(one)).isEqualTo(single);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        for (RemoteRef doubtful : List.of(first, second)) {
            assertThat(stage.engine.explain(doubtful).disposition()).isEqualTo(Disposition.IN_REVIEW);
            Trouble.Review review =
                    stage.state().byRemote(doubtful).orElseThrow().trouble().review();
            assertThat(review).isNotNull();
            assertThat(review.candidates()).hasSize(1);
        }
    }

    @Test
    @DisplayName("MATCH-3: an equal serial number decides, a different one too, a one-sided one is a doubt")
    void looksAtSerialNumbers() {
        RemoteRef acme = stage.company("Acme");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        LocalRef organization = stage.localOf(acme);
        for (String name : List.of("same", "other", "one-sided")) {
            stage.creates(
                    stage.serverValues(organization, name).with(ConfigurationFields.SERIAL_NUMBER, "S-1"),
                    Origin.IMPORT);
        }
        RemoteRef same = stage.server(acme, "same");
        stage.psaEdits(same, ConfigurationFields.SERIAL_NUMBER, "S-1");
        RemoteRef other = stage.server(acme, "other");
        stage.psaEdits(other, ConfigurationFields.SERIAL_NUMBER, "S-2");
        RemoteRef oneSided = stage.server(acme, "one-sided");

        stage.selecting().engine.run();

        assertThat(stage.engine.explain(same).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.engine.explain(other).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.all(CONFIGURATION))
                .as("a new one for the different serial number")
                .hasSize(4);
        assertThat(stage.engine.explain(oneSided).disposition()).isEqualTo(Disposition.IN_REVIEW);
    }

    @Test
    @DisplayName("MATCH-9: a candidate behind a closed gate forbids the create")
    void doesNotCreateBesideAnUnselectedOne() {
        stage.company("Acme", "Vendor");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        RemoteRef template = stage.company("Template");
        LocalRef made = stage.creates(
                        stage.psa.get(template).orElseThrow().values().with(OrganizationFields.NAME, "Acme"),
                        Origin.USER)
                .ref();

        stage.engine.saved(made);

        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isZero();
    }

    @Test
    @DisplayName("MATCH-7: a rename never matches a link anew")
    void keepsALinkThroughARename() {
        RemoteRef acme = stage.company("Acme");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(acme);
        stage.later(Duration.ofMinutes(1));

        stage.psaEdits(acme, OrganizationFields.NAME, "Acme Ltd");
        stage.engine.run();

        assertThat(stage.localOf(acme)).isEqualTo(local);
        assertThat(stage.inHost(local, OrganizationFields.NAME)).isEqualTo("Acme Ltd");
    }

    @Test
    @DisplayName("PULL-2: a run that changes nothing costs one request for each kind")
    void costsLittleWhenNothingChanges() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.engine.run();

        RunReport report = stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(report.requests()).isLessThanOrEqualTo(4 + 2);
    }

    @Test
    @DisplayName("PULL-5, SAFE-6: a run that dies goes on where it stopped and repeats nothing visible")
    void goesOnWhereItStopped() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 20; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting();
        stage.psa.faults().next(Fault.unavailable().on(Operation.CHANGES).of(CONFIGURATION));
        RunReport died = stage.engine.run();

        stage.engine = stage.newEngine();
        RunReport report = stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(died.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(20);
        assertThat(stage.events(Event.Type.CREATED_LOCALLY)).hasSize(21);
    }

    @Test
    @DisplayName("FIELD-9, SET-3: pick-list values reach the host before the records, and a rename is one rename")
    void handsPickListsOver() {
        RemoteRef acme = stage.company("Acme");
        stage.selecting().engine.run();
        var customer = stage.choice(OrganizationFields.TYPES, "Customer");
        assertThat(stage.host.pickList(OrganizationFields.TYPES)).contains(customer);

        stage.psa.rename(OrganizationFields.TYPES, customer, "Client");
        RunReport report = stage.later(Duration.ofHours(25)).engine.run();

        assertThat(stage.host.pickList(OrganizationFields.TYPES))
                .anyMatch(choice -> choice.name().equals("Client"));
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isZero();
        assertThat(stage.events(Event.Type.RENAMED)).hasSize(1);
        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName(
            "FIELD-10: a move in the PSA moves the local record; to a company that does not sync it makes an orphan")
    void followsAMove() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef vendor = stage.company("Vendor", "Vendor");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        stage.later(Duration.ofMinutes(1));

        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, globex);
        stage.engine.run();
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(globex));
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, vendor);
        stage.engine.run();

        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(globex));
    }

    @Test
    @DisplayName("RUN-4: a plan applied later leaves out and names what changed since")
    void appliesAPlanLater() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(globex, OrganizationFields.SHORT_NAME, "changed since");

        RunReport report = stage.engine.as(Stage.MANAGER).apply(plan);

        assertThat(stage.localOf(acme)).isNotNull();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(report.problems()).anyMatch(text -> text.contains("Globex"));
        assertThat(stage.engine.run().count(Verb.CREATE_LOCALLY)).isEqualTo(1);
    }

    @Test
    @DisplayName("RUN-5: what was seen is the sum over all dispositions, whatever is repeated")
    void addsUp() {
        RemoteRef acme = stage.company("Acme");
        stage.company("Vendor", "Vendor");
        stage.server(acme, "SRV-1");
        stage.selecting();
        stage.psa.faults().next(Fault.repeatedPage());

        RunReport report = stage.engine.run();

        report.kinds()
                .forEach((kind, counts) -> assertThat(counts.dispositions().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(counts.seen()));
        assertThat(report.seen()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "CONN-1, CONN-3: refused credentials store nothing, accepted ones answer with what a settings page needs")
    void connects() {
        stage.psa.faults().next(Fault.unauthorized("key"));
        Connection refused = stage.engine.as(Stage.MANAGER).connect();
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Connection.Refused.class,
                        each -> assertThat(each.credential()).isEqualTo("key"));
        assertThat(stage.state().setup().connection()).isNull();

        Connection accepted = stage.engine.as(Stage.MANAGER).connect();
        assertThat(accepted)
                .isInstanceOfSatisfying(
                        Connection.Accepted.class,
                        each -> assertThat(each.reference().choices()).containsKey(OrganizationFields.TYPES));
        assertThatThrownBy(() -> stage.engine.as(Actor.user("una")).connect())
                .as("DATA-8")
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    @DisplayName("SET-4: an unknown name is refused with the nearest one, and each type has its state")
    void checksSettings() {
        assertThatThrownBy(() -> stage.configure(settings ->
                        settings.organizations(o -> o.types("Custommer")).configurations(c -> c.types("Servre"))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("has no organization type \"Custommer\"; did you mean \"Customer\"?")
                .hasMessageContaining("did you mean \"Server\"?");
        stage.selecting();

        assertThat(stage.engine.choices(OrganizationFields.TYPES))
                .extracting(ChoiceState::state)
                .contains(ChoiceState.State.ENABLED, ChoiceState.State.DISABLED);
    }

    @Test
    @DisplayName("WHY-2, WHY-3: a record nobody knows is unknown, and explaining writes nothing")
    void explainsStrangers() {
        stage.selecting().engine.run();
        int events = stage.engine.events(org.psasync.store.EventQuery.ALL).size();

        assertThat(stage.engine.explain(RemoteRef.of(CONFIGURATION, "99999")).disposition())
                .isEqualTo(Disposition.UNKNOWN);
        assertThat(stage.engine.explain(LocalRef.of(CONFIGURATION, "no such")).disposition())
                .isEqualTo(Disposition.UNKNOWN);
        assertThat(stage.engine.events(org.psasync.store.EventQuery.ALL)).hasSize(events);
    }
}
