package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many values of one column, by each of which a pair is looked up.
 *
 * @param column the last column of a unique index
 * @param type the type of its values in PostgreSQL
 * @param values the values
 */
record Keys(String column, String type, List<?> values) {
    private static final String BYTES = "bytea";

    static Keys texts(String column, List<String> values) {
        return new Keys(column, "text", values);
    }

    static Keys bytes(String column, List<byte[]> values) {
        return new Keys(column, BYTES, values);
    }

    /** Returns the values as an array of their type. */
    Object[] array() {
        return values.toArray(type.equals(BYTES) ? new byte[0][] : new String[0]);
    }

    /**
     * Reads the rows that have one of the keys.
     *
     * <p>PostgreSQL decides by its statistics how to look for a list of values. Before a new integration is in them, it takes
     * another index, and reads all pairs of the integration for each page. So it is told to look for each value on its own.
     *
     * @param where what all the rows have in common: values of the other columns of the index
     * @param common the values that the condition needs
     */
    <T> List<T> among(
            Connection connection, Dialect dialect, String columns, String where, List<?> common, Sql.Reader<T> reader)
            throws SQLException {
        List<T> result = new ArrayList<>();
        if (values.isEmpty()) {
            return result;
        }
        if (dialect == Dialect.POSTGRES) {
            List<Object> all = new ArrayList<>(List.of(this));
            all.addAll(common);
            String sql = "select r.* from unnest(?::" + type + "[]) k(v), lateral (select " + columns
                    + " from psasync_pairs p" + " where " + where + " and p." + column + " = k.v limit 1) r";
            return Sql.query(connection, sql, reader, all.toArray());
        }
        for (List<?> part : Sql.parts(values)) {
            List<Object> all = new ArrayList<>(common);
            all.addAll(part);
            String sql = "select " + columns + " from psasync_pairs p" + " where " + where + " and p." + column + " in "
                    + Sql.places(part.size());
            result.addAll(Sql.query(connection, sql, reader, all.toArray()));
        }
        return result;
    }
}
