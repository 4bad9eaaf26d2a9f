package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
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
 * @param terms how it stands with the brakes
 */
public record Grant(FieldValues values, String actor, Instant at, Terms terms) {
    /** How a grant stands with the brakes. */
    public sealed interface Terms {
        /** A save like others: what it leads to is counted. */
        record Usual() implements Terms {}

        /**
         * It waits until a manager approves or discards what that actor pushed too much of (BRAKE-3).
         *
         * @param actor whose saves are held; a save of another person over a held one waits with it
         */
        record Held(String actor) implements Terms {
            public Held {
                requireNonNull(actor, "actor");
            }
        }

        /**
         * A manager was shown what it leads to, so no brake counts or holds that.
         *
         * @param manager who approved it
         */
        record Approved(String manager) implements Terms {
            public Approved {
                requireNonNull(manager, "manager");
            }
        }

        /**
         * What was held was not to be pushed: of that save nothing is confirmed any more (BRAKE-3).
         *
         * @param manager who discarded it
         */
        record Discarded(String manager) implements Terms {
            public Discarded {
                requireNonNull(manager, "manager");
            }
        }

        /**
         * It was saved while two-way was set, and the host forbade it: of that save nothing is confirmed, also once the host
         * allows two-way again (SET-6).
         *
         * @param twoWaySince since when two-way was set all the same
         */
        record Forbidden(Instant twoWaySince) implements Terms {
            public Forbidden {
                requireNonNull(twoWaySince, "twoWaySince");
            }
        }

        /**
         * It belongs to a one-time push, which a manager was shown: no brake counts or holds it, and where nothing was
         * agreed yet the local value goes before the PSA's, if that is the one that was shown (ALL-1, ALL-2).
         *
         * @param push which one-time push it is
         * @param replaces the PSA's values that were shown as replaced; null while that is being found out
         */
        record OneTime(String push, @Nullable FieldValues replaces) implements Terms {
            public OneTime {
                requireNonNull(push, "push");
            }

            /** Returns whether the local value of a field goes before the one that the PSA shows. */
            public boolean wins(Field<?> field, FieldValues remote) {
                return replaces == null
                        || replaces.has(field) && Objects.equals(replaces.get(field), remote.get(field));
            }
        }
    }

    /** The terms of most grants. */
    public static final Terms USUAL = new Terms.Usual();

    public Grant {
        requireNonNull(values, "values");
        requireNonNull(actor, "actor");
        requireNonNull(at, "at");
        requireNonNull(terms, "terms");
    }

    /** Makes the grant of a save like others. */
    public Grant(FieldValues values, String actor, Instant at) {
        this(values, actor, at, USUAL);
    }

    /** Returns this grant without some fields. */
    public Grant without(Predicate<Field<?>> settled) {
        FieldValues open = values.only(field -> !settled.test(field));
        return open.fields().size() == values.fields().size() ? this : with(open);
    }

    /** Returns this grant for other values. */
    public Grant with(FieldValues newValues) {
        return new Grant(newValues, actor, at, terms);
    }

    /** Returns this grant on other terms. */
    public Grant on(Terms newTerms) {
        return new Grant(values, actor, at, newTerms);
    }

    /** Returns whether it waits for a manager (BRAKE-3); one that covers nothing any more does not. */
    public boolean held() {
        return terms instanceof Terms.Held && !values.isEmpty();
    }

    /** Returns whether it is of a save that confirms nothing, because the host forbade two-way then (SET-6). */
    public boolean forbidden() {
        return terms instanceof Terms.Forbidden;
    }

    /** Returns whether a manager was shown what it leads to. */
    public boolean approved() {
        return terms instanceof Terms.Approved || terms instanceof Terms.OneTime;
    }

    /** Returns whether this is of a later save than the other grant. */
    public boolean isAfter(@Nullable Grant other) {
        return other == null || at.isAfter(other.at);
    }
}
