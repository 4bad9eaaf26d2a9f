package org.psasync.connectwise;

import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;

/**
 * A field and the member of the PSA's records that holds it: reading, writing and the published rule derive from it.
 *
 * @param member the name at the top level of a record
 * @param maxLength 0 when the vendor names none
 * @param reader null when the field is not read as a member of its record, but by its kind
 * @param writer null when the field is not written as a member of its record: it is pulled only, or has calls of its own
 */
record Mapped<T>(
        Field<T> field,
        String member,
        Direction direction,
        int maxLength,
        boolean requiredOnCreate,
        @Nullable Reader<T> reader,
        @Nullable Writer<T> writer) {

    /** Takes the value out of a whole record; null when the record shows none. */
    interface Reader<T> {
        @Nullable
        T read(JsonValue row);
    }

    /** Gives the form in which the PSA takes the value. */
    interface Writer<T> {
        /**
         * Returns the form of a value.
         *
         * @param whole the record as it will be, for values that depend on others
         * @throws NotWritable when the PSA has no such value
         */
        Object json(T value, FieldValues whole, Lists lists);
    }

    /** A field that is only read. */
    static <T> Mapped<T> pull(Field<T> field, String member, Reader<T> reader) {
        return new Mapped<>(field, member, Direction.PULL, 0, false, reader, null);
    }

    /** A field that is written by calls of its own once the record exists. */
    static <T> Mapped<T> apart(Field<T> field, String member, Reader<T> reader) {
        return new Mapped<>(field, member, Direction.BOTH, 0, false, reader, null);
    }

    static <T> Mapped<T> both(Field<T> field, String member, Reader<T> reader, Writer<T> writer) {
        return new Mapped<>(field, member, Direction.BOTH, 0, false, reader, writer);
    }

    static Mapped<String> text(Field<String> field, String member, int maxLength) {
        return new Mapped<>(
                field,
                member,
                Direction.BOTH,
                maxLength,
                false,
                row -> row.text(member),
                (value, whole, lists) -> value);
    }

    Mapped<T> required() {
        return new Mapped<>(field, member, direction, maxLength, true, reader, writer);
    }

    /** @param longest how many characters the PSA holds of the value, or of each of several */
    Mapped<T> upTo(int longest) {
        return new Mapped<>(field, member, direction, longest, requiredOnCreate, reader, writer);
    }

    FieldRule rule() {
        return new FieldRule(field, direction, maxLength, requiredOnCreate);
    }

    @SuppressWarnings("unchecked") // what is shared is equal to the value
    void read(JsonValue row, Repeated repeated, FieldValues.Builder into) {
        if (reader != null) {
            T value = reader.read(row);
            into.set(field, value == null ? null : (T) repeated.shared(value));
        }
    }

    /** The form of the field's value among these; null when it is blank. */
    @Nullable
    Object json(FieldValues values, FieldValues whole, Lists lists) {
        T value = values.get(field);
        return value == null || writer == null ? null : writer.json(value, whole, lists);
    }
}
