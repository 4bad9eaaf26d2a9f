package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Setup;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.Operation;

/** SAFE-2: the PSA that answers may be another one than before. */
class OtherInstanceTest {
    private final Stage stage = new Stage();
    private final List<RemoteRef> companies =
            List.of(stage.company("Acme"), stage.company("Beta"), stage.company("Gamma"), stage.company("Delta"));

    private void dayLater() {
        stage.later(Duration.ofHours(25));
    }

    /** The same ids, other records. */
    private SyncEngine engineOfACopy() {
        Stage other = new Stage();
        companies.forEach(company -> other.company("Other " + company.id()));
        return stage.newEngine(other.psa);
    }

    @Test
    @DisplayName("SAFE-2: another tenant stops the run before anything is written, orphaned or moved")
    void stopsARun() {
        stage.twoWay();
        stage.later(Duration.ofHours(25)).engine.run();
        Setup before = stage.state().setup();
        stage.psa.faults().anotherInstance("sandbox");
        stage.psaEdits(companies.get(0), OrganizationFields.NAME, "Changed");
        dayLater();
        int calls = stage.psa.journal().calls().size();
        var progress = stage.state().progress().kinds();

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.STOPPED);
        assertThat(report.message()).contains("sandbox");
        assertThat(stage.psa
                        .journal()
                        .calls()
                        .subList(calls, stage.psa.journal().calls().size()))
                .hasSize(1);
        assertThat(stage.state().progress().kinds()).isEqualTo(progress);
        assertThat(stage.state().setup().connection()).isEqualTo(before.connection());
        assertThat(stage.inHost(stage.localOf(companies.get(0)), OrganizationFields.NAME))
                .isEqualTo("Acme");
    }

    @Test
    @DisplayName("SAFE-2: nothing is pushed to another instance; when the right one answers again all goes on")
    void stopsPushes() {
        stage.twoWay();
        LocalRef local = stage.localOf(companies.get(0));
        stage.psa.faults().anotherInstance("sandbox");
        dayLater();
        stage.engine.run();
        stage.psa.journal().clear();

        PushResult saved = stage.userSaves(local, OrganizationFields.NAME, "Acme Ltd");

        assertThat(saved)
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.text()).contains("Another instance"));
        assertThat(stage.psa.journal().writes()).isEmpty();
        stage.psa.faults().clear();
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.inPsa(companies.get(0), OrganizationFields.NAME)).isEqualTo("Acme Ltd");
    }

    @Test
    @DisplayName("SAFE-2: of the sample none is there as it was, though the tenant claims to be the same")
    void knowsTheRecords() {
        stage.twoWay();
        SyncEngine copy = engineOfACopy();
        dayLater();

        RunReport report = copy.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.STOPPED);
        assertThat(report.message()).contains("none is there as it was");
        assertThat(stage.all(ORGANIZATION))
                .extracting(asset -> asset.values().get(OrganizationFields.NAME))
                .containsExactlyInAnyOrder("Acme", "Beta", "Gamma", "Delta");
        assertThat(stage.engine.explain(companies.get(0)).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(copy.plan().message()).contains("none is there as it was");
    }

    @Test
    @DisplayName("SAFE-2: renamed and deleted records do not make it another instance")
    void toleratesRenames() {
        stage.twoWay();
        dayLater();
        stage.engine.run();
        stage.psaEdits(companies.get(0), OrganizationFields.NAME, "A");
        stage.psaEdits(companies.get(1), OrganizationFields.NAME, "B");
        stage.psa.delete(companies.get(2));
        dayLater();
        assertThat(stage.engine.run().status()).isNotEqualTo(RunReport.Status.STOPPED);
        stage.psaEdits(companies.get(3), OrganizationFields.NAME, "D");
        dayLater();

        RunReport report = stage.engine.run();

        assertThat(report.status()).as(report.print()).isNotEqualTo(RunReport.Status.STOPPED);
        assertThat(stage.inHost(stage.localOf(companies.get(3)), OrganizationFields.NAME))
                .isEqualTo("D");
    }

    @Test
    @DisplayName("SAFE-2: one more request for each full check, and none in other runs")
    void costsOneRequest() {
        stage.twoWay();
        stage.psa.journal().clear();
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.psa.journal().count(Operation.READ)).isZero();

        dayLater();
        stage.engine.run();

        assertThat(stage.psa.journal().count(Operation.READ)).isEqualTo(1);
    }

    @Test
    @DisplayName("SAFE-2, STATE-10: that nothing is shown to other rights proves nothing")
    void toleratesOtherRights() {
        stage.twoWay();
        stage.psa.faults().withdraw(ORGANIZATION);
        dayLater();

        assertThat(stage.engine.run().status()).isNotEqualTo(RunReport.Status.STOPPED);

        stage.psa.faults().giveBack(ORGANIZATION);
        assertThat(stage.engine.run().status()).isNotEqualTo(RunReport.Status.STOPPED);
    }

    @Test
    @DisplayName("SAFE-2, CONN-1: connecting another instance while there are links is refused, and nothing is stored")
    void refusesToConnect() {
        stage.twoWay();
        Setup before = stage.state().setup();
        FakePsa sandbox = FakePsa.builder(stage.clock).tenant("sandbox").build();

        Connection connection = stage.newEngine(sandbox).as(MANAGER).connect();

        assertThat(connection)
                .isInstanceOfSatisfying(
                        Connection.Refused.class,
                        refused -> assertThat(refused.reason()).contains("sandbox", "an integration of its own"));
        assertThat(stage.state().setup()).isEqualTo(before);
    }

    @Test
    @DisplayName("SAFE-2, DATA-6: another instance is refused after disconnecting too, as long as there are links")
    void refusesAfterDisconnecting() {
        stage.twoWay();
        stage.engine.as(MANAGER).disconnect();
        FakePsa sandbox = FakePsa.builder(stage.clock).tenant("sandbox").build();

        assertThat(stage.newEngine(sandbox).as(MANAGER).connect()).isInstanceOf(Connection.Refused.class);
        assertThat(engineOfACopy().as(MANAGER).connect()).isInstanceOf(Connection.Refused.class);

        assertThat(stage.engine.as(MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
    }

    @Test
    @DisplayName("SAFE-2: without links any instance may be connected")
    void mayChangeBeforeThereAreLinks() {
        stage.engine.as(MANAGER).connect();
        FakePsa sandbox = FakePsa.builder(stage.clock).tenant("sandbox").build();

        assertThat(stage.newEngine(sandbox).as(MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
    }
}
