package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.store.Commit;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;

/**
 * The pairs of a commit beside those that are stored: checks them (S3, S4), then stores them with their lists and counts.
 * Only what differs is written.
 */
final class PairChanges {
    private static final String INTO = "insert into psasync_pairs"
            + " (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body) values ";
    private static final String OR_CHANGE = " on conflict (integration, kind, id) do update set"
            + " version = excluded.version, holds = excluded.holds, seen_in = excluded.seen_in, body = excluded.body";
    /** What indexes hold is written only when it changes. */
    private static final String KEYS =
            "local_key = excluded.local_key, remote_key = excluded.remote_key, due_at = excluded.due_at";

    private final PairTable table;
    private final List<Pair> put;
    private final List<Pair> delete;
    private final Map<PairId, Pair> stored;

    private PairChanges(PairTable table, Commit commit, Map<PairId, Pair> stored) {
        this.table = table;
        this.put = commit.put();
        this.delete = commit.delete();
        this.stored = stored;
    }

    static PairChanges of(PairTable table, Commit commit) throws SQLException {
        Map<AssetKind, List<PairId>> ids = new EnumMap<>(AssetKind.class);
        Stream.concat(commit.put().stream(), commit.delete().stream())
                .forEach(pair -> ids.computeIfAbsent(pair.kind(), key -> new ArrayList<>())
                        .add(pair.id()));
        Map<PairId, Pair> stored = new HashMap<>();
        for (Map.Entry<AssetKind, List<PairId>> each : ids.entrySet()) {
            stored.putAll(table.byId(each.getKey(), each.getValue()));
        }
        return new PairChanges(table, commit, stored);
    }

    /** Returns the pairs whose local record no pair of the integration holds yet. */
    List<Pair> taking() throws SQLException {
        List<Pair> taking = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            List<Pair> news = put.stream()
                    .filter(pair -> pair.kind() == kind && pair.holdsLocal())
                    .filter(pair -> !holds(stored.get(pair.id()), pair.local()))
                    .toList();
            Set<String> held = PairTable.held(
                    table.connection(),
                    table.dialect(),
                    table.integration(),
                    kind,
                    news.stream().map(PairChanges::localKey).toList());
            news.stream().filter(pair -> !held.contains(localKey(pair))).forEach(taking::add);
        }
        return taking;
    }

    private static String localKey(Pair pair) {
        return KeyText.of(Objects.requireNonNull(pair.local()).value());
    }

    private static boolean holds(@Nullable Pair pair, @Nullable LocalId local) {
        return pair != null && pair.holdsLocal() && Objects.equals(pair.local(), local);
    }

    /** Returns how many pairs are new. */
    int fresh() {
        return (int) put.stream().filter(pair -> !stored.containsKey(pair.id())).count();
    }

    void check() {
        delete.forEach(this::requireVersion);
        Set<PairId> ids = new HashSet<>();
        for (Pair pair : put) {
            requireVersion(pair);
            if (!ids.add(pair.id())) {
                throw new StaleStateException("Pair " + pair.id() + " is changed twice by one commit");
            }
        }
    }

    private void requireVersion(Pair pair) {
        Pair old = stored.get(pair.id());
        if ((old == null ? 0 : old.version()) != pair.version()) {
            throw new StaleStateException("Pair " + pair.id() + " was changed by somebody else");
        }
    }

    void store() throws SQLException {
        List<@Nullable Object[]> gone = new ArrayList<>();
        List<@Nullable Object[]> freed = new ArrayList<>();
        List<@Nullable Object[]> fresh = new ArrayList<>();
        List<@Nullable Object[]> rekeyed = new ArrayList<>();
        List<@Nullable Object[]> changed = new ArrayList<>();
        ListChanges lists = new ListChanges(table);
        Map<Counter, Long> sums = new HashMap<>();
        Set<PairId> kept = new HashSet<>();
        for (Pair pair : put) {
            kept.add(pair.id());
            Pair old = stored.get(pair.id());
            if (old != null && givesUp(old, pair)) {
                freed.add(key(pair));
            }
            (old == null ? fresh : hasOtherKeys(old, pair) ? rekeyed : changed).add(row(pair));
            move(pair.id(), old, pair, lists, sums);
        }
        for (Pair pair : delete) {
            Pair old = stored.get(pair.id());
            if (old != null && !kept.contains(pair.id())) {
                gone.add(key(pair));
                move(pair.id(), old, null, lists, sums);
            }
        }
        Connection connection = table.connection();
        Sql.batch(connection, "delete from psasync_pairs where integration = ? and kind = ? and id = ?", gone);
        // A record that one pair gives up may be another one's in the same commit, whatever the order.
        Sql.batch(
                connection,
                "update psasync_pairs set local_key = null, remote_key = null"
                        + " where integration = ? and kind = ? and id = ?",
                freed);
        try {
            Sql.insert(connection, INTO, "", fresh);
            Sql.insert(connection, INTO, OR_CHANGE + ", " + KEYS, rekeyed);
            Sql.insert(connection, INTO, OR_CHANGE, changed);
        } catch (SQLException failure) {
            if (table.dialect().isDuplicate(failure)) {
                throw new StaleStateException("A record of a changed pair is in another pair already"); // S4
            }
            throw failure;
        }
        lists.store();
        storeCounts(sums);
    }

    private static boolean hasOtherKeys(Pair old, Pair pair) {
        return !Objects.equals(old.local(), pair.local())
                || !Objects.equals(old.remote(), pair.remote())
                || !Objects.equals(old.dueAt(), pair.dueAt());
    }

    private static boolean givesUp(Pair old, Pair pair) {
        return old.local() != null && !old.local().equals(pair.local())
                || old.remote() != null && !old.remote().equals(pair.remote());
    }

    private @Nullable Object[] key(Pair pair) {
        return new @Nullable Object[] {table.integration(), pair.kind().name(), KeyText.bytes(pair.id())};
    }

    private @Nullable Object[] row(Pair pair) {
        return new @Nullable Object[] {
            table.integration(),
            KeyText.bytes(pair.id()),
            pair.kind().name(),
            pair.version() + 1,
            pair.local() == null ? null : KeyText.of(pair.local().value()),
            pair.remote() == null ? null : KeyText.of(pair.remote().value()),
            pair.holdsLocal() ? 1 : 0,
            pair.seenIn(),
            pair.dueAt() == null ? Sql.Absent.NUMBER : PairTable.nanos(pair.dueAt()),
            table.bodies().write(pair)
        };
    }

    private static void move(
            PairId id, @Nullable Pair old, @Nullable Pair now, ListChanges lists, Map<Counter, Long> sums) {
        lists.move(id, PairLists.of(old), PairLists.of(now));
        Counter.count(old, -1, sums);
        Counter.count(now, 1, sums);
    }

    private void storeCounts(Map<Counter, Long> sums) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().key()))
                .forEach(each -> rows.add(new @Nullable Object[] {
                    table.integration(), each.getKey().key(), Codec.write(each.getKey()), each.getValue()
                }));
        Sql.insert(
                table.connection(),
                "insert into psasync_counts (integration, counter_key, counter, number) values ",
                " on conflict (integration, counter_key) do update set"
                        + " number = psasync_counts.number + excluded.number, counter = excluded.counter",
                rows);
    }
}
