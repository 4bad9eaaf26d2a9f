package org.psasync.engine.desk;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells figures to whoever watches them; one that fails keeps nothing from going on. Safe for use by several threads. */
public final class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(SyncMetrics.class);
    private final SyncMetrics metrics;

    /** Makes figures that go there. */
    public Figures(SyncMetrics metrics) {
        this.metrics = metrics;
    }

    /** Tells what a run came to. */
    public void ran(String integration, RunReport report) {
        told(() -> {
            metrics.time(
                    "psasync.run",
                    report.duration(),
                    Map.of("integration", integration, "status", word(report.status())));
            if (report.requests() > 0) {
                metrics.count("psasync.requests", report.requests(), Map.of("integration", integration));
            }
            report.kinds()
                    .forEach((kind, ofKind) -> ofKind.done()
                            .forEach((verb, count) -> metrics.count(
                                    "psasync.records",
                                    count,
                                    Map.of("integration", integration, "kind", word(kind), "verb", word(verb)))));
        });
    }

    /** Tells what a save came to. */
    public void pushed(String integration, PushResult result, Duration time) {
        told(() -> metrics.time(
                "psasync.push",
                time,
                Map.of(
                        "integration",
                        integration,
                        "result",
                        snake(result.getClass().getSimpleName()))));
    }

    /** Tells how much waits in a scheduler. */
    public void waiting(String what, int count) {
        told(() -> metrics.gauge("psasync.queue", count, Map.of("what", what)));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static void told(Runnable telling) {
        Told.to(LOG, "The metrics", telling);
    }
}
