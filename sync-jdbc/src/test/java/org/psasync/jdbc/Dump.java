package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of all tables as statements that both databases take, once {@code bytes('00')} is put in their own way. */
final class Dump {
    private static final List<String> TABLES =
            List.of("accounts", "integrations", "documents", "pairs", "lists", "counts", "events", "claims", "saves");

    private Dump() {}

    static String of(Connection connection) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("select * from psasync_" + table)) {
                    new TreeSet<>(inserts(table, rows)).forEach(dump::append);
                }
            }
        }
        return dump.toString();
    }

    private static List<String> inserts(String table, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> result = new ArrayList<>();
        while (rows.next()) {
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
                values.add(literal(rows.getObject(i)));
            }
            result.add("insert into psasync_" + table + " (" + String.join(", ", names) + ")\n    values ("
                    + String.join(", ", values) + ");\n");
        }
        return result;
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes('" + HexFormat.of().formatHex(bytes) + "')";
        }
        return value == null || value instanceof Number
                ? "" + value
                : "'" + value.toString().replace("'", "''") + "'";
    }

    static void load(Connection connection, Dialect dialect, String dump) throws SQLException {
        String bytes = dialect == Dialect.SQLITE ? "x'$1'" : "decode('$1', 'hex')";
        try (Statement statement = connection.createStatement()) {
            for (String insert : dump.split(";\n", -1)) {
                if (!insert.isBlank()) {
                    statement.execute(insert.replaceAll("bytes\\('([0-9a-f]*)'\\)", bytes));
                }
            }
        }
    }
}
