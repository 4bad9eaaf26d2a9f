package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;

/** What the PSA needs and can hold, as far as the mapping tells; the connector checks the rest (PUSH-8). */
final class Requirements {
    private Requirements() {}

    /** Returns everything that keeps the values from becoming a PSA record, in words a person can act on. */
    static List<Problem> onCreate(Translation.Translated draft, Policy policy) {
        FieldValues values = draft.values();
        List<Problem> problems = new ArrayList<>();
        for (FieldRule rule : policy.rules(values.kind())) {
            boolean missing = rule.requiredOnCreate() && values.get(rule.field()) == null;
            if (missing && !draft.pending().contains(rule.field())) {
                problems.add(Problem.of(
                        rule.field(),
                        Problem.Code.REQUIRED,
                        "Fill in the " + Words.of(rule.field()) + "; " + policy.psa() + " needs it."));
            }
            fits(rule, values.get(rule.field()), policy).ifPresent(problems::add);
        }
        return problems;
    }

    /** Returns whether a value that the PSA needs names a record that is not linked yet (FIELD-6). */
    static boolean waits(Translation.Translated draft, Policy policy) {
        return draft.pending().stream().map(policy::rule).anyMatch(rule -> rule != null && rule.requiredOnCreate());
    }

    /** Returns what is wrong with the length of a value; values are never cut (FIELD-2). */
    static Optional<Problem> fits(FieldRule rule, @Nullable Object value, Policy policy) {
        int length = value instanceof String text
                ? text.codePointCount(0, text.length())
                : value instanceof Iterable<?> items ? longest(items) : 0;
        if (rule.maxLength() == 0 || length <= rule.maxLength()) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                rule.field(),
                Problem.Code.TOO_LONG,
                "Shorten the " + Words.of(rule.field()) + ": it has " + length + " characters, and " + policy.psa()
                        + " holds " + rule.maxLength() + "."));
    }

    private static int longest(Iterable<?> items) {
        int longest = 0;
        for (Object item : items) {
            if (item instanceof ContactPoint point) {
                longest = Math.max(longest, point.value().length());
            }
        }
        return longest;
    }
}
