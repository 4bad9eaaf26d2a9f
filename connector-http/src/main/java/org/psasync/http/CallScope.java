package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.psasync.http.CallBudget.Limit;
import org.psasync.spi.RequestShares;

/** The requests of a tenant or of one of its endpoints. Not for use by several threads; the budget guards it. */
final class CallScope {
    final @Nullable RollingCount count;
    final @Nullable Limit limit;
    final @Nullable Semaphore atOnce;
    Instant pausedUntil = Instant.MIN;

    private final @Nullable RequestPot forRuns;
    private final @Nullable RequestPot forPushes;

    CallScope(@Nullable Limit limit, int atOnce, RequestShares shares, String name) {
        this.forRuns = limit == null ? null : new RequestPot(shares, name, limit);
        this.forPushes = limit == null ? null : new RequestPot(shares, name, limit);
        this.limit = limit;
        this.count = limit == null ? null : new RollingCount(limit.window());
        this.atOnce = atOnce == 0 ? null : new Semaphore(atOnce, true);
    }

    Duration until(@Nullable Allowance allowance, Instant now) {
        Duration pause = pausedUntil.isAfter(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
        if (count == null || limit == null || allowance == null) {
            return pause;
        }
        // nothing is left for us at all: ask again when the window has passed
        Duration full = allowance.own() < 1 ? limit.window() : count.until(allowance.own(), allowance.all(), now);
        return pause.compareTo(full) >= 0 ? pause : full;
    }

    int left(@Nullable Allowance allowance, Instant now) {
        if (count == null || allowance == null) {
            return Integer.MAX_VALUE;
        }
        return Math.max(0, Math.min(allowance.own() - count.own(now), allowance.all() - count.all(now)));
    }

    void add(Instant now) {
        if (count != null) {
            count.add(now);
        }
    }

    /** Takes a request out of this process's share; returns how long to wait when there is none. */
    Duration share(@Nullable Allowance allowance, boolean push, Instant now) {
        RequestPot pot = push ? forPushes : forRuns;
        return pot == null || allowance == null ? Duration.ZERO : pot.take(allowance.own(), now);
    }

    void putBack(boolean push) {
        RequestPot pot = push ? forPushes : forRuns;
        if (pot != null) {
            pot.putBack();
        }
    }

    /** How many requests of ours, and of everybody, a window may hold. */
    record Allowance(int own, int all) {}
}
