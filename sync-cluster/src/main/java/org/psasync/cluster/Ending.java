package org.psasync.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether this node is to end what it does, and why. Safe for use by several threads. */
final class Ending {
    private @Nullable String why;
    private boolean forGood;

    synchronized void begin(String reason) {
        why = why == null ? reason : why;
        notifyAll();
    }

    /** The scheduler was closed; nothing takes that back. */
    synchronized void beginForGood(String reason) {
        forGood = true;
        begin(reason);
    }

    synchronized void takeBack() {
        why = forGood ? why : null;
    }

    synchronized boolean hasBegun() {
        return why != null;
    }

    synchronized boolean isForGood() {
        return forGood;
    }

    synchronized String why() {
        return why == null ? "" : why;
    }

    /** Waits until it begins, at most for a time; it may wait for less. */
    synchronized void await(Duration time) throws InterruptedException {
        if (why == null && !time.isNegative() && !time.isZero()) {
            TimeUnit.MILLISECONDS.timedWait(this, time.toMillis() + 1);
        }
    }
}
