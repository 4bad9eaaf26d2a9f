package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Commit;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.NotedSave;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;

/** What earlier libraries stored, in their tables and in their form, is what this one remembers. */
class UpgradeTest {
    /** The version of the tables of each library that stored something otherwise than the one before it. */
    private static final List<Integer> LIBRARIES = List.of(1, 2, 3, 3, 4);

    private static final LocalRef SAVED = LocalRef.of(AssetKind.CONFIGURATION, "l1");

    @TempDir
    Path folder;

    static Stream<Arguments> libraries() {
        return Stream.of(Dialect.values())
                .flatMap(dialect ->
                        IntStream.rangeClosed(1, LIBRARIES.size()).mapToObj(library -> Arguments.of(dialect, library)));
    }

    private DataSource database(Dialect dialect, String name) {
        return dialect == Dialect.SQLITE ? new SqliteConnections(folder.resolve(name)) : Postgres.database();
    }

    private static String dump(int library) throws IOException {
        try (InputStream stream = UpgradeTest.class.getResourceAsStream("dump/" + library + ".sql")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JdbcStateStore filled(DataSource source) throws SQLException {
        JdbcStateStore store = JdbcStateStore.of(source);
        Remembered.fill(store.integration(Remembered.NAME), store.integration(Remembered.OTHER));
        try (Connection connection = source.getConnection()) {
            store.saved(connection, Remembered.NAME, SAVED);
        }
        return store;
    }

    @ParameterizedTest(name = "{0}, library {1}")
    @MethodSource("libraries")
    @DisplayName("What every earlier library stored is remembered, found and changed as if this library had stored it")
    void fromEveryLibrary(Dialect dialect, int library) throws SQLException, IOException {
        DataSource source = database(dialect, "old.db");
        new Database(source).migrate(Migrations.of(dialect).first(LIBRARIES.get(library - 1)));
        try (Connection connection = source.getConnection()) {
            Dump.load(connection, dialect, dump(library));
        }
        JdbcStateStore old = JdbcStateStore.of(source);
        JdbcStateStore fresh = filled(database(dialect, "fresh.db"));
        for (String name : List.of(Remembered.NAME, Remembered.OTHER)) {
            assertThat(answers(old.integration(name))).isEqualTo(answers(fresh.integration(name)));
            change(old.integration(name));
            change(fresh.integration(name));
            assertThat(answers(old.integration(name))).isEqualTo(answers(fresh.integration(name)));
        }
        IntegrationState state = old.integration(Remembered.NAME);
        assertThat(state.notedSaves(9).stream().map(NotedSave::record))
                .isEqualTo(library == 1 ? List.of() : List.of(SAVED));
        assertThat(state.running(Remembered.NOW).orElseThrow().holder()).isEqualTo("node-1");
        assertThat(state.claim(new PairId(1, 1), "node-3", Remembered.NOW, Remembered.NOW))
                .as("the claim of an earlier library holds")
                .isFalse();
    }

    /** Returns what a state answers to every question, each with its number. */
    private static List<Object> answers(IntegrationState state) {
        List<Object> answers = new ArrayList<>(List.of(
                state.setup(), state.progress(), state.counts(), state.turnedAway(), state.links(), state.placed()));
        Instant late = Remembered.NOW.plus(Duration.ofDays(1));
        for (AssetKind kind : AssetKind.values()) {
            List<PairQuery> queries = new ArrayList<>(List.of(
                    new PairQuery.OfKind(kind),
                    new PairQuery.Dirty(kind),
                    new PairQuery.Due(late),
                    new PairQuery.Unlinked(kind, Set.of("srv-1", "srv-5")),
                    new PairQuery.Below(kind, new RemoteId("7")),
                    new PairQuery.Awaiting(Set.of(RemoteRef.of(AssetKind.CONTACT, "c9"), SAVED)),
                    new PairQuery.NotSeenIn(kind, 4),
                    new PairQuery.WithWriteInFlight(kind),
                    new PairQuery.InReview(kind),
                    new PairQuery.Ignored(kind),
                    new PairQuery.InState(kind, SyncState.ORPHANED, OrphanReason.TYPE_NOT_SELECTED),
                    new PairQuery.Placed(kind, null),
                    new PairQuery.Placed(kind, new Place(ConfigurationFields.TYPE, null)),
                    new PairQuery.Placed(kind, new Place(ConfigurationFields.TYPE, Remembered.TYPE), SyncState.SYNCING),
                    new PairQuery.Failed(kind, null),
                    new PairQuery.Failed(kind, new Place(ConfigurationFields.STATUS, Remembered.STATUS)),
                    new PairQuery.TurnedAway(kind),
                    new PairQuery.LeftAlone(kind)));
            for (Disposition each : Disposition.values()) {
                queries.add(new PairQuery.Standing(kind, each));
            }
            for (SyncState each : SyncState.values()) {
                queries.add(new PairQuery.InState(kind, each, null));
            }
            queries.forEach(query -> answers.add(query + ": " + state.pairs(query, null, 100)));
        }
        List<EventQuery> events = List.of(
                EventQuery.ALL,
                EventQuery.ALL.since(Remembered.NOW.plusSeconds(6)),
                EventQuery.ALL.since(late),
                EventQuery.ALL.ofRun("run-1"),
                EventQuery.ALL.ofPair(new PairId(1, 1)),
                EventQuery.ALL.ofActor("ann").onlyOutsideRuns());
        events.forEach(query -> answers.add(query + ": " + state.events(query)));
        return answers;
    }

    /** Writes every pair in this library's form, and lets records change hands. */
    private static void change(IntegrationState state) {
        List<Pair> all = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            all.addAll(state.pairs(new PairQuery.OfKind(kind), null, 100));
        }
        Commit.Builder commit = Commit.builder();
        all.forEach(pair -> commit.put(
                pair.toBuilder().dirty(true).seenIn(pair.seenIn() + 1).build()));
        state.commit(commit.build());
        state.forgetEventsBefore(Remembered.NOW.plusSeconds(6));
    }

    /** The settings hold several values in no order of their own. */
    private static String withoutDocuments(String dump) {
        return Stream.of(dump.split(";\n", -1))
                .filter(insert -> !insert.startsWith("insert into psasync_documents"))
                .reduce("", (all, insert) -> all + insert + "\n");
    }

    @Test
    @DisplayName("There is a dump of every library, and that of the latest is what this one stores")
    void dumpsAreKept() throws SQLException, IOException {
        try (SqliteConnections source = new SqliteConnections(folder.resolve("latest.db"))) {
            filled(source);
            assertThat(LIBRARIES.get(LIBRARIES.size() - 1))
                    .isEqualTo(Migrations.of(Dialect.SQLITE).count());
            try (Connection connection = source.getConnection()) {
                assertThat(withoutDocuments(Dump.of(connection)))
                        .as("what is stored otherwise than before needs a dump of its own")
                        .isEqualTo(withoutDocuments(dump(LIBRARIES.size())));
            }
        }
    }
}
