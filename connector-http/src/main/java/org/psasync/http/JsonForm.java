package org.psasync.http;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a PSA writes the values of a field in JSON; both ways in one place, so that they cannot differ.
 *
 * <p>The usual forms are in {@link JsonForms}. Implementations are safe for use by several threads.
 *
 * @param <T> the Java type of the field's values
 */
public interface JsonForm<T> {
    /**
     * Returns the value of a member; null when it is blank.
     *
     * @param member never blank by itself, but an object may hold nothing of use
     * @throws JsonMismatch when the member holds something else
     */
    @Nullable
    T read(JsonValue member);

    /** Returns the member for a value. */
    JsonValue write(T value);

    /** Reads a value; see {@link JsonForm#read}. */
    @FunctionalInterface
    interface Reader<T> {
        /** Returns the value, or null when there is none. */
        @Nullable
        T read(JsonValue member);
    }

    /** Writes a value; see {@link JsonForm#write}. */
    @FunctionalInterface
    interface Writer<T> {
        /** Returns the member. */
        JsonValue write(T value);
    }

    /** Returns a form made of two functions. */
    static <T> JsonForm<T> of(Reader<T> reader, Writer<T> writer) {
        requireNonNull(reader, "reader");
        requireNonNull(writer, "writer");
        return new JsonForm<>() {
            @Override
            public @Nullable T read(JsonValue member) {
                return reader.read(member);
            }

            @Override
            public JsonValue write(T value) {
                return writer.write(value);
            }
        };
    }

    /** Returns a form that is only read; a mapping with it must be pulled only, or written apart. */
    static <T> JsonForm<T> readOnly(Reader<T> reader) {
        return of(reader, value -> {
            throw new UnsupportedOperationException(
                    "This form is only read; map the field as pulled only or written apart");
        });
    }
}
