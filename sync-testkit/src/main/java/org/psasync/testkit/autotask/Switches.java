package org.psasync.testkit.autotask;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How this system behaves where systems differ. Each can be set at any time and from any thread. */
public final class Switches {
    private final Set<Switch> on = Collections.synchronizedSet(EnumSet.noneOf(Switch.class));
    private volatile Duration clockSkew = Duration.ZERO;
    private volatile Duration latency = Duration.ZERO;
    private volatile int requestsPerHour = 10_000;
    private volatile int otherRequests;
    private volatile int atOnce = 3;
    private volatile int largestPage = 500;
    private volatile int pagesShorterBy;
    private volatile String nextPageHost = "";

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

    /** Lets every request take so long, really; none at the start. */
    public Switches latency(Duration each) {
        latency = each;
        return this;
    }

    Duration latency() {
        return latency;
    }

    /** Refuses what goes beyond so many requests of the tenant in an hour; 10,000 at the start, 0 for no limit. */
    public Switches requestsPerHour(int limit) {
        requestsPerHour = limit;
        return this;
    }

    int requestsPerHour() {
        return requestsPerHour;
    }

    /** Lets other tools have made so many requests in the hour, which count too. */
    public Switches otherRequests(int count) {
        otherRequests = count;
        return this;
    }

    int otherRequests() {
        return otherRequests;
    }

    /** Refuses what goes beyond so many requests at once of one entity; 3 at the start, 0 for no limit. */
    public Switches atOnce(int limit) {
        atOnce = limit;
        return this;
    }

    int atOnce() {
        return atOnce;
    }

    /** Cuts pages to so many records without a word; 500 at the start. */
    public Switches largestPage(int records) {
        largestPage = records;
        return this;
    }

    int largestPage() {
        return largestPage;
    }

    /** Lets pages hold so many records fewer than they could, but one at least, while others are still to come; 0 at the start. */
    public Switches pagesShorterBy(int records) {
        pagesShorterBy = records;
        return this;
    }

    int pagesShorterBy() {
        return pagesShorterBy;
    }

    /** Lets the addresses of next pages lead to another scheme and host, such as {@code https://evil.example}; empty for none. */
    public Switches nextPageHost(String schemeAndHost) {
        nextPageHost = schemeAndHost;
        return this;
    }

    String nextPageHost() {
        return nextPageHost;
    }
}
