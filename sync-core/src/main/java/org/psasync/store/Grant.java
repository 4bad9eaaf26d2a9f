package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;

/**
 * Permission to write local values to the PSA: what somebody confirmed by saving (PUSH-5).
 *
 * <p>What is settled leaves the grant, so that the same value, written by a program later, is not covered by it. The
 * empty grant still tells which save was the last to be taken notice of.
 *
 * @param values the mapped values of the record as it was saved, without those that are settled
 * @param actor who saved it
 * @param at when
 */
public record Grant(FieldValues values, String actor, Instant at) {
    public Grant {
        requireNonNull(values, "values");
        requireNonNull(actor, "actor");
        requireNonNull(at, "at");
    }
    /** Returns this grant without some fields. */
    public Grant without(Predicate<Field<?>> settled) {
        FieldValues open = values.only(field -> !settled.test(field));
        return open.fields().size() == values.fields().size() ? this : new Grant(open, actor, at);
    }

    /** Returns whether this is of a later save than the other grant. */
    public boolean isAfter(@Nullable Grant other) {
        return other == null || at.isAfter(other.at);
    }
}
