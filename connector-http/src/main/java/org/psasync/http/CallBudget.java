package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.psasync.http.CallScope.Allowance;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RequestShares;

/**
 * What one tenant of a PSA may be asked: requests in a window, requests at once, and whether at all (SAFE-4).
 *
 * <p>One budget is shared by all clients of the tenant. A part of it is kept for pushes: runs stop short of it. Requests
 * are limited for the whole tenant and, where the PSA limits each endpoint, for each scope. Safe for use by several
 * threads.
 */
public final class CallBudget {
    private final InstantSource clock;
    private volatile @Nullable Limit tenantLimit;
    private final @Nullable Limit scopeLimit;
    private final int atOncePerScope;
    private final double keptForPushes;
    private final CircuitBreaker breaker;
    private final @Nullable Semaphore atOnce;
    private final RequestShares shares;
    private final String name;
    private final CallScope tenant;
    private final Map<String, CallScope> scopes = new HashMap<>();
    private volatile double use;

    private CallBudget(Builder builder) {
        checkedUse(builder.use, builder.tenantLimit);
        checkedUse(builder.use, builder.scopeLimit);
        this.clock = builder.clock;
        this.tenantLimit = builder.tenantLimit;
        this.scopeLimit = builder.scopeLimit;
        this.atOncePerScope = builder.atOncePerScope;
        this.keptForPushes = builder.keptForPushes;
        this.use = builder.use;
        this.breaker = new CircuitBreaker(builder.failuresToOpen, builder.breakerPause, builder.clock);
        this.atOnce = builder.atOnce == 0 ? null : new Semaphore(builder.atOnce, true);
        this.shares = builder.shares;
        this.name = builder.name;
        this.tenant = new CallScope(tenantLimit, 0, shares, name);
    }

    /**
     * How many requests a PSA allows.
     *
     * @param requests within the window, at least one
     * @param window rolling
     */
    public record Limit(int requests, Duration window) {
        public Limit {
            if (requests < 1 || window.compareTo(Duration.ofMillis(60)) < 0) {
                throw new IllegalArgumentException(
                        "A limit needs at least one request and a window of 60 ms: " + requests + " in " + window);
            }
        }
    }

    /** Starts a budget without limits. */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /**
     * Sets what part of the PSA's limits may be used, above 0 and at most 1; the rest is for the tenant's other tools.
     *
     * @throws IllegalArgumentException when nothing would be left
     */
    public void use(double part) {
        checkedUse(checkedPart(part), tenantLimit);
        checkedUse(part, scopeLimit);
        this.use = part;
    }

    /**
     * Takes over what the PSA's own meter shows for the whole tenant, so that the requests of other tools count too.
     *
     * @param used requests of all tools in the window
     */
    public void metered(int used) {
        synchronized (tenant) {
            if (tenant.count != null) {
                tenant.count.metered(used, clock.instant());
            }
        }
    }

    /**
     * Takes over what the PSA's own meter shows, and the limit of the tenant as the PSA tells it; the window stays.
     *
     * @param used requests of all tools in the window
     * @param limit at least one
     */
    public void metered(int used, int limit) {
        Limit known = tenantLimit;
        if (known != null) {
            Limit told = new Limit(limit, known.window());
            checkedUse(use, told);
            tenantLimit = told;
        }
        metered(used);
    }

    /** Returns how many requests a run can still make at once, in the tightest limit of that scope. */
    public int remaining(String scope) {
        Instant now = clock.instant();
        synchronized (tenant) {
            return Math.min(
                    tenant.left(allowance(tenantLimit, false), now),
                    scope(scope).left(allowance(scopeLimit, false), now));
        }
    }

    /**
     * Returns how long it takes until a run can make so many requests of a scope one after the other; zero when it can now, or
     * never could: then it begins, and goes on hour by hour.
     */
    public Duration until(String scope, int requests) {
        Instant now = clock.instant();
        synchronized (tenant) {
            return longer(
                    tenant.until(room(allowance(tenantLimit, false), requests), now),
                    scope(scope).until(room(allowance(scopeLimit, false), requests), now));
        }
    }

