package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.store.IntegrationState;

/** SAFE-6: what SQLite itself refuses in the midst of a run. */
class SqliteFaultsTest {
    @TempDir
    Path folder;

    private final Scene scene = new Scene();
    private volatile Fault fault = Fault.NONE;
    private String url = "";

    private enum Fault {
        NONE,
        /** As on a file system that became read-only. */
        READ_ONLY,
        /** No page can be added to the file. */
        FULL
    }

    @BeforeEach
    void nameFile() {
        url = "jdbc:sqlite:" + folder.resolve("state.db");
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(fault == Fault.READ_ONLY ? url + "?open_mode=1" : url);
        try (Statement statement = connection.createStatement()) {
            if (fault != Fault.READ_ONLY) {
                statement.execute("pragma journal_mode = wal");
            }
            statement.execute("pragma busy_timeout = 100");
            if (fault == Fault.FULL) {
                statement.execute("pragma max_page_count = 1"); // SQLite takes the present size instead
            }
        }
        return connection;
    }

    /** Opens a connection for each use, with the fault of the moment. */
    private DataSource database() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, values) -> open());
    }

    /** Lets the fault come after so many commits. */
    private IntegrationState failing(JdbcStateStore store, int commits, Fault coming) {
        IntegrationState state = store.integration(Scene.NAME);
        int[] left = {commits};
        return (IntegrationState) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IntegrationState.class}, (proxy, method, values) -> {
                    if (method.getName().equals("commit") && left[0]-- == 0) {
                        fault = coming;
                    }
                    try {
                        return method.invoke(state, values);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void aRunMeets(Fault coming, String text) {
        int met = 0;
        for (int commits = 0; commits < 12; commits += 2) {
            JdbcStateStore store = JdbcStateStore.of(database());
            scene.configured(store);
            SyncEngine engine = scene.engine(failing(store, commits, coming));
            RunReport report = engine.run();
            if (report.status() == RunReport.Status.ERROR) {
                assertThat(report.message()).contains(text).contains("the next run goes on");
                met++;
            }
            fault = Fault.NONE;
            scene.later(Duration.ofMinutes(15)); // the lease could not be given back
        }
        SyncEngine engine = scene.engine(JdbcStateStore.of(database()));
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(JdbcStateStore.of(database()).integration(Scene.NAME));
        assertThat(met).isPositive();
    }

    @Test
    @DisplayName("P14: A disk that gets full ends the run with a word of it; the next run goes on once there is room")
    void full() {
        aRunMeets(Fault.FULL, "Make room on the disk");
    }

    @Test
    @DisplayName("P14: A file that becomes read-only ends the run with a word of it; the next run goes on")
    void readOnly() {
        aRunMeets(Fault.READ_ONLY, "must be able to write the file");
    }

    @Test
    @DisplayName("P14: A file that another process keeps locked ends the run with a word of it; the next run goes on")
    void locked() throws SQLException {
        JdbcStateStore store = JdbcStateStore.of(database());
        SyncEngine engine = scene.configured(store);
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            RunReport report = engine.run();
            assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
            assertThat(report.message()).contains("Another process keeps the file locked");
            statement.execute("rollback");
        }
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(store.integration(Scene.NAME));
    }
}
