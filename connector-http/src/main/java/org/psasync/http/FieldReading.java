package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/**
 * What reading one record gave.
 *
 * @param values the fields that could be read
 * @param problems members that hold something unexpected; such a record is not understood and is set aside (PULL-4)
 * @param notes fields that were left out on purpose while the rest stands, such as a list of MAC addresses (FIELD-7)
 */
public record FieldReading(FieldValues values, List<Problem> problems, List<Problem> notes) {
    public FieldReading {
        requireNonNull(values, "values");
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** Returns whether the record can be used. */
    public boolean isUnderstood() {
        return problems.isEmpty();
    }

    /** Returns all problems in words. */
    public String problemText() {
        return words(problems);
    }

    /** Returns all notes in words, or null when there is none. */
    public @Nullable String noteText() {
        return notes.isEmpty() ? null : words(notes);
    }

    private static String words(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining(" "));
    }
}
