package org.psasync.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.psasync.store.StoreException;

/** The database that the nodes share, one transaction at a time. Safe for use by several threads. */
final class Db {
    /** Two at the same time got into each other's way, or made the same thing. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01", "23505", "42P07");

    private static final int TRIES = 10;

    /** A null that is a time. */
    static final Object NO_TIME = new Object();

    private final DataSource source;

    Db(DataSource source) {
        this.source = source;
    }

    /** What is done in one transaction; it may be done several times. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Does something in a transaction of its own.
     *
     * @throws StoreException when the database refuses, or cannot be reached
     */
    <T extends @Nullable Object> T in(Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (SQLException failure) {
                if (tries == TRIES || !WORTH_ANOTHER_TRY.contains(String.valueOf(failure.getSQLState()))) {
                    throw new StoreException("The database of the nodes failed: " + firstLine(failure), failure);
                }
            }
        }
    }

    /** What stands in further lines may be values of records. */
    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                end(connection, done, before);
            }
        }
    }

    /** A connection that cannot undo is given up as it is: to set it back would commit what is half done. */
    @SuppressWarnings("EmptyCatch")
    private static void end(Connection connection, boolean done, boolean autoCommit) throws SQLException {
        try {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        } catch (SQLException lost) {
            connection.abort(Runnable::run);
        }
    }

    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
            }
            return result;
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == NO_TIME) {
                statement.setNull(i + 1, Types.TIMESTAMP_WITH_TIMEZONE);
            } else if (value == null) {
                statement.setNull(i + 1, Types.VARCHAR);
            } else if (value instanceof Instant time) {
                statement.setObject(i + 1, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
