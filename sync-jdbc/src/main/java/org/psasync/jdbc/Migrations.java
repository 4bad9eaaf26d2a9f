package org.psasync.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brings the tables to the version of this library, one numbered script after the other, all in one transaction.
 *
 * <p>The table {@code psasync_schema} tells the version. What is there already is never guessed at: tables without a
 * version, or of a newer one, are refused.
 */
final class Migrations {
    private static final String VERSIONS = "psasync_schema";
    private static final int LATEST = 4;

    private final List<String> scripts;

    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** Returns those of this library. */
    static Migrations of(Dialect dialect) {
        List<String> scripts = new ArrayList<>();
        for (int i = 1; i <= LATEST; i++) {
            scripts.add(script(dialect.folder + "/" + i + ".sql"));
        }
        return new Migrations(scripts);
    }

    /** Returns how many versions there are. */
    int count() {
        return scripts.size();
    }

    /** Returns those up to a version. */
    Migrations first(int version) {
        return new Migrations(scripts.subList(0, version));
    }

    private static String script(String name) {
        try (InputStream stream = Migrations.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The library lacks its file " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Does what is left to do. */
    void apply(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > scripts.size()) {
            throw new DatabaseException("The database has version " + version + " of the tables, this library knows "
                    + scripts.size() + ". Use the library that made them, or a newer one");
        }
        if (version == scripts.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (version == 0) {
                statement.execute("create table " + VERSIONS + " (version integer not null)");
                statement.execute("insert into " + VERSIONS + " (version) values (0)");
            }
            for (String script : scripts.subList(version, scripts.size())) {
                for (String command : script.split(";\\s*\n", -1)) {
                    if (!command.isBlank()) {
                        statement.execute(command);
                    }
                }
            }
            statement.executeUpdate("update " + VERSIONS + " set version = " + scripts.size());
        }
    }

    private static int version(Connection connection) throws SQLException {
        List<String> tables = tables(connection);
        if (tables.isEmpty()) {
            return 0;
        }
        if (!tables.contains(VERSIONS)) {
            throw new DatabaseException(
                    "The database has tables like " + tables.get(0) + " but not " + VERSIONS
                            + ", which tells their version. It is damaged or another program's; restore it, or name another one");
        }
        List<Integer> versions = Sql.query(connection, "select version from " + VERSIONS, row -> row.getInt(1));
        if (versions.size() != 1 || versions.get(0) < 1 || tables.size() < 2) {
            throw new DatabaseException("The table " + VERSIONS + " holds " + versions + " beside the tables " + tables
                    + "; it must hold one version. The database is damaged or another program's; restore it");
        }
        return versions.get(0);
    }

    /** Returns this library's tables in the schema that the connection works in. */
    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "psasync%", new String[] {"TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
