package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The hints that one node took, so that very many of them cost few changes of the schedule. Safe for use by several threads.
 */
final class HintBursts {
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<String, Burst> bursts = new HashMap<>();

    HintBursts(InstantSource clock) {
        this.clock = clock;
    }

    private record Burst(Instant told, int since) {}

    /**
     * Counts a hint.
     *
     * @return how many are to be told to the schedule now; 0 when it heard of one just before
     */
    synchronized int add(String integration) {
        Instant now = clock.instant();
        Burst burst = bursts.get(integration);
        if (burst != null && now.isBefore(burst.told().plus(TOGETHER))) {
            bursts.put(integration, new Burst(burst.told(), burst.since() + 1));
            return 0;
        }
        bursts.values()
                .removeIf(each -> each.since() == 0 && now.isAfter(each.told().plus(TOGETHER)));
        bursts.put(integration, new Burst(now, 0));
        return 1 + (burst == null ? 0 : burst.since());
    }
}
