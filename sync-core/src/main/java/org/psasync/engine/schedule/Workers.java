package org.psasync.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's threads: lends one for each thing that can be done now, and one timer for the next time that something comes
 * due. What is to be done is chosen when a thread is there, so that the most important goes first. Safe for use by
 * several threads; calls the host's executor without a lock, since it may do the work in the calling thread.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(SyncScheduler.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor;
    private final InstantSource clock;
    private final Object lock = new Object();
    private int handed;
    private @Nullable Instant timerAt;
    private @Nullable Future<?> timer;
    private boolean closed;

    Workers(ScheduledExecutorService executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Asks for as many threads as there are things to do.
     *
     * @param wanted how many things could be done now
     * @param work does one of them, or nothing if there is none any more
     * @param again what to do when threads were refused and it is time to try again
     * @return whether the host gave all of them
     */
    boolean lend(int wanted, Runnable work, Runnable again) {
        int more;
        synchronized (lock) {
            more = closed ? 0 : wanted - handed;
            handed += Math.max(0, more);
        }
        for (int i = 0; i < more; i++) {
            try {
                executor.execute(() -> begin(work));
            } catch (RejectedExecutionException refused) {
                giveBack(more - i);
                LOG.warn("The executor takes no work now; it is tried again: {}", refused.getMessage());
                wake(clock.instant().plus(TRY_AGAIN), again);
                return false;
            } catch (RuntimeException | Error failure) {
                giveBack(more - i);
                throw failure;
            }
        }
        return true;
    }

    private void giveBack(int threads) {
        synchronized (lock) {
            handed -= threads;
        }
    }

    private void begin(Runnable work) {
        synchronized (lock) {
            handed--;
        }
        work.run();
    }

    /** Sets the timer, unless an earlier one is set, which will ask again. */
    void wake(@Nullable Instant at, Runnable work) {
        synchronized (lock) {
            if (at == null || closed || timerAt != null && !at.isBefore(timerAt)) {
                return;
            }
            stopTimer();
            Duration delay = Duration.between(clock.instant(), at);
            try {
                timer = executor.schedule(
                        () -> {
                            synchronized (lock) {
                                timerAt = null;
                                timer = null;
                            }
                            work.run();
                        },
                        Math.max(0, delay.toNanos()),
                        TimeUnit.NANOSECONDS);
                timerAt = at;
            } catch (RejectedExecutionException refused) {
                LOG.warn("The executor takes no timer; the next call tries again: {}", refused.getMessage());
            }
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = null;
        timerAt = null;
    }

    void close() {
        synchronized (lock) {
            closed = true;
            stopTimer();
        }
    }
}
