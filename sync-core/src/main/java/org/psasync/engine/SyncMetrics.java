package org.psasync.engine;

import java.time.Duration;
import java.util.Map;

/**
 * Takes figures, for a system that watches them. The names and units follow Micrometer's conventions: lower case, dots,
 * counters that only grow, timers.
 *
 * <table>
 * <caption>What is told</caption>
 * <tr><th>name</th><th>what</th><th>tags</th></tr>
 * <tr><td>{@code psasync.run}</td><td>timer: how long runs took, from beginning to end</td><td>integration, status</td></tr>
 * <tr><td>{@code psasync.requests}</td><td>counter: requests of runs to the PSA</td><td>integration</td></tr>
 * <tr><td>{@code psasync.records}</td><td>counter: what runs did</td><td>integration, kind, verb</td></tr>
 * <tr><td>{@code psasync.push}</td><td>timer: how long pushes took after a save</td><td>integration, result</td></tr>
 * <tr><td>{@code psasync.queue}</td><td>gauge: what waits for a thread in a scheduler</td><td>what: runs, pushes</td></tr>
 * </table>
 *
 * <p>Called in the threads that do the work, several at a time; it should be quick. What it throws is logged and harms
 * nothing.
 */
public interface SyncMetrics {
    /** Takes nothing. */
    SyncMetrics NONE = new SyncMetrics() {
        @Override
        public void count(String name, long amount, Map<String, String> tags) {}

        @Override
        public void time(String name, Duration time, Map<String, String> tags) {}

        @Override
        public void gauge(String name, double value, Map<String, String> tags) {}
    };

    /** Adds an amount, one or more, to a counter. */
    void count(String name, long amount, Map<String, String> tags);

    /** Takes notice of how long something took. */
    void time(String name, Duration time, Map<String, String> tags);

    /** Takes notice of what a value is from now on. */
    void gauge(String name, double value, Map<String, String> tags);
}
