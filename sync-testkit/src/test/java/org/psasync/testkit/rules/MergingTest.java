package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class MergingTest {
    private final Stage stage = new Stage();

    private RemoteRef server() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return server;
    }

    @Test
    @DisplayName("MERGE-1: two people change two fields of one record, and both survive")
    void mergesFieldByField() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "from the PSA");

        PushResult result = stage.userSaves(local, ConfigurationFields.ASSET_TAG, "T-1");

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("from the PSA");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("from the PSA");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
    }

    @Test
    @DisplayName("MERGE-4: the value that loses a conflict is in the event log, and sending it is one further call")
    void keepsTheLosingValue() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(result).as(result.text()).isInstanceOf(PushResult.PsaHadNewer.class);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "mine", "theirs")));
        PushResult sent = stage.engine.sendMine(local, (PushResult.PsaHadNewer) result, Stage.MANAGER);
        assertThat(sent).as(sent.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("MERGE-5: under ASK one field is frozen and the rest goes on")
    void freezesOneFieldOnly() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        stage.userSaves(
                local,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "mine")
                        .set(ConfigurationFields.ASSET_TAG, "T-1")
                        .build());

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.CONFLICT_TO_DECIDE);
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("MERGE-5: NEWEST_WINS takes the later change, and within two minutes the PSA's")
    void takesTheNewest() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.NEWEST_WINS));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.later(Duration.ofMinutes(10));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine, later");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine, later");

        stage.later(Duration.ofMinutes(10));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs again");
        stage.later(Duration.ofSeconds(30));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine, too close");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs again");
    }

    @Test
    @DisplayName("MERGE-3: two additions to one list survive together")
    void mergesListsItemByItem() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.psaEdits(ada, ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@acme.example")));
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(ada);
        stage.psaEdits(
                ada,
                ContactFields.EMAILS,
                Set.of(ContactPoint.primary("ada@acme.example"), ContactPoint.further("psa@acme.example")));

        PushResult result = stage.userSaves(
                local,
                FieldValues.empty(CONTACT)
                        .with(
                                ContactFields.EMAILS,
                                Set.of(
                                        ContactPoint.primary("ada@acme.example"),
                                        ContactPoint.further("host@acme.example"))));

        Set<ContactPoint> all = Set.of(
                ContactPoint.primary("ada@acme.example"),
                ContactPoint.further("psa@acme.example"),
                ContactPoint.further("host@acme.example"));
        assertThat(stage.inPsa(ada, ContactFields.EMAILS)).as(result.text()).isEqualTo(all);
        assertThat(stage.inHost(local, ContactFields.EMAILS)).isEqualTo(all);
    }

    @Test
    @DisplayName("MERGE-3: the lines of one address are merged as a group")
    void mergesAnAddressAsAGroup() {
        RemoteRef site = stage.site(stage.company("Acme"), "Main", "Tampa");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(site);
        stage.psa.edit(
                site,
                FieldValues.of(LOCATION)
                        .set(LocationFields.CITY, "Orlando")
                        .set(LocationFields.ADDRESS_1, "1 Lake Road")
                        .build());

        stage.userSaves(local, LocationFields.POSTAL_CODE, "33601");

        assertThat(stage.inHost(local, LocationFields.CITY)).isEqualTo("Orlando");
        assertThat(stage.inHost(local, LocationFields.POSTAL_CODE)).isNull();
        assertThat(stage.inPsa(site, LocationFields.POSTAL_CODE)).isNull();
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isNotEmpty();
    }

    @Test
    @DisplayName("MERGE-7: our own write coming back causes no write")
    void ignoresItsOwnEcho() {
        RemoteRef server = server();
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");
        stage.psa.journal().clear();

        RunReport first = stage.later(Duration.ofMinutes(1)).engine.run();
        RunReport second = stage.later(Duration.ofMinutes(1)).engine.run();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(first.count(Verb.UPDATE_LOCALLY) + second.count(Verb.UPDATE_LOCALLY))
                .isZero();
    }

    @Test
    @DisplayName("MERGE-7: a value that the PSA stores otherwise than sent settles, and explain shows both")
    void settlesWhatIsStoredDifferently() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.reformats(ConfigurationFields.NOTES, text -> text.toUpperCase(Locale.ROOT)));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.psa.journal().clear();
        stage.later(Duration.ofMinutes(1)).engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("MINE");
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.events(Event.Type.STORED_DIFFERENTLY)).hasSize(1);
        assertThat(stage.engine.explain(local).print()).contains("MINE").contains("mine");
    }

    @Test
    @DisplayName("MERGE-7: one-way, a value that is undone twice is parked, and a run is not an endless fight")
    void parksWhatIsUndoneTwice() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(5));
            stage.edits(local, ConfigurationFields.NOTES, "robot's", Origin.RMM);
            stage.engine.run();
        }

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.OSCILLATING);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("robot's");
        assertThat(stage.events(Event.Type.OSCILLATING))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("last changed in", "by psa-user at"));
        assertThat(stage.engine.explain(local).print()).contains("changed there at", "by psa-user");
    }

    @Test
    @DisplayName("MERGE-9: an update whose answer was lost after it took effect is not sent again")
    void settlesAnUpdateThatArrived() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        assertThat(result).as(result.text()).isInstanceOf(PushResult.Waiting.class);
        stage.psa.journal().clear();
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-9: an update that never arrived is sent after a fresh read")
    void sendsAnUpdateThatWasLost() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.requestLost().on(Operation.UPDATE));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-9: if somebody changed the field while an update was in flight, it is a conflict")
    void seesAConflictBehindALostAnswer() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isNotEmpty();
    }

    @Test
    @DisplayName(
            "MERGE-9, P7: a value that was put back before the lost answer was settled is a conflict, and is logged")
    void seesAConflictWhereOursWasPutBack() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.userSaves(local, ConfigurationFields.NOTES, "before");
        stage.later(Duration.ofMinutes(5));
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(server, ConfigurationFields.NOTES, "before");
        stage.psa.journal().clear();

        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("before");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "mine", "before")));
    }

    @Test
    @DisplayName("MATCH-8: on the first link the PSA's values count, blank ones leave the local value alone")
    void linksForTheFirstTime() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        LocalRef local = stage.creates(
                        stage.serverValues(stage.localOf(acme), "SRV-1").toBuilder()
                                .set(ConfigurationFields.NOTES, "mine")
                                .set(ConfigurationFields.ASSET_TAG, "only mine")
                                .build(),
                        Origin.USER)
                .ref();

        stage.selecting().engine.run();

        assertThat(stage.localOf(server)).isEqualTo(local);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("only mine");
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isNull();
        assertThat(stage.events(Event.Type.OVERWRITTEN)).hasSize(1);
    }

    @Test
    @DisplayName("MERGE-5: NEWEST_WINS does not take the engine's own write for a change by the host")
    void ownWritesAreNoChanges() {
        Stage two = new Stage();
        RemoteRef company = two.company("Acme");
        RemoteRef laptop = two.server(company, "SRV-1");
        two.twoWay()
                .configure(settings -> settings.conflicts(ConflictPolicy.NEWEST_WINS)
                        .configurations(c -> c.types("Server", "Workstation").statuses("Active")));
        two.engine.run();
        LocalRef local = two.later(Duration.ofMinutes(5)).localOf(laptop);
        two.psaEdits(company, OrganizationFields.STATUS, two.choice(OrganizationFields.STATUS, "Inactive"));
        two.later(Duration.ofMinutes(5)).engine.run();
        two.later(Duration.ofMinutes(10)).userSaves(local, ConfigurationFields.NOTES, "ours");
        two.later(Duration.ofMinutes(20)).psaEdits(laptop, ConfigurationFields.NOTES, "theirs");
        two.psaEdits(laptop, ConfigurationFields.TYPE, two.choice(ConfigurationFields.TYPE, "Workstation"));
        two.later(Duration.ofMinutes(30)).engine.run();

        two.later(Duration.ofMinutes(30));
        two.psaEdits(company, OrganizationFields.STATUS, two.choice(OrganizationFields.STATUS, "Active"));
        two.later(Duration.ofMinutes(5)).engine.run();
        two.later(Duration.ofMinutes(5)).engine.run();

        assertThat(two.inPsa(laptop, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(two.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }
}
