package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.NotedSave;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;
import org.psasync.testkit.contract.StateStoreContract;

/**
 * Every statement that the store sends is answered from an index: all of them are gathered from the store itself, while it
 * does all that it can do, and explained on large tables. {@code -Dpsasync.rows=1000000} makes them as large as that.
 */
class QueryPlanTest {
    private static final int ROWS = Integer.getInteger("psasync.rows", 100_000);
    private static final int INTEGRATIONS = 1000;
    private static final AssetKind KIND = AssetKind.CONTACT;

    @TempDir
    Path folder;

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final AtomicInteger opened = new AtomicInteger();

    private Listening onSqlite() {
        return new Listening(new SqliteConnections(folder.resolve("asked" + opened.incrementAndGet() + ".db")), asked);
    }

    private Listening onPostgres() {
        return new Listening(Postgres.pooled(Postgres.database()), asked);
    }

    /** Lets the store do all that its contract knows, all that an engine wants, and all that can be asked. */
    private void gather(Supplier<Listening> opening) throws ReflectiveOperationException, SQLException {
        StateStoreContract contract = new ListeningStore(opening);
        Method open = StateStoreContract.class.getDeclaredMethod("openStore");
        open.setAccessible(true);
        for (Method test : StateStoreContract.class.getDeclaredMethods()) {
            if (test.isAnnotationPresent(Test.class)) {
                test.setAccessible(true);
                open.invoke(contract);
                test.invoke(contract);
            }
        }
        Listening source = opening.get();
        JdbcStateStore store = JdbcStateStore.of(source);
        Scene scene = new Scene();
        SyncEngine engine = scene.twoWay(store);
        try (Connection connection = source.getConnection()) {
            store.saved(
                    connection,
                    Scene.NAME,
                    scene.edits(1, OrganizationFields.SHORT_NAME, "x").ref());
        }
        engine.plan();
        engine.run();
        scene.later(Duration.ofHours(25));
        engine.run();
        askAll(store.integration(Scene.NAME));
        assertThat(asked).hasSizeGreaterThan(60);
    }

    private static void askAll(IntegrationState state) {
        PairId after = new PairId(1, 1);
        List<PairQuery> queries = List.of(
                new PairQuery.Dirty(KIND),
                new PairQuery.Due(Instant.EPOCH),
                new PairQuery.Unlinked(KIND, Set.of("a", "b")),
                new PairQuery.Below(KIND, new RemoteId("1")),
                new PairQuery.Awaiting(Set.of(LocalRef.of(KIND, "1"), LocalRef.of(KIND, "2"))),
                new PairQuery.NotSeenIn(KIND, 3),
                new PairQuery.WithWriteInFlight(KIND),
                new PairQuery.InReview(KIND),
                new PairQuery.Ignored(KIND),
                new PairQuery.InState(KIND, SyncState.ORPHANED, OrphanReason.DELETED_IN_PSA),
                new PairQuery.Placed(KIND, new Place(OrganizationFields.STATUS, null)),
                new PairQuery.Failed(KIND, null),
                new PairQuery.Standing(KIND, Disposition.IN_REVIEW),
                new PairQuery.TurnedAway(KIND),
                new PairQuery.LeftAlone(KIND),
                new PairQuery.OfKind(KIND));
        assertThat(queries.stream().map(Object::getClass).toList())
                .as("every question there is")
                .containsExactlyInAnyOrder(PairQuery.class.getPermittedSubclasses());
        queries.forEach(query -> state.pairs(query, after, 100));
        state.nextDue(Instant.EPOCH);
        queries.forEach(query -> state.fork().pairs(query, null, 100));
        for (int size : new int[] {1, 8, 64, 512}) {
            List<String> texts =
                    Stream.iterate(1, i -> i + 1).limit(size).map(i -> "x" + i).toList();
            state.byLocal(KIND, texts.stream().map(LocalId::new).toList());
            state.byRemote(KIND, texts.stream().map(RemoteId::new).toList());
            state.ownedElsewhere(KIND, texts.stream().map(LocalId::new).toList());
            state.pairs(new PairQuery.Unlinked(KIND, Set.copyOf(texts)), null, 9);
        }
        List<UnaryOperator<EventQuery>> filters = List.of(
                query -> query.ofPair(after),
                query -> query.ofRun("x"),
                query -> query.ofActor("ann"),
                query -> query.ofKind(KIND),
                query -> query.ofType(Event.Type.UPDATED_IN_PSA),
                query -> query.since(Instant.EPOCH),
                query -> query.until(Instant.EPOCH),
                EventQuery::onlyOutsideRuns,
                query -> query.fromLatest().before(9),
                query -> query.ofRecords(Set.of(LocalRef.of(KIND, "1"))));
        for (int chosen = 0; chosen < 1 << filters.size(); chosen++) {
            EventQuery query = EventQuery.ALL;
            for (int i = 0; i < filters.size(); i++) {
                query = (chosen >> i & 1) == 0 ? query : filters.get(i).apply(query);
            }
            state.events(query);
        }
        state.forgetEventsBefore(Instant.EPOCH);
        state.forgetSaves(List.of(new NotedSave(1, LocalRef.of(KIND, "1"))));
    }

