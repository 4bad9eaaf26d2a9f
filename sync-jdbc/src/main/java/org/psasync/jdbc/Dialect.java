package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** In what the databases differ. */
enum Dialect {
    /** One file, written by one at a time. */
    SQLITE("sqlite", "", 3) {
        @Override
        void beginWriting(Connection connection) throws SQLException {
            // Changes nothing, but takes the right to write before anything is read.
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("update psasync_accounts set account_key = account_key where 0 = 1");
            }
        }

        @Override
        void grown(Connection connection) {}

        @Override
        void beginMigrating(Connection connection) throws SQLException {
            // Before there is a table of ours, the header of the file is what can be written without a change.
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma application_id = " + APPLICATION);
            }
        }

        @Override
        boolean worthAnotherTry(SQLException failure) {
            return String.valueOf(failure.getMessage()).contains("SQLITE_BUSY");
        }

        @Override
        boolean isDuplicate(SQLException failure) {
            return String.valueOf(failure.getMessage()).contains("SQLITE_CONSTRAINT_UNIQUE");
        }

        @Override
        boolean lostConnection(SQLException failure) {
            return false;
        }
    },
    /** A server. */
    POSTGRES("postgres", " for update", 20) {
        @Override
        void beginWriting(Connection connection) {}

        @Override
        void grown(Connection connection) throws SQLException {
            // The server does so a minute later; until then it reads whole tables that it takes for small ones.
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze (skip_locked) psasync_pairs, psasync_lists");
            }
        }

        @Override
        void beginMigrating(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(" + APPLICATION + ")");
            }
        }

        @Override
        boolean worthAnotherTry(SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            boolean unserializable = state.equals("40001") || state.equals("40P01");
            boolean madeAtOnce = isDuplicate(failure) || state.equals("42P07");
            return unserializable || madeAtOnce;
        }

        @Override
        boolean isDuplicate(SQLException failure) {
            return "23505".equals(failure.getSQLState());
        }

        @Override
        boolean lostConnection(SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            return state.startsWith("08") || state.startsWith("57P0");
        }
    };

    /** "psas" in ASCII: marks SQLite files as this library's, and names its lock in PostgreSQL. */
    private static final int APPLICATION = 0x70736173;

    /** The folder of its migrations. */
    final String folder;
    /** Ends a query whose rows are locked until the transaction ends. */
    final String locking;
    /**
     * How often something is tried. On SQLite each try waits for the file itself; on PostgreSQL, of those that get into each
     * other's way, one goes on each time.
     */
    final int tries;

    Dialect(String folder, String locking, int tries) {
        this.folder = folder;
        this.locking = locking;
        this.tries = tries;
    }

    /** Begins a transaction that will write; no other one reads what this one is about to change and then writes too. */
    abstract void beginWriting(Connection connection) throws SQLException;

    /** Lets the database look again at tables that grew by much. */
    abstract void grown(Connection connection) throws SQLException;

    /** Begins a transaction that may make or change tables. */
    abstract void beginMigrating(Connection connection) throws SQLException;

    /** Returns whether nothing was stored and the same may work when it is done again. */
    abstract boolean worthAnotherTry(SQLException failure);

    /** Returns whether a unique index refused a row. */
    abstract boolean isDuplicate(SQLException failure);

    /** Returns whether the connection is gone, so that another one may work. */
    abstract boolean lostConnection(SQLException failure);

    /**
     * Returns the dialect of a database.
     *
     * @throws DatabaseException when it is another one
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "sqlite" -> SQLITE;
            case "postgresql" -> POSTGRES;
            default ->
                throw new DatabaseException("The state can be kept in SQLite or PostgreSQL, not in " + product
                        + "; give another DataSource");
        };
    }
}
