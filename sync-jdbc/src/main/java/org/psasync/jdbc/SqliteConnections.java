package org.psasync.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to one file, used again and again. Safe for use by several threads. */
final class SqliteConnections implements DataSource, AutoCloseable {
    private static final int WAIT_SECONDS = 30;

    private final String url;
    private final ConcurrentLinkedDeque<Statements> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SqliteConnections(Path file) {
        this.url = "jdbc:sqlite:" + file.toAbsolutePath();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (closed) {
            throw new SQLException("The store is closed");
        }
        Statements kept = idle.pollFirst();
        return lent(kept == null ? new Statements(opened()) : kept);
    }

    private Connection opened() throws SQLException {
        Connection connection;
        try {
            connection = DriverManager.getConnection(url);
        } catch (SQLException failure) {
            if (String.valueOf(failure.getMessage()).contains("No suitable driver")) {
                throw new SQLException(
                        "SQLite's driver is missing; add org.xerial:sqlite-jdbc to the program", failure);
            }
            throw failure;
        }
        try (Statement statement = connection.createStatement()) {
            // Waits before anything else, because the next one may meet another process.
            statement.execute("pragma busy_timeout = " + WAIT_SECONDS * 1000);
            statement.execute("pragma journal_mode = wal");
            // A commit that was acknowledged outlives a loss of power.
            statement.execute("pragma synchronous = full");
            statement.execute("pragma foreign_keys = on");
            statement.execute("pragma cache_size = -16000");
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Returns the connection as one that goes back to the others when it is closed. */
    private Connection lent(Statements kept) {
        AtomicBoolean returned = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                SqliteConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class, KeepsStatements.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("close")) {
                        if (!returned.getAndSet(true)) {
                            takeBack(kept);
                        }
                        return null;
                    }
                    try {
                        boolean ofStatements = method.getDeclaringClass() == KeepsStatements.class;
                        return method.invoke(ofStatements ? kept : kept.connection, values);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
    }

    private void takeBack(Statements kept) throws SQLException {
        if (closed || !kept.connection.getAutoCommit()) {
            kept.connection.close();
        } else {
            idle.addFirst(kept);
            if (closed) {
                close();
            }
        }
    }

    /** A connection with those of its statements that nobody uses now. */
    private static final class Statements implements KeepsStatements {
        private static final int MOST = 100;

        final Connection connection;
        private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

        Statements(Connection connection) {
            this.connection = connection;
        }

        @Override
        public PreparedStatement take(String sql) throws SQLException {
            PreparedStatement statement = idle.remove(sql);
            return statement == null ? connection.prepareStatement(sql) : statement;
        }

        @Override
        public void giveBack(String sql, PreparedStatement statement) throws SQLException {
            PreparedStatement other = idle.put(sql, statement);
            if (other != null) {
                other.close();
            } else if (idle.size() > MOST) {
                Iterator<PreparedStatement> oldest = idle.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (Statements each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            each.connection.close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("This is no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
