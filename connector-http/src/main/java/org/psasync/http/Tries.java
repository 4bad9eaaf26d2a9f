package org.psasync.http;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.psasync.spi.ConnectorException;

/** The tries of one call: whether there is another one, and after which pause. Not for use by several threads. */
final class Tries {
    private final RestCall call;
    private final Retries retries;
    private final RandomGenerator random;
    private int failures;
    private int throttles;
    private Duration waited = Duration.ZERO;

    Tries(RestCall call, Retries retries, RandomGenerator random) {
        this.call = call;
        this.retries = retries;
        this.random = random;
    }

    Duration patienceLeft() {
        Duration left = retries.patience().minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Returns the pause before the next try.
     *
     * @param lastResort whether another try would be refused anyway
     * @throws ConnectorException the failure, when there is no other try
     */
    Duration pauseAfter(ConnectorException failure, boolean lastResort) {
        Duration pause;
        if (failure instanceof ConnectorException.Throttled throttled) {
            pause = afterThrottling(throttled);
        } else if (failure instanceof ConnectorException.Unavailable && !call.isWrite() && !lastResort) {
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
            throw wanted.equals(throttled.retryAfter())
                    ? throttled
                    : new ConnectorException.Throttled(String.valueOf(throttled.getMessage()), wanted);
        }
        return wanted.plusMillis(
                (long) (random.nextDouble() * retries.firstPause().toMillis()));
    }
}
