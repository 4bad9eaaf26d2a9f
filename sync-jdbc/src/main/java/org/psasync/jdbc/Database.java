package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** A database with its transactions. Safe for use by several threads. */
final class Database {
    private final DataSource source;
    private final Dialect dialect;
    private final PairBodies bodies = new PairBodies();
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

    /** After so many new pairs the database looks at its tables again, and then whenever there are ten times as many. */
    private static final long GROWTH = 1000;

    private final AtomicLong fresh = new AtomicLong();

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    PairBodies bodies() {
        return bodies;
    }

    /** Asks one question; once more when the connection turns out to be lost. */
    <T> T read(Work<T> work) {
        try {
            return readOnce(work);
        } catch (SQLException failure) {
            if (!dialect.lostConnection(failure)) {
                throw DatabaseException.of(failure);
            }
        }
        try {
            return readOnce(work);
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }

    private <T> T readOnce(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.with(connection);
            } finally {
                restore(connection, before);
            }
        }
    }

    /** Does all of something or nothing; again where the database asks for that. */
    <T> T write(Work<T> work) {
        return inTurn(connection -> {
            dialect.beginWriting(connection);
            return work.with(connection);
        });
    }

    /** Takes notice of new pairs that were stored. */
    @SuppressWarnings("EmptyCatch")
    void grown(int pairs) {
        long before = fresh.getAndAdd(pairs);
        long next = GROWTH;
        while (next <= before) {
            next *= 10;
        }
        if (before + pairs < next) {
            return;
        }
        try {
            readOnce(connection -> {
                dialect.grown(connection);
                return connection;
            });
        } catch (SQLException failure) {
            // The pairs are stored, and the database looks by itself later.
        }
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
                    boolean again = dialect.worthAnotherTry(failure)
                            || tries == 1 && dialect.lostConnection(failure) && !(failure instanceof CommitFailure);
                    if (tries == dialect.tries || !again) {
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

    /** A commit was asked for, and nobody knows whether it was made. */
    private static final class CommitFailure extends SQLException {
        private static final long serialVersionUID = 1;

        CommitFailure(SQLException failure) {
            super(failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), failure);
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean ended = false;
            try {
                T result = work.with(connection);
                commit(connection);
                ended = true;
                return result;
            } finally {
                ended = ended || undo(connection);
                if (ended) {
                    restore(connection, before);
                }
            }
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw dialect.worthAnotherTry(failure) ? failure : new CommitFailure(failure);
        }
    }

    /**
     * Returns whether all was undone. A connection that cannot undo is given up as it is: to set it back would commit what
     * is half done.
     */
    private static boolean undo(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException lost) {
            giveUp(connection);
            return false;
        }
    }

    /** What went wrong before is what the caller is told. */
    @SuppressWarnings("EmptyCatch")
    private static void giveUp(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
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
