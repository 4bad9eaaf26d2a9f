package org.psasync.http;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.psasync.spi.ConnectorException;

/** The tries of one call: whether there is another one, and after which pause. A write that was sent has none (SAFE-1). Not for use by several threads. */
final class Tries {
    private final RestCall call;
    private final Retries retries;
    private final RandomGenerator random;
    private boolean sent;
    private int failures;
    private int throttles;
    private Duration waited = Duration.ZERO;

    Tries(RestCall call, Retries retries, RandomGenerator random) {
        this.call = call;
        this.retries = retries;
        this.random = random;
    }

    /** The request leaves now. */
    void sending() {
        sent = true;
    }

    Duration patienceLeft() {
        Duration left = retries.patience().minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Returns the pause before the next try.
     *
     * @param leftAlone whether the breaker would refuse another try anyway
     * @throws ConnectorException the failure, when there is no other try
     */
    Duration pauseAfter(ConnectorException failure, boolean leftAlone) {
        if (call.isWrite() && sent) {
            throw failure instanceof ConnectorException.Throttled throttled
                    ? atLeast(retries.pauseAfter(1, random), throttled)
                    : failure;
        }
        Duration pause;
        if (failure instanceof ConnectorException.Throttled throttled) {
            pause = afterThrottling(throttled);
        } else if (failure instanceof ConnectorException.Unavailable && !call.isWrite() && !leftAlone) {
            if (++failures >= retries.tries()) {
                throw failure;
            }
            pause = retries.pauseAfter(failures, random);
            if (pause.compareTo(patienceLeft()) > 0) {
                throw failure;
            }
        } else {
            throw failure;
        }
        waited = waited.plus(pause);
        return pause;
    }

    /** Never shorter than what was asked for; chance comes on top, so that waiting callers do not all return at once. */
    private Duration afterThrottling(ConnectorException.Throttled throttled) {
        Duration wanted = throttled.retryAfter();
        Duration grown = retries.pauseAfter(++throttles, random);
        if (wanted.compareTo(grown) < 0) {
            wanted = grown;
        }
        if (wanted.compareTo(patienceLeft()) > 0) {
            throw atLeast(wanted, throttled);
        }
        return wanted.plusMillis(
                (long) (random.nextDouble() * retries.firstPause().toMillis()));
    }

    /** A PSA that asks for no certain pause gets a short one all the same. */
    private static ConnectorException.Throttled atLeast(Duration pause, ConnectorException.Throttled throttled) {
        return throttled.retryAfter().compareTo(pause) >= 0
                ? throttled
                : new ConnectorException.Throttled(String.valueOf(throttled.getMessage()), pause);
    }
}
