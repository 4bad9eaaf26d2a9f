package org.psasync.engine.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.store.Lease;

/** When a run is to pause, and whether it is to stop (RUN-7, DATA-7). For the thread that works on the run. */
public final class Slice {
    private @Nullable Instant end;
    private @Nullable String cancelledBy;

    /** Begins a slice that ends at a time; null for one without end. */
    public void begin(@Nullable Instant newEnd) {
        end = newEnd;
    }

    /** Takes notice of what is known of the lease now. */
    void heard(Lease lease) {
        cancelledBy = lease.cancelledBy();
    }

    /** Returns who cancelled what goes on; null when nobody did. */
    @Nullable
    public String cancelledBy() {
        return cancelledBy;
    }

    /** Ends the slice if it is time to, or the run if it was cancelled. */
    void end(Instant now) {
        requireNotCancelled();
        if (end != null && !now.isBefore(end)) {
            throw new SliceOver(now);
        }
    }

    /** Ends the run if it was cancelled. */
    public void requireNotCancelled() {
        if (cancelledBy != null) {
            throw new RunStopped(
                    Status.INCOMPLETE,
                    "It was cancelled by " + cancelledBy + "; the next run goes on where it stopped.",
                    null,
                    null);
        }
    }
}
