package org.psasync.examples.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncMetrics;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.TestScheduler;

class MicrometerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SyncMetrics metrics = new MicrometerMetrics(registry);
    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();

    @Test
    void showsRunsAndPushes() {
        psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build());
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(psa)
                .assets(host)
                .state(StateStore.inMemory())
                .clock(clock)
                .pause(clock)
                .metrics(metrics)
                .build();
        TestScheduler threads = new TestScheduler(clock);
        try (SyncScheduler scheduler =
                SyncScheduler.builder(threads).clock(clock).metrics(metrics).build()) {
            scheduler.add(engine);
            engine.as(Actor.manager("mia"))
                    .configure(settings -> settings.organizations(
                                    o -> o.types("Customer").statuses("Active"))
                            .twoWay(true));
            assertThat(registry.get("psasync.queue").tag("what", "runs").gauge().value())
                    .isEqualTo(1);
            threads.runAll();
            clock.advance(Duration.ofMinutes(1));
            LocalRef acme = host.all(AssetKind.ORGANIZATION).get(0).ref();
            host.save(
                    acme,
                    FieldValues.empty(AssetKind.ORGANIZATION).with(OrganizationFields.NAME, "Acme Ltd"),
                    new Edit(Origin.USER, "ursula", clock.instant()));
            scheduler.saved("contoso/fake", acme);
            threads.runAll();
        }

        assertThat(registry.get("psasync.run")
                        .tags("integration", "contoso/fake", "status", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("psasync.requests").counter().count()).isPositive();
        assertThat(registry.get("psasync.records")
                        .tags("kind", "organization", "verb", "create_locally")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("psasync.push").tag("result", "pushed").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("psasync.queue").tag("what", "runs").gauge().value())
                .isZero();
    }

    @Test
    void keepsTheLastValueOfAGauge() {
        metrics.gauge("psasync.queue", 3, Map.of("what", "pushes"));
        metrics.gauge("psasync.queue", 1, Map.of("what", "pushes"));
        metrics.time("psasync.run", Duration.ofSeconds(2), Map.of("status", "ok"));

        assertThat(registry.get("psasync.queue").gauge().value()).isEqualTo(1);
        assertThat(registry.get("psasync.run").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }
}
