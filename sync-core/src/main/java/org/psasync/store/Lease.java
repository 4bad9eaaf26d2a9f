package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to run an integration for a while; one at a time has it.
 *
 * @param holder who has it
 * @param epoch grows each time the lease changes hands; writes of an old epoch are refused
 * @param until when it ends unless it is renewed
 * @param cancelledBy who asked its holder to stop; null while nobody did (DATA-7)
 */
public record Lease(
        String holder, long epoch, Instant until, @Nullable String cancelledBy) {
    public Lease {
        requireNonNull(holder, "holder");
        requireNonNull(until, "until");
    }
}
