package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.psasync.spi.ConnectorException;

/**
 * The tries of one call: whether there is another one, and after which pause.
 *
 * <p>A write that was sent has none, and one that waited longer than its deadline is not sent at all: whoever waits for its
 * outcome may have given it up by then (SAFE-1). Not for use by several threads.
 */
final class Tries {
    private final RestCall call;
    private final Retries retries;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Duration deadline;
    private final Instant begun;
    private boolean sent;
    private boolean last;
    private int failures;
    private int throttles;
    private Duration waited = Duration.ZERO;

    /** @param deadline the longest that the exchange of one try may take */
    Tries(RestCall call, Retries retries, RandomGenerator random, InstantSource clock, Duration deadline) {
        this.call = call;
        this.retries = retries;
        this.random = random;
        this.clock = clock;
        this.deadline = deadline;
        this.begun = clock.instant();
    }

    /** Returns the longest that one try may take. */
    Duration deadline() {
        return deadline;
    }

    /**
     * The request leaves now.
     *
     * @throws ConnectorException.Throttled when it is a write that waited too long; nothing was sent
     */
    void sending() {
        if (call.isWrite() && untilTooLate().isNegative()) {
            throw new ConnectorException.Throttled(
                    call.name() + " was not sent: it waited longer than its deadline of " + deadline.toMillis() + " ms",
                    retries.firstPause());
        }
        sent = true;
    }

    /** Returns whether the request left, in any try. */
    boolean wereSent() {
        return sent;
    }

    /** The failure to come is the same whenever the request is sent. */
    void endHere() {
        last = true;
    }

    /** The call waited for its turn. */
    void waited(Duration time) {
        waited = waited.plus(time);
    }

    /** Returns how long the call may still wait; never negative. */
    Duration patienceLeft() {
        Duration left = retries.patience().minus(waited);
        if (call.isWrite() && untilTooLate().compareTo(left) < 0) {
            left = untilTooLate();
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration untilTooLate() {
        return Duration.between(clock.instant(), begun.plus(deadline));
    }

    /**
     * Returns the pause before the next try.
     *
     * @param leftAlone whether the breaker would refuse another try anyway
     * @throws ConnectorException the failure, when there is no other try
     */
    Duration pauseAfter(ConnectorException failure, boolean leftAlone) {
        if (last || call.isWrite() && sent) {
            throw failure;
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
            throw throttled;
        }
        return wanted.plusMillis(
                (long) (random.nextDouble() * retries.firstPause().toMillis()));
    }
}
