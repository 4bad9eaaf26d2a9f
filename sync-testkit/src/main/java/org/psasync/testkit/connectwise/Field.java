package org.psasync.testkit.connectwise;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of a kind of record.
 *
 * @param slot where a row keeps it
 * @param limit the most characters of a text, or the largest number; 0 for none
 * @param least the smallest number; 0 for none
 * @param target the table that a reference points at, or empty
 * @param choices the values of a choice, or none
 * @param blank whether an empty value is shown as such rather than left out
 */
record Field(
        int slot,
        String name,
        Kind kind,
        int limit,
        int least,
        String target,
        List<String> choices,
        boolean required,
        boolean blank,
        boolean readOnly,
        boolean createOnly,
        boolean hidden) {

    /** The shapes of values, and what a row keeps for each. */
    enum Kind {
        /** A String. */
        TEXT,
        /** An Integer. */
        INT,
        /** A Double. */
        NUM,
        /** A Boolean. */
        FLAG,
        /** A String like {@code 2026-05-20T18:04:26Z}, so that their order is that of time. */
        TIME,
        /** Nothing: it follows from the table and the id. */
        GUID,
        /** A String out of {@link Field#choices()}. */
        ENUM,
        /** The id of a row of {@link Field#target()}, shown as a reference. */
        REF,
        /** The id of a row of {@link Field#target()}, shown as a number. */
        ID,
        /** A list of Integer. */
        INTS,
        /** A list of String. */
        TEXTS,
        /** A map from the id of the definition to the value. */
        CUSTOM_FIELDS,
        /** A map from the id of the question to an {@link Answer}. */
        QUESTIONS,
        /** Nothing: rows of the communications. */
        COMMUNICATIONS,
        /** Nothing: rows of the type associations. */
        TYPES;

        boolean pointer() {
            return this == REF || this == ID;
        }

        boolean array() {
            return switch (this) {
                case INTS, TEXTS, CUSTOM_FIELDS, QUESTIONS, COMMUNICATIONS, TYPES -> true;
                default -> false;
            };
        }
    }

    /** Marks a place in the order of members that holds no value: where {@code _info} is shown. */
    static final String INFO = "_info";

    /** What is shown for a value that is not set; null when the member is left out. */
    @Nullable
    Object empty() {
        if (!blank) {
            return null;
        }
        return switch (kind) {
            case INT -> 0;
            case NUM -> 0.0;
            case FLAG -> false;
            default -> "";
        };
    }
}
