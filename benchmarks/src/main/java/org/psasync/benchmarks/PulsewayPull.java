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
 * The first pull from a Pulseway PSA with the details of all assets, against a bare loop that sends the very same requests,
 * parses what comes and keeps it in a map. The hourly limit is met; the clock is put forward then, so that nobody waits.
 */
final class PulsewayPull {
    private static final int WARM_UP = 1;
    private static final int ROUNDS = 3;
    /** Runs that a first pull may take; each reads as many details as an hour allows. */
    private static final int MOST_RUNS = 20;

    private final FakeProcess fake;
    private final ExecutorService threads;
    private final HttpClient plainClient =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RecordingClient client = new RecordingClient(plainClient);

    PulsewayPull(FakeProcess fake, ExecutorService threads) {
        this.fake = fake;
        this.threads = threads;
    }

    /** An engine on an empty host, ready for its first run. */
    private final class Site implements AutoCloseable {
        private final FirstPull.OwnClock clock = new FirstPull.OwnClock();
        private final PsaConnector connector = PsaConnectors.connect(
                "pulseway",
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

        Site() {
            engine.as(Actor.manager("mia"))
                    .configure(
                            settings -> settings.organizations(o -> o.allTypes().allStatuses())
                                    .configurations(c -> c.allTypes().allStatuses()));
            client.forget();
        }

        /** Runs until all is read; returns how many runs that took. */
        int pull() {
            for (int runs = 1; runs <= MOST_RUNS; runs++) {
                RunReport report = engine.run();
                if (report.status() == RunReport.Status.OK) {
                    return runs;
                }
                if (report.status() != RunReport.Status.INCOMPLETE) {
                    throw new IllegalStateException(report.print());
                }
                skipTheLimit();
            }
            throw new IllegalStateException("The first pull does not end");
        }

        /** The limit's window is counted in whole minutes, so that after just an hour the engine would wait one. */
        private void skipTheLimit() {
            clock.skipAnHour();
            clock.skipAnHour();
        }

        @Override
        public void close() {
            connector.close();
        }
    }

    void measure(Table table) throws IOException, InterruptedException {
        List<Time> engine = new ArrayList<>();
        List<Time> floor = new ArrayList<>();
        long requests = 0;
        long atRest = 0;
        int runs = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            try (Site site = new Site()) {
                int[] took = {0};
                Time pull = Time.of(() -> took[0] = site.pull());
                List<HttpRequest> sent = client.requests().stream()
                        .filter(request -> request.method().equals("GET"))
                        .toList();
                Time loop = Time.of(() -> bareLoop(sent));
                if (round >= 0) {
                    engine.add(pull);
                    floor.add(loop);
                }
                requests = sent.size();
                runs = took[0];
                site.skipTheLimit();
                atRest = site.engine.run().requests();
            }
        }
        table.fact("first pull from Pulseway: assets, accounts", fake.configurations() + ", " + fake.companies());
        table.fact(
                "first pull from Pulseway: requests, in how many runs with the limit of an hour",
                requests + ", " + runs);
        table.fact(
                "first pull from Pulseway: seconds, of the engine and of the bare loop",
                String.format(
                        Locale.ROOT, "%.1f, %.1f", Time.median(engine, Time::wall), Time.median(floor, Time::wall)));
        table.ratio(
                "first pull from Pulseway: wall time : bare loop",
                Time.median(engine, Time::wall) / Time.median(floor, Time::wall),
                1.5);
        table.count("no-change run on Pulseway: requests (kinds enabled: 2)", atRest, 70);
    }

    /** A token is good until it is renewed, so the loop uses the last one. */
    private Object bareLoop(List<HttpRequest> requests) throws IOException, InterruptedException {
        String token = requests.get(requests.size() - 1)
                .headers()
                .firstValue("Authorization")
                .orElseThrow();
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> records = new HashMap<>();
        for (HttpRequest request : requests) {
            HttpRequest again = HttpRequest.newBuilder(request.uri())
                    .header("Authorization", token)
                    .header("Accept", "application/json")
                    .build();
            HttpResponse<byte[]> answer = plainClient.send(again, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode result = json.readTree(answer.body()).path("result");
            String path = request.uri().getPath();
            if (result.isArray()) {
                result.forEach(record -> records.put(path + record.path("id").asText(), record));
            } else {
                records.put(path, result);
            }
        }
        if (records.size() < 2 * fake.configurations()) {
            throw new IllegalStateException("The bare loop saw " + records.size() + " records only");
        }
        return records;
    }
}
