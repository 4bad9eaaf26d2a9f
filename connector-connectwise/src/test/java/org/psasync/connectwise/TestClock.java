package org.psasync.connectwise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.psasync.spi.ConnectorConfig;

/** A clock that moves when it is told to, and when somebody pauses by it. */
final class TestClock implements InstantSource, ConnectorConfig.Pause {
    private Instant now = Instant.parse("2026-11-02T09:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void sleep(Duration duration) {
        advance(duration);
    }
}
