package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are brought from every earlier version to the latest. */
class MigrationsTest {
    private static final List<String> SCRIPTS = List.of(
            "create table psasync_a (x integer);\ninsert into psasync_a values (1);\n",
            "create table psasync_b (x integer);\ninsert into psasync_b select x + 1 from psasync_a;\n",
            "update psasync_b set x = x * 10;\n");

    @TempDir
    Path folder;

    private static void bring(Database database, int version) {
        database.migrate(new Migrations(SCRIPTS.subList(0, version)));
    }

    @Test
    @DisplayName("Every earlier version is brought to the latest, with what it holds")
    void fromEveryVersion() throws SQLException {
        for (int from = 0; from <= SCRIPTS.size(); from++) {
            try (SqliteConnections connections = new SqliteConnections(folder.resolve(from + ".db"))) {
                Database database = new Database(connections);
                for (int version : new int[] {from, SCRIPTS.size(), SCRIPTS.size()}) {
                    if (version > 0) {
                        bring(database, version);
                    }
                }
                List<Integer> values = database.read(
                        connection -> Sql.query(connection, "select x from psasync_b", row -> row.getInt(1)));
                assertThat(values).as("from version " + from).containsExactly(20);
            }
        }
    }

    @Test
    @DisplayName("A migration that fails leaves the tables at the version they had")
    void wholeOrNotAtAll() throws SQLException {
        try (SqliteConnections connections = new SqliteConnections(folder.resolve("half.db"))) {
            Database database = new Database(connections);
            bring(database, 1);
            Migrations broken =
                    new Migrations(List.of(SCRIPTS.get(0), SCRIPTS.get(1), "insert into psasync_none values (1);\n"));
            assertThatThrownBy(() -> database.migrate(broken)).isInstanceOf(DatabaseException.class);
            assertThat(database.<List<Integer>>read(connection ->
                            Sql.query(connection, "select version from psasync_schema", row -> row.getInt(1))))
                    .containsExactly(1);
            bring(database, 3);
        }
    }
}
