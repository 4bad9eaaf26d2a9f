package org.psasync.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.psasync.spi.ConnectorConfig;

/**
 * A clock that stands still until it is moved, and a pause that moves it instead of waiting.
 *
 * <p>Safe for use by several threads.
 */
public final class TestClock implements InstantSource, ConnectorConfig.Pause {
    private volatile Instant now;

    /** Makes a clock that shows this time. */
    public TestClock(Instant start) {
        this.now = start;
    }

    /** Makes a clock that shows this time, written as {@code 2026-03-01T12:00:00Z}. */
    public static TestClock at(String start) {
        return new TestClock(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock on; a negative duration moves it back. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Sets the clock, forward or back. */
    public synchronized void set(Instant time) {
        now = time;
    }

    /** Moves the clock on by that long, and returns at once. */
    @Override
    public void sleep(Duration duration) {
        advance(duration);
    }

    @Override
    public String toString() {
        return now.toString();
    }
}
