package org.psasync.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why a value or a record was not taken, in words a person can act on.
 *
 * @param field the field at fault; null when it is the whole record
 * @param code what is wrong with it
 * @param text one sentence that names the value and the way out; never holds a secret
 */
public record Problem(@Nullable Field<?> field, Code code, String text) {

    /** What is wrong. */
    public enum Code {
        /** A value that is needed is blank or absent. */
        REQUIRED,
        /** The value is longer than the other side can hold. */
        TOO_LONG,
        /** The value names something that the other side does not have. */
        UNKNOWN_VALUE,
        /** The other side already has such a record. */
        DUPLICATE,
        /** The value has a form that the other side refuses. */
        INVALID,
        /** The other side's interface cannot write this. */
        NOT_WRITABLE,
        /** Anything else that the other side refused. */
        REFUSED
    }

    public Problem {
        requireNonNull(code, "code");
        requireNonNull(text, "text");
    }

    /** Returns a problem of one field. */
    public static Problem of(Field<?> field, Code code, String text) {
        return new Problem(field, code, text);
    }

    /** Returns a problem of the whole record. */
    public static Problem ofRecord(Code code, String text) {
        return new Problem(null, code, text);
    }

    @Override
    public String toString() {
        return field == null ? text : field + ": " + text;
    }
}
