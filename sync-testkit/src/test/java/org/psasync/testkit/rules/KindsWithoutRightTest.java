package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Commit;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** A right that is missing stops its kind and the kinds below it only (SAFE-3). */
class KindsWithoutRightTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");
    private final RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");

    private SyncState state(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow().state();
    }

    private boolean isOrphan(RemoteRef ref) {
        return !stage.state().byRemote(ref).orElseThrow().reasons().isEmpty();
    }

    private RunReport run() {
        return stage.later(Duration.ofMinutes(10)).engine.run();
    }

    @Test
    @DisplayName("SAFE-3: nothing is decided of a kind that must not be read, even if nothing had to be read for it")
    void stopsItsKind() {
        stage.selecting().engine.run();
        stage.psa.faults().withdraw(CONFIGURATION);
        stage.configure(settings -> settings.configurations(c -> c.types("Workstation")));
        stage.psaEdits(ada, ContactFields.TITLE, "Countess");

        RunReport report = run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(state(server)).isEqualTo(SyncState.SYNCING);
        assertThat(isOrphan(server)).isFalse();
        assertThat(stage.inHost(stage.localOf(ada), ContactFields.TITLE))
                .as("another kind")
                .isEqualTo("Countess");
        stage.psa.faults().giveBack(CONFIGURATION);
        run();
        assertThat(isOrphan(server)).isTrue();
    }

    @Test
    @DisplayName("SAFE-3: without the right to read organizations nothing below them is decided")
    void stopsTheKindsBelow() {
        stage.selecting().engine.run();
        stage.psa.faults().withdraw(ORGANIZATION);
        stage.configure(settings -> settings.configurations(c -> c.types("Workstation")));

        run();

        assertThat(isOrphan(server)).isFalse();
        assertThat(stage.all(CONTACT)).hasSize(1);
        stage.psa.faults().giveBack(ORGANIZATION);
        run();
        assertThat(isOrphan(server)).isTrue();
    }

    @Test
    @DisplayName("P12, SAFE-3: what could not be counted, because a right was missing for a moment, is not done")
    void doesNotDoWhatWasNotCounted() {
        List<RemoteRef> servers = IntStream.range(0, 60)
                .mapToObj(i -> stage.server(acme, "SRV-1" + i))
                .toList();
        stage.selecting().configure(settings -> settings.brake(Brake.LEAVING, 5, 0));
        stage.engine.run();
        servers.forEach(each ->
                stage.psaEdits(each, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Workstation")));
        assertThat(run().status()).isEqualTo(Status.STOPPED);
        stage.later(Duration.ofHours(2));
        stage.state()
                .pairs(new PairQuery.OfKind(CONFIGURATION), null, 100)
                .forEach(pair -> stage.state()
                        .commit(Commit.builder()
                                .put(pair.toBuilder().mustRead(true).dirty(true).build())
                                .build()));
        int[] reads = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.READ && kind == CONFIGURATION && reads[0]++ == 0
                        ? Fault.forbidden("configurations")
                        : null);

        RunReport report = stage.engine.run();

        assertThat(report.count(Verb.ORPHAN)).isZero();
        assertThat(report.status()).isNotEqualTo(Status.OK);
        assertThat(report.problems()).anyMatch(problem -> problem.contains("\"configurations\" is missing"));
        assertThat(run().status()).isEqualTo(Status.STOPPED);
    }
}
