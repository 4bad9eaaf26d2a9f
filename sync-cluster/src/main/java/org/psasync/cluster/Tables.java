package org.psasync.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.psasync.store.StoreException;

/**
 * The tables that the nodes share beside those of the state, made and brought to this library's version, one numbered
 * script after the other, in one transaction. The table {@code psacluster_schema} tells the version.
 */
final class Tables {
    private static final int LATEST = 1;
    /** "pscl" in ASCII: names this library's lock in PostgreSQL. */
    private static final int LOCK = 0x7073636c;

    private Tables() {}

    /**
     * Does what is left to do.
     *
     * @throws StoreException when the tables are of a newer version
     */
    static void migrate(Db db) {
        db.in(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
                statement.execute("create table if not exists psacluster_schema (version integer not null)");
                int version = version(connection);
                if (version > LATEST) {
                    throw new StoreException(
                            "The database has version " + version + " of the tables for nodes, this library knows "
                                    + LATEST + ". Use the library that made them, or a newer one",
                            null);
                }
                for (int next = version + 1; next <= LATEST; next++) {
                    for (String command : text(next + ".sql").split(";\\s*\n", -1)) {
                        if (!command.isBlank()) {
                            statement.execute(command);
                        }
                    }
                }
                statement.execute("delete from psacluster_schema");
                statement.execute("insert into psacluster_schema (version) values (" + LATEST + ")");
            }
            return LATEST;
        });
    }

    private static int version(Connection connection) throws SQLException {
        List<Integer> versions = Db.query(connection, "select version from psacluster_schema", row -> row.getInt(1));
        return versions.isEmpty() ? 0 : versions.get(0);
    }

    /** Returns a text that the library brings. */
    static String text(String name) {
        try (InputStream stream = Tables.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The library lacks its file " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
