package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
    private final Connection connection;
    private final long integration;
    private final List<Pair> put;
    private final List<Pair> delete;
    private final Map<PairId, Pair> stored;

    private PairChanges(Connection connection, long integration, Commit commit, Map<PairId, Pair> stored) {
        this.connection = connection;
        this.integration = integration;
        this.put = commit.put();
        this.delete = commit.delete();
        this.stored = stored;
    }

    static PairChanges of(Connection connection, long integration, Commit commit) throws SQLException {
        Set<PairId> ids = new HashSet<>();
        commit.put().forEach(pair -> ids.add(pair.id()));
        commit.delete().forEach(pair -> ids.add(pair.id()));
        PairTable table = new PairTable(connection, integration);
        return new PairChanges(connection, integration, commit, table.byId(ids));
    }

    /** Returns the pairs whose local record no pair of the integration holds yet. */
    List<Pair> taking() throws SQLException {
        List<Pair> taking = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            List<Pair> news = put.stream()
                    .filter(pair -> pair.kind() == kind && pair.holdsLocal())
                    .filter(pair -> !holds(stored.get(pair.id()), pair.local()))
                    .toList();
            Set<LocalId> ids = new HashSet<>();
            news.forEach(pair -> ids.add(Objects.requireNonNull(pair.local())));
            Map<LocalId, Pair> holders = new PairTable(connection, integration).byLocal(kind, ids);
            news.stream()
                    .filter(pair -> !holds(holders.get(pair.local()), pair.local()))
                    .forEach(taking::add);
        }
        return taking;
    }

    private static boolean holds(@Nullable Pair pair, @Nullable LocalId local) {
        return pair != null && pair.holdsLocal() && Objects.equals(pair.local(), local);
    }

    void check() throws SQLException {
        delete.forEach(this::requireVersion);
        Set<PairId> ids = new HashSet<>();
        for (Pair pair : put) {
            requireVersion(pair);
            if (!ids.add(pair.id())) {
                throw new StaleStateException("Pair " + pair.id() + " is changed twice by one commit");
            }
        }
        Set<PairId> deleted = new HashSet<>();
        delete.forEach(pair -> deleted.add(pair.id()));
        for (AssetKind kind : AssetKind.values()) {
            PairTable table = new PairTable(connection, integration);
            requireOneHolder(kind, Pair::local, each -> table.byLocal(kind, each), deleted);
            requireOneHolder(kind, Pair::remote, each -> table.byRemote(kind, each), deleted);
        }
    }

    private void requireVersion(Pair pair) {
        Pair old = stored.get(pair.id());
        if ((old == null ? 0 : old.version()) != pair.version()) {
            throw new StaleStateException("Pair " + pair.id() + " was changed by somebody else");
        }
    }

    private interface Holders<I> {
        Map<I, Pair> of(Set<I> ids) throws SQLException;
    }

    /** No record is in two pairs once the commit is stored (S4). */
    private <I> void requireOneHolder(
            AssetKind kind, Function<Pair, @Nullable I> record, Holders<I> holders, Set<PairId> deleted)
            throws SQLException {
        Map<I, PairId> held = new HashMap<>();
        Set<I> news = new HashSet<>();
        Set<PairId> changed = new HashSet<>();
        for (Pair pair : put) {
            changed.add(pair.id());
            I id = pair.kind() == kind ? record.apply(pair) : null;
            if (id == null) {
                continue;
            }
            if (held.put(id, pair.id()) != null) {
                throw new StaleStateException("A record of pair " + pair.id() + " is in another pair");
            }
            Pair old = stored.get(pair.id());
            if (old == null || !id.equals(record.apply(old))) {
                news.add(id);
            }
        }
        for (Map.Entry<I, Pair> holder : holders.of(news).entrySet()) {
            PairId id = holder.getValue().id();
            if (!deleted.contains(id) && !changed.contains(id)) {
                throw new StaleStateException("The record " + holder.getKey() + " is in the pair " + id + " already");
            }
        }
    }

    void store() throws SQLException {
        List<@Nullable Object[]> gone = new ArrayList<>();
        List<@Nullable Object[]> freed = new ArrayList<>();
        List<@Nullable Object[]> written = new ArrayList<>();
        List<@Nullable Object[]> out = new ArrayList<>();
        List<@Nullable Object[]> in = new ArrayList<>();
        Map<Counter, Long> sums = new HashMap<>();
        Set<PairId> kept = new HashSet<>();
        for (Pair pair : put) {
            kept.add(pair.id());
            Pair old = stored.get(pair.id());
            if (old != null && givesUp(old, pair)) {
                freed.add(key(pair.id()));
            }
            written.add(row(pair));
            move(old, pair, out, in, sums);
        }
        for (Pair pair : delete) {
            Pair old = stored.get(pair.id());
            if (old != null && !kept.contains(pair.id())) {
                gone.add(key(pair.id()));
                move(old, null, out, in, sums);
            }
        }
        Sql.batch(connection, "delete from psasync_pairs where integration = ? and id = ?", gone);
        // A record that one pair gives up may be another one's in the same commit, whatever the order.
        Sql.batch(
                connection,
                "update psasync_pairs set local_key = null, remote_key = null where integration = ? and id = ?",
                freed);
        Sql.batch(connection, UPSERT, written);
        Sql.batch(connection, "delete from psasync_lists where integration = ? and list = ? and id = ?", out);
        Sql.batch(connection, "insert into psasync_lists (integration, list, id) values (?, ?, ?)", in);
        storeCounts(sums);
    }

    private static final String UPSERT = "insert into psasync_pairs"
            + " (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (integration, id) do update set"
            + " version = excluded.version, local_key = excluded.local_key, remote_key = excluded.remote_key,"
            + " holds = excluded.holds, seen_in = excluded.seen_in, due_at = excluded.due_at, body = excluded.body";

    private static boolean givesUp(Pair old, Pair pair) {
        return old.local() != null && !old.local().equals(pair.local())
                || old.remote() != null && !old.remote().equals(pair.remote());
    }

    private @Nullable Object[] key(PairId id) {
        return new @Nullable Object[] {integration, KeyText.bytes(id)};
    }

    private @Nullable Object[] row(Pair pair) {
        return new @Nullable Object[] {
            integration,
            KeyText.bytes(pair.id()),
            pair.kind().name(),
            pair.version() + 1,
            pair.local() == null ? null : KeyText.of(pair.local().value()),
            pair.remote() == null ? null : KeyText.of(pair.remote().value()),
            pair.holdsLocal() ? 1 : 0,
            pair.seenIn(),
            pair.dueAt() == null ? Sql.Absent.NUMBER : PairTable.nanos(pair.dueAt()),
            Codec.write(pair.versioned(0))
        };
    }

    private void move(
            @Nullable Pair old,
            @Nullable Pair now,
            List<@Nullable Object[]> out,
            List<@Nullable Object[]> in,
            Map<Counter, Long> sums) {
        PairId id = Objects.requireNonNull(old == null ? now : old).id();
        Set<String> before = PairLists.of(old);
        Set<String> after = PairLists.of(now);
        for (String list : before) {
            if (!after.contains(list)) {
                out.add(new @Nullable Object[] {integration, list, KeyText.bytes(id)});
            }
        }
        for (String list : after) {
            if (!before.contains(list)) {
                in.add(new @Nullable Object[] {integration, list, KeyText.bytes(id)});
            }
        }
        Counter.count(old, -1, sums);
        Counter.count(now, 1, sums);
    }

    private void storeCounts(Map<Counter, Long> sums) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().key()))
                .forEach(each -> rows.add(new @Nullable Object[] {
                    integration, each.getKey().key(), Codec.write(each.getKey()), each.getValue()
                }));
        Sql.batch(
                connection,
                "insert into psasync_counts (integration, counter_key, counter, number) values (?, ?, ?, ?)"
                        + " on conflict (integration, counter_key) do update set"
                        + " number = psasync_counts.number + excluded.number, counter = excluded.counter",
                rows);
    }
}
