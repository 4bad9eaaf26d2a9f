package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Where processes that speak to one tenant of a PSA take their shares of its limits, so that together they never send more
 * than one of them might alone (SAFE-4).
 *
 * <p>A share is for many requests and a short time, so that it is not asked for before each. What is not used of it can be
 * given back; what a process that died took counts as sent, and is free again when the window has passed. Safe for use by
 * several threads.
 */
public interface RequestShares {
    /**
     * A part of a limit.
     *
     * @param requests how many requests may be sent; 0 when nothing is left
     * @param time within which they may be sent; with 0 requests, after which it is worth asking again
     * @param token names the share where it is given back
     */
    record Share(int requests, Duration time, String token) {
        public Share {
            requireNonNull(time, "time");
            requireNonNull(token, "token");
            if (requests < 0 || time.isNegative()) {
                throw new IllegalArgumentException("A share of " + requests + " requests for " + time);
            }
        }
    }

    /**
     * Takes a share of a limit.
     *
     * @param limit names it, the same in all processes: the tenant, and its scope where the PSA limits each; no secret
     * @param wanted the most requests to take, at least 1
     * @param allowed how many requests all processes may have taken within the window, with this share
     * @param window of the limit, which rolls
     */
    Share take(String limit, int wanted, int allowed, Duration window);

    /** Gives back what was not sent of a share. */
    void giveBack(String limit, Share share, int unused);

    /** Returns the shares of a process that is alone: it gets all that it wants, and keeps to its own count. */
    static RequestShares alone() {
        return new RequestShares() {
            @Override
            public Share take(String limit, int wanted, int allowed, Duration window) {
                return new Share(wanted, window, "");
            }

            @Override
            public void giveBack(String limit, Share share, int unused) {}

            @Override
            public String toString() {
                return "RequestShares.alone";
            }
        };
    }
}
