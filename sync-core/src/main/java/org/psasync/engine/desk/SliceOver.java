package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A run pauses here; all that it did is stored, and it goes on with what it did not. */
public final class SliceOver extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Instant notBefore;

    public SliceOver(Instant notBefore) {
        super("The slice is over", null, false, false);
        this.notBefore = requireNonNull(notBefore, "notBefore");
    }

    /** Returns when to go on: at once, or when the pause is over that the PSA wants. */
    public Instant notBefore() {
        return notBefore;
    }
}
