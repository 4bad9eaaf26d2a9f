package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.psasync.spi.ConnectorConfig;

/** A clock that moves only when somebody waits, and remembers each pause. */
final class ManualTime implements InstantSource, ConnectorConfig.Pause {
    private Instant now = Instant.parse("2026-05-20T10:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }

    synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
