package org.psasync.benchmarks;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.TestScheduler;

/**
 * What integrations cost in which nothing happens: the processor time that their scheduler and their hourly runs take in
 * an hour, which passes by a test's clock; a day of such
 * hours is measured, a full check among them. The PSAs are in memory and their time is counted too, so the true figure is
 * lower.
 */
final class IdleIntegrations {
    private static final int WARM_UP = 5;
    private static final int HOURS = 24;

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final TestScheduler threads = new TestScheduler(clock);
    private final StateStore store = StateStore.inMemory();

    /** Measures and adds a row. */
    void measure(Table table, int integrations, int records) {
        try (SyncScheduler scheduler =
                SyncScheduler.builder(threads).clock(clock).build()) {
            for (int i = 0; i < integrations; i++) {
                scheduler.add(engine("tenant-" + i, records));
            }
            threads.advance(Duration.ofHours(WARM_UP)); // the first pull is among it
            ThreadMXBean time = ManagementFactory.getThreadMXBean();
            long before = time.getCurrentThreadCpuTime();
            threads.advance(Duration.ofHours(HOURS));
            double seconds = (time.getCurrentThreadCpuTime() - before) / 1e9;
            requireRuns(scheduler, integrations);
            table.fact("idle integrations, each with records", integrations + ", " + records);
            table.share(
                    "idle integrations: processor time of an hour : the hour",
                    seconds / Duration.ofHours(HOURS).toSeconds(),
                    0.01);
        }
    }

    /** Whoever does nothing costs nothing; so it is made sure that each of them ran, and had its full check. */
    private void requireRuns(SyncScheduler scheduler, int integrations) {
        Instant lately = clock.instant().minus(Duration.ofHours(1));
        for (int i = 0; i < integrations; i++) {
            RunReport last = requireNonNull(scheduler.status("tenant-" + i).lastRun());
            long checks = store.integration("tenant-" + i).progress().checks().begun();
            if (last.status() != RunReport.Status.OK || last.ended().isBefore(lately) || checks < 2) {
                throw new IllegalStateException("tenant-" + i + " ended " + last.status() + " at " + last.ended());
            }
        }
    }

    private SyncEngine engine(String name, int records) {
        FakePsa psa = FakePsa.builder(clock).build();
        RemoteRef company = psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build());
        for (int i = 1; i < records; i++) {
            psa.put(FieldValues.of(AssetKind.CONFIGURATION)
                    .set(ConfigurationFields.ORGANIZATION, company)
                    .set(ConfigurationFields.NAME, "SRV-" + i)
                    .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                    .set(ConfigurationFields.STATUS, psa.choice(ConfigurationFields.STATUS, "Active"))
                    .build());
        }
        SyncEngine engine = SyncEngine.builder()
                .integration(name)
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
}
