package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

class DisconnectingTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private LocalRef disconnected() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        assertThat(stage.engine.as(MANAGER).disconnect()).isTrue();
        stage.psa.journal().clear();
        return local;
    }

    private void connect() {
        assertThat(stage.engine.as(MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
    }

    @Test
    @DisplayName("DATA-6, P10: a disconnected integration reads and writes nothing")
    void doesNothing() {
        LocalRef local = disconnected();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        RunReport report = stage.engine.run();
        PushResult saved = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(report.status()).isEqualTo(RunReport.Status.DISCONNECTED);
        assertThat(saved)
                .isInstanceOfSatisfying(
                        PushResult.NothingToPush.class,
                        nothing -> assertThat(nothing.disposition()).isEqualTo(Disposition.DISCONNECTED));
        assertThat(stage.engine.plan().isEmpty()).isTrue();
        assertThat(stage.engine.plan().message()).contains("disconnected");
        assertThat(stage.psa.journal().calls()).isEmpty();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.engine.editable(local).readOnly()).isEmpty();
    }

    @Test
    @DisplayName("DATA-6, STATE-9: all records say that they are disconnected, and the local ones stay")
    void showsIt() {
        LocalRef local = disconnected();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.DISCONNECTED);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.DISCONNECTED);
        assertThat(stage.host.mark(local)).get().extracting(SyncMark::state).isEqualTo(SyncState.DISCONNECTED);
        assertThat(stage.engine.counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.DISCONNECTED);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.state().setup().participation().marksOwed()).isFalse();
    }

    @Test
    @DisplayName("DATA-6: all pairs are cut by one commit, which touches none of them")
    void touchesNoPair() {
        stage.twoWay();
        List<Pair> before = List.of(
                stage.state().byRemote(acme).orElseThrow(),
                stage.state().byRemote(server).orElseThrow());

        stage.engine.as(MANAGER).disconnect();

        assertThat(List.of(
                        stage.state().byRemote(acme).orElseThrow(),
                        stage.state().byRemote(server).orElseThrow()))
                .isEqualTo(before);
    }

    @Test
    @DisplayName("DATA-6, STATE-9: marks that the host did not take are shown at the next call")
    void showsMarksLater() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        Interruption interruption = new Interruption();
        interruption.before(() -> {
            throw new IllegalStateException("the host is down");
        });
        var engine = stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "mark"));

        assertThat(engine.as(MANAGER).disconnect()).isTrue();
        assertThat(stage.host.mark(local)).isNotEqualTo(SyncState.DISCONNECTED);
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.DISCONNECTED);

        assertThat(stage.host.mark(local)).get().extracting(SyncMark::state).isEqualTo(SyncState.DISCONNECTED);
    }

    @Test
    @DisplayName(
            "DATA-6, MATCH-8: connecting again finds the same pairs; the PSA's values count, and the others are logged")
    void findsItsPairsAgain() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        PairId pair = stage.state().byRemote(server).orElseThrow().id();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.engine.run();
        stage.engine.as(MANAGER).disconnect();
        stage.later(Duration.ofDays(3));
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.edits(local, ConfigurationFields.SERIAL_NUMBER, "S-1", Origin.USER);

        stage.later(Duration.ofMinutes(5));
        connect();
        RunReport report = stage.engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.state().byRemote(server).orElseThrow().id()).isEqualTo(pair);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .last()
                .satisfies(event -> assertThat(event.changes().toString()).contains("mine"));
        // A blank value of the PSA replaces nothing, and what was saved before is not pushed.
        assertThat(stage.inHost(local, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
        assertThat(stage.host.mark(local)).get().extracting(SyncMark::state).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("DATA-6, MATCH-8: a save between connecting again and the first run waits for that run")
    void pushesNothingBeforeTheFirstRun() {
        LocalRef local = disconnected();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.later(Duration.ofMinutes(5));
        connect();
        stage.later(Duration.ofMinutes(5));
        stage.edits(local, ConfigurationFields.SERIAL_NUMBER, "S-1", Origin.USER);

        PushResult saved = stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.engine.run();

        assertThat(saved).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
    }

    @Test
    @DisplayName("DATA-6, STATE-7: what was taken out one by one before stays so")
    void leavesOthersAlone() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        Pair pair = stage.state().byRemote(server).orElseThrow();
        stage.state()
                .commit(Commit.builder()
                        .put(pair.toBuilder()
                                .state(SyncState.DISABLED)
                                .disposition(Disposition.DISABLED)
                                .build())
                        .build());
        stage.engine.as(MANAGER).disconnect();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.DISABLED);

        connect();
        stage.engine.run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.DISABLED);
        assertThat(stage.state().byRemote(server).orElseThrow().base()).isEqualTo(pair.base());
    }

    @Test
    @DisplayName("SET-10: disconnecting stops a run before its next write to the host")
    void stopsLocalWrites() {
        stage.selecting();
        Interruption interruption = new Interruption();
        interruption.before(() -> stage.engine.as(MANAGER).disconnect());
        var engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"));

        RunReport report = engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.DISCONNECTED);
        assertThat(stage.all(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName("SET-10: disconnecting stops writes to the PSA that have not started, a moment before as well")
    void stopsRemoteWrites() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        Interruption interruption = new Interruption();
        interruption.after(() -> stage.engine.as(MANAGER).disconnect());
        var engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "read"));
        stage.psa.journal().clear();

        PushResult saved = engine.saved(local);

        assertThat(saved.text()).contains("disconnected");
        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName("SET-10: a run that began before does not go on when it is connected again at once")
    void doesNotGoOnAfterwards() {
        stage.twoWay();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        Interruption interruption = new Interruption();
        interruption.before(() -> {
            stage.engine.as(MANAGER).disconnect();
            connect();
        });

        RunReport report = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"))
                .run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.DISCONNECTED);
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName("DATA-6, P14: a crash in the midst of connecting again changes nothing about its end")
    void survivesCrashes() {
        for (int commit = 0; commit < 30; commit++) {
            Stage fresh = new Stage();
            RemoteRef there = fresh.server(fresh.company("Acme"), "SRV-1");
            fresh.twoWay();
            LocalRef local = fresh.localOf(there);
            fresh.psaEdits(there, ConfigurationFields.NOTES, "theirs");
            fresh.engine.run(); // only the local value changes after this, which bases would keep
            fresh.engine.as(MANAGER).disconnect();
            fresh.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
            fresh.edits(local, ConfigurationFields.SERIAL_NUMBER, "S-1", Origin.USER);
            fresh.later(Duration.ofMinutes(5));
            fresh.engine.as(MANAGER).connect();
            AtomicInteger left = new AtomicInteger(commit);
            Interruption interruption = new Interruption();
            killAfter(interruption, left);
            try {
                fresh.newEngine(interruption.watching(IntegrationState.class, fresh.state(), "commit"))
                        .run();
            } catch (Killed killed) {
                // The next run goes on.
            }
            fresh.later(Duration.ofMinutes(15));
            fresh.engine.run();

            assertThat(fresh.inHost(local, ConfigurationFields.NOTES))
                    .as("after commit %s", commit)
                    .isEqualTo("theirs");
            assertThat(fresh.inPsa(there, ConfigurationFields.SERIAL_NUMBER)).isNull();
            assertThat(fresh.inHost(local, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static void killAfter(Interruption interruption, AtomicInteger commits) {
        interruption.after(() -> {
            if (commits.getAndDecrement() == 0) {
                throw new Killed();
            }
            killAfter(interruption, commits);
        });
    }

    @Test
    @DisplayName("DATA-6: disconnecting twice changes nothing; pausing or resuming then says what to do")
    void toleratesRepeats() {
        disconnected();

        assertThat(stage.engine.as(MANAGER).disconnect()).isFalse();
        assertThatThrownBy(stage.engine.as(MANAGER)::resume).hasMessageContaining("connect it again");
        assertThatThrownBy(stage.engine.as(MANAGER)::pause).hasMessageContaining("connect it again");

        assertThat(stage.engine.mode()).isEqualTo(Mode.DISCONNECTED);
        assertThat(stage.events(Event.Type.DISCONNECTED))
                .singleElement()
                .extracting(Event::actor)
                .isEqualTo("mia");
    }

    @Test
    @DisplayName("DATA-6: a paused integration can be disconnected, and takes part again once it is connected")
    void disconnectsThePaused() {
        stage.twoWay();
        stage.engine.as(MANAGER).pause();

        stage.engine.as(MANAGER).disconnect();
        connect();

        assertThat(stage.engine.mode()).isEqualTo(Mode.ACTIVE);
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.NAME)).isEqualTo("Acme");
    }
}
