package org.psasync.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of this module; tests that need it are skipped where it cannot run. */
public final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String missing;

    private Postgres() {}

    /** Returns the same database by connections that are used again. */
    public static DataSource pooled(DataSource database) {
        ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
        return (DataSource) Proxy.newProxyInstance(
                Postgres.class.getClassLoader(), new Class<?>[] {DataSource.class}, (source, asked, none) -> {
                    Connection first = idle.pollFirst();
                    Connection real = first == null ? database.getConnection() : first;
                    return Proxy.newProxyInstance(
                            Postgres.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, values) -> {
                                if (method.getName().equals("close")) {
                                    idle.addFirst(real);
                                    return null;
                                }
                                try {
                                    return method.invoke(real, values);
                                } catch (InvocationTargetException failure) {
                                    throw failure.getCause();
                                }
                            });
                });
    }

    /** Returns a new, empty database. */
    public static synchronized DataSource database() {
        Assumptions.assumeTrue(missing == null, () -> "PostgreSQL does not run here: " + missing);
        try {
            server = server == null ? EmbeddedPostgres.start() : server;
            String name = "state" + DATABASES.incrementAndGet();
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return server.getDatabase("postgres", name);
        } catch (IOException | IllegalStateException | java.sql.SQLException failure) {
            missing = String.valueOf(failure.getMessage());
            return Assumptions.abort("PostgreSQL does not run here: " + missing);
        }
    }
}
