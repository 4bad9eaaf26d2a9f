package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What a person confirmed is pushed, that and nothing else, whatever happens between the save and the push. */
class GrantTest {
    private final Stage stage = new Stage();
    private final Interruption interruption = new Interruption();
    private final RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");

    private LocalRef synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return stage.localOf(server);
    }

    private SyncEngine watchingPsa(String call) {
        return stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, call));
    }

    private SyncEngine watchingHost(String call) {
        return stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, call));
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    @Test
    @DisplayName("PUSH-2, PUSH-9: a save made while an earlier one is being pushed is pushed too")
    void keepsASaveMadeDuringAPush() {
        LocalRef local = synced();
        SyncEngine slow = watchingPsa("update");
        interruption.after(() -> {
            stage.later(Duration.ofSeconds(1));
            stage.userSaves(local, ConfigurationFields.NOTES, "b");
        });

        slow.saved(
                stage.edits(local, ConfigurationFields.NOTES, "a", Origin.USER).ref());
        runs(2);

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("b");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PUSH-9: two saves while the PSA is down become one push of the latest values")
    void joinsSavesThatWait() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ).times(2));
        stage.userSaves(local, ConfigurationFields.NOTES, "a");
        stage.later(Duration.ofSeconds(10));
        stage.userSaves(local, ConfigurationFields.ASSET_TAG, "T-1");
        stage.psa.journal().clear();

        runs(1);

        assertThat(stage.psa.journal().count(Operation.UPDATE)).isEqualTo(1);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("a");
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
    }

    @Test
    @DisplayName(
            "PUSH-5, P9: what was pushed, and then replaced by the PSA, is not confirmed when an import writes it again")
    void doesNotCoverAnOldValueWrittenAgain() {
        Stage waiting = new Stage();
        RemoteRef acme = waiting.company("Acme");
        RemoteRef ada = waiting.contact(acme, "Ada", "Lovelace");
        RemoteRef device = waiting.server(acme, "SRV-1");
        waiting.psaEdits(device, ConfigurationFields.CONTACT, ada);
        waiting.twoWay().configure(settings -> settings.contacts(false)).engine.run();
        waiting.later(Duration.ofMinutes(5));
        LocalRef local = waiting.localOf(device);
        waiting.userSaves(local, ConfigurationFields.NOTES, "a");
        assertThat(waiting.inPsa(device, ConfigurationFields.NOTES)).isEqualTo("a");
        waiting.later(Duration.ofMinutes(5));
        waiting.psaEdits(device, ConfigurationFields.NOTES, "b");
        waiting.engine.run();
        waiting.later(Duration.ofMinutes(5));

        waiting.edits(local, ConfigurationFields.NOTES, "a", Origin.IMPORT);
        waiting.engine.run();

        assertThat(waiting.inPsa(device, ConfigurationFields.NOTES)).isEqualTo("b");
        assertThat(waiting.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("PUSH-6: a save nobody told of is pushed even if the engine writes the record first")
    void seesASaveBehindItsOwnWrite() {
        LocalRef local = synced();
        SyncEngine slow = watchingHost("pickLists");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        interruption.before(() -> stage.edits(local, ConfigurationFields.ASSET_TAG, "T-1", Origin.USER));

        slow.run();
        stage.later(Duration.ofMinutes(1));
        stage.engine.saved(local);
        runs(2);

        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }

    @Test
    @DisplayName("PUSH-6: of two saves of one instant, the second is pushed even if nobody told of it")
    void seesTheSecondSaveOfAnInstant() {
        LocalRef local = synced();
        stage.userSaves(local, ConfigurationFields.NOTES, "first");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("first");
        stage.edits(local, ConfigurationFields.NOTES, "second", Origin.USER);

        runs(1);

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("second");
    }

    @Test
    @DisplayName("PUSH-2: a save that a host without a feed did not show yet is confirmed by the next run")
    void remembersASaveNotShownYet() {
        Stage mute = new Stage(psa -> {}, host -> host.withoutChangeFeed());
        RemoteRef acme = mute.company("Acme");
        RemoteRef device = mute.server(acme, "SRV-1");
        mute.twoWay().engine.run();
        mute.later(Duration.ofMinutes(5));
        LocalRef local = mute.localOf(device);
        assertThat(mute.engine.saved(local, new Revision("not yet"))).isInstanceOf(PushResult.Waiting.class);
        LocalRef fresh = LocalRef.of(CONFIGURATION, "fresh");
        assertThat(mute.engine.saved(fresh, new Revision("not yet"))).isInstanceOf(PushResult.Waiting.class);
        mute.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        mute.edits(fresh, mute.serverValues(mute.localOf(acme), "SRV-2"), Origin.USER);

        mute.later(Duration.ofMinutes(5)).engine.run();

        assertThat(mute.inPsa(device, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(mute.psa.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("SET-10, P8: two-way turned off during a run stops its remaining writes, and the changes wait")
    void stopsWritingWhenItIsForbidden() {
        LocalRef local = synced();
        SyncEngine slow = watchingPsa("read");
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.psa.journal().clear();
        interruption.after(() -> stage.configure(settings -> settings.twoWay(false)));

        slow.run();

        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName("PUSH-5: what an import wrote between the decision and the write is not sent")
    void looksAtTheRecordBeforeItWrites() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(1));
        SyncEngine slow = watchingHost("find");
        Runnable imports = () -> stage.edits(local, ConfigurationFields.NOTES, "imported", Origin.IMPORT);
        // The feed, the decision, and the decision after the fresh read each find the record.
        interruption.after(() -> interruption.after(() -> interruption.after(imports)));

        slow.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("imported");
        runs(2);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName(
            "MERGE-4, P3: a value that loses is in the event log even if the engine dies right after the host's write")
    void logsALossBeforeItHappens() {
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        SyncEngine dying = watchingHost("write");
        interruption.after(() -> {
            throw new IllegalStateException("killed");
        });

        dying.run();
        stage.engine = stage.newEngine();
        runs(2);

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .flatExtracting(Event::changes)
                .contains(new Event.Change(ConfigurationFields.NOTES, "mine", "theirs"));
    }

    @Test
    @DisplayName("PUSH-7: two threads that save the same new record at once make one record")
    void takesTwoSavesOfANewRecordForOne() {
        synced();
        AssetRef acme = stage.all(ORGANIZATION).get(0).ref();
        LocalRef fresh =
                stage.creates(stage.serverValues(acme, "SRV-9"), Origin.USER).ref();
        SyncEngine slow = watchingHost("find");
        interruption.after(() -> stage.engine.saved(fresh));

        PushResult result = slow.saved(fresh);

        assertThat(result).as(result.text()).isNotNull();
        assertThat(stage.psa.all(CONFIGURATION).stream()
                        .filter(record -> "SRV-9".equals(record.values().get(ConfigurationFields.NAME))))
                .hasSize(1);
    }

    @Test
    @DisplayName("SAFE-6: a host that fails is an answer to a save, not an exception")
    void answersWhenTheHostFails() {
        LocalRef local = synced();
        SyncEngine engine = watchingHost("find");
        interruption.before(() -> {
            throw new IllegalStateException("the database is away");
        });

        PushResult result = engine.saved(local);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.text()).contains("the database is away"));
    }

    @Test
    @DisplayName("RUN-6: the events of a push name the person who saved")
    void namesWhoSaved() {
        LocalRef local = synced();

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(stage.events(Event.Type.UPDATED_IN_PSA))
                .singleElement()
                .satisfies(event -> assertThat(event.actor()).isEqualTo("ursula"));
    }
}