    /** Fills every table, so that the planner knows which ones are large. */
    private static void fill(DataSource source, String numbers, String id) throws SQLException {
        JdbcStateStore.of(source);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String all = numbers.formatted(ROWS);
            String some = numbers.formatted(INTEGRATIONS);
            String owner = "(n % 20 + 1)";
            for (String insert : List.of(
                    "insert into psasync_accounts select 'a' || n from " + some,
                    "insert into psasync_integrations select n, 'i' || n, 'x', 'a' || n, n, 0, 0, null, 0, 0 from "
                            + some,
                    "insert into psasync_documents select n, 'setup', 1, 'x' from " + some,
                    "insert into psasync_counts select n, 'c', 'x', 1 from " + some,
                    "insert into psasync_claims select n, " + id + ", 'x' from " + some,
                    "insert into psasync_saves (integration, record) select n, 'x' from " + some,
                    "insert into psasync_pairs select " + owner + ", " + id
                            + ", case n % 3 when 0 then 'CONTACT' when 1 then 'LOCATION' else 'CONFIGURATION' end,"
                            + " 1, 'l' || n, 'r' || n, 1, n % 3, case n % 100 when 0 then n else null end, 'x' from "
                            + all,
                    "insert into psasync_lists select " + owner + ", 'list' || (n / 50), " + id + " from " + all,
                    "insert into psasync_events select " + owner + ", n, n, 'run' || (n / 1000),"
                            + " case n % 10 when 0 then 'ann' else null end, 'type' || (n % 30), 'CONTACT', " + id
                            + ", 'l' || n, 'r' || n, 'x', n from " + all)) {
                statement.execute(insert);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("analyze");
        }
    }

    /** Somewhere to explain statements. */
    private interface Connections {
        Connection open() throws SQLException;
    }

    private static Set<String> scans(
            Connections source, Set<String> statements, UnaryOperator<String> explained, String scan)
            throws SQLException {
        Pattern pattern = Pattern.compile(scan);
        Set<String> found = new TreeSet<>();
        try (Connection connection = source.open()) {
            for (String sql : statements) {
                List<String> steps = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        var rows = statement.executeQuery(explained.apply(sql))) {
                    int column = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        steps.add(rows.getString(column));
                    }
                }
                if (steps.stream().anyMatch(step -> pattern.matcher(step).find())) {
                    found.add(sql.substring(0, Math.min(300, sql.length())) + "\n  " + String.join("\n  ", steps));
                }
            }
        }
        return found;
    }

    @Test
    @DisplayName("No statement of the store scans a table of SQLite")
    void sqliteUsesIndexes() throws Exception {
        gather(this::onSqlite);
        try (SqliteConnections large = new SqliteConnections(folder.resolve("large.db"))) {
            fill(
                    large,
                    "(with recursive r(n) as (select 1 union all select n + 1 from r where n < %d) select n from r) r",
                    "cast(printf('%%016d', n) as blob)".replace("%%", "%"));
            assertThat(scans(
                            large::getConnection,
                            asked,
                            sql -> "explain query plan " + sql,
                            "\\bSCAN (?!CONSTANT|\\d+-ROW VALUES|psasync_schema)"))
                    .isEmpty();
            Set<String> ofEvents = new TreeSet<>(asked);
            ofEvents.removeIf(sql -> !sql.startsWith("select body from psasync_events"));
            assertThat(ofEvents).hasSizeGreaterThan(200);
            assertThat(scans(
                            large::getConnection,
                            ofEvents,
                            sql -> "explain query plan " + sql,
                            "psasync_events USING (?!.*number>)|TEMP B-TREE"))
                    .as("the log is looked through from a number on, in order")
                    .isEmpty();
            assertThat(scans(
                            large::getConnection,
                            Set.of("select id from psasync_pairs where body = ?"),
                            sql -> "explain query plan " + sql,
                            "\\bSCAN (?!CONSTANT)"))
                    .as("a scan is seen as one")
                    .hasSize(1);
            System.out.println("QueryPlanTest: " + asked.size() + " statements on SQLite with " + ROWS + " pairs");
        }
    }

    @Test
    @DisplayName("No statement of the store scans a table of PostgreSQL")
    void postgresUsesIndexes() throws Exception {
        DataSource large = Postgres.database();
        gather(this::onPostgres);
        String address;
        try (Connection connection = large.getConnection()) {
            String url = connection.getMetaData().getURL();
            address = url + (url.contains("?") ? "&" : "?") + "user=postgres";
        }
        fill(large, "generate_series(1, %d) n", "decode(lpad(to_hex(n), 32, '0'), 'hex')");
        // Only statements that are sent as they stand may have places without values.
        Connections plain = () -> DriverManager.getConnection(address + "&preferQueryMode=simple");
        assertThat(scans(plain, asked, QueryPlanTest::generic, "Seq Scan on psasync_(?!schema)"))
                .isEmpty();
        assertThat(scans(
                        plain,
                        Set.of("select id from psasync_pairs where body = ?"),
                        QueryPlanTest::generic,
                        "Seq Scan on psasync_"))
                .as("a scan is seen as one")
                .hasSize(1);
        System.out.println("QueryPlanTest: " + asked.size() + " statements on PostgreSQL with " + ROWS + " pairs");
    }

    private static String generic(String sql) {
        Matcher place = Pattern.compile("\\?").matcher(sql);
        int[] number = {0};
        return "explain (generic_plan) " + place.replaceAll(each -> "\\$" + ++number[0]);
    }
}
