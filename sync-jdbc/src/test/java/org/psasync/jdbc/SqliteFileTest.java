package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Files as they are found in the wild. */
class SqliteFileTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("state.db");
    }

    private void sql(String... commands) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private void made() {
        JdbcStateStore.sqlite(file()).close();
    }

    @Test
    @DisplayName("The file is written in WAL mode with full syncs")
    void isDurable() throws SQLException {
        try (SqliteConnections connections = new SqliteConnections(file());
                Connection connection = connections.getConnection()) {
            assertThat(Sql.query(connection, "pragma journal_mode", row -> row.getString(1)))
                    .isEqualTo(List.of("wal"));
            assertThat(Sql.query(connection, "pragma synchronous", row -> row.getInt(1)))
                    .isEqualTo(List.of(2));
        }
    }

    @Test
    @DisplayName("Another program's database is refused")
    void refusesOthers() throws SQLException {
        sql("create table customers (id integer)");
        assertThatThrownBy(this::made).isInstanceOf(DatabaseException.class).hasMessageContaining("customers");
    }

    @Test
    @DisplayName("A file that is no database is refused")
    void refusesOtherFiles() throws Exception {
        Files.writeString(file(), "Dear diary, ".repeat(500));
        assertThatThrownBy(this::made)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("not a SQLite database");
    }

    @Test
    @DisplayName("A directory that is not there is named")
    void namesTheDirectory() {
        assertThatThrownBy(() -> JdbcStateStore.sqlite(folder.resolve("none/state.db")))
                .hasMessageContaining("There is no directory");
    }

    @Test
    @DisplayName("Newer tables are refused, and left as they are")
    void refusesNewerTables() throws SQLException {
        made();
        sql("update psasync_schema set version = 99");
        assertThatThrownBy(this::made).hasMessageContaining("version 99").hasMessageContaining("newer");
    }

    @Test
    @DisplayName("Tables without their version are refused")
    void refusesHalfATable() throws SQLException {
        made();
        sql("drop table psasync_schema");
        assertThatThrownBy(this::made).hasMessageContaining("psasync_schema");
    }

    @Test
    @DisplayName("A version without its tables is refused")
    void refusesAVersionAlone() throws SQLException {
        sql("create table psasync_schema (version integer not null)");
        assertThatThrownBy(this::made).hasMessageContaining("must hold one version");
    }

    @Test
    @DisplayName("A pair of a newer library is refused by what it has")
    void refusesNewerPairs() throws SQLException {
        try (JdbcStateStore store = JdbcStateStore.sqlite(file())) {
            IntegrationState state = store.integration("contoso/one");
            PairId id = new PairId(1, 1);
            state.commit(Commit.builder()
                    .put(Pair.ofRemote(id, RemoteRef.of(AssetKind.CONTACT, "1")))
                    .build());
            sql("update psasync_pairs set body = '9' || substr(body, 2)");
            assertThatThrownBy(() -> state.pair(id)).hasMessageContaining("a form that begins with \"9\"");
            sql("update psasync_pairs set body = '1{\"mood\":1}'");
            assertThatThrownBy(() -> state.pair(id)).hasMessageContaining("Pair has no \"mood\"");
        }
    }

    @Test
    @DisplayName("What only can be read is not written, and what is stored stays whole")
    void sayThatNothingCanBeWritten() throws SQLException {
        try (JdbcStateStore store = JdbcStateStore.sqlite(file())) {
            IntegrationState state = store.integration("contoso/one");
            sql("create trigger full before insert on psasync_lists begin"
                    + " select raise(abort, 'database or disk is full'); end");
            Pair dirty = Pair.ofRemote(new PairId(1, 1), RemoteRef.of(AssetKind.CONTACT, "1"))
                    .madeDirty();
            Commit commit = Commit.builder().put(dirty).build();
            assertThatThrownBy(() -> state.commit(commit))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("full");
            assertThat(state.pair(dirty.id())).isEmpty();
            assertThat(state.counts().get(AssetKind.CONTACT)).isEmpty();
            sql("drop trigger full");
            state.commit(commit);
            assertThat(state.pairs(new PairQuery.Dirty(AssetKind.CONTACT), null, 9))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("Texts with NUL, unpaired surrogates or any length are kept and found")
    void keepsAnyText() {
        OddTexts.keptBy(JdbcStateStore.sqlite(file()));
    }

    @Test
    @DisplayName("Two stores on one file see each other's changes, and refuse what is stale")
    void shareAFile() {
        try (JdbcStateStore first = JdbcStateStore.sqlite(file());
                JdbcStateStore second = JdbcStateStore.sqlite(file())) {
            Pair pair = Pair.ofLocal(new PairId(1, 1), new LocalRef(AssetKind.CONTACT, new LocalId("1")));
            first.integration("a/b").commit(Commit.builder().put(pair).build());
            assertThat(second.integration("a/b").byLocal(AssetKind.CONTACT, Set.of(new LocalId("1"))))
                    .hasSize(1);
            assertThatThrownBy(() -> second.integration("a/b")
                            .commit(Commit.builder().put(pair).build()))
                    .hasMessageContaining("changed by somebody else");
        }
    }
}
