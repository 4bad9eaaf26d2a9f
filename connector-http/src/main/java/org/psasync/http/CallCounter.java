package org.psasync.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by the names of their calls. Safe for use by several threads. */
final class CallCounter {
    private final Map<String, LongAdder> reads = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> writes = new ConcurrentHashMap<>();

    void count(RestCall call) {
        (call.isWrite() ? writes : reads)
                .computeIfAbsent(call.name(), name -> new LongAdder())
                .increment();
    }

    CallCounts counts() {
        return new CallCounts(snapshot(reads), snapshot(writes));
    }

    private static Map<String, Long> snapshot(Map<String, LongAdder> counts) {
        Map<String, Long> result = new TreeMap<>();
        counts.forEach((name, count) -> result.put(name, count.sum()));
        return result;
    }
}
