package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short words for JDBC. */
final class Sql {
    /** The most values in one list of a statement. */
    static final int MOST = 512;

    /** So many rows are inserted by one statement: of few sizes, so that the driver can keep the statements. */
    private static final int[] ROWS = {64, 8, 1};

    private static final int[] SIZES = {1, 8, 64, MOST};

    private Sql() {}

    /** Reads one row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with a statement. */
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private static <T> T prepared(Connection connection, String sql, Use<T> use) throws SQLException {
        if (!(connection instanceof KeepsStatements keeper)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return use.of(statement);
            }
        }
        PreparedStatement statement = keeper.take(sql);
        boolean done = false;
        try {
            T result = use.of(statement);
            done = true;
            return result;
        } finally {
            if (done) {
                keeper.giveBack(sql, statement);
            } else {
                statement.close();
            }
        }
    }

    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        return prepared(connection, sql, statement -> {
            set(statement, values);
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
            }
            return result;
        });
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        return prepared(connection, sql, statement -> {
            set(statement, values);
            return statement.executeUpdate();
        });
    }

    /** Runs one statement for many rows. */
    static void batch(Connection connection, String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            prepared(connection, sql, statement -> {
                for (@Nullable Object[] row : rows) {
                    set(statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            });
        }
    }

    /**
     * Inserts rows, many with one statement.
     *
     * @param into the statement up to its values
     * @param ending what follows them
     */
    static void insert(Connection connection, String into, String ending, List<@Nullable Object[]> rows)
            throws SQLException {
        int done = 0;
        for (int size : ROWS) {
            List<@Nullable Object[]> statements = new ArrayList<>();
            while (rows.size() - done >= size) {
                statements.add(together(rows.subList(done, done + size)));
                done += size;
            }
            if (!statements.isEmpty()) {
                String row = places(rows.get(0).length);
                batch(connection, into + String.join(", ", Collections.nCopies(size, row)) + ending, statements);
            }
        }
    }

    private static @Nullable Object[] together(List<@Nullable Object[]> rows) {
        int width = rows.get(0).length;
        @Nullable Object[] values = new @Nullable Object[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return values;
    }

    /** Returns the values in parts of at most {@link #MOST}, each filled up with its last one to one of few sizes. */
    static <T> List<List<T>> parts(Collection<T> values) {
        List<T> all = new ArrayList<>(values);
        List<List<T>> result = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            List<T> part = new ArrayList<>(all.subList(from, Math.min(all.size(), from + MOST)));
            for (int size : SIZES) {
                if (part.size() <= size) {
                    part.addAll(Collections.nCopies(size - part.size(), part.get(part.size() - 1)));
                    break;
                }
            }
            result.add(part);
        }
        return result;
    }

    /** Returns {@code (?, ?, ?)} with so many places. */
    static String places(int size) {
        return "(" + String.join(", ", Collections.nCopies(size, "?")) + ")";
    }

    private static void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof Keys keys) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf(keys.type(), keys.array()));
            } else if (value instanceof Absent absent) {
                statement.setNull(i + 1, absent.type);
            } else if (value instanceof String text) {
                statement.setString(i + 1, text);
            } else {
                statement.setNull(i + 1, Types.VARCHAR);
            }
        }
    }

    /** A null that is not a text. */
    enum Absent {
        /** No number. */
        NUMBER(Types.BIGINT),
        /** No bytes. */
        BYTES(Types.BINARY);

        private final int type;

        Absent(int type) {
            this.type = type;
        }
    }
}
