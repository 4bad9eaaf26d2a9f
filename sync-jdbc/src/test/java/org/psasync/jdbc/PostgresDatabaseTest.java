package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL with its own ways to fail. */
class PostgresDatabaseTest {
    @Test
    @DisplayName("Texts with NUL, unpaired surrogates or any length are kept and found")
    void keepsAnyText() {
        OddTexts.keptBy(JdbcStateStore.postgres(Postgres.database()));
    }

    @Test
    @DisplayName("The tables of a host stand beside the library's")
    void sharesTheDatabase() throws SQLException {
        DataSource database = Postgres.database();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers (id integer)");
        }
        try (JdbcStateStore store = JdbcStateStore.of(database)) {
            assertThat(store.integration("a/b").counts()).isNotEmpty();
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @DisplayName(
            "Newer tables, tables without their version and a version without its tables are refused, and left as they are")
    void refusesWhatItDoesNotKnow() throws SQLException {
        DataSource newer = Postgres.database();
        JdbcStateStore.postgres(newer);
        execute(newer, "update psasync_schema set version = 99");
        assertThatThrownBy(() -> JdbcStateStore.postgres(newer))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer");
        execute(newer, "drop table psasync_schema");
        assertThatThrownBy(() -> JdbcStateStore.postgres(newer)).hasMessageContaining("psasync_schema");
        DataSource alone = Postgres.database();
        execute(alone, "create table psasync_schema (version integer not null)");
        assertThatThrownBy(() -> JdbcStateStore.postgres(alone)).hasMessageContaining("must hold one version");
    }

    @Test
    @DisplayName("Nodes that open a new database at once make its tables once")
    void openAtOnce() throws Exception {
        DataSource database = Postgres.database();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ends.add(executor.submit(() -> {
                    try (JdbcStateStore store = JdbcStateStore.postgres(database)) {
                        return store.integration("a/b").setup().version();
                    }
                }));
            }
            for (Future<Long> end : ends) {
                assertThat(end.get()).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("A DataSource of another database is refused by name")
    void refusesOthers(@TempDir Path folder) throws SQLException {
        try (SqliteConnections sqlite = new SqliteConnections(folder.resolve("x.db"))) {
            assertThatThrownBy(() -> JdbcStateStore.postgres(sqlite)).hasMessageContaining("SQLITE");
            assertThat(JdbcStateStore.of(sqlite).integration("a/b").links()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("A serialization failure and a deadlock are tried again; other failures are told")
    void triesAgain() {
        assertThat(Dialect.POSTGRES.worthAnotherTry(new SQLException("x", "40001")))
                .isTrue();
        assertThat(Dialect.POSTGRES.worthAnotherTry(new SQLException("x", "40P01")))
                .isTrue();
        assertThat(Dialect.POSTGRES.worthAnotherTry(new SQLException("x", "08006")))
                .isFalse();
        assertThat(Dialect.POSTGRES.worthAnotherTry(new SQLException("x"))).isFalse();
        Database database = new Database(Postgres.database());
        int[] tries = {0};
        assertThat(database.<String>write(connection -> {
                    if (++tries[0] < 3) {
                        throw new SQLException("deadlock", "40P01");
                    }
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(tries[0]).isEqualTo(3);
        assertThatThrownBy(() -> database.write(connection -> {
                    throw new SQLException("lost", "08006");
                }))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("lost");
    }
}
