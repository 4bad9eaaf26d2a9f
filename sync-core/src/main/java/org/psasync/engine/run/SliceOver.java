package org.psasync.engine.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A run pauses here; all that it did is stored, and it goes on with what it did not. */
final class SliceOver extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Instant notBefore;

    SliceOver(Instant notBefore) {
        super("The slice is over", null, false, false);
        this.notBefore = requireNonNull(notBefore, "notBefore");
    }

    /** Returns when to go on: at once, or when the pause is over that the PSA wants. */
    Instant notBefore() {
        return notBefore;
    }
}
