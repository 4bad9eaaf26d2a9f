package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.psasync.spi.ConnectorException;

/**
 * Leaves a PSA alone that fails again and again.
 *
 * <p>After a number of failures in a row it is open: calls fail at once. When its pause is over, one call goes through as
 * a probe; its success closes it, its failure opens it again for twice as long, up to ten times the first pause. Safe
 * for use by several threads.
 */
final class CircuitBreaker {
    private final int failuresToOpen;
    private final Duration firstPause;
    private final InstantSource clock;
    private int failures;
    private Duration pause;
    private Instant closedAgain = Instant.MIN;
    private boolean probing;

    CircuitBreaker(int failuresToOpen, Duration firstPause, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.firstPause = firstPause;
        this.clock = clock;
        this.pause = firstPause;
    }

    /**
     * Lets a call through, or fails.
     *
     * @throws ConnectorException.Unavailable when the breaker is open; nothing was sent
     */
    synchronized void enter(String call) {
        check(call);
        probing = failures >= failuresToOpen;
    }

    /**
     * Fails as {@link #enter} would, without letting the call through.
     *
     * @throws ConnectorException.Unavailable when the breaker is open; nothing was sent
     */
    synchronized void check(String call) {
        if (failures < failuresToOpen) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(closedAgain) || probing) {
            long seconds = Math.max(1, Duration.between(now, closedAgain).toSeconds());
            throw new ConnectorException.Unavailable(
                    call + " was not sent: the PSA failed " + failures + " times in a row; it is tried again in "
                            + seconds + " s",
                    false,
                    null);
        }
    }

    /** Returns whether calls fail at once. */
    synchronized boolean isOpen() {
        return failures >= failuresToOpen && clock.instant().isBefore(closedAgain);
    }

    /** Takes a call's failure into account; a pause or an interruption says nothing about the PSA. */
    synchronized void learn(ConnectorException failure) {
        if (failure instanceof ConnectorException.Throttled
                || Thread.currentThread().isInterrupted()) {
            abandoned();
        } else if (failure instanceof ConnectorException.Unavailable) {
            failed();
        } else {
            answered();
        }
    }

    /** The PSA answered, be it with a refusal. */
    synchronized void answered() {
        failures = 0;
        probing = false;
        pause = firstPause;
    }

    /** The PSA could not be reached, or failed. */
    synchronized void failed() {
        boolean probe = probing;
        probing = false;
        failures++;
        if (failures >= failuresToOpen) {
            if (probe) {
                Duration twice = pause.multipliedBy(2);
                Duration most = firstPause.multipliedBy(10);
                pause = twice.compareTo(most) > 0 ? most : twice;
            }
            closedAgain = clock.instant().plus(pause);
        }
    }

    /** The call ended without telling anything about the PSA. */
    synchronized void abandoned() {
        probing = false;
    }
}
