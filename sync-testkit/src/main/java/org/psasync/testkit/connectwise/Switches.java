package org.psasync.testkit.connectwise;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How this system behaves where systems differ. Each can be set at any time and from any thread. */
public final class Switches {
    private final Set<Switch> on = Collections.synchronizedSet(EnumSet.noneOf(Switch.class));
    private volatile Duration clockSkew = Duration.ZERO;
    private volatile Duration callbackDelay = Duration.ZERO;
    private volatile int requestsPerMinute;
    private volatile int pagesShorterBy;

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

    /** Lets callbacks wait before their first attempt. */
    public Switches callbackDelay(Duration delay) {
        callbackDelay = delay;
        return this;
    }

    Duration callbackDelay() {
        return callbackDelay;
    }

    /** Answers 429 to what goes beyond so many requests in a minute of the server's clock; 0 for no limit. */
    public Switches requestsPerMinute(int limit) {
        requestsPerMinute = limit;
        return this;
    }

    int requestsPerMinute() {
        return requestsPerMinute;
    }

    /** Makes pages shorter than asked for by so many records, one record at least, although more follow. */
    public Switches pagesShorterBy(int records) {
        pagesShorterBy = records;
        return this;
    }

    int pagesShorterBy() {
        return pagesShorterBy;
    }
}
