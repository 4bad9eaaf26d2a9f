package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.psasync.model.Choice;
import org.psasync.model.Field;

/**
 * A value of a pick list that the PSA names, new to the host or renamed (FIELD-9, SET-3).
 *
 * @param field whose list it is in
 * @param choice its id and its name now
 */
public record PickValue(Field<?> field, Choice choice) {
    public PickValue {
        requireNonNull(field, "field");
        requireNonNull(choice, "choice");
    }
}
