package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Reads the pairs of one integration; each question by an index. */
record PairTable(Connection connection, long integration) {
    private static final String PAIRS = "select p.body, p.version from psasync_pairs p";

    static Pair pair(ResultSet row) throws SQLException {
        return Codec.read(Pair.class, row.getString(1)).versioned(row.getLong(2));
    }

    Map<PairId, Pair> byId(Collection<PairId> ids) throws SQLException {
        Map<PairId, Pair> result = new HashMap<>();
        for (List<PairId> part : Sql.parts(ids)) {
            List<Object> values = new ArrayList<>(List.of(integration));
            part.forEach(id -> values.add(KeyText.bytes(id)));
            String sql = PAIRS + " where p.integration = ? and p.id in " + Sql.places(part.size());
            for (Pair pair : Sql.query(connection, sql, PairTable::pair, values.toArray())) {
                result.put(pair.id(), pair);
            }
        }
        return result;
    }

    Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) throws SQLException {
        return byKey("local_key", kind, ids, LocalId::value, Pair::local);
    }

    Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) throws SQLException {
        return byKey("remote_key", kind, ids, RemoteId::value, Pair::remote);
    }

    private <I> Map<I, Pair> byKey(
            String column, AssetKind kind, Collection<I> ids, Function<I, String> text, Function<Pair, @Nullable I> id)
            throws SQLException {
        Map<I, Pair> found = new HashMap<>();
        for (List<I> part : Sql.parts(ids)) {
            List<Object> values = new ArrayList<>(List.of(integration, kind.name()));
            part.forEach(each -> values.add(KeyText.of(text.apply(each))));
            String sql = PAIRS + " where p.integration = ? and p.kind = ? and p." + column + " in "
                    + Sql.places(part.size());
            for (Pair pair : Sql.query(connection, sql, PairTable::pair, values.toArray())) {
                I held = id.apply(pair);
                if (held != null) {
                    found.put(held, pair);
                }
            }
        }
        Map<I, Pair> inOrder = new LinkedHashMap<>();
        for (I each : ids) {
            Pair pair = found.get(each);
            if (pair != null) {
                inOrder.put(each, pair);
            }
        }
        return inOrder;
    }

    List<Pair> page(PairQuery query, @Nullable PairId after, int limit) throws SQLException {
        byte[] from = after == null ? new byte[0] : KeyText.bytes(after);
        Set<String> lists = PairLists.answering(query);
        if (lists != null) {
            return listed(lists, from, limit);
        }
        if (query instanceof PairQuery.Due due) {
            String sql = PAIRS + " where p.integration = ? and p.id > ? and p.due_at <= ? order by p.id limit ?";
            return Sql.query(connection, sql, PairTable::pair, integration, from, nanos(due.now()), limit);
        }
        if (query instanceof PairQuery.NotSeenIn notSeen) {
            String sql = PAIRS + " where p.integration = ? and p.kind = ? and p.id > ? and p.seen_in < ?"
                    + " and p.remote_key is not null order by p.id limit ?";
            return Sql.query(
                    connection,
                    sql,
                    PairTable::pair,
                    integration,
                    notSeen.kind().name(),
                    from,
                    notSeen.check(),
                    limit);
        }
        String sql = PAIRS + " where p.integration = ? and p.kind = ? and p.id > ? order by p.id limit ?";
        String kind = ((PairQuery.OfKind) query).kind().name();
        return Sql.query(connection, sql, PairTable::pair, integration, kind, from, limit);
    }

    Optional<Instant> nextDue(Instant after) throws SQLException {
        String sql = "select p.due_at from psasync_pairs p where p.integration = ? and p.due_at > ?"
                + " order by p.due_at limit 1";
        return Sql.query(connection, sql, row -> time(row.getLong(1)), integration, nanos(after)).stream()
                .findFirst();
    }

    /** Several lists are rare and short: each is asked for its first ones, and the first of all are taken. */
    private List<Pair> listed(Set<String> lists, byte[] from, int limit) throws SQLException {
        if (lists.size() == 1) {
            return listed(lists.iterator().next(), from, limit);
        }
        Set<PairId> ids = new HashSet<>();
        for (List<String> part : Sql.parts(lists)) {
            List<Object> values = new ArrayList<>(List.of(integration));
            values.addAll(part);
            values.add(from);
            values.add(limit);
            String sql = "select distinct id from psasync_lists where integration = ? and list in "
                    + Sql.places(part.size()) + " and id > ? order by id limit ?";
            ids.addAll(Sql.query(connection, sql, row -> KeyText.id(row.getBytes(1)), values.toArray()));
        }
        List<PairId> first = ids.stream().sorted().limit(limit).toList();
        Map<PairId, Pair> found = byId(first);
        List<Pair> result = new ArrayList<>();
        for (PairId id : first) {
            Pair pair = found.get(id);
            if (pair != null) {
                result.add(pair);
            }
        }
        return result;
    }

    private List<Pair> listed(String list, byte[] from, int limit) throws SQLException {
        String sql = "select p.body, p.version from psasync_lists l join psasync_pairs p"
                + " on p.integration = l.integration and p.id = l.id"
                + " where l.integration = ? and l.list = ? and l.id > ? order by l.id limit ?";
        return Sql.query(connection, sql, PairTable::pair, integration, list, from, limit);
    }

    Map<Counter, Long> counts(Counter.Of of) throws SQLException {
        Map<Counter, Long> result = new HashMap<>();
        // All keys of one sort lie side by side: '0' follows '/'.
        String sql = "select counter, number from psasync_counts"
                + " where integration = ? and counter_key >= ? and counter_key < ? and number <> 0";
        Sql.query(
                connection,
                sql,
                row -> result.put(Codec.read(Counter.class, row.getString(1)), row.getLong(2)),
                integration,
                of + "/",
                of + "0");
        return result;
    }

    /** Returns a time as a number; times that no number can hold are the first or the last there is. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (ArithmeticException beyond) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Instant time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }
}
