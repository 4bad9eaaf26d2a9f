package org.psasync.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of this module; tests that need it are skipped where it cannot run. */
final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String missing;

    private Postgres() {}

    /** Returns a new, empty database. */
    static synchronized DataSource database() {
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
