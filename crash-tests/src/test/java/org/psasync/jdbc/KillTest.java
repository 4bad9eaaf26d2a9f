package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.testkit.connectwise.FakeConnectWise;

/**
 * P4, P14: a process that is killed at any moment, with signal 9, costs nothing but time. The PSA and the host live in this
 * process, the engine in one that is killed. {@code -Dpsasync.kills=200} kills so many on each database.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("psasync.kills", 8);
    private static final long SEED = Long.getLong("psasync.seed", System.nanoTime());
    private static final int MOST_OF_ONE_PHASE = 4;

    @TempDir
    Path folder;

    private enum Phase {
        FIRST_PULL,
        DELTA,
        PUSH,
        ONE_TIME_PUSH
    }

    /** How long a process takes that nobody kills, from when it is ready. */
    private final Map<Phase, Long> millis = new EnumMap<>(Phase.class);

    private final Map<Phase, Integer> killed = new EnumMap<>(Phase.class);
    private final Random random = new Random(SEED);
    private @Nullable EmbeddedPostgres server;
    private int databases;

    private String url(Dialect dialect) throws IOException, java.sql.SQLException {
        String name = "kill" + ++databases;
        if (dialect == Dialect.SQLITE) {
            return "jdbc:sqlite:" + folder.resolve(name + ".db");
        }
        EmbeddedPostgres running = server == null ? EmbeddedPostgres.start() : server;
        server = running;
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return running.getJdbcUrl("postgres", name);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName(
            "P4, P14, SAFE-6: whenever the process is killed, the end is the same, nothing is twice, no save is lost")
    void theEndIsTheSame(Dialect dialect) throws Exception {
        List<String> end;
        try (World calm = new World(url(dialect))) {
            end = calm.play(false);
        }
        int rounds = 0;
        try {
            while (kills() < KILLS) {
                rounds++;
                try (World world = new World(url(dialect))) {
                    assertThat(world.play(true))
                            .as("seed %s, round %s", SEED, rounds)
                            .isEqualTo(end);
                }
            }
        } finally {
            System.out.println("KillTest on " + dialect + ": " + kills() + " processes killed in " + rounds
                    + " worlds, " + killed + ", each within " + millis + " ms; seed " + SEED);
            if (server != null) {
                server.close();
            }
        }
    }

    private int kills() {
        return killed.values().stream().mapToInt(each -> each).sum();
    }

    /** A PSA and a host with a few records, from the first pull to a one-time push. */
    private final class World implements AutoCloseable {
        private final String url;
        private Duration ahead = Duration.ZERO;
        private final FakeConnectWise psa;
        private final InMemoryAssetRepository host;
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        World(String url) throws IOException {
            this.url = url;
            psa = FakeConnectWise.builder()
                    .clock(this::now)
                    .seed(7)
                    .companies(6)
                    .contacts(0)
                    .configurations(60)
                    .start();
            host = InMemoryAssetRepository.builder(this::now)
                    .withoutChangeFeed()
                    .build();
            HostWire.serve(door, host);
        }

        private Instant now() {
            return Instant.now().plus(ahead);
        }

        @Override
        public void close() throws IOException {
            door.close();
            psa.close();
        }

        private Site site() {
            return new Site(url, psa.credentials(), host, ahead);
        }

        List<String> play(boolean kills) throws Exception {
            try (Site site = site()) {
                site.engine
                        .as(Actor.manager("mia"))
                        .configure(settings -> settings.organizations(
                                        o -> o.allTypes().allStatuses())
                                .configurations(c -> c.allTypes().allStatuses().inactive(true)));
            }
            phase(Phase.FIRST_PULL, kills, List.of());
            later(5);
            for (int id : psa.records("company/configurations").ids().subList(0, 20)) {
                psa.records("company/configurations").edit(id, "notes", "edited in the PSA " + id);
            }
            phase(Phase.DELTA, kills, List.of());
            settle(settings -> settings.twoWay(true));
            List<String> saves = saves("saved", Origin.USER);
            phase(Phase.PUSH, kills, saves);
            settle(settings -> {});
            saves("imported", Origin.IMPORT);
            phase(
                    Phase.ONE_TIME_PUSH,
                    kills,
                    List.of(folder.resolve("preview" + databases).toString()));
            settle(settings -> {});
            return picture();
        }

        /** Twenty records are edited in the host, and five are new. */
        private List<String> saves(String word, Origin origin) {
            later(5);
            List<String> ids = new ArrayList<>();
            List<Asset> all = new ArrayList<>(host.all(CONFIGURATION));
            all.sort(java.util.Comparator.comparing(asset -> Fields.title(asset.values()) + asset.values()));
            Edit edit = new Edit(origin, "ursula", now());
            for (Asset asset : all.subList(20, 40)) {
                FieldValues notes = FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, word);
                ids.add(host.save(asset.ref(), notes, edit).id().value());
            }
            for (int i = 0; i < 5; i++) {
                FieldValues of = all.get(i).values();
                FieldValues values = FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, of.get(ConfigurationFields.ORGANIZATION))
                        .set(ConfigurationFields.TYPE, of.get(ConfigurationFields.TYPE))
                        .set(ConfigurationFields.STATUS, of.get(ConfigurationFields.STATUS))
                        .set(ConfigurationFields.NAME, "New, " + word + " " + i)
                        .build();
                ids.add(host.save(null, values, edit).id().value());
            }
            later(1);
            return ids;
        }

        private void later(int minutes) {
            ahead = ahead.plusMinutes(minutes);
        }

        private void settle(java.util.function.Consumer<org.psasync.engine.SettingsChange> change) {
            try (Site site = site()) {
                site.engine.as(Actor.manager("mia")).configure(change);
            }
            RunReport.Status status = RunReport.Status.ERROR;
            for (int i = 0; i < 6 && status != RunReport.Status.OK; i++) {
                later(20);
                try (Site site = site()) {
                    status = site.engine.run().status();
                }
            }
            later(1);
        }

        private void phase(Phase phase, boolean kills, List<String> words) throws Exception {
            List<String> left = new ArrayList<>(words);
            int most = kills ? MOST_OF_ONE_PHASE : 0;
            for (int i = 0; i <= most; i++) {
                long limit = i < most ? random.nextLong(millis.getOrDefault(phase, 1L) + 1) : -1;
                if (!killedWithin(limit, phase, left)) {
                    return;
                }
                killed.merge(phase, 1, Integer::sum);
                later(11); // the lease of the dead run
            }
        }

        /** Returns whether the process was killed before it was done; what it said is taken off the list. */
        private boolean killedWithin(long limit, Phase phase, List<String> left) throws Exception {
            String task = phase == Phase.PUSH ? "push" : phase == Phase.ONE_TIME_PUSH ? "all" : "run";
            String credentials = psa.credentials().entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining(";"));
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx200m",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    url,
                    Integer.toString(door.getLocalPort()),
                    Long.toString(ahead.toMinutes()),
                    credentials,
                    task));
            command.addAll(left);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            boolean done = false;
            List<String> said = new ArrayList<>();
            try (BufferedReader voice = process.inputReader()) {
                String ready = voice.readLine();
                assertThat(ready).isEqualTo("ready");
                long from = System.nanoTime();
                if (limit >= 0 && !process.waitFor(limit, TimeUnit.MILLISECONDS)) {
                    process.toHandle().destroyForcibly(); // the other way closes its voice
                }
                for (String line = voice.readLine(); line != null; line = voice.readLine()) {
                    said.add(line);
                    done |= line.equals("done");
                    if (line.startsWith("saved ")) {
                        left.remove(line.split(" ", 3)[1]); // acknowledged: nobody tells of it again
                    }
                }
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                if (limit < 0) {
                    assertThat(done).as("%s said %s", phase, said).isTrue();
                    millis.putIfAbsent(phase, (System.nanoTime() - from) / 1_000_000);
                }
            }
            return !done;
        }

        /** Returns what both sides hold; checks that each record is in one link at most. */
        private List<String> picture() {
            List<String> picture = new ArrayList<>();
            for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
                for (Asset asset : host.all(kind)) {
                    picture.add("host " + kind + " " + Fields.title(asset.values()) + " "
                            + (kind == CONFIGURATION ? asset.values().get(ConfigurationFields.NOTES) : ""));
                }
            }
            for (String path : List.of("company/companies", "company/configurations")) {
                for (int id : psa.records(path).ids()) {
                    Map<String, Object> record = psa.records(path).get(id);
                    picture.add("PSA " + path + " " + record.get("name") + " " + record.get("notes"));
                }
            }
            try (Site site = site()) {
                IntegrationState state = site.store.integration(Site.NAME);
                Set<Object> records = new HashSet<>();
                for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
                    for (Pair pair : state.pairs(new PairQuery.OfKind(kind), null, 10_000)) {
                        LocalRef local = pair.localRef();
                        assertThat(local == null || records.add(local))
                                .as("P5 %s", pair)
                                .isTrue();
                        assertThat(pair.remoteRef() == null || records.add(pair.remoteRef()))
                                .as("P5 %s", pair)
                                .isTrue();
                        picture.add("pair " + kind + " " + pair.linked() + " " + pair.standing());
                    }
                    picture.add("counts " + kind + " " + state.counts().get(kind));
                }
            }
            picture.sort(null);
            return picture;
        }
    }
}
