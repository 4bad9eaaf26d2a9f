package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.psasync.model.Field;

/**
 * What a connector can do with one field (FIELD-2).
 *
 * @param field the field that is mapped
 * @param direction whether the field can be written to the PSA
 * @param maxLength the most characters the PSA holds; 0 when it does not matter
 * @param requiredOnCreate whether the PSA makes no record without it
 */
public record FieldRule(Field<?> field, Direction direction, int maxLength, boolean requiredOnCreate) {

    /** Which way values of a field go. */
    public enum Direction {
        /** Read from the PSA and written to it. */
        BOTH,
        /** Only read from the PSA. */
        PULL
    }

    public FieldRule {
        requireNonNull(field, "field");
        requireNonNull(direction, "direction");
        if (maxLength < 0) {
            throw new IllegalArgumentException("The maximum length of " + field + " is negative: " + maxLength);
        }
    }

    /** Returns whether the field can be written. */
    public boolean writable() {
        return direction == Direction.BOTH;
    }
}
