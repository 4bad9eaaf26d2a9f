package org.psasync.engine;

import java.util.List;
import java.util.Map;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/**
 * Which fields of a record a person may not change in the host, because the PSA's value would come back (PUSH-1).
 *
 * @param readOnly the fields, each with the reason as a sentence; empty when all can be changed
 */
public record Editability(Map<Field<?>, String> readOnly) {
    public Editability {
        readOnly = Map.copyOf(readOnly);
    }

    /** Returns whether a person may change the field. */
    public boolean allows(Field<?> field) {
        return !readOnly.containsKey(field);
    }

    /**
     * Returns what keeps a save from being taken; empty when nothing does.
     *
     * @param changes the fields that the save would change
     */
    public List<Problem> refuse(FieldValues changes) {
        return changes.fields().stream()
                .filter(readOnly::containsKey)
                .map(field -> Problem.of(field, Problem.Code.NOT_WRITABLE, String.valueOf(readOnly.get(field))))
                .toList();
    }
}
