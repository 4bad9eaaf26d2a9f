package org.psasync.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.StateStore;

/** The first pull, against a bare loop that fetches the same pages, parses them and keeps them in a map. */
final class FirstPull {
    /** Rounds that are not counted, in which the code gets compiled. */
    private static final int WARM_UP = 2;

    private static final int ROUNDS = 5;

    private final FakeProcess fake;
    private final ExecutorService threads;
    private final HttpClient plainClient =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RecordingClient client = new RecordingClient(plainClient);

    FirstPull(FakeProcess fake, ExecutorService threads) {
        this.fake = fake;
        this.threads = threads;
    }

    /** Requests are limited by tenant and clock; with a clock of its own that can be put forward, nothing waits. */
    static final class OwnClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        void skipAnHour() {
            ahead = ahead.plusHours(1);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** An engine on an empty host, ready for its first run. */
    final class Site implements AutoCloseable {
        final OwnClock clock = new OwnClock();
        final PsaConnector connector = PsaConnectors.connect(
                "connectwise",
                ConnectorConfig.with(fake.credentials())
                        .plainHttpToLoopback(true)
                        .httpClient(client)
                        .clock(clock)
                        .budgetShare(1)
                        .build());
        final InMemoryAssetRepository host =
                InMemoryAssetRepository.builder(InstantSource.system()).build();
        StateStore store = StateStore.inMemory();
        SyncEngine engine = engine();

        Site() {
            engine.as(Actor.manager("mia"))
                    .configure(settings -> settings.organizations(
                                    o -> o.allTypes().allStatuses())
                            .configurations(c -> c.allTypes().allStatuses().inactive(true)));
        }

        private SyncEngine engine() {
            return SyncEngine.builder()
                    .integration("bench")
                    .clock(clock)
                    .connector(connector)
                    .assets(host)
                    .state(store)
                    .executor(threads)
                    .build();
        }

        RunReport run() {
            RunReport report = engine.run();
            if (report.status() != RunReport.Status.OK) {
                throw new IllegalStateException(report.print());
            }
            return report;
        }

        /** Forgets what the engine remembers; the host's records stay. */
        void forget() {
            store.close();
            store = StateStore.inMemory();
            engine = engine();
        }

        @Override
        public void close() {
            connector.close();
        }
    }

    void forgetRequests() {
        client.forget();
    }

    List<HttpRequest> requests() {
        return client.requests();
    }

    /** Measures time, requests and memory; returns the median wall time of a first pull. */
    double measure(Table table) throws IOException, InterruptedException {
        List<Time> engine = new ArrayList<>();
        List<Time> floor = new ArrayList<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            try (Site site = new Site()) {
                client.forget();
                Time pull = Time.of(site::run);
                List<HttpRequest> pages = client.requests().stream()
                        .filter(request -> request.method().equals("GET")
                                && request.headers()
                                        .firstValue("pagination-type")
                                        .isPresent())
                        .toList();
                Time loop = Time.of(() -> bareLoop(pages));
                if (round >= 0) {
                    engine.add(pull);
                    floor.add(loop);
                }
            }
        }
        double wall = Time.median(engine, Time::wall);
        table.fact("first pull: configurations, companies", fake.configurations() + ", " + fake.companies());
        table.fact(
                "first pull: seconds, of the engine and of the bare loop",
                String.format(Locale.ROOT, "%.1f, %.1f", wall, Time.median(floor, Time::wall)));
        table.ratio("first pull: wall time : bare loop", wall / Time.median(floor, Time::wall), 1.5);
        table.ratio(
                "first pull: processor time of the client : bare loop",
                Time.median(engine, Time::cpu) / Time.median(floor, Time::cpu),
                2);
        try (Site site = new Site()) {
            site.run();
            site.run();
            long requests = site.run().requests();
            table.count("no-change run: requests (kinds enabled: 2)", requests, 2 + 2);
            long links = site.host.all(AssetKind.CONFIGURATION).size();
            table.ratio("state in memory: KB per linked configuration", stateBytes(site) / links / 1024.0, 1.2);
        }
        return wall;
    }

    double medianSeconds(int rounds) throws IOException, InterruptedException {
        List<Time> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (Site site = new Site()) {
                times.add(Time.of(site::run));
            }
        }
        return Time.median(times, Time::wall);
    }

    /** What is freed when the engine forgets everything and the host keeps its records. */
    private static double stateBytes(Site site) throws InterruptedException {
        long with = usedAfterCollection();
        site.forget();
        return with - usedAfterCollection();
    }

    private static long usedAfterCollection() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(200);
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    private Object bareLoop(List<HttpRequest> pages) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> records = new HashMap<>();
        for (HttpRequest page : pages) {
            HttpResponse<byte[]> answer = plainClient.send(page, HttpResponse.BodyHandlers.ofByteArray());
            for (JsonNode record : json.readTree(answer.body())) {
                records.put(page.uri().getPath() + record.get("id").asText(), record);
            }
        }
        if (records.size() < fake.configurations()) {
            throw new IllegalStateException("The bare loop saw " + records.size() + " records only");
        }
        return records;
    }
}