    /** What may have been sent already for so many requests to be left. */
    private static @Nullable Allowance room(@Nullable Allowance allowance, int requests) {
        return allowance == null || allowance.own() < requests || allowance.all() < requests
                ? allowance
                : new Allowance(allowance.own() - requests + 1, allowance.all() - requests + 1);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /**
     * Takes one request out of the budget and a place among those at once; the caller gives the place back.
     *
     * <p>The breaker is asked twice: while a call waited for its place, the PSA may have failed.
     *
     * @param patience how long to wait for a place
     * @throws ConnectorException.Throttled when there is none left; nothing was taken
     * @throws ConnectorException.Unavailable when the breaker is open; nothing was taken
     */
    CallPlace take(String call, String scopeName, boolean push, Duration patience) throws InterruptedException {
        CallScope scope;
        synchronized (tenant) {
            scope = scope(scopeName);
        }
        breaker.check(call);
        CallPlace place = CallPlace.take(call, scope.atOnce, atOnce, patience, clock);
        try {
            breaker.enter(call);
            count(call, scope, push);
            return place;
        } catch (ConnectorException e) {
            place.close();
            throw e;
        }
    }

    /** The PSA wants a pause: the whole tenant keeps it, or the endpoint, where the PSA limits each. */
    void pause(String scopeName, Duration pause) {
        synchronized (tenant) {
            CallScope paused = scopeLimit == null ? tenant : scope(scopeName);
            Instant until = clock.instant().plus(pause);
            if (until.isAfter(paused.pausedUntil)) {
                paused.pausedUntil = until;
            }
        }
    }

    private void count(String call, CallScope scope, boolean push) {
        synchronized (tenant) {
            Instant now = clock.instant();
            Duration wait = longer(
                    tenant.until(allowance(tenantLimit, push), now), scope.until(allowance(scopeLimit, push), now));
            if (!wait.isZero()) {
                breaker.abandoned();
                throw new ConnectorException.Throttled(
                        call + " was not sent: by the PSA's limits the next request is due in " + seconds(wait) + " s",
                        wait);
            }
            wait = shared(scope, push, now);
            if (!wait.isZero()) {
                breaker.abandoned();
                throw new ConnectorException.Throttled(
                        call + " was not sent: the processes that share the PSA's limits have used them up for "
                                + seconds(wait) + " s",
                        wait);
            }
            tenant.add(now);
            scope.add(now);
        }
    }

    /** Takes the request out of what this process has of the limits that it shares with others. */
    private Duration shared(CallScope scope, boolean push, Instant now) {
        Duration wait = tenant.share(allowance(tenantLimit, push), push, now);
        if (wait.isZero()) {
            wait = scope.share(allowance(scopeLimit, push), push, now);
            if (!wait.isZero()) {
                tenant.putBack(push);
            }
        }
        return wait;
    }

    private static long seconds(Duration wait) {
        return (wait.toMillis() + 999) / 1000;
    }

    private CallScope scope(String name) {
        return scopes.computeIfAbsent(
                name, any -> new CallScope(scopeLimit, atOncePerScope, shares, this.name + " " + any));
    }

    private @Nullable Allowance allowance(@Nullable Limit limit, boolean push) {
        if (limit == null) {
            return null;
        }
        double ours = limit.requests * use;
        double part = push ? 1 : 1 - keptForPushes;
        return new Allowance(whole(ours, part), whole(limit.requests, part));
    }

    /** What is kept for pushes is never the only request that there is: runs would be shut out for ever. */
    private static int whole(double requests, double part) {
        return (int) Math.max(Math.min(1, Math.floor(requests + 1e-9)), Math.floor(requests * part + 1e-9));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static void checkedUse(double part, @Nullable Limit limit) {
        if (limit != null && limit.requests * part < 1) {
            throw new IllegalArgumentException("The part " + part + " of " + limit.requests
                    + " requests is less than one: nothing could be sent; use a larger part");
        }
    }

    private static double checkedPart(double part) {
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("The part of a budget must be above 0 and at most 1: " + part);
        }
        return part;
    }

    /** Collects the limits. */
    public static final class Builder {
        private final InstantSource clock;
        private @Nullable Limit tenantLimit;
        private @Nullable Limit scopeLimit;
        private int atOnce;
        private int atOncePerScope;
        private double keptForPushes = 0.1;
        private double use = 1;
        private RequestShares shares = RequestShares.alone();
        private String name = "";
        private int failuresToOpen = 8;
        private Duration breakerPause = Duration.ofSeconds(30);

        private Builder(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
        }

        /** Limits the requests of the whole tenant. */
        public Builder tenant(int requests, Duration window) {
            this.tenantLimit = new Limit(requests, window);
            return this;
        }

        /** Limits the requests of each scope ({@link RestCall#scope}). */
        public Builder eachScope(int requests, Duration window) {
            this.scopeLimit = new Limit(requests, window);
            return this;
        }

        /** Limits the requests at once of the whole tenant. */
        public Builder atOnce(int requests) {
            this.atOnce = checkedCount(requests);
            return this;
        }

        /** Limits the requests at once of each scope. */
        public Builder atOnceInEachScope(int requests) {
            this.atOncePerScope = checkedCount(requests);
            return this;
        }

        /** Sets the part that runs leave to pushes, from 0 to below 1; a tenth by default. */
        public Builder keptForPushes(double part) {
            if (!(part >= 0 && part < 1)) {
                throw new IllegalArgumentException("The part kept for pushes must be from 0 to below 1: " + part);
            }
            this.keptForPushes = part;
            return this;
        }

        /** Sets what part of the PSA's limits may be used; all by default. See {@link CallBudget#use}. */
        public Builder use(double part) {
            this.use = checkedPart(part);
            return this;
        }

        /**
         * Sets where this process takes its shares of the limits from, among several; it is alone by default. A part of
         * each limit is kept for pushes as before: of all that the processes take together.
         *
         * @param tenant what the processes call the tenant; no secret
         */
        public Builder shares(RequestShares newShares, String tenant) {
            this.shares = requireNonNull(newShares, "newShares");
            this.name = requireNonNull(tenant, "tenant");
            return this;
        }

        /** Sets after how many failures in a row, and for how long at first, the PSA is left alone; 8 and 30 seconds. */
        public Builder breaker(int failures, Duration pause) {
            this.failuresToOpen = checkedCount(failures);
            if (pause.isNegative() || pause.isZero()) {
                throw new IllegalArgumentException("The pause of a breaker must be longer than zero: " + pause);
            }
            this.breakerPause = pause;
            return this;
        }

        /**
         * Returns the budget, with nothing used of it.
         *
         * @throws IllegalArgumentException when the part that may be used is less than one request
         */
        public CallBudget build() {
            return new CallBudget(this);
        }

        private static int checkedCount(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("At least one must be allowed: " + count);
            }
            return count;
        }
    }
}
