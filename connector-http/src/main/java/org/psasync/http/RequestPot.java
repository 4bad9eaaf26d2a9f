package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.http.CallBudget.Limit;
import org.psasync.spi.RequestShares;
import org.psasync.spi.RequestShares.Share;

/**
 * The share of one limit that this process has taken and not sent yet. Not for use by several threads; the budget guards it.
 */
final class RequestPot {
    /** So many shares make up a limit: small enough that what is left of one hardly matters to the others. */
    private static final int SHARES = 60;
    /** Where the shares are kept cannot be asked. */
    private static final Duration AWAY = Duration.ofSeconds(10);

    private final RequestShares shares;
    private final String name;
    private final Limit limit;
    private @Nullable Share share;
    private Instant until = Instant.MIN;
    private int left;

    RequestPot(RequestShares shares, String name, Limit limit) {
        this.shares = shares;
        this.name = name;
        this.limit = limit;
    }

    /**
     * Takes one request out of it, and a new share where it is empty.
     *
     * @param allowed how many requests all processes may send within the window
     * @return how long to wait before the next try; zero when the request may be sent
     */
    Duration take(int allowed, Instant now) {
        try {
            return taken(allowed, now);
        } catch (RuntimeException unreachable) {
            return AWAY; // rather late than too many
        }
    }

    private Duration taken(int allowed, Instant now) {
        Share old = share;
        if (old != null && (!now.isBefore(until) || left == 0)) {
            share = null;
            if (left > 0) {
                shares.giveBack(name, old, left);
            }
            left = 0;
        }
        if (left == 0) {
            int wanted = Math.max(1, limit.requests() / SHARES);
            Share taken = shares.take(name, wanted, allowed, limit.window());
            if (taken.requests() == 0) {
                return taken.time().isZero() ? Duration.ofMillis(1) : taken.time();
            }
            share = taken;
            left = taken.requests();
            until = now.plus(taken.time());
        }
        left--;
        return Duration.ZERO;
    }

    /** Puts a request back that was not sent. */
    void putBack() {
        if (share != null) {
            left++;
        }
    }
}
