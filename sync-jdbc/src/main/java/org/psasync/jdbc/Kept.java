package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.psasync.store.StaleStateException;

/** Something of which an integration has one, with its version. What was read last is kept, and read anew when it changed. */
final class Kept<T> {
    private final long integration;
    private final String name;
    private final Class<T> type;
    private final BiFunction<T, Long, T> versioned;
    private final ToLongFunction<T> version;
    private volatile T last;

    Kept(
            long integration,
            String name,
            Class<T> type,
            T initial,
            BiFunction<T, Long, T> versioned,
            ToLongFunction<T> version) {
        this.integration = integration;
        this.name = name;
        this.type = type;
        this.last = initial;
        this.versioned = versioned;
        this.version = version;
    }

    T current(Connection connection) throws SQLException {
        T known = last;
        long knownVersion = version.applyAsLong(known);
        List<T> changed = Sql.query(
                connection,
                "select version, body from psasync_documents where integration = ? and name = ? and version <> ?",
                row -> versioned.apply(Codec.read(type, row.getString(2)), row.getLong(1)),
                integration,
                name,
                knownVersion);
        if (changed.isEmpty()) {
            return known;
        }
        last = changed.get(0);
        return changed.get(0);
    }

    void require(Connection connection, @Nullable T changed, String refusal) throws SQLException {
        if (changed != null && version.applyAsLong(changed) != version.applyAsLong(current(connection))) {
            throw new StaleStateException(refusal);
        }
    }

    void store(Connection connection, T changed) throws SQLException {
        Sql.update(
                connection,
                "insert into psasync_documents (integration, name, version, body) values (?, ?, ?, ?)"
                        + " on conflict (integration, name) do update set version = excluded.version, body = excluded.body",
                integration,
                name,
                version.applyAsLong(changed) + 1,
                Codec.write(versioned.apply(changed, 0L)));
    }
}
