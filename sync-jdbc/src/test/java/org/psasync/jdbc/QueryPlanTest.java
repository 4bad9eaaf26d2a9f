package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.PairQuery;

/** Every question of the engine is answered from an index. */
class QueryPlanTest {
    private static final AssetKind KIND = AssetKind.CONTACT;

    @TempDir
    Path folder;

    /** Asks everything that the engine asks. */
    private static void askAll(IntegrationState state) {
        PairId after = new PairId(1, 1);
        state.pair(after);
        state.byLocal(KIND, List.of(new LocalId("1"), new LocalId("2")));
        state.byRemote(KIND, List.of(new RemoteId("1"), new RemoteId("2")));
        state.ownedElsewhere(KIND, List.of(new LocalId("1")));
        List<PairQuery> queries = List.of(
                new PairQuery.Dirty(KIND),
                new PairQuery.Due(Instant.EPOCH),
                new PairQuery.Unlinked(KIND, Set.of("a", "b")),
                new PairQuery.Awaiting(Set.of(LocalRef.of(KIND, "1"), LocalRef.of(KIND, "2"))),
                new PairQuery.NotSeenIn(KIND, 3),
                new PairQuery.OfKind(KIND));
        queries.forEach(query -> state.pairs(query, after, 100));
        state.counts();
        EventQuery all = EventQuery.ALL;
        state.events(all);
        state.events(all.ofRecords(Set.of(LocalRef.of(KIND, "1"))));
        state.events(all.ofActor("ann").onlyOutsideRuns().ofType(Event.Type.UPDATED_IN_PSA));
        state.events(all.ofRun("x").ofType(Event.Type.ONE_TIME_PUSH));
        state.setup();
    }

    @Test
    @DisplayName("SQLite scans no table of pairs, lists or events")
    void sqliteUsesIndexes() throws SQLException {
        List<String> asked = new ArrayList<>();
        try (SqliteConnections connections = new SqliteConnections(folder.resolve("x.db"))) {
            JdbcStateStore store = JdbcStateStore.of(connections);
            store.integration("a/c");
            IntegrationState state = store.integration("a/b");
            JdbcStateStore.of(new Listening(connections, asked))
                    .integration("a/b")
                    .pair(new PairId(1, 1));
            askAll(JdbcStateStore.of(new Listening(connections, asked)).integration("a/b"));
            assertThat(state.counts()).isNotEmpty();
            try (Connection connection = connections.getConnection()) {
                for (String sql : asked) {
                    for (String step : steps(connection, "explain query plan " + sql, "detail")) {
                        assertThat(step)
                                .as(sql)
                                .doesNotContainPattern("SCAN (p|l|mine|theirs|psasync_(pairs|lists|events))\\b");
                    }
                }
            }
        }
        assertThat(asked).anyMatch(sql -> sql.contains("due_at")).hasSizeGreaterThan(15);
    }

    private static List<String> steps(Connection connection, String sql, String column) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString(column));
            }
        }
        return steps;
    }
}
