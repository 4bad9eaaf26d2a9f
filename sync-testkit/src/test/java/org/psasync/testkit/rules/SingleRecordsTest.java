package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class SingleRecordsTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    private LocalRef synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return stage.localOf(server);
    }

    private void disconnect() {
        Row servers = Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
        data().confirm(data().previewDisconnect(servers));
        stage.configure(settings -> settings.configurations(c -> c.types("Server")));
        stage.later(Duration.ofMinutes(5));
    }

    // Disable --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("DATA-9, STATE-7: a disabled record is neither read nor written until it is reconnected")
    void disables() {
        LocalRef local = synced();

        RecordResult result = data().disable(local);

        assertThat(result.done()).isTrue();
        assertThat(result.disposition()).isEqualTo(Disposition.DISABLED);
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.DISABLED);
        Event event = stage.events(Event.Type.DISABLED).get(0);
        assertThat(event.actor()).isEqualTo("mia");
        assertThat(event.remote()).isEqualTo(server.id());
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.userSaves(local, ConfigurationFields.ASSET_TAG, "mine");
        stage.engine.run();
        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isNull();
        assertThat(stage.engine.counts().get(CONFIGURATION)).containsEntry(Disposition.DISABLED, 1L);
    }

    @Test
    @DisplayName("DATA-9, STATE-3: disabling an organization takes what belongs to it out of the sync")
    void disablesAnOrganization() {
        synced();

        data().disable(acme);
        stage.engine.run();

        assertThat(pair(server).reasons()).containsExactly(OrphanReason.ORGANIZATION_NOT_SYNCING);
    }

    @Test
    @DisplayName("DATA-9: what cannot be disabled, reconnected or synced is refused, and nothing happens")
    void refuses() {
        RemoteRef other = stage.company("Other", "Vendor");
        LocalRef local = synced();
        List<Event> before = stage.engine.events(EventQuery.ALL);

        for (AssetRef stranger : List.of(LocalRef.of(CONFIGURATION, "nobody"), RemoteRef.of(CONFIGURATION, "4711"))) {
            refused(data().disable(stranger), Disposition.UNKNOWN, "knows no such record");
            refused(data().reconnect(stranger), Disposition.UNKNOWN, "knows no such record");
            refused(data().syncNow(stranger), Disposition.UNKNOWN, "no such record");
        }
        refused(data().disable(other), Disposition.NOT_SELECTED, "not linked");
        refused(data().reconnect(local), Disposition.IN_SYNC, "neither disabled nor disconnected");
        assertThat(stage.engine.events(EventQuery.ALL)).isEqualTo(before);
        assertThat(stage.state().byLocal(LocalRef.of(CONFIGURATION, "nobody"))).isEmpty();

        data().disable(local);
        refused(data().disable(server), Disposition.DISABLED, "out of the sync already");
        refused(data().syncNow(local), Disposition.DISABLED, "Reconnect it");
        assertThat(stage.events(Event.Type.DISABLED)).hasSize(1);
    }

    private static void refused(RecordResult result, Disposition disposition, String text) {
        assertThat(result.done()).isFalse();
        assertThat(result.disposition()).isEqualTo(disposition);
        assertThat(result.text()).contains(text);
        assertThat(result.steps()).isEmpty();
    }

    // Reconnect ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("DATA-4: a disabled record resumes its three-way merge")
    void resumesTheMerge() {
        LocalRef local = synced();
        data().disable(local);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.edits(local, ConfigurationFields.ASSET_TAG, "mine", Origin.USER);
        stage.later(Duration.ofMinutes(5));

        RecordResult result = data().reconnect(local);

        assertThat(result.done()).isTrue();
        assertThat(result.disposition()).as(result.text()).isEqualTo(Disposition.IN_SYNC);
        assertThat(result.steps())
                .extracting(RecordResult.Step::verb)
                .containsExactlyInAnyOrder(Verb.UPDATE_LOCALLY, Verb.UPDATE_IN_PSA);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("mine");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isEmpty();
        assertThat(stage.events(Event.Type.RECONNECTED))
                .extracting(Event::actor)
                .containsExactly("mia");
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("DATA-4, MATCH-8: of a disconnected record the PSA's values count, and replaced local ones are logged")
    void takesThePsasValues() {
        LocalRef local = synced();
        stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "agreed");
        disconnect();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.edits(local, ConfigurationFields.SERIAL_NUMBER, "changed", Origin.USER);
        stage.later(Duration.ofMinutes(5));

        RecordResult result = data().reconnect(server);

        assertThat(result.done()).isTrue();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inHost(local, ConfigurationFields.SERIAL_NUMBER))
                .as("a three-way merge would have pushed it")
                .isEqualTo("agreed");
        assertThat(stage.events(Event.Type.OVERWRITTEN).get(0).changes())
                .extracting(Event.Change::before)
                .containsExactlyInAnyOrder("mine", "changed");
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("DATA-4: only what the PSA still has is reconnected, and it is asked now")
    void asksThePsa() {
        LocalRef local = synced();
        data().disable(local);
        stage.psa.faults().hide(server);
        Pair before = pair(server);

        refused(data().reconnect(local), Disposition.DISABLED, "does not have the record any more");
        assertThat(pair(server)).isEqualTo(before);

        stage.psa.faults().show(server);
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));
        refused(data().reconnect(local), Disposition.DISABLED, "could not be done now");
        stage.psa.faults().garble(server);
        refused(data().reconnect(local), Disposition.DISABLED, "cannot be understood");
        assertThat(pair(server)).isEqualTo(before);
        stage.psa.faults().mend(server);
        assertThat(data().reconnect(local).done()).isTrue();
    }

    @Test
    @DisplayName("DATA-4: a flagged deletion is a deletion")
    void seesTheFlag() {
        synced();
        data().disable(acme);
        stage.psa.delete(acme);

        refused(data().reconnect(acme), Disposition.DISABLED, "does not have the record any more");
    }

    @Test
    @DisplayName("DATA-4: a local record that is gone is made anew from the PSA's values, for the same pair")
    void makesItAnew() {
        LocalRef local = synced();
        stage.userSaves(local, ConfigurationFields.NOTES, "in both");
        PairId id = pair(server).id();
        stage.edits(local, ConfigurationFields.OPERATING_SYSTEM, "robot's", Origin.RMM);
        stage.host.delete(local);
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(pair(server).state()).isEqualTo(SyncState.DISABLED);

        RecordResult result = data().reconnect(local);

        assertThat(result.disposition()).isEqualTo(Disposition.IN_SYNC);
        LocalRef anew = stage.localOf(server);
        assertThat(anew).isNotEqualTo(local);
        assertThat(pair(server).id()).isEqualTo(id);
        assertThat(stage.inHost(anew, ConfigurationFields.NOTES)).isEqualTo("in both");
        assertThat(stage.inHost(anew, ConfigurationFields.OPERATING_SYSTEM))
                .as("what was only local does not come back")
                .isNull();
    }

    @Test
    @DisplayName("DATA-4, SAFE-7: while a run goes on, a local record that is gone is made by a run, once")
    void makesItOnce() {
        Stage forgetful = new Stage(psa -> {}, host -> host.withoutPairIds());
        RemoteRef company = forgetful.company("Acme");
        RemoteRef record = forgetful.server(company, "SRV-1");
        forgetful.selecting().engine.run();
        forgetful.host.delete(forgetful.localOf(record));
        forgetful.later(Duration.ofMinutes(1)).engine.run();
        Interruption interruption = new Interruption();
        SyncEngine slow = forgetful.newEngine(interruption.watching(PsaConnector.class, forgetful.psa, "changes"));
        AtomicReference<RecordResult> during = new AtomicReference<>();
        interruption.before(
                () -> during.set(forgetful.engine.as(Stage.MANAGER).manageData().reconnect(record)));

        slow.run();

        assertThat(during.get().text()).contains("A run is going on");
        assertThat(during.get().steps()).isEmpty();
        assertThat(forgetful.all(CONFIGURATION)).hasSize(1);
        assertThat(forgetful.localOf(record)).isNotNull();
    }

    @Test
    @DisplayName("DATA-4, GATE-3: a record whose type is not selected becomes an orphan by reconnecting it")
    void staysBehindTheGate() {
        LocalRef local = synced();
        data().disable(local);
        stage.configure(settings -> settings.configurations(c -> c.types("Printer")));

        RecordResult result = data().reconnect(local);

        assertThat(result.done()).isTrue();
        assertThat(result.disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(pair(server).reasons()).containsExactly(OrphanReason.TYPE_NOT_SELECTED);
    }

    @Test
    @DisplayName("DATA-4: of two that reconnect a record at once, both find it reconnected once")
    void reconnectsOnce() {
        LocalRef local = synced();
        data().disable(local);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        SyncEngine healthy = stage.engine;
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "read"));
        interruption.after(() -> assertThat(
                        healthy.as(Stage.MANAGER).manageData().reconnect(server).done())
                .isTrue());

        assertThat(data().reconnect(local).disposition()).isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.later(Duration.ofMinutes(5)).engine.run().count(Verb.UPDATE_LOCALLY))
                .isZero();
    }

    // Sync now -------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("DATA-9: sync now reads and merges one record at once, and no other")
    void syncsNow() {
        RemoteRef other = stage.server(acme, "SRV-2");
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(other, ConfigurationFields.NOTES, "not yet");
        stage.edits(local, ConfigurationFields.ASSET_TAG, "mine", Origin.USER);

        RecordResult result = data().syncNow(local);

        assertThat(result.done()).isTrue();
        assertThat(result.disposition()).as(result.text()).isEqualTo(Disposition.IN_SYNC);
        assertThat(result.steps())
                .extracting(RecordResult.Step::verb)
                .containsExactlyInAnyOrder(Verb.UPDATE_LOCALLY, Verb.UPDATE_IN_PSA);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("mine");
        assertThat(stage.inHost(stage.localOf(other), ConfigurationFields.NOTES))
                .isNull();
        assertThat(data().syncNow(server).steps()).as("again").isEmpty();
    }

    @Test
    @DisplayName("DATA-9: sync now makes a new record of the PSA, if the gate is open")
    void makesANewRecord() {
        synced();
        RemoteRef found = stage.server(acme, "SRV-2");
        RemoteRef vendor = stage.company("Other", "Vendor");

        RecordResult made = data().syncNow(found);
        RecordResult turnedAway = data().syncNow(vendor);

        assertThat(made.steps()).extracting(RecordResult.Step::verb).containsExactly(Verb.CREATE_LOCALLY);
        assertThat(stage.localOf(found)).isNotNull();
        assertThat(turnedAway.disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(turnedAway.text()).contains("Vendor");
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("DATA-9, P9: sync now sends a new local record that somebody saved, and none that nobody confirmed")
    void sendsANewRecord() {
        synced();
        FieldValues values = stage.serverValues(stage.localOf(acme), "SRV-2");
        LocalRef saved = stage.creates(values, Origin.USER).ref();
        LocalRef imported = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-3"), Origin.IMPORT)
                .ref();

        assertThat(data().syncNow(saved).done()).isTrue();
        refused(data().syncNow(imported), Disposition.AWAITING_CONFIRMATION, "");

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("DATA-9, SAFE-3: sync now answers what stands in its way")
    void answersWhatIsInTheWay() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));
        assertThat(data().syncNow(local).text()).contains("try again later");
        stage.psa.faults().next(Fault.unauthorized("private key").on(Operation.READ));
        assertThat(data().syncNow(local).text()).contains("Replace the credentials");
        long requests = stage.psa.requests();
        assertThat(data().syncNow(local).done()).isFalse();
        assertThat(data().reconnect(local).done()).isFalse();
        assertThat(stage.psa.requests()).as("no further log-in").isEqualTo(requests);
    }

    @Test
    @DisplayName("DATA-9: the address of a record comes from the connector")
    void tellsTheAddress() {
        LocalRef local = synced();
        String address = "https://psa.example/configuration/" + server.id();

        assertThat(data().addressOf(local).orElseThrow()).hasToString(address);
        assertThat(data().addressOf(server).orElseThrow()).hasToString(address);
        assertThat(data().addressOf(LocalRef.of(CONFIGURATION, "nobody"))).isEmpty();
    }
}
