package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Commit;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What needs nothing more of the PSA does not wait while the PSA wants a long pause (SAFE-4). */
class LongPausesTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    private void throttling(Operation wanted, AssetKind of) {
        stage.psa
                .faults()
                .choose((operation, kind) ->
                        operation == wanted && kind == of ? Fault.throttled(Duration.ofHours(1)) : null);
    }

    @Test
    @DisplayName("SAFE-4: a long pause while ids are listed keeps nothing from being applied that was read")
    void appliesWhatWasRead() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(25));
        stage.psaEdits(server, ConfigurationFields.NOTES, "new");
        throttling(Operation.IDS, ORGANIZATION);

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(report.message()).contains("wants a pause");
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("new");
        stage.psa.faults().clear();
        assertThat(stage.later(Duration.ofHours(1)).engine.run().fullCheck())
                .as("the check is still under way")
                .isTrue();
    }

    @Test
    @DisplayName("SAFE-4, BRAKE-1: what a long pause keeps from being counted is held, and nothing else")
    void holdsWhatWasNotCounted() {
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(1)).engine.run();
        stage.later(Duration.ofHours(1));
        stage.psaEdits(ada, ContactFields.TITLE, "Countess");
        stage.psaEdits(servers.get(24), ConfigurationFields.NOTES, "new");
        throttling(Operation.READ, CONFIGURATION);
        stage.state()
                .pairs(new PairQuery.OfKind(CONFIGURATION), null, 100)
                .forEach(pair -> stage.state()
                        .commit(Commit.builder()
                                .put(pair.toBuilder().mustRead(true).dirty(true).build())
                                .build()));

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.inHost(stage.localOf(ada), ContactFields.TITLE)).isEqualTo("Countess");
        assertThat(stage.inHost(stage.localOf(servers.get(24)), ConfigurationFields.NOTES))
                .as("not counted")
                .isNull();
        assertThat(stage.all(CONTACT)).hasSize(1);
        stage.psa.faults().clear();
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.inHost(stage.localOf(servers.get(24)), ConfigurationFields.NOTES))
                .isEqualTo("new");
    }

    // What is known in part only -------------------------------------------------------------------------------------

    private List<RemoteRef> servers(int count) {
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5));
        return servers;
    }

    private void retype(List<RemoteRef> servers) {
        servers.forEach(server -> stage.psaEdits(
                server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Workstation")));
    }

    private long orphans(List<RemoteRef> servers) {
        return servers.stream()
                .filter(server -> stage.state().byRemote(server).orElseThrow().state() == SyncState.ORPHANED)
                .count();
    }

    /** Lets so many calls of one run through; the next one is answered with a pause. */
    private void throttlingAfter(Operation wanted, int calls) {
        int[] left = {calls};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == wanted && kind == CONFIGURATION && left[0]-- <= 0
                        ? Fault.throttled(Duration.ofMinutes(20))
                        : null);
    }

    @Test
    @DisplayName("BRAKE-1, SAFE-4: what a long pause divides is not done in parts of which each passes the brake")
    void dividesNoPlan() {
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 20));
        List<RemoteRef> servers = servers(90);
        retype(servers);
        List<Status> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            throttlingAfter(Operation.CHANGES, 1);
            all.add(stage.later(Duration.ofMinutes(30)).engine.run().status());
            assertThat(orphans(servers)).as("after %s", all).isZero();
        }

        stage.psa.faults().clear();
        RunReport report = stage.later(Duration.ofMinutes(30)).engine.run();

        assertThat(report.status()).isEqualTo(Status.STOPPED);
        assertThat(report.brakes())
                .singleElement()
                .satisfies(brake -> assertThat(brake.count()).isEqualTo(90));
        assertThat(orphans(servers)).isZero();
    }

    @Test
    @DisplayName("BRAKE-1, SAFE-4: little that a long pause kept from being known in one run is done in the next")
    void doesInTheNextRun() {
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 20));
        List<RemoteRef> servers = servers(60);
        retype(servers.subList(0, 5));
        servers.subList(5, 40).forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "new"));
        RemoteRef added = stage.server(acme, "NEW");
        throttlingAfter(Operation.CHANGES, 1);

        RunReport first = stage.later(Duration.ofMinutes(30)).engine.run();

        assertThat(first.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(first.count(Verb.UPDATE_LOCALLY)).isZero();
        stage.psa.faults().clear();
        RunReport second = stage.later(Duration.ofMinutes(30)).engine.run();
        assertThat(second.status()).isEqualTo(Status.OK);
        assertThat(second.count(Verb.ORPHAN)).isEqualTo(5);
        assertThat(stage.inHost(stage.localOf(servers.get(39)), ConfigurationFields.NOTES))
                .isEqualTo("new");
        assertThat(stage.localOf(added)).isNotNull();
    }

    @Test
    @DisplayName("BRAKE-1, PULL-3: what a full check finds gone in parts, because of long pauses, is counted together")
    void countsSuspectsTogether() {
        List<RemoteRef> servers = servers(250);
        stage.configure(settings -> settings.brake(Brake.LEAVING, 110, 10));
        stage.engine.run();
        servers.subList(10, 250).forEach(stage.psa.faults()::hide);
        stage.later(Duration.ofHours(25));
        for (int reads = 1; reads <= 3; reads++) {
            throttlingAfter(Operation.READ, reads);
            stage.later(Duration.ofMinutes(30)).engine.run();
            assertThat(orphans(servers)).isZero();
        }

        stage.psa.faults().choose((operation, kind) -> null);
        RunReport report = stage.later(Duration.ofMinutes(30)).engine.run();

        assertThat(report.status()).isEqualTo(Status.STOPPED);
        assertThat(orphans(servers)).isZero();
    }

    @Test
    @DisplayName("RUN-2, BRAKE-1: a run is stopped by a brake also when the PSA wants a long pause in it")
    void isStoppedAllTheSame() {
        List<RemoteRef> servers = servers(30);
        stage.configure(settings -> settings.brake(Brake.LEAVING, 5, 0));
        stage.engine.run();
        retype(servers);
        throttling(Operation.IDS, ORGANIZATION);

        RunReport report = stage.later(Duration.ofHours(25)).engine.run();

        assertThat(report.brakes()).hasSize(1);
        assertThat(report.status()).isEqualTo(Status.STOPPED);
        assertThat(report.message()).contains("approve", "wants a pause");
        assertThat(orphans(servers)).isZero();
    }
}
