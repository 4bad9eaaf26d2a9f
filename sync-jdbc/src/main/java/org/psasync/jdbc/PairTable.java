package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Reads the pairs of one integration; each question by an index. */
record PairTable(Connection connection, Dialect dialect, long integration, PairBodies bodies) {
    private static final String PAIRS = "select p.body, p.version from psasync_pairs p";
    private static final String OF_KIND = "p.integration = ? and p.kind = ?";

    private Pair pair(ResultSet row) throws SQLException {
        return bodies.read(row.getString(1)).versioned(row.getLong(2));
    }

    Optional<Pair> find(PairId id) throws SQLException {
        AssetKind[] kinds = AssetKind.values();
        List<Object> values = new ArrayList<>(List.of(integration));
        for (AssetKind kind : kinds) {
            values.add(kind.name());
        }
        values.add(KeyText.bytes(id));
        String sql = PAIRS + " where p.integration = ? and p.kind in " + Sql.places(kinds.length) + " and p.id = ?";
        return Sql.query(connection, sql, this::pair, values.toArray()).stream().findFirst();
    }

    Map<PairId, Pair> byId(AssetKind kind, Collection<PairId> ids) throws SQLException {
        Map<PairId, Pair> result = new HashMap<>();
        Keys keys = Keys.bytes("id", ids.stream().map(KeyText::bytes).toList());
        for (Pair pair : among(kind, keys)) {
            result.put(pair.id(), pair);
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
        Keys keys = Keys.texts(
                column, ids.stream().map(each -> KeyText.of(text.apply(each))).toList());
        for (Pair pair : among(kind, keys)) {
            I held = id.apply(pair);
            if (held != null) {
                found.put(held, pair);
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

    /** Returns those among keys of local records that an integration holds (S7). */
    static Set<String> held(
            Connection connection, Dialect dialect, long integration, AssetKind kind, Collection<String> localKeys)
            throws SQLException {
        Keys keys = Keys.texts("local_key", List.copyOf(localKeys));
        String where = OF_KIND + " and p.holds = 1";
        List<Object> common = List.of(integration, kind.name());
        return new HashSet<>(keys.among(connection, dialect, "p.local_key", where, common, row -> row.getString(1)));
    }

    private List<Pair> among(AssetKind kind, Keys keys) throws SQLException {
        List<Object> common = List.of(integration, kind.name());
        return keys.among(connection, dialect, "p.body, p.version", OF_KIND, common, this::pair);
    }

    List<Pair> page(PairQuery query, @Nullable PairId after, int limit) throws SQLException {
        byte[] from = after == null ? new byte[0] : KeyText.bytes(after);
        PairLists.Answer answer = PairLists.answering(query);
        if (answer != null) {
            return listed(answer, from, limit);
        }
        if (query instanceof PairQuery.Due due) {
            String sql = PAIRS + " where p.integration = ? and p.id > ? and p.due_at <= ? order by p.id limit ?";
            return Sql.query(connection, sql, this::pair, integration, from, nanos(due.now()), limit);
        }
        if (query instanceof PairQuery.NotSeenIn notSeen) {
            String sql = PAIRS + " where p.integration = ? and p.kind = ? and p.id > ? and p.seen_in < ?"
                    + " and p.remote_key is not null order by p.id limit ?";
            return Sql.query(
                    connection, sql, this::pair, integration, notSeen.kind().name(), from, notSeen.check(), limit);
        }
        String sql = PAIRS + " where p.integration = ? and p.kind = ? and p.id > ? order by p.id limit ?";
        String kind = ((PairQuery.OfKind) query).kind().name();
        return Sql.query(connection, sql, this::pair, integration, kind, from, limit);
    }

    Optional<Instant> nextDue(Instant after) throws SQLException {
        String sql = "select p.due_at from psasync_pairs p where p.integration = ? and p.due_at > ?"
                + " order by p.due_at limit 1";
        return Sql.query(connection, sql, row -> time(row.getLong(1)), integration, nanos(after)).stream()
                .findFirst();
    }

    /** Of several lists each is asked for its first ones, and the first of all are taken. */
    private List<Pair> listed(PairLists.Answer answer, byte[] from, int limit) throws SQLException {
        if (answer.names().size() == 1) {
            return listed(answer.names().iterator().next(), answer.kinds(), from, limit);
        }
        if (!isAny(answer.names())) {
            return List.of();
        }
        List<PairId> first = new TreeSet<>(first(List.copyOf(answer.names()), from, limit))
                .stream().limit(limit).toList();
        Map<PairId, Pair> found = new HashMap<>();
        for (AssetKind kind : answer.kinds()) {
            found.putAll(byId(kind, first));
        }
        return first.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Nobody waits for most records that are linked, and nothing is like most that are found. */
    private boolean isAny(Set<String> lists) throws SQLException {
        if (lists.isEmpty()) {
            return false;
        }
        String sql = "select 1 from psasync_lists where integration = ? and list >= ? and list <= ? limit 1";
        String first = Collections.min(lists, KeyText.ORDER);
        String last = Collections.max(lists, KeyText.ORDER);
        return !Sql.query(connection, sql, row -> row, integration, first, last).isEmpty();
    }

    /** Returns the first pairs of each list. */
    private List<PairId> first(List<String> lists, byte[] from, int limit) throws SQLException {
        String ofOne = "select l.id from psasync_lists l where l.integration = ? and l.list = %s and l.id > ?"
                + " order by l.id limit ?";
        Sql.Reader<PairId> reader = row -> KeyText.id(row.getBytes(1));
        if (dialect == Dialect.POSTGRES) {
            String ofAll = "select r.id from unnest(?::text[]) k(v), lateral (" + ofOne.formatted("k.v") + ") r";
            return Sql.query(connection, ofAll, reader, Keys.texts("list", lists), integration, from, limit);
        }
        List<PairId> result = new ArrayList<>();
        for (String list : lists) {
            result.addAll(Sql.query(connection, ofOne.formatted("?"), reader, integration, list, from, limit));
        }
        return result;
    }

    private List<Pair> listed(String list, Set<AssetKind> kinds, byte[] from, int limit) throws SQLException {
        List<Object> values = new ArrayList<>();
        kinds.forEach(kind -> values.add(kind.name()));
        values.addAll(List.of(integration, list, from, limit));
        String sql = "select p.body, p.version from psasync_lists l join psasync_pairs p"
                + " on p.integration = l.integration and p.id = l.id and p.kind in " + Sql.places(kinds.size())
                + " where l.integration = ? and l.list = ? and l.id > ? order by l.id limit ?";
        return Sql.query(connection, sql, this::pair, values.toArray());
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
