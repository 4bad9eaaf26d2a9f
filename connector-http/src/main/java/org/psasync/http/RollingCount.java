package org.psasync.http;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts requests of the last window, which rolls.
 *
 * <p>A bucket that is refilled lets twice the limit through around one moment, unless it is kept small, and then it has
 * no room for a burst. This counts what was really sent, in sixty slots of the window and one more, so that nothing is
 * forgotten early. Not for use by several threads.
 */
final class RollingCount {
    private static final int SLOTS = 60;

    private final long slotMillis;
    private final int[] counts = new int[SLOTS + 1];
    private final long windowMillis;
    private long newest = Long.MIN_VALUE;
    private int own;
    private int foreign;
    private long foreignUntil = Long.MIN_VALUE;

    RollingCount(Duration window) {
        this.windowMillis = window.toMillis();
        // rounded up: sixty slots that are shorter than the window would forget its first requests early
        this.slotMillis = Math.max(1, (windowMillis + SLOTS - 1) / SLOTS);
    }

    /** Counts one request. */
    void add(Instant now) {
        roll(now);
        counts[index(newest)]++;
        own++;
    }

    /** Returns how many requests of ours fall into the window. */
    int own(Instant now) {
        roll(now);
        return own;
    }

    /** Returns how many requests of all programs fall into the window, as far as known. */
    int all(Instant now) {
        roll(now);
        return own + (now.toEpochMilli() < foreignUntil ? foreign : 0);
    }

    /** Takes over what the PSA's own meter says; what is not ours counts until it is read again, for a window at most. */
    void metered(int used, Instant now) {
        roll(now);
        foreign = Math.max(0, used - own);
        foreignUntil = now.toEpochMilli() + windowMillis;
    }

    /**
     * Returns how long it takes until our requests and those of all are below these numbers.
     *
     * @param ownBelow more than zero
     */
    Duration until(int ownBelow, int allBelow, Instant now) {
        roll(now);
        int left = own;
        long wait = 0;
        for (long slot = newest - SLOTS; slot <= newest; slot++) {
            long at = (slot + SLOTS + 1) * slotMillis;
            int others = now.toEpochMilli() + wait < foreignUntil ? foreign : 0;
            if (left < ownBelow && left + others < allBelow) {
                return Duration.ofMillis(wait);
            }
            left -= counts[index(slot)];
            wait = Math.max(wait, at - now.toEpochMilli());
        }
        boolean free = left < ownBelow && left + (now.toEpochMilli() + wait < foreignUntil ? foreign : 0) < allBelow;
        return Duration.ofMillis(free ? wait : Math.max(wait, foreignUntil - now.toEpochMilli()));
    }

    /** Forgets what fell out of the window. A clock that is set back stops the rolling until it has caught up. */
    private void roll(Instant now) {
        long slot = Math.floorDiv(now.toEpochMilli(), slotMillis);
        if (newest == Long.MIN_VALUE) {
            newest = slot;
        }
        while (newest < slot) {
            if (own == 0) {
                newest = slot;
                return;
            }
            newest++;
            own -= counts[index(newest)];
            counts[index(newest)] = 0;
        }
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) counts.length);
    }
}
