package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.store.StateStore;

/** What a large tenant costs, by a clock that moves only when told. */
class SixThousandAssetsTest {
    @Test
    @DisplayName(
            "PSA-PW-4, PULL-2, SAFE-4: 6,000 assets come within four hours; a run without changes costs 70 requests"
                    + " at most, beside the details whose turn it is")
    void staysWithinTheLimits() {
        try (Bench bench =
                new Bench(psa -> psa.accounts(50).contacts(0).assets(6000).tickets(0))) {
            InMemoryAssetRepository host =
                    InMemoryAssetRepository.builder(bench.clock).build();
            SyncEngine engine = SyncEngine.builder()
                    .integration("contoso/pulseway")
                    .connector(bench.connector)
                    .assets(host)
                    .state(StateStore.inMemory())
                    .clock(bench.clock)
                    .pause(bench.clock)
                    .random(new Random(1))
                    .build();
            engine.as(Actor.manager("mia"))
                    .configure(
                            settings -> settings.organizations(o -> o.allTypes().allStatuses())
                                    .configurations(c -> c.allTypes().allStatuses()));
            Instant begin = bench.clock.instant();
            assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
            assertThat(host.all(AssetKind.CONFIGURATION)).hasSize(6000);
            assertThat(Duration.between(begin, bench.clock.instant())).isLessThanOrEqualTo(Duration.ofHours(4));

            bench.clock.advance(Duration.ofHours(1));
            engine.run();
            bench.clock.advance(Duration.ofHours(1));
            bench.psa.requests().reset();
            assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);

            int rows = bench.psa.requests().count("GET", "v2/servicedesk/hardwareasset/searchselect");
            int details = bench.psa.requests().count("GET", "v2/servicedesk/hardwareasset/*") - rows;
            assertThat(details).isEqualTo(250);
            assertThat(bench.psa.requests().all().size() - details).isLessThanOrEqualTo(70);
        }
    }
}
