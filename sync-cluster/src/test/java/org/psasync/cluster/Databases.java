package org.psasync.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of this module; they are skipped where it cannot run. */
final class Databases {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String missing;

    private Databases() {}

    /** Returns a new, empty database. */
    static synchronized DataSource database() {
        Assumptions.assumeTrue(missing == null, () -> "PostgreSQL does not run here: " + missing);
        try {
            server = server == null
                    ? EmbeddedPostgres.builder()
                            .setServerConfig("max_connections", "300")
                            .start()
                    : server;
            String name = "nodes" + NUMBER.incrementAndGet();
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return server.getDatabase("postgres", name);
        } catch (IOException | IllegalStateException | SQLException failure) {
            missing = String.valueOf(failure.getMessage());
            return Assumptions.abort("PostgreSQL does not run here: " + missing);
        }
    }

    /** A node's way to the database, with connections that are used again; it can be cut. */
    static final class Line {
        private final DataSource database;
        private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
        private volatile boolean cut;

        Line(DataSource database) {
            this.database = database;
        }

        /** Nothing reaches the database any more, as if the node had died. */
        void cut() {
            cut = true;
        }

        DataSource source() {
            return proxy(DataSource.class, (method, values) -> {
                if (!method.equals("getConnection")) {
                    return method.equals("getLogWriter")
                            ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                            : null;
                }
                requireWhole();
                Connection first = idle.pollFirst();
                Connection real = first == null ? database.getConnection() : first;
                return connection(real);
            });
        }

        private void requireWhole() throws SQLException {
            if (cut) {
                throw new SQLException("The line is cut", "08006");
            }
        }

        private Connection connection(Connection real) {
            return (Connection) Proxy.newProxyInstance(
                    Databases.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
                        if (method.getName().equals("close")) {
                            if (real.isClosed() || cut) {
                                real.close();
                            } else {
                                idle.addFirst(real);
                            }
                            return null;
                        }
                        requireWhole();
                        try {
                            return method.invoke(real, values);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
        }

        void close() throws SQLException {
            for (Connection each : idle) {
                each.close();
            }
        }
    }

    private interface Answer {
        @Nullable
        Object to(String method, @Nullable Object[] values) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Databases.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, values) -> answer.to(method.getName(), values == null ? new Object[0] : values)));
    }
}
