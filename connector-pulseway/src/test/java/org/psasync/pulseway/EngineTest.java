package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.spi.PsaConnector;
import org.psasync.store.StateStore;
import org.psasync.testkit.http.Requests;
import org.psasync.testkit.pulseway.Fault;

/** The whole engine over this connector and a PSA on HTTP. */
class EngineTest {
    private static final String DETAILS = "v2/servicedesk/hardwareasset/*";
    private static final String ROWS = "v2/servicedesk/hardwareasset/searchselect";

    private final Bench bench =
            new Bench(psa -> psa.accounts(10).contacts(12).assets(300).tickets(9));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(bench.clock).build();
    private final StateStore store = StateStore.inMemory();

    @AfterEach
    void close() {
        bench.close();
    }

    private SyncEngine engine(PsaConnector connector) {
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/pulseway")
                .connector(connector)
                .assets(host)
                .state(store)
                .clock(bench.clock)
                .pause(bench.clock)
                .random(new Random(1))
                .build();
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses())
                        .contacts(true)
                        .locations(true));
        return engine;
    }

    private long withDetails() {
        return host.all(AssetKind.CONFIGURATION).stream()
                .filter(asset -> asset.values().get(ConfigurationFields.ASSET_TAG) != null)
                .count();
    }

    private List<Requests.Seen> details() {
        List<Requests.Seen> seen = new ArrayList<>(bench.psa.requests().matching("GET", DETAILS));
        seen.removeIf(request -> request.path().equals(ROWS));
        return seen;
    }

    @Test
    @DisplayName("PSA-PW-4: a first sync creates from list rows; details follow as the limit allows, each read once")
    void createsFromRows() {
        bench.psa.faults().next(1, "GET", "v2/servicedesk/hardwareasset/9901", Fault.throttled(Duration.ofMinutes(55)));
        SyncEngine engine = engine(bench.connector);

        RunReport first = engine.run();

        assertThat(first.status()).as(first.print()).isEqualTo(RunReport.Status.INCOMPLETE);
        assertThat(host.all(AssetKind.CONFIGURATION)).hasSize(300);
        assertThat(host.all(AssetKind.ORGANIZATION)).hasSize(10);
        assertThat(host.all(AssetKind.LOCATION)).hasSize(20);
        assertThat(host.all(AssetKind.CONTACT)).isNotEmpty();
        assertThat(withDetails()).isZero();

        bench.clock.advance(Duration.ofHours(1));
        bench.psa.requests().reset();
        RunReport second = engine.run();

        assertThat(second.status()).as(second.print()).isEqualTo(RunReport.Status.OK);
        assertThat(withDetails()).isEqualTo(300);
        assertThat(details()).hasSize(300);
    }

    @Test
    @DisplayName("PSA-PW-4, PULL-2: a changed row is read in detail in the same run, of the others a few by turns")
    void readsDetailsOfChangedRows() {
        SyncEngine engine = engine(bench.connector);
        engine.run();
        bench.clock.advance(Duration.ofHours(1));
        int changed = bench.psa.records("assets").ids().get(250);
        bench.psa
                .records("assets")
                .edit(
                        changed,
                        Map.of("Name", "SRV-RENAMED", "AssetTag", "AT-NEW", "AccountLocationId", other(changed)));
        bench.psa.requests().reset();

        engine.run();

        Asset asset = host.all(AssetKind.CONFIGURATION).stream()
                .filter(each -> "SRV-RENAMED".equals(each.values().get(ConfigurationFields.NAME)))
                .findFirst()
                .orElseThrow();
        assertThat(asset.values().get(ConfigurationFields.ASSET_TAG)).isEqualTo("AT-NEW");
        assertThat(details().get(0).path()).endsWith("/" + changed);
        int rows = bench.psa.requests().count("GET", ROWS);
        assertThat(details()).hasSize(1 + 60 - rows);
    }

    private int other(int asset) {
        int account =
                (Integer) requireNonNull(bench.psa.records("assets").get(asset).get("AccountId"));
        return bench.psa.locations(account).get(1);
    }

    @Test
    @DisplayName("SAFE-4: a run that meets its budget says so, and the next hours go on without loss or repetition")
    void goesOnInTheNextHour() {
        bench.psa.switches().requestsPerHour(150);
        PsaConnector connector = new PulsewayProvider().connect(bench.configWithShare(1));
        SyncEngine engine = engine(connector);
        engine.as(Actor.manager("mia")).configure(settings -> settings.requestShare(10));
        Instant begin = bench.clock.instant();
        List<RunReport> reports = new ArrayList<>();
        for (int hour = 0; hour < 5 && withDetails() < 300; hour++) {
            reports.add(engine.run());
            bench.clock.advance(Duration.ofMinutes(62));
        }

        assertThat(withDetails()).isEqualTo(300);
        assertThat(Duration.between(begin, bench.clock.instant())).isLessThan(Duration.ofHours(5));
        assertThat(reports).anySatisfy(report -> {
            assertThat(report.status()).isEqualTo(RunReport.Status.INCOMPLETE);
            assertThat(report.print()).contains("budget");
        });
        Map<String, Integer> times = new TreeMap<>();
        details().forEach(request -> times.merge(request.path(), 1, Integer::sum));
        assertThat(times).hasSize(300);
        assertThat(times.values()).as("how often each is read").containsOnly(1);
        assertThat(bench.psa.requests().all()).noneMatch(request -> request.status() == 429);
        connector.close();
    }
}
