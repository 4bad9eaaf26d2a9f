package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;

/** The event log of one integration. */
record EventTable(Connection connection, long integration) {
    void append(List<Event> events, long last) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        long number = last;
        for (Event event : events) {
            rows.add(row(event.numbered(++number)));
        }
        Sql.insert(
                connection,
                "insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key,"
                        + " remote_key, body) values ",
                "",
                rows);
    }

    private @Nullable Object[] row(Event event) {
        AssetKind kind = event.kind();
        return new @Nullable Object[] {
            integration,
            event.number(),
            PairTable.nanos(event.at()),
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
        add(where, values, " and pair = ?", query.pair() == null ? null : KeyText.bytes(query.pair()));
        add(where, values, " and run_key = ?", key(query.run()));
        add(where, values, " and actor_key = ?", key(query.actor()));
        add(
                where,
                values,
                " and kind = ?",
                query.kind() == null ? null : query.kind().name());
        add(
                where,
                values,
                " and type = ?",
                query.type() == null ? null : query.type().name());
        add(where, values, " and at >= ?", query.since() == null ? null : PairTable.nanos(query.since()));
        add(where, values, " and at < ?", query.until() == null ? null : PairTable.nanos(query.until()));
        where.append(query.outsideRuns() ? " and run_key is null" : "");
        if (query.records().isEmpty()) {
            return find(where.toString(), values, query.limit());
        }
        return ofRecords(where.toString(), values, query);
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    private List<Event> find(String where, List<Object> values, int limit) throws SQLException {
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        return Sql.query(
                connection,
                "select body from psasync_events" + where + " order by number limit ?",
                row -> Codec.read(Event.class, row.getString(1)),
                all.toArray());
    }

    /** Each record has an index of its own, so it is asked for alone. */
    private List<Event> ofRecords(String where, List<Object> values, EventQuery query) throws SQLException {
        Set<Long> numbers = new TreeSet<>();
        List<Event> found = new ArrayList<>();
        for (AssetRef record : query.records()) {
            String column = record instanceof LocalRef ? "local_key" : "remote_key";
            List<Object> more = new ArrayList<>(values);
            more.add(record(record.kind(), record.idText()));
            for (Event event : find(where + " and " + column + " = ?", more, query.limit())) {
                if (numbers.add(event.number())) {
                    found.add(event);
                }
            }
        }
        return found.stream()
                .sorted((first, second) -> Long.compare(first.number(), second.number()))
                .limit(query.limit())
                .toList();
    }

    void forgetBefore(Instant time) throws SQLException {
        Sql.update(
                connection,
                "delete from psasync_events where integration = ? and at < ?",
                integration,
                PairTable.nanos(time));
    }
}
