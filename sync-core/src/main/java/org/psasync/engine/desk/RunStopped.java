package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;

/** A run cannot go on now; what it did so far is stored. */
public final class RunStopped extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Status status;
    private final transient @Nullable Instant retryAt;

    public RunStopped(Status status, String message, @Nullable Instant retryAt, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.status = status;
        this.retryAt = retryAt;
    }

    public Status status() {
        return status;
    }

    /** Returns when it is worth another try; null when that is not known. */
    @Nullable
    Instant retryAt() {
        return retryAt;
    }
}
