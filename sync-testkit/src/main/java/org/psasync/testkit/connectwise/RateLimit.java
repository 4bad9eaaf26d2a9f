package org.psasync.testkit.connectwise;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the requests of the last minute. */
final class RateLimit {
    private final Deque<Instant> counted = new ArrayDeque<>();

    /**
     * Counts a request.
     *
     * @throws Refusal with the seconds to wait when there were too many
     */
    void count(Tenant tenant) {
        int limit = tenant.switches.requestsPerMinute();
        if (limit == 0) {
            counted.clear();
            return;
        }
        Instant now = tenant.now();
        while (!counted.isEmpty() && !counted.getFirst().plusSeconds(60).isAfter(now)) {
            counted.removeFirst();
        }
        if (counted.size() >= limit) {
            long wait = Math.max(1, counted.getFirst().getEpochSecond() + 60 - now.getEpochSecond());
            throw Refusal.tooMany((int) wait);
        }
        counted.addLast(now);
    }
}
