package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How reads are repeated, and how long a call may wait.
 *
 * @param tries how often a read is tried that fails for the moment, at least once
 * @param firstPause the pause after the first failure; it doubles with each further one, and is shortened by chance by up
 *     to a half
 * @param longestPause where the doubling ends
 * @param patience the longest that one call waits in all, over its tries, for pauses that the PSA or the budget wants;
 *     what would take longer is thrown to the caller
 */
public record Retries(int tries, Duration firstPause, Duration longestPause, Duration patience) {
    public Retries {
        requireNonNull(longestPause, "longestPause");
        if (tries < 1 || firstPause.toMillis() < 1 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "A call needs at least one try, a pause of at least 1 ms and a patience of zero or more: " + tries
                            + ", " + firstPause + ", " + patience);
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "The longest pause, " + longestPause + ", is shorter than the first, " + firstPause);
        }
    }

    /** Returns four tries, pauses from half a second to 15 seconds, and a patience of 30 seconds. */
    public static Retries standard() {
        return new Retries(4, Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    /** Returns the same with another patience. */
    public Retries patience(Duration patience) {
        return new Retries(tries, firstPause, longestPause, patience);
    }

    /** Returns the same with another number of tries. */
    public Retries tries(int tries) {
        return new Retries(tries, firstPause, longestPause, patience);
    }

    /** Returns the pause after that many failures: exponential, of which chance takes up to a half. */
    Duration pauseAfter(int failures, RandomGenerator random) {
        long full = firstPause.toMillis() << Math.min(failures - 1, 20);
        long capped = Math.max(1, Math.min(full, longestPause.toMillis()));
        return Duration.ofMillis(capped - (long) (capped * 0.5 * random.nextDouble()));
    }
}
