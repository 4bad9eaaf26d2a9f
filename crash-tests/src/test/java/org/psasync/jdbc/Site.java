package org.psasync.jdbc;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.psasync.engine.SyncEngine;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;

/** An engine with all that it stands on, in whatever process. */
final class Site implements AutoCloseable {
    static final String NAME = "contoso/connectwise";

    final JdbcStateStore store;
    final SyncEngine engine;
    private final PsaConnector connector;

    /**
     * Opens a site.
     *
     * @param url of the database, {@code jdbc:sqlite:} with a path, or of PostgreSQL
     * @param ahead how far this world's clock is ahead of the machine's
     */
    Site(String url, Map<String, String> credentials, AssetRepository host, Duration ahead) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        store = url.startsWith("jdbc:sqlite:")
                ? JdbcStateStore.sqlite(Path.of(url.substring("jdbc:sqlite:".length())))
                : JdbcStateStore.postgres(pool(url));
        connector = PsaConnectors.connect(
                "connectwise",
                ConnectorConfig.with(credentials)
                        .plainHttpToLoopback(true)
                        .clock(clock)
                        .budgetShare(1)
                        .build());
        engine = SyncEngine.builder()
                .integration(NAME)
                .connector(connector)
                .assets(host)
                .state(store)
                .clock(clock)
                .build();
    }

    @Override
    public void close() {
        connector.close();
        store.close();
    }

    /** Connections that are used again. */
    private static DataSource pool(String url) {
        ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
        return (DataSource) Proxy.newProxyInstance(
                Site.class.getClassLoader(), new Class<?>[] {DataSource.class}, (source, asked, none) -> {
                    Connection first = idle.pollFirst();
                    Connection real = first == null ? DriverManager.getConnection(url) : first;
                    return Proxy.newProxyInstance(
                            Site.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
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

    /** Where a process says how it gets on. */
    static PrintWriter voice() {
        return new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    }
}
