package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class StatesTest {
    private final Stage stage = new Stage();

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    private RunReport nextDay() {
        return stage.later(Duration.ofHours(25)).engine.run();
    }

    @Test
    @DisplayName("STATE-5: a record that the PSA no longer shows is proven deleted by two answers an hour apart")
    void provesADeletion() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.psa.delete(gone);

        nextDay();
        assertThat(pair(gone).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        stage.later(Duration.ofMinutes(30));
        assertThat(stage.engine.webhook(stage.psa.hook(gone))).as("PSA-ALL-3").isTrue();
        stage.engine.run();
        assertThat(pair(gone).reasons())
                .as("the second answer came too early")
                .containsExactly(OrphanReason.NOT_VISIBLE);
        stage.later(Duration.ofMinutes(31)).engine.run();

        assertThat(pair(gone).reasons()).containsExactly(OrphanReason.DELETED_IN_PSA);
        assertThat(stage.all(CONFIGURATION))
                .as("STATE-2: nothing is deleted locally")
                .hasSize(2);
    }

    @Test
    @DisplayName("STATE-5: where the PSA keeps deleted records with a flag, only the flag counts")
    void believesOnlyTheFlag() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef other = stage.company("Other");
        stage.company("Third");
        stage.selecting().engine.run();
        stage.psa.faults().hide(other);
        stage.psa.delete(acme);

        for (int i = 0; i < 3; i++) {
            nextDay();
        }

        assertThat(pair(acme).reasons()).containsExactly(OrphanReason.DELETED_IN_PSA);
        assertThat(pair(other).reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        stage.psa.faults().show(other);
        nextDay();
        assertThat(pair(other).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-5: an incomplete listing proves nothing")
    void drawsNothingFromAnIncompleteListing() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef gone = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.psa.delete(gone);
        stage.psa.faults().next(Fault.incompleteListing().on(Operation.IDS).forever());

        nextDay();

        assertThat(pair(gone).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-6: a local record that was deleted leaves a disabled pair, and the PSA's is not pulled again")
    void disablesWhatWasDeletedLocally() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);

        stage.host.delete(local);
        stage.engine.run();
        stage.psaEdits(server, ConfigurationFields.NOTES, "changed");
        nextDay();

        assertThat(pair(server).state()).isEqualTo(SyncState.DISABLED);
        assertThat(stage.all(CONFIGURATION)).isEmpty();
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.DISABLED);
    }

    @Test
    @DisplayName("STATE-10: rights that are withdrawn delete nothing, and when they return so do the records")
    void survivesWithdrawnRights() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.psa.faults().withdraw(CONFIGURATION);

        RunReport report = nextDay();
        stage.later(Duration.ofHours(2)).engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(pair(server).reasons()).doesNotContain(OrphanReason.DELETED_IN_PSA);
        stage.psa.faults().giveBack(CONFIGURATION);
        nextDay();
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
        assertThat(pair(acme).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("PULL-6: a configuration that turns inactive turns inactive locally, then is an orphan")
    void followsActivity() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        stage.later(Duration.ofMinutes(1));

        stage.psaEdits(server, ConfigurationFields.ACTIVE, false);
        stage.engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.ACTIVE)).isFalse();
        assertThat(pair(server).reasons()).containsExactly(OrphanReason.INACTIVE);
        assertThat(stage.host.mark(local).orElseThrow().state()).as("STATE-9").isEqualTo(SyncState.ORPHANED);

        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(server, ConfigurationFields.NOTES, "not followed");
        stage.engine.run();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("SAFE-3: refused credentials stop everything until they are replaced")
    void stopsOnRefusedCredentials() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.psa.faults().next(Fault.unauthorized("key").forever());

        RunReport refused = stage.later(Duration.ofMinutes(5)).engine.run();
        stage.psa.journal().clear();
        RunReport again = stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(refused.status()).isEqualTo(Status.ERROR);
        assertThat(again.status()).isEqualTo(Status.ERROR);
        assertThat(stage.psa.journal().calls()).as("no further log-in").isEmpty();
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
        stage.psa.faults().clear();
        stage.engine.as(Stage.MANAGER).connect();
        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("SAFE-4: throttling delays a run and loses nothing")
    void waitsWhenThrottled() {
        stage.company("Acme");
        stage.selecting();
        stage.psa.faults().next(Fault.throttled(Duration.ofSeconds(40)).times(3));

        RunReport report = stage.engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("PULL-4: a record that cannot be understood is set aside and the others go on")
    void setsAsideWhatItCannotRead() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef garbled = stage.server(acme, "SRV-1");
        RemoteRef fine = stage.server(acme, "SRV-2");
        stage.psa.faults().garble(garbled);

        RunReport report = stage.selecting().engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.localOf(fine)).isNotNull();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        stage.psa.faults().mend(garbled);
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(garbled, ConfigurationFields.NOTES, "mended");
        RunReport mended = stage.engine.run();
        assertThat(mended.status()).as(mended.print()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("PULL-4, WHY-3: a link whose PSA record cannot be understood any more says so, as the run counts it")
    void explainsWhatItCannotReadAnyMore() {
        RemoteRef garbled = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(garbled, ConfigurationFields.NOTES, "garbled");
        stage.psa.faults().garble(garbled);

        RunReport report = stage.engine.run();

        Explanation why = stage.engine.explain(garbled);
        assertThat(report.print()).contains("refused by the PSA 1");
        assertThat(why.disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(why.print()).contains("PULL-4");
        assertThat(why.remedy()).contains("Correct the record");
        stage.psa.faults().mend(garbled);
        stage.psaEdits(garbled, ConfigurationFields.NOTES, "mended");
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(stage.engine.explain(garbled).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("GATE-6: a confirmed change that closes the gate is still pushed, then the record is an orphan")
    void pushesWhatClosesTheGate() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));

        stage.userSaves(
                stage.localOf(server), ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        stage.engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.TYPE).name()).isEqualTo("Printer");
        assertThat(pair(server).reasons()).isEqualTo(Set.of(OrphanReason.TYPE_NOT_SELECTED));
    }

    @Test
    @DisplayName(
            "STATE-6, WHY-3: a record that the PSA refused is looked at again when its like loses its local record")
    void looksAgainWhenItsLikeIsFree() {
        Stage world = new Stage();
        RemoteRef acme = world.company("Acme");
        RemoteRef server = world.server(acme, "SRV-1");
        LocalRef first = world.twoWay().localOf(server);
        world.psa.faults().next(Fault.forbidden("to make servers").on(Operation.CREATE));
        world.host.delete(first);
        LocalRef second = world.creates(world.serverValues(world.localOf(acme), "SRV-1"), Origin.USER)
                .ref();
        assertThat(world.engine.saved(second)).isInstanceOf(PushResult.Refused.class);

        world.later(Duration.ofMinutes(30)).engine.run();
        world.later(Duration.ofMinutes(30)).engine.run();

        assertThat(world.engine.explain(second).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(world.state().byLocal(second).orElseThrow().standing()).isEqualTo(Disposition.IN_REVIEW);
    }
}
