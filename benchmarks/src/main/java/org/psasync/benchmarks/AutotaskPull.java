package org.psasync.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.StateStore;

/**
 * The first pull from an Autotask PSA, against a bare loop that sends the very same requests, parses what comes and keeps it in
 * a map; and what later runs cost of the tenant's hourly threshold.
 */
final class AutotaskPull {
    private static final int WARM_UP = 1;
    private static final int ROUNDS = 3;
    /** Source: REST guide, Thresholds and limits, 2026-10. */
    private static final double THRESHOLD = 10_000;

    private final FakeProcess fake;
    private final ExecutorService threads;
    private final HttpClient plainClient =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RecordingClient client = new RecordingClient(plainClient);

    AutotaskPull(FakeProcess fake, ExecutorService threads) {
        this.fake = fake;
        this.threads = threads;
    }

    /** An engine on an empty host, ready for its first run. */
    private final class Site implements AutoCloseable {
        private final FirstPull.OwnClock clock = new FirstPull.OwnClock();
        private final PsaConnector connector = PsaConnectors.connect(
                "autotask",
                ConnectorConfig.with(fake.credentials())
                        .plainHttpToLoopback(true)
                        .httpClient(client)
                        .clock(clock)
                        .budgetShare(1)
                        .build());
        private final SyncEngine engine = SyncEngine.builder()
                .integration("bench")
                .connector(connector)
                .assets(InMemoryAssetRepository.builder(InstantSource.system()).build())
                .state(StateStore.inMemory())
                .clock(clock)
                .executor(threads)
                .build();

        Site(boolean locations) {
            engine.as(Actor.manager("mia"))
                    .configure(settings -> settings.organizations(
                                    o -> o.allTypes().allStatuses())
                            .configurations(c ->
                                    c.allTypes().allStatuses().untyped(true).inactive(true))
                            .locations(locations));
            client.forget();
        }

        long run() {
            RunReport report = engine.run();
            if (report.status() != RunReport.Status.OK) {
                throw new IllegalStateException(report.print());
            }
            return report.requests();
        }

        long runAfterHours(int hours) {
            for (int i = 0; i < hours; i++) {
                clock.skipAnHour();
            }
            return run();
        }

        @Override
        public void close() {
            connector.close();
        }
    }

    /** Measures the first pull of companies and items. */
    void measure(Table table) throws IOException, InterruptedException {
        List<Time> engine = new ArrayList<>();
        List<Time> floor = new ArrayList<>();
        List<HttpRequest> sent = List.of();
        long atRest = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            try (Site site = new Site(false)) {
                Time pull = Time.of(site::run);
                sent = client.requests();
                List<HttpRequest> same = sent;
                Time loop = Time.of(() -> bareLoop(same));
                if (round >= 0) {
                    engine.add(pull);
                    floor.add(loop);
                }
                atRest = site.runAfterHours(1);
            }
        }
        long pages = queries(sent, "Companies") + queries(sent, "ConfigurationItems");
        long lookUps = queries(sent, "CompanyLocations") + queries(sent, "Products");
        table.fact("first pull from Autotask: items, companies", fake.configurations() + ", " + fake.companies());
        table.fact(
                "first pull from Autotask: requests for pages, for look-ups, for all else",
                pages + ", " + lookUps + ", " + (sent.size() - pages - lookUps));
        table.fact(
                "first pull from Autotask: seconds, of the engine and of the bare loop",
                String.format(
                        Locale.ROOT, "%.1f, %.1f", Time.median(engine, Time::wall), Time.median(floor, Time::wall)));
        table.ratio(
                "first pull from Autotask: wall time : bare loop",
                Time.median(engine, Time::wall) / Time.median(floor, Time::wall),
                1.5);
        table.count("no-change run on Autotask: requests (kinds enabled: 2)", atRest, 2 + 2);
    }

    /** Measures what runs with locations, which are read whole, take of the threshold. */
    void measureThreshold(Table table) {
        try (Site site = new Site(true)) {
            site.run();
            table.fact("threshold of Autotask: items, locations", fake.configurations() + ", " + 5 * fake.companies());
            long atRest = site.runAfterHours(1);
            table.fact("threshold of Autotask: requests of a no-change run (kinds enabled: 3)", Long.toString(atRest));
            table.share("no-change run on Autotask: requests : hourly threshold", atRest / THRESHOLD, 0.05);
            table.share(
                    "full check on Autotask: requests : hourly threshold", site.runAfterHours(25) / THRESHOLD, 0.05);
        }
    }

    private static long queries(List<HttpRequest> requests, String entity) {
        return requests.stream()
                .map(request -> request.uri().getPath())
                .filter(path -> path.endsWith("/" + entity + "/query") || path.endsWith("/" + entity + "/query/next"))
                .count();
    }

    private Object bareLoop(List<HttpRequest> requests) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> records = new HashMap<>();
        for (HttpRequest request : requests) {
            HttpResponse<byte[]> answer = plainClient.send(request, HttpResponse.BodyHandlers.ofByteArray());
            String path = request.uri().getPath().replaceFirst("/query(/next)?$", "/");
            for (JsonNode record : json.readTree(answer.body()).path("items")) {
                records.put(path + record.path("id").asText(), record);
            }
        }
        if (records.size() < fake.configurations()) {
            throw new IllegalStateException("The bare loop saw " + records.size() + " records only");
        }
        return records;
    }
}
