package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;

/**
 * The event log of one integration. Each event knows the latest time up to it: clocks differ, and are set back, but this
 * never falls, so that the events of a time are found without a look at all that came before.
 */
record EventTable(Connection connection, Dialect dialect, long integration) {
    /**
     * Appends events.
     *
     * @param last the number of the last event before
     * @param before the latest time of those before
     * @return the latest time now
     */
    long append(List<Event> events, long last, long before) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        long number = last;
        long latest = before;
        for (Event event : events) {
            latest = Math.max(latest, PairTable.nanos(event.at()));
            rows.add(row(event.numbered(++number), latest));
        }
        Sql.insert(
                connection,
                "insert into psasync_events (integration, number, at, latest, run_key, actor_key, type, kind, pair,"
                        + " local_key, remote_key, body) values ",
                "",
                rows);
        return latest;
    }

    private @Nullable Object[] row(Event event, long latest) {
        AssetKind kind = event.kind();
        return new @Nullable Object[] {
            integration,
            event.number(),
            PairTable.nanos(event.at()),
            latest,
            key(event.run()),
            key(event.actor()),
            event.type().name(),
            kind == null ? null : kind.name(),
            event.pair() == null ? Sql.Absent.BYTES : KeyText.bytes(event.pair()),
            event.local() == null || kind == null
                    ? null
                    : record(kind, event.local().value()),
            event.remote() == null || kind == null
                    ? null
                    : record(kind, event.remote().value()),
            Codec.write(event)
        };
    }

    private static @Nullable String key(@Nullable String text) {
        return text == null ? null : KeyText.of(text);
    }

    private static String record(AssetKind kind, String id) {
        return kind + "/" + KeyText.of(id);
    }

    List<Event> find(EventQuery query) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(integration, query.after()));
        StringBuilder where = new StringBuilder(" where integration = ? and number > ?");
        if (query.since() != null) {
            long since = PairTable.nanos(query.since());
            where.append(" and at >= ? and number >= (select e.number from psasync_events e where e.integration = ?"
                    + " and e.latest >= ? order by e.latest, e.number limit 1)");
            values.addAll(List.of(since, integration, since));
        }
        AssetKind kind = query.kind();
        Event.Type type = query.type();
        add(where, values, " and pair = ?", query.pair() == null ? null : KeyText.bytes(query.pair()));
        add(where, values, " and run_key = ?", key(query.run()));
        add(where, values, " and actor_key = ?", key(query.actor()));
        add(where, values, " and kind = ?", kind == null ? null : kind.name());
        add(where, values, " and type = ?", type == null ? null : type.name());
        add(where, values, " and number < ?", query.before() == Long.MAX_VALUE ? null : query.before());
        if (query.until() != null) {
            long until = PairTable.nanos(query.until());
            where.append(" and at < ? and number <= ?");
            values.addAll(List.of(until, last(until)));
        }
        where.append(query.outsideRuns() ? " and run_key is null" : "");
        if (query.records().isEmpty()) {
            return find(index(query), where.toString(), values, query);
        }
        return ofRecords(where.toString(), values, query);
    }

    /**
     * Returns the number of the last event before a time, or a higher one: that behind which the latest time is not before it,
     * unless events of an earlier time were logged later.
     */
    private long last(long until) throws SQLException {
        String reached = "select e.number from psasync_events e where e.integration = ? and e.latest >= ?"
                + " order by e.latest, e.number limit 1";
        String late =
                "select max(e.number) from psasync_events e where e.integration = ? and e.at < ? and e.at < e.latest";
        List<Long> numbers = Sql.query(connection, reached, row -> row.getLong(1), integration, until);
        if (numbers.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long behind = Sql.query(connection, late, row -> row.getLong(1), integration, until)
                .get(0);
        return Math.max(numbers.get(0) - 1, behind);
    }

    /** Returns the index of what fewest events have in common. */
    private static @Nullable String index(EventQuery query) {
        if (query.pair() != null) {
            return "pair";
        }
        if (query.run() != null) {
            return "run";
        }
        if (query.actor() != null) {
            return query.outsideRuns() ? "outside" : "actor";
        }
        if (query.type() != null) {
            return "type";
        }
        return query.kind() == null ? null : "kind";
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    /** SQLite knows nothing of how many events have what in common, and must be told. */
    private List<Event> find(@Nullable String index, String where, List<Object> values, EventQuery query)
            throws SQLException {
        List<Object> all = new ArrayList<>(values);
        all.add(query.limit());
        boolean told = index != null && dialect == Dialect.SQLITE;
        return Sql.query(
                connection,
                "select body from psasync_events" + (told ? " indexed by psasync_events_" + index : "") + where
                        + " order by number" + (query.latestFirst() ? " desc" : "") + " limit ?",
                row -> Codec.read(Event.class, row.getString(1)),
                all.toArray());
    }

    /** Each record has an index of its own, so it is asked for alone. */
    private List<Event> ofRecords(String where, List<Object> values, EventQuery query) throws SQLException {
        Set<Long> numbers = new TreeSet<>();
        List<Event> found = new ArrayList<>();
        for (AssetRef record : query.records()) {
            String side = record instanceof LocalRef ? "local" : "remote";
            List<Object> more = new ArrayList<>(values);
            more.add(record(record.kind(), record.idText()));
            for (Event event : find(side, where + " and " + side + "_key = ?", more, query)) {
                if (numbers.add(event.number())) {
                    found.add(event);
                }
            }
        }
        Comparator<Event> byNumber = Comparator.comparingLong(Event::number);
        return found.stream()
                .sorted(query.latestFirst() ? byNumber.reversed() : byNumber)
                .limit(query.limit())
                .toList();
    }

    /** Those that were logged while a clock was behind are few, and have an index of their own. */
    void forgetBefore(Instant time) throws SQLException {
        String events = "delete from psasync_events where integration = ?";
        long before = PairTable.nanos(time);
        Sql.update(connection, events + " and latest < ?", integration, before);
        Sql.update(connection, events + " and at < ? and at < latest", integration, before);
    }
}
