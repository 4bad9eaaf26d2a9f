package org.psasync.store;

/** What was to be stored was computed from something that changed since, or under a lease that was lost. */
public final class StaleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception that says what changed. */
    public StaleStateException(String message) {
        super(message);
    }
}
