package org.psasync.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/**
 * The databases in which the state is kept: a first pull of configurations from a PSA in memory, and a run without changes
 * over very many pairs in a process with little memory.
 */
final class StoreSpeed {
    private static final int COMPANIES = 200;
    private static final int COMMIT = 2000;

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    /** Prints the milliseconds of a run without changes over so many pairs: in a file, or in the database of an address. */
    public static void main(String[] arguments) {
        String place = arguments[1];
        StoreSpeed speed = new StoreSpeed();
        int pairs = Integer.parseInt(arguments[0]);
        speed.noChange(
                pairs,
                place.startsWith("jdbc:")
                        ? JdbcStateStore.postgres(pooled(() -> DriverManager.getConnection(place)))
                        : JdbcStateStore.sqlite(Path.of(place)));
    }

    void measure(Table table, int configurations, int pairs) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("psasync-benchmark");
        fill(configurations);
        int all = configurations + COMPANIES;
        double[] memory = new double[ROUNDS];
        double[] sqlite = new double[ROUNDS];
        double[] postgres = new double[ROUNDS];
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                // Side by side, because what else the machine does comes and goes.
                double inMemory = firstPull(StateStore.inMemory());
                double inSqlite = firstPull(JdbcStateStore.sqlite(folder.resolve("pull" + round + ".db")));
                double inPostgres =
                        firstPull(JdbcStateStore.postgres(pooled(database(server, WARM_UP + round)::getConnection)));
                if (round >= 0) {
                    memory[round] = inMemory;
                    sqlite[round] = inSqlite;
                    postgres[round] = inPostgres;
                }
            }
            double floor = median(memory);
            table.fact("first pull into a database: configurations", Integer.toString(configurations));
            table.fact(
                    "first pull, state in memory: pairs per second", String.format(Locale.ROOT, "%,.0f", all / floor));
            table.rate("first pull into SQLite: pairs per second", all / median(sqlite), 15_000);
            table.fact(
                    "first pull into SQLite : state in memory",
                    String.format(Locale.ROOT, "%.1f", median(sqlite) / floor));
            table.rate("first pull into PostgreSQL on this machine: pairs per second", all / median(postgres), 10_000);
            table.fact(
                    "first pull into PostgreSQL : state in memory",
                    String.format(Locale.ROOT, "%.1f", median(postgres) / floor));
            table.fact(
                    "no-change run over pairs in SQLite, -Xmx256m: pairs, milliseconds",
                    pairs + ", "
                            + inLittleMemory(pairs, folder.resolve("many.db").toString()));
            table.fact(
                    "no-change run over pairs in PostgreSQL, -Xmx256m: pairs, milliseconds",
                    pairs + ", " + inLittleMemory(pairs, server.getJdbcUrl("postgres", "postgres")));
        }
    }

    private static DataSource database(EmbeddedPostgres server, int number) throws SQLException {
        String name = "pull" + number;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getDatabase("postgres", name);
    }

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void fill(int configurations) {
        for (int i = 0; i < COMPANIES; i++) {
            RemoteRef company = psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                    .set(OrganizationFields.NAME, "Company " + i)
                    .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                    .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                    .build());
            for (int j = 0; j < configurations / COMPANIES; j++) {
                psa.put(FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, company)
                        .set(ConfigurationFields.NAME, "SRV-" + i + "-" + j)
                        .set(ConfigurationFields.SERIAL_NUMBER, "S" + i + "-" + j)
                        .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                        .set(ConfigurationFields.STATUS, psa.choice(ConfigurationFields.STATUS, "Active"))
                        .build());
            }
        }
    }

    private SyncEngine engine(StateStore store) {
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/bench")
                .connector(psa)
                .assets(InMemoryAssetRepository.builder(clock).build())
                .state(store)
                .clock(clock)
                .pause(clock)
                .build();
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .configurations(c -> c.types("Server").statuses("Active")));
        return engine;
    }

    private static void requireOk(RunReport report) {
        if (report.status() != RunReport.Status.OK) {
            throw new IllegalStateException(report.print());
        }
    }

    /** Returns the seconds. */
    private double firstPull(StateStore store) {
        try (store) {
            SyncEngine engine = engine(store);
            long from = System.nanoTime();
            requireOk(engine.run());
            return (System.nanoTime() - from) / 1e9;
        }
    }

    private void noChange(int pairs, JdbcStateStore opened) {
        try (JdbcStateStore store = opened) {
            SyncEngine engine = engine(store);
            requireOk(engine.run());
            IntegrationState state = store.integration("contoso/bench");
            for (int from = 0; from < pairs; from += COMMIT) {
                Commit.Builder some = Commit.builder();
                for (int i = from; i < Math.min(pairs, from + COMMIT); i++) {
                    some.put(link(i));
                }
                state.commit(some.build());
            }
            requireOk(engine.run());
            long from = System.nanoTime();
            requireOk(engine.run());
            System.out.println((System.nanoTime() - from) / 1_000_000);
        }
    }

    private Pair link(int i) {
        FieldValues values = FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.NAME, "SRV-" + i)
                .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                .set(ConfigurationFields.STATUS, psa.choice(ConfigurationFields.STATUS, "Active"))
                .build();
        return Pair.ofRemote(new PairId(1, i), RemoteRef.of(AssetKind.CONFIGURATION, "many-" + i)).toBuilder()
                .local(new LocalId("many-" + i))
                .observed(new Observation(values, RemoteVersion.UNKNOWN, false, Instant.EPOCH, null))
                .base(new Base(values, values))
                .state(SyncState.SYNCING)
                .disposition(org.psasync.engine.Disposition.IN_SYNC)
                .build();
    }

    private static String inLittleMemory(int pairs, String place) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        StoreSpeed.class.getName(),
                        Integer.toString(pairs),
                        place))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String milliseconds = output.readLine();
            if (milliseconds == null) {
                throw new IllegalStateException("The process with little memory came to nothing");
            }
            return milliseconds;
        }
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    /** Connections that are used again. */
    private static DataSource pooled(Opening opening) {
        ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
        return (DataSource) Proxy.newProxyInstance(
                StoreSpeed.class.getClassLoader(), new Class<?>[] {DataSource.class}, (source, asked, none) -> {
                    Connection first = idle.pollFirst();
                    Connection real = first == null ? opening.open() : first;
                    return Proxy.newProxyInstance(
                            StoreSpeed.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, values) -> {
                                if (method.getName().equals("close")) {
                                    idle.addFirst(real);
                                    return null;
                                }
                                try {
                                    return method.invoke(real, values);
                                } catch (InvocationTargetException failure) {
                                    throw failure.getCause() == null ? failure : failure.getCause();
                                }
                            });
                });
    }
}
