package org.psasync.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many requests were sent, by the name of the call; repeated tries count each.
 *
 * @param reads requests that change nothing
 * @param writes requests that may change the PSA
 */
public record CallCounts(Map<String, Long> reads, Map<String, Long> writes) {
    public CallCounts {
        reads = Collections.unmodifiableMap(new TreeMap<>(reads));
        writes = Collections.unmodifiableMap(new TreeMap<>(writes));
    }

    /** Returns the number of all requests. */
    public long total() {
        return sum(reads) + sum(writes);
    }

    /** Returns the number of requests that may have changed the PSA. */
    public long totalWrites() {
        return sum(writes);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
