package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The right to run an integration for a while; one at a time has it.
 *
 * @param holder who has it
 * @param epoch grows each time the lease changes hands; writes of an old epoch are refused
 * @param until when it ends unless it is renewed
 */
public record Lease(String holder, long epoch, Instant until) {
    public Lease {
        requireNonNull(holder, "holder");
        requireNonNull(until, "until");
    }
}
