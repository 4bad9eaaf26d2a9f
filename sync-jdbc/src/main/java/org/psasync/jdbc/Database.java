package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** A database with its transactions. Safe for use by several threads. */
final class Database {
    private static final int TRIES = 5;

    private final DataSource source;
    private final Dialect dialect;
    /** SQLite has one writer at a time; those of this process wait here, in order, and not in the file. */
    private final ReentrantLock writing = new ReentrantLock(true);

    Database(DataSource source) {
        this.source = source;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.of(connection);
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Asks one question. */
    <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.with(connection);
            } finally {
                restore(connection, before);
            }
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }

    /** Does all of something or nothing; again where the database asks for that. */
    <T> T write(Work<T> work) {
        return inTurn(connection -> {
            dialect.beginWriting(connection);
            return work.with(connection);
        });
    }

    private <T> T inTurn(Work<T> work) {
        boolean inTurn = dialect == Dialect.SQLITE;
        if (inTurn) {
            writing.lock();
        }
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return once(work);
                } catch (SQLException failure) {
                    if (tries == TRIES || !dialect.worthAnotherTry(failure)) {
                        throw DatabaseException.of(failure);
                    }
                }
            }
        } finally {
            if (inTurn) {
                writing.unlock();
            }
        }
    }

    /** Brings the tables to a version; of several processes that do it at once, one does and the others find it done. */
    void migrate(Migrations migrations) {
        inTurn(connection -> {
            dialect.beginMigrating(connection);
            migrations.apply(connection);
            return connection;
        });
    }

    private <T> T once(Work<T> work) throws SQLException {
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
                if (!done) {
                    undo(connection);
                }
                restore(connection, before);
            }
        }
    }

    /** What went wrong before is what the caller is told; a connection that cannot undo is lost, and so is its work. */
    @SuppressWarnings("EmptyCatch")
    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException alsoLost) {
            // see above
        }
    }

    @SuppressWarnings("EmptyCatch")
    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException lost) {
            // The work itself is done or told of.
        }
    }
}
