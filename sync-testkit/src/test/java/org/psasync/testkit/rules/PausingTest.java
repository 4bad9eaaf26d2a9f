package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.ManageData;
import org.psasync.engine.Mode;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;

class PausingTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private LocalRef paused() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        assertThat(stage.engine.as(MANAGER).pause()).isTrue();
        stage.psa.journal().clear();
        return local;
    }

    @Test
    @DisplayName("DATA-7, P10: nothing starts while the integration is paused")
    void startsNothing() {
        paused();
        stage.company("New");

        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.PAUSED);
        assertThat(stage.engine.as(MANAGER).run().status()).isEqualTo(RunReport.Status.PAUSED);
        assertThat(stage.engine.as(MANAGER).apply(stage.engine.plan()).status()).isEqualTo(RunReport.Status.PAUSED);

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.engine.mode()).isEqualTo(Mode.PAUSED);
    }

    @Test
    @DisplayName("DATA-7: a run that is going on comes to its end")
    void letsARunEnd() {
        stage.selecting();
        Interruption interruption = new Interruption();
        interruption.before(() -> stage.engine.as(MANAGER).pause());

        RunReport report = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"))
                .run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.PAUSED);
    }

    @Test
    @DisplayName("PUSH-9, P10: what is saved while paused is kept, and pushed after the pause")
    void keepsSaves() {
        LocalRef local = paused();

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "kept");

        assertThat(result)
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.disposition()).isEqualTo(Disposition.PAUSED));
        assertThat(stage.psa.journal().calls()).isEmpty();
        assertThat(stage.engine.as(MANAGER).resume()).isTrue();
        stage.engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("kept");
    }

    @Test
    @DisplayName("PUSH-9, PUSH-5: what an import wrote over it while paused is not pushed")
    void pushesOnlyWhatIsStillThere() {
        LocalRef local = paused();
        stage.userSaves(local, ConfigurationFields.NOTES, "kept");
        stage.edits(local, ConfigurationFields.NOTES, "imported", Origin.IMPORT);

        stage.engine.as(MANAGER).resume();
        stage.engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("DATA-7: sending mine after all waits for the end of the pause")
    void keepsWhatIsSentAfterAll() {
        stage.twoWay();
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        PushResult newer = stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.engine.as(MANAGER).pause();

        PushResult result = stage.engine.sendMine(local, (PushResult.PsaHadNewer) newer, Actor.user("ursula"));

        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }

    @Test
    @DisplayName("WHY-2: what would sync says that it is paused; the rest says what it said before")
    void saysPaused() {
        RemoteRef prospect = stage.company("Beta", "Prospect");
        LocalRef local = paused();

        Explanation why = stage.engine.explain(local);

        assertThat(why.disposition()).isEqualTo(Disposition.PAUSED);
        assertThat(why.remedy()).isEqualTo("Resume the integration.");
        assertThat(why.reasons()).first().extracting(Explanation.Reason::rule).isEqualTo("DATA-7");
        assertThat(stage.engine.explain(prospect).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(stage.engine.counts().get(ORGANIZATION))
                .containsEntry(Disposition.PAUSED, 1L)
                .containsEntry(Disposition.NOT_SELECTED, 1L)
                .doesNotContainKey(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("DATA-7: pausing twice, and resuming what is not paused, change and log nothing")
    void toleratesRepeats() {
        assertThat(stage.engine.as(MANAGER).resume()).isFalse();
        paused();
        assertThat(stage.engine.as(MANAGER).pause()).isFalse();
        assertThat(stage.engine.as(MANAGER).resume()).isTrue();
        assertThat(stage.engine.as(MANAGER).resume()).isFalse();

        assertThat(stage.events(Event.Type.PAUSED))
                .singleElement()
                .extracting(Event::actor)
                .isEqualTo("mia");
        assertThat(stage.events(Event.Type.RESUMED)).hasSize(1);
    }

    @Test
    @DisplayName("CONN-3, DATA-7: credentials can be replaced while paused; the pause stays")
    void staysPausedWhenConnected() {
        paused();

        assertThat(stage.engine.as(MANAGER).connect()).isInstanceOf(Connection.Accepted.class);

        assertThat(stage.engine.mode()).isEqualTo(Mode.PAUSED);
    }

    @Test
    @DisplayName("DATA-8: pausing, resuming and disconnecting take a manager")
    void takesAManager() {
        var user = stage.engine.as(Actor.user("ursula"));
        for (Runnable what : List.<Runnable>of(user::pause, user::resume, user::disconnect)) {
            assertThatThrownBy(what::run).isInstanceOf(NotAllowedException.class);
        }
        assertThat(stage.engine.mode()).isEqualTo(Mode.ACTIVE);
    }

    @Test
    @DisplayName("P10, DATA-9: a single record is not synced now while paused, and what a person takes out stays out")
    void syncsNothingNow() {
        LocalRef local = paused();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        ManageData data = stage.engine.as(MANAGER).manageData();

        assertThat(data.syncNow(local).done()).isFalse();
        assertThat(data.syncNow(local).text()).contains("paused");
        assertThat(data.disable(local).done()).isTrue();
        assertThat(data.reconnect(local).done()).isFalse();

        assertThat(stage.psa.journal().calls()).isEmpty();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("RUN-2: the status of the integration says that it is paused, or disconnected")
    void saysSo() {
        paused();
        assertThat(stage.engine.status().status()).isEqualTo(RunReport.Status.PAUSED);
        assertThat(stage.engine.status().mayRun()).isFalse();
        stage.engine.as(MANAGER).resume();
        assertThat(stage.engine.status().status()).isEqualTo(RunReport.Status.OK);

        stage.engine.as(MANAGER).disconnect();

        assertThat(stage.engine.status().status()).isEqualTo(RunReport.Status.DISCONNECTED);
        assertThat(stage.engine.status().counts().get(ORGANIZATION)).containsOnlyKeys(Disposition.DISCONNECTED);
        stage.engine.as(MANAGER).connect();
        assertThat(stage.engine.status().runWanted()).isTrue();
    }

    @Test
    @DisplayName("DATA-1, DATA-6: in Manage Data all links of a disconnected integration are disconnected")
    void showsAllAsDisconnected() {
        paused();
        stage.engine.as(MANAGER).resume();
        stage.engine.as(MANAGER).disconnect();

        List<SyncedRow> rows = stage.engine.as(MANAGER).manageData().syncedItems();

        assertThat(rows).noneMatch(SyncedRow::syncActive);
        assertThat(rows)
                .filteredOn(row -> row.counts().total() > 0)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.counts().states()).containsOnlyKeys(SyncState.DISCONNECTED));
    }
}
