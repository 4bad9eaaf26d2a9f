package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.store.StateStore;
import org.psasync.testkit.http.Requests;

/** What a large tenant costs of the tenant's 10,000 requests an hour. */
class LargeTenantTest {
    private static final int FIVE_PERCENT = 500;

    private final Bench bench = new Bench(psa -> psa.companies(1000)
            .locationsPerCompany(5)
            .contacts(2000)
            .configurations(50_000)
            .products(800)
            .tickets(0));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(bench.clock).build();

    private RunReport run(SyncEngine engine) {
        bench.psa.requests().reset();
        RunReport report = engine.run();
        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        return report;
    }

    @Test
    @DisplayName(
            "PULL-2, PULL-3, SAFE-4: each run of 5,000 locations and 50,000 items, full checks too, is below 5 % of the hour")
    void staysBelowFivePercent() {
        try (bench) {
            SyncEngine engine = SyncEngine.builder()
                    .integration("contoso/autotask")
                    .connector(bench.connector)
                    .assets(host)
                    .state(StateStore.inMemory())
                    .clock(bench.clock)
                    .pause(bench.clock)
                    .random(new Random(1))
                    .build();
            engine.as(Actor.manager("mia"))
                    .configure(settings -> settings.organizations(
                                    o -> o.allTypes().allStatuses())
                            .configurations(c -> c.allTypes().allStatuses().untyped(true))
                            .contacts(true)
                            .locations(true));

            run(engine);
            int first = bench.psa.requests().all().size();
            assertThat(host.all(AssetKind.LOCATION)).hasSizeGreaterThan(4000);
            assertThat(host.all(AssetKind.CONFIGURATION)).hasSizeGreaterThan(40_000);
            assertThat(bench.psa.requests().count("POST", "ConfigurationItems/query*"))
                    .as("pages")
                    .isEqualTo(1);
            assertThat(first).isLessThan(FIVE_PERCENT);

            bench.clock.advance(Duration.ofHours(1));
            run(engine);
            int pagesOfLocations = bench.psa.requests().count("POST", "CompanyLocations/query")
                    + bench.psa.requests().count("POST", "CompanyLocations/query/next");
            assertThat(pagesOfLocations).isEqualTo(10);
            assertThat(bench.psa.requests().all().stream()
                            .map(Requests.Seen::path)
                            .distinct())
                    .as("the kinds, and the meter")
                    .hasSizeLessThanOrEqualTo(8);
            int noChange = bench.psa.requests().all().size();
            assertThat(noChange - pagesOfLocations).as("kinds and meter").isEqualTo(3 + 1);

            bench.clock.advance(Duration.ofHours(25));
            run(engine);
            int fullCheck = bench.psa.requests().all().size();
            assertThat(fullCheck).isLessThan(FIVE_PERCENT);
        }
    }
}
