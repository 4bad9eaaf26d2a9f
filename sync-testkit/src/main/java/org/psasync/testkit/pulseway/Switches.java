package org.psasync.testkit.pulseway;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How this system behaves where systems differ. Each can be set at any time and from any thread. */
public final class Switches {
    private final Set<Switch> on = Collections.synchronizedSet(EnumSet.noneOf(Switch.class));
    private volatile Duration clockSkew = Duration.ZERO;
    private volatile Duration tokenLifetime = Duration.ofMinutes(30);
    private volatile Duration refreshLifetime = Duration.ofDays(1);
    private volatile int requestsPerHour = 1500;
    private volatile int largestPage = 100;
    private volatile int totalsOffBy;

    Switches() {}

    /** Turns switches on. */
    public Switches on(Switch... switches) {
        on.addAll(Arrays.asList(switches));
        return this;
    }

    /** Turns switches off. */
    public Switches off(Switch... switches) {
        Arrays.asList(switches).forEach(on::remove);
        return this;
    }

    boolean isOn(Switch wanted) {
        return on.contains(wanted);
    }

    /** Lets the server's clock differ from the one that was handed in; negative for one that is slow. */
    public Switches clockSkew(Duration skew) {
        clockSkew = skew;
        return this;
    }

    Duration clockSkew() {
        return clockSkew;
    }

    /** Sets how long a token is good; 30 minutes at the start. */
    public Switches tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    /** Sets how long a token can be renewed; a day at the start. */
    public Switches refreshLifetime(Duration lifetime) {
        refreshLifetime = lifetime;
        return this;
    }

    Duration refreshLifetime() {
        return refreshLifetime;
    }

    /** Answers 429 to what goes beyond so many requests of one endpoint in an hour; 1,500 at the start, 0 for no limit. */
    public Switches requestsPerHour(int limit) {
        requestsPerHour = limit;
        return this;
    }

    int requestsPerHour() {
        return requestsPerHour;
    }

    /** Cuts pages to so many records without a word; 100 at the start. */
    public Switches largestPage(int records) {
        largestPage = records;
        return this;
    }

    int largestPage() {
        return largestPage;
    }

    /** Lets the totals of lists lie by so many records. */
    public Switches totalsOffBy(int records) {
        totalsOffBy = records;
        return this;
    }

    int totalsOffBy() {
        return totalsOffBy;
    }
}
