package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.OrganizationFields;

/** A save is noted in the host's own transaction, beside the host's own tables. */
class JoinedTransactionTest {
    @TempDir
    Path folder;

    private final Scene scene = new Scene();

    private DataSource database(Dialect dialect) throws SQLException {
        DataSource database =
                dialect == Dialect.SQLITE ? new SqliteConnections(folder.resolve("host.db")) : Postgres.database();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table names (name varchar(100))");
        }
        return database;
    }

    private static Connection transaction(DataSource database, String name) throws SQLException {
        Connection transaction = database.getConnection();
        transaction.setAutoCommit(false);
        Sql.update(transaction, "insert into names values (?)", name);
        return transaction;
    }

    private static void end(Connection transaction, boolean commits) throws SQLException {
        if (commits) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
        transaction.setAutoCommit(true);
        transaction.close();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName(
            "PUSH-2, PUSH-6: A save noted in the host's transaction is pushed by the next run though nobody told of it")
    void isPushedByTheNextRun(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        JdbcStateStore store = JdbcStateStore.of(database);
        SyncEngine engine = scene.twoWay(store);
        Asset edited = scene.edits(7, OrganizationFields.SHORT_NAME, "seven");
        Connection transaction = transaction(database, "seven");
        store.saved(transaction, Scene.NAME, edited.ref());
        end(transaction, true);
        scene.edits(8, OrganizationFields.SHORT_NAME, "eight, noted by nobody");
        // The process dies here, before it calls saved. Another one opens the same database.
        SyncEngine next = scene.engine(JdbcStateStore.of(database));
        assertThat(next.plan().count(Verb.UPDATE_IN_PSA)).isEqualTo(1);
        assertThat(next.plan().count(Verb.UPDATE_IN_PSA))
                .as("a plan forgets no note")
                .isEqualTo(1);
        scene.later(Duration.ofMinutes(1));
        assertThat(next.run().count(Verb.UPDATE_IN_PSA)).isEqualTo(1);
        assertThat(scene.inPsa(OrganizationFields.SHORT_NAME)).containsExactly("seven");
        assertThat(store.integration(Scene.NAME).notedSaves(9)).isEmpty();
        assertThat(engine.run().count(Verb.UPDATE_IN_PSA)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName("PUSH-2: What the host rolls back is noted nowhere")
    void isRolledBack(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        JdbcStateStore store = JdbcStateStore.of(database);
        scene.twoWay(store);
        Connection transaction = transaction(database, "seven");
        store.saved(transaction, Scene.NAME, scene.company(7).ref());
        end(transaction, false);
        assertThat(store.integration(Scene.NAME).notedSaves(9)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName("PUSH-9: Many notes of one record are one push, and a push in between makes them harmless")
    void isPushedOnce(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        JdbcStateStore store = JdbcStateStore.of(database);
        SyncEngine engine = scene.twoWay(store);
        for (String text : new String[] {"a", "b", "c"}) {
            Asset edited = scene.edits(7, OrganizationFields.SHORT_NAME, text);
            Connection transaction = transaction(database, text);
            store.saved(transaction, Scene.NAME, edited.ref());
            end(transaction, true);
        }
        engine.saved(scene.company(7).ref());
        scene.psa.journal().clear();
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(scene.psa.journal().writes()).isEmpty();
        assertThat(scene.inPsa(OrganizationFields.SHORT_NAME)).containsExactly("c");
        assertThat(store.integration(Scene.NAME).notedSaves(9)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName("An integration for which no engine was ever built is refused by name")
    void refusesTheUnknown(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        JdbcStateStore store = JdbcStateStore.of(database);
        scene.twoWay(store);
        Connection transaction = transaction(database, "seven");
        assertThatThrownBy(() -> store.saved(
                        transaction, "contoso/none", scene.company(7).ref()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"contoso/none\"");
        end(transaction, false);
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "POSTGRES")
    @DisplayName("A run does not wait for a host that takes its time to commit, nor the host for a run")
    void nobodyWaits(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        JdbcStateStore store = JdbcStateStore.of(database);
        SyncEngine engine = scene.twoWay(store);
        Asset edited = scene.edits(7, OrganizationFields.SHORT_NAME, "seven");
        Connection transaction = transaction(database, "seven");
        store.saved(transaction, Scene.NAME, edited.ref());
        assertThat(engine.run().count(Verb.UPDATE_IN_PSA)).isZero();
        store.saved(transaction, Scene.NAME, edited.ref());
        end(transaction, true);
        assertThat(engine.run().count(Verb.UPDATE_IN_PSA)).isEqualTo(1);
    }
}
