package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;

/** SAFE-6: what PostgreSQL itself does to those that use it. */
class PostgresFaultsTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Scene scene = new Scene();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    /** Sets something for all connections to come. */
    private static void set(DataSource database, String what) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database " + connection.getCatalog() + " set " + what);
        }
    }

    private static int count(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Sql.query(connection, sql, row -> 1).size();
        }
    }

    /** Lets the server end some connections, each just before a statement or a commit. */
    private static DataSource endingSome(DataSource database, Random random, AtomicInteger ended) {
        return proxy(DataSource.class, database, (method, connection) -> {
            int pid = Sql.query((Connection) connection, "select pg_backend_pid()", row -> row.getInt(1))
                    .get(0);
            return proxy(Connection.class, connection, (call, answer) -> answer, call -> {
                if ((call.equals("prepareStatement") || call.equals("commit")) && random.nextInt(150) == 0) {
                    count(database, "select pg_terminate_backend(" + pid + ", 5000)");
                    ended.incrementAndGet();
                }
            });
        });
    }

    private interface Answer {
        Object of(String method, Object answer) throws SQLException;
    }

    private interface Before {
        void call(String method) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object real, Answer answer) {
        return proxy(type, real, answer, call -> {});
    }

    private static <T> T proxy(Class<T> type, Object real, Answer answer, Before before) {
        return type.cast(Proxy.newProxyInstance(
                PostgresFaultsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    before.call(method.getName());
                    try {
                        return answer.of(method.getName(), method.invoke(real, values));
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @Test
    @DisplayName(
            "P14: Connections that the server ends at any moment cost a run at most; nothing is half stored or doubled")
    void connectionsAreEnded() throws Exception {
        DataSource database = Postgres.database();
        scene.configured(JdbcStateStore.postgres(database));
        AtomicInteger ended = new AtomicInteger();
        SyncEngine engine = scene.engine(JdbcStateStore.postgres(endingSome(database, new Random(1), ended)));
        List<RunReport.Status> ends = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RunReport report = engine.run();
            ends.add(report.status());
            if (report.status() == RunReport.Status.ERROR) {
                assertThat(report.message()).contains("The state could not be read or stored");
            }
            scene.later(Duration.ofMinutes(15));
        }
        JdbcStateStore calm = JdbcStateStore.postgres(database);
        assertThat(scene.engine(calm).run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(calm.integration(Scene.NAME));
        System.out.println("PostgresFaultsTest: ended " + ended + " connections; runs " + ends);
        assertThat(ended).hasPositiveValue();
        assertThat(ends).as("more is tried again than fails").contains(RunReport.Status.OK);
    }

    @Test
    @DisplayName("A deadlock with somebody else is tried again, and stored once")
    void deadlock() throws Exception {
        DataSource database = Postgres.database();
        IntegrationState state = JdbcStateStore.postgres(database).integration("contoso/one");
        Pair link = Pair.ofRemote(new PairId(1, 1), RemoteRef.of(AssetKind.CONTACT, "1")).toBuilder()
                .local(new LocalId("l1"))
                .state(SyncState.SYNCING)
                .build();
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local deadlock_timeout = '60s'"); // so that the store's transaction is chosen
            statement.execute("select 1 from psasync_integrations for update");
            Future<?> commit = executor.submit(
                    () -> state.commit(Commit.builder().put(link).build()));
            String waiting = "select 1 from pg_stat_activity where datname = current_database()"
                    + " and wait_event_type = 'Lock'";
            while (count(database, waiting) == 0) {
                Thread.onSpinWait();
            }
            statement.execute("select 1 from psasync_accounts for update"); // each has now what the other wants
            other.rollback();
            commit.get();
        }
        assertThat(state.pair(link.id())).contains(link.versioned(1));
    }

    @Test
    @DisplayName("S1: Serializable transactions that get into each other's way are tried again, and lose no change")
    void serializationFailures() throws Exception {
        DataSource database = Postgres.database();
        IntegrationState state = JdbcStateStore.postgres(database).integration("contoso/one");
        set(database, "default_transaction_isolation = 'serializable'");
        PairId id = new PairId(1, 1);
        state.commit(Commit.builder()
                .put(Pair.ofRemote(id, RemoteRef.of(AssetKind.CONTACT, "1")))
                .build());
        List<Future<?>> ends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            ends.add(executor.submit(() -> {
                for (int done = 0; done < 10; ) {
                    Pair old = state.pair(id).orElseThrow();
                    try {
                        state.commit(Commit.builder()
                                .put(old.toBuilder().seenIn(old.seenIn() + 1).build())
                                .build());
                        done++;
                    } catch (StaleStateException somebodyElse) {
                        // look again
                    }
                }
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        assertThat(state.pair(id).orElseThrow().seenIn()).isEqualTo(40);
    }

    @Test
    @DisplayName("P14: Rows that somebody keeps locked, and a server that takes no writes, end a run with a word of it")
    void lockedOrReadOnly() throws Exception {
        DataSource database = Postgres.database();
        JdbcStateStore store = JdbcStateStore.postgres(database);
        SyncEngine engine = scene.configured(store);
        set(database, "lock_timeout = '50ms'");
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from psasync_integrations for update");
            RunReport report = engine.run();
            assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
            assertThat(report.message()).contains("keeps the rows locked");
            other.rollback();
        }
        set(database, "default_transaction_read_only = on");
        assertThat(engine.run().message()).contains("takes no writes now");
        assertThatThrownBy(() -> store.integration("contoso/other")).hasMessageContaining("takes no writes now");
        set(database, "default_transaction_read_only = off");
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(store.integration(Scene.NAME));
    }

    /** Lets something happen before the commit of that number. */
    private static IntegrationState before(int commit, IntegrationState state, Before happening) {
        int[] left = {commit};
        return proxy(IntegrationState.class, state, (call, answer) -> answer, call -> {
            if (call.equals("commit") && left[0]-- == 0) {
                happening.call(call);
            }
        });
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @DisplayName(
            "P14: A disk of the server that gets full ends the run with a word of it; the next run goes on once there is room")
    void fullDisk() throws Exception {
        DataSource database = Postgres.database();
        scene.configured(JdbcStateStore.postgres(database));
        execute(database, "create table full_disk (since integer)");
        execute(
                database,
                "create function no_room() returns trigger language plpgsql as $$ begin"
                        + " if exists (select from full_disk) then"
                        + " raise exception 'could not extend file' using errcode = 'disk_full'; end if;"
                        + " return new; end $$");
        for (String table : List.of("psasync_pairs", "psasync_events", "psasync_documents")) {
            execute(
                    database,
                    "create trigger no_room before insert or update on " + table
                            + " for each row execute function no_room()");
        }
        int met = 0;
        for (int commit = 0; commit < 12; commit += 2) {
            JdbcStateStore store = JdbcStateStore.postgres(database);
            SyncEngine engine = scene.engine(before(
                    commit,
                    store.integration(Scene.NAME),
                    call -> execute(database, "insert into full_disk values (1)")));
            RunReport report = engine.run();
            if (report.status() == RunReport.Status.ERROR) {
                assertThat(report.message()).contains("Make room on the disk of the database");
                assertThat(report.message())
                        .as("values of records belong in no message")
                        .doesNotContain("values (")
                        .doesNotContain("Company");
                met++;
            }
            execute(database, "delete from full_disk");
            scene.later(Duration.ofMinutes(15));
        }
        JdbcStateStore roomy = JdbcStateStore.postgres(database);
        assertThat(scene.engine(roomy).run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(roomy.integration(Scene.NAME));
        assertThat(met).isPositive();
    }

    @Test
    @DisplayName(
            "P14: A connection that is lost in the midst of a commit leaves it stored or not; nothing is stored twice")
    void answersOfCommitsAreLost() throws Exception {
        DataSource database = Postgres.database();
        scene.configured(JdbcStateStore.postgres(database));
        Random random = new Random(2);
        AtomicInteger lost = new AtomicInteger();
        AtomicBoolean bad = new AtomicBoolean();
        DataSource losing = proxy(
                DataSource.class,
                database,
                (method, connection) -> proxy(Connection.class, connection, (call, answer) -> {
                    if (bad.get() && call.equals("commit") && random.nextInt(12) == 0) {
                        ((Connection) connection).close();
                        lost.incrementAndGet();
                        throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                    }
                    return answer;
                }));
        SyncEngine engine = scene.engine(JdbcStateStore.postgres(losing));
        bad.set(true);
        int errors = 0;
        for (int i = 0; i < 12; i++) {
            RunReport report = engine.run();
            if (report.status() == RunReport.Status.ERROR) {
                assertThat(report.message()).contains("The state could not be read or stored");
                errors++;
            }
            scene.later(Duration.ofMinutes(15));
        }
        JdbcStateStore calm = JdbcStateStore.postgres(database);
        assertThat(scene.engine(calm).run().status()).isEqualTo(RunReport.Status.OK);
        scene.requireAllPulledOnce(calm.integration(Scene.NAME));
        assertThat(lost).hasPositiveValue();
        assertThat(errors)
                .as("whether it was stored is not known, so it is not stored again at once")
                .isPositive();
    }
}
