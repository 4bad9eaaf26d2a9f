package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.testkit.TestClock;

/** Two nodes on one database whose clocks differ by minutes. */
class ClocksTest {
    @TempDir
    Path folder;

    private final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName(
            "RUN-1, S5: A node whose clock is minutes ahead waits for the lease; one that takes it too early doubles nothing")
    void clocksDiffer(Dialect dialect) {
        DataSource database =
                dialect == Dialect.SQLITE ? new SqliteConnections(folder.resolve("x.db")) : Postgres.database();
        JdbcStateStore store = JdbcStateStore.of(database);
        OngoingRun run = scene.configured(store).begin();
        run.step(Duration.ZERO);
        TestClock ahead =
                TestClock.at(scene.clock.instant().plus(Duration.ofMinutes(7)).toString());
        TestClock farAhead =
                TestClock.at(scene.clock.instant().plus(Duration.ofMinutes(15)).toString());
        TestClock behind =
                TestClock.at(scene.clock.instant().minus(Duration.ofMinutes(15)).toString());
        assertThat(scene.engine(JdbcStateStore.of(database), ahead).run().status())
                .isEqualTo(RunReport.Status.SYNCING);
        assertThat(scene.engine(JdbcStateStore.of(database), behind).run().status())
                .isEqualTo(RunReport.Status.SYNCING);
        run.step(Duration.ZERO);
        assertThat(scene.engine(JdbcStateStore.of(database), farAhead).run().status())
                .isEqualTo(RunReport.Status.OK);
        for (int i = 0; i < 100 && run.step(Duration.ZERO).isPresent(); i++) {
            // goes on until it finds that its lease was taken
        }
        assertThat(run.report().orElseThrow().message()).contains("taken over");
        assertThat(scene.engine(store).run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(store.integration(Scene.NAME));
    }
}
