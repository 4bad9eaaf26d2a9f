package org.psasync.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.psasync.model.LocalRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;

/**
 * Keeps what the engine remembers in SQLite or PostgreSQL.
 *
 * <p>All tables begin with {@code psasync_}. They are made, and brought to this library's version, when the store is opened;
 * tables of a newer version are refused. A commit is one transaction; once it returns, it is on the disk. Several processes
 * may use one database: on PostgreSQL from several nodes, on SQLite from one machine.
 *
 * <p>The library brings no driver: the program needs {@code org.xerial:sqlite-jdbc} or {@code org.postgresql:postgresql}.
 *
 * <p>Safe for use by several threads. What the database refuses is a {@link DatabaseException}.
 */
public final class JdbcStateStore implements StateStore {
    private final Database database;
    private final @Nullable SqliteConnections own;
    private final Map<String, IntegrationState> integrations = new ConcurrentHashMap<>();

    private JdbcStateStore(Database database, @Nullable SqliteConnections own) {
        this.database = database;
        this.own = own;
        Migrations migrations = Migrations.of(database.dialect());
        database.migrate(migrations);
    }

    /**
     * Opens a file; makes it if there is none. The file is written in WAL mode with full syncs, and stands beside two more
     * with {@code -wal} and {@code -shm} behind its name while it is open.
     *
     * @throws DatabaseException when the file cannot be written, is not a SQLite database, or is another program's
     */
    public static JdbcStateStore sqlite(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new DatabaseException("There is no directory " + directory + " for the state; make it first");
        }
        SqliteConnections connections = new SqliteConnections(file);
        try {
            Database database = new Database(connections);
            database.read(connection -> refuseOthers(connection, file));
            return new JdbcStateStore(database, connections);
        } catch (RuntimeException failure) {
            close(connections);
            throw failure;
        }
    }

    /** A file of its own holds no other tables; a host that wants them together hands in its own source. */
    private static Path refuseOthers(Connection connection, Path file) throws SQLException {
        List<String> others = Sql.query(
                connection,
                "select name from sqlite_master where type = 'table' and name not like 'psasync%'"
                        + " and name not like 'sqlite%' order by name limit 1",
                row -> row.getString(1));
        if (!others.isEmpty()) {
            throw new DatabaseException(file + " is another program's database: it has a table \"" + others.get(0)
                    + "\". Name another file, or hand in a DataSource if both are to share it");
        }
        return file;
    }

    /**
     * Opens a PostgreSQL database.
     *
     * @param source the host's; its connections should be pooled. It is not closed with the store
     * @throws DatabaseException when it is not PostgreSQL, or cannot be used
     */
    public static JdbcStateStore postgres(DataSource source) {
        Database database = new Database(source);
        if (database.dialect() != Dialect.POSTGRES) {
            throw new DatabaseException("The DataSource is of " + database.dialect() + ", not of PostgreSQL");
        }
        return new JdbcStateStore(database, null);
    }

    /**
     * Opens the database of the host's, whichever of the two it is.
     *
     * @param source the host's; its connections should be pooled. Those of SQLite should be in WAL mode with full syncs. It
     *     is not closed with the store
     * @throws DatabaseException when it is neither, or cannot be used
     */
    public static JdbcStateStore of(DataSource source) {
        return new JdbcStateStore(new Database(source), null);
    }

    @Override
    public IntegrationState integration(String name) {
        return integrations.computeIfAbsent(Objects.requireNonNull(name, "name"), key -> {
            long id = database.write(connection -> new Integrations(connection, database.dialect()).idOf(key));
            return new JdbcState(database, key, id);
        });
    }

    /**
     * Notes that a record was saved or deleted, in the host's own transaction: the record and the intent to push it are
     * committed together, or neither is. After the commit call {@code engine.saved(record)}, so that it is pushed at once;
     * should that be lost, the next run finds the note.
     *
     * <p>Nothing is locked but the note itself, so a run that goes on does not wait for the host's transaction.
     *
     * @param transaction a connection of the host's to the database of this store, which the host commits
     * @param integration the name of an integration for which an engine was built before
     * @throws IllegalArgumentException when the database knows no such integration
     * @throws DatabaseException when the database refuses; the host should roll its transaction back
     */
    public void saved(Connection transaction, String integration, LocalRef record) {
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(record, "record");
        boolean noted;
        try {
            noted = new SaveTable(transaction).note(integration, record);
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
        if (!noted) {
            throw new IllegalArgumentException(
                    "The database knows no integration \"" + integration + "\"; build its engine on this store first");
        }
    }

    /** Closes the file; a DataSource that was handed in stays open. */
    @Override
    public void close() {
        if (own != null) {
            close(own);
        }
    }

    private static void close(SqliteConnections connections) {
        try {
            connections.close();
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }
}
