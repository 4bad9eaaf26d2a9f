package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.psasync.model.FieldValues;

/**
 * Permission to write local values to the PSA: what somebody confirmed by saving (PUSH-5).
 *
 * @param values the values of the whole record as it was saved
 * @param actor who saved it
 * @param at when
 */
public record Grant(FieldValues values, String actor, Instant at) {
    public Grant {
        requireNonNull(values, "values");
        requireNonNull(actor, "actor");
        requireNonNull(at, "at");
    }
}
