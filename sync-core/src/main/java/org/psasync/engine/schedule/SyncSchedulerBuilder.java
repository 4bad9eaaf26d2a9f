package org.psasync.engine.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.psasync.engine.SyncMetrics;

/** Puts a scheduler together. Not for use by several threads. */
public final class SyncSchedulerBuilder {
    final ScheduledExecutorService executor;
    int workers = 2;
    int pushes = 2;
    Duration slice = Duration.ofSeconds(10);
    InstantSource clock = InstantSource.system();
    SyncMetrics metrics = SyncMetrics.NONE;

    SyncSchedulerBuilder(ScheduledExecutorService executor) {
        this.executor = requireNonNull(executor, "executor");
    }

    /** Sets how many runs are worked on at the same time, 1 or more; 2 otherwise. */
    public SyncSchedulerBuilder workers(int most) {
        this.workers = requirePositive("workers", most);
        return this;
    }

    /** Sets how many records of one integration are pushed at the same time, 1 or more; 2 otherwise. */
    public SyncSchedulerBuilder pushes(int most) {
        this.pushes = requirePositive("pushes", most);
        return this;
    }

    /** Sets how long a run keeps a thread before others take their turn, zero for as short as can be; 10 seconds otherwise. */
    public SyncSchedulerBuilder slice(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A slice cannot last " + time);
        }
        this.slice = time;
        return this;
    }

    /** Sets the clock; the system's otherwise. */
    public SyncSchedulerBuilder clock(InstantSource newClock) {
        this.clock = requireNonNull(newClock, "newClock");
        return this;
    }

    /** Sets who takes the gauge {@code psasync.queue}. */
    public SyncSchedulerBuilder metrics(SyncMetrics newMetrics) {
        this.metrics = requireNonNull(newMetrics, "newMetrics");
        return this;
    }

    /** Returns the scheduler, which does nothing before an engine is added. */
    public SyncScheduler build() {
        return new SyncScheduler(this);
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + value);
        }
        return value;
    }
}
