package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.store.StateStore;
import org.psasync.testkit.http.Requests;

/** What a large tenant costs, by a clock that moves only when told. */
class SixThousandAssetsTest {
    private static final int ASSETS = 6000;

    private final Bench bench =
            new Bench(psa -> psa.accounts(50).contacts(100).assets(ASSETS).tickets(30));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(bench.clock).build();
    private final SyncEngine engine = SyncEngine.builder()
            .integration("contoso/pulseway")
            .connector(bench.connector)
            .assets(host)
            .state(StateStore.inMemory())
            .clock(bench.clock)
            .pause(bench.clock)
            .random(new Random(1))
            .build();

    @AfterEach
    void close() {
        bench.close();
    }

    private long withDetails() {
        return host.all(AssetKind.CONFIGURATION).stream()
                .filter(asset -> asset.values().get(ConfigurationFields.ASSET_TAG) != null)
                .count();
    }

    private List<String> details() {
        return bench.psa.requests().matching("GET", "v2/servicedesk/hardwareasset/*").stream()
                .map(Requests.Seen::path)
                .filter(path -> !path.endsWith("searchselect"))
                .toList();
    }

    @Test
    @DisplayName(
            "PSA-PW-4, SAFE-4, PULL-2, PULL-3: 6,000 assets come from their rows at once and with all details within"
                    + " four hours, a run that meets the limit says so, and goes on without repetition; then a run without changes"
                    + " costs 70 requests at most, and each full check sees a twelfth of the details again")
    void staysWithinTheLimits() {
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses())
                        .contacts(true)
                        .locations(true)
                        .tickets(t -> t.boards("Service Desk")));
        Instant begin = bench.clock.instant();
        RunReport report = engine.run();
        assertThat(host.all(AssetKind.CONFIGURATION)).hasSize(ASSETS);
        for (int hour = 1; hour <= 4; hour++) {
            assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.INCOMPLETE);
            assertThat(report.print()).contains("hourly budget");
            assertThat(withDetails()).isBetween(1200L * hour, 1350L * hour);
            bench.clock.advance(Duration.between(bench.clock.instant(), begin.plus(Duration.ofHours(hour))));
            report = engine.run();
        }
        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(withDetails()).isEqualTo(ASSETS);
        assertThat(Duration.between(begin, bench.clock.instant())).isLessThan(Duration.ofMinutes(245));
        assertThat(details()).hasSize(ASSETS).doesNotHaveDuplicates();
        assertThat(bench.psa.requests().all()).noneMatch(request -> request.status() == 429);

        bench.clock.advance(Duration.ofHours(1));
        bench.psa.requests().reset();
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(bench.psa.requests().all()).hasSizeLessThanOrEqualTo(70);

        bench.psa.requests().reset();
        for (int day = 0; day < 2; day++) {
            bench.clock.advance(Duration.ofHours(25));
            assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        }
        assertThat(Set.copyOf(details())).as("a twelfth with each full check").hasSizeBetween(1000, 1020);
    }
}
