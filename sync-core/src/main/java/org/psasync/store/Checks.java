package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The full checks of an integration (PULL-3). A check that is interrupted goes on in the next run under its number.
 *
 * @param begun how many were begun, which is the number of the last one; 0 before the first
 * @param underway whether the last one was not ended yet
 * @param wanted whether one was asked for since the last one was begun
 * @param lastEnded when the last one ended; null before the first
 * @param rights the rights as they were seen when the last one was begun; null before the first (STATE-10)
 */
public record Checks(
        long begun,
        boolean underway,
        boolean wanted,
        @Nullable Instant lastEnded,
        @Nullable Rights rights) {
    /** No check was ever made. */
    public static final Checks NONE = new Checks(0, false, false, null, null);

    /**
     * The rights of the connector's user.
     *
     * @param text what the API shows of them, and which kinds cannot be read
     * @param check the number of the first check in which they were like this
     * @param since when that check began
     */
    public record Rights(String text, long check, Instant since) {
        public Rights {
            requireNonNull(text, "text");
            requireNonNull(since, "since");
        }
    }

    /** Returns the same with one more check wanted. */
    public Checks want() {
        return new Checks(begun, underway, true, lastEnded, rights);
    }

    /** Returns the same with a check going on: the interrupted one, unless another is wanted or the rights changed. */
    public Checks begin(String rightsSeen, Instant now) {
        boolean same = rights != null && rights.text().equals(rightsSeen);
        if (underway && !wanted && same) {
            return this;
        }
        Rights newRights = same ? rights : new Rights(rightsSeen, begun + 1, now);
        return new Checks(begun + 1, true, false, lastEnded, newRights);
    }

    /** Returns the same after the check that was going on. */
    public Checks end(Instant at) {
        return new Checks(begun, false, wanted, at, rights);
    }

    /** Returns whether the check that was begun last is the first with its rights. */
    public boolean rightsChanged() {
        return rights != null && rights.check() == begun;
    }
}
