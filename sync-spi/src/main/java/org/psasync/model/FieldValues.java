package org.psasync.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from fields to canonical values that tells three cases apart (FIELD-3): a field is <i>absent</i>
 * (not read), <i>blank</i> (read, and empty), or has a value.
 *
 * <p>Two are equal when they hold the same fields with the same values. Safe for use by several threads.
 */
public final class FieldValues {
    /** Records of one kind nearly always have the same fields, so the lists of fields are shared. */
    private static final Map<List<Field<?>>, Shape> SHAPES = new ConcurrentHashMap<>();

    private static final int MOST_SHAPES = 4096;
    private static final Map<AssetKind, FieldValues> EMPTY = empties();

    private final AssetKind kind;
    private final Shape shape;
    private final @Nullable Object[] values;

    private FieldValues(AssetKind kind, Shape shape, @Nullable Object[] values) {
        this.kind = kind;
        this.shape = shape;
        this.values = values;
    }

    /** Returns values in which every field is absent. */
    public static FieldValues empty(AssetKind kind) {
        return Objects.requireNonNull(EMPTY.get(kind));
    }

    /** Starts to collect values of a record of that kind. */
    public static Builder of(AssetKind kind) {
        return new Builder(kind);
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return kind;
    }

    /** Returns whether the field was read: it is blank or has a value. */
    public boolean has(Field<?> field) {
        return indexOf(field) >= 0;
    }

    /** Returns whether the field was read and is empty. */
    public boolean isBlank(Field<?> field) {
        int index = indexOf(field);
        return index >= 0 && values[index] == null;
    }

    /** Returns the value, or null when the field is blank or absent; {@link #has} tells which. */
    @SuppressWarnings("unchecked") // the builder let only values of the field's type in
    public <T> @Nullable T get(Field<T> field) {
        int index = indexOf(field);
        return index < 0 ? null : (T) values[index];
    }

    /** Returns the fields that are not absent, in order. */
    public List<Field<?>> fields() {
        return Collections.unmodifiableList(Arrays.asList(shape.fields));
    }

    /** Returns whether every field is absent. */
    public boolean isEmpty() {
        return shape.fields.length == 0;
    }

    /** Returns the same values with one field replaced; null makes it blank. */
    public <T> FieldValues with(Field<T> field, @Nullable T value) {
        return toBuilder().set(field, value).build();
    }

    /** Returns the same values with one field absent. */
    public FieldValues without(Field<?> field) {
        return has(field) ? only(each -> !each.equals(field)) : this;
    }

    /** Returns the values of the fields that pass; the others are absent. */
    public FieldValues only(Predicate<Field<?>> wanted) {
        Builder result = new Builder(kind);
        for (int i = 0; i < shape.fields.length; i++) {
            if (wanted.test(shape.fields[i])) {
                result.put(shape.fields[i], entry(values[i]));
            }
        }
        return result.size == shape.fields.length ? this : result.build();
    }

    /** Returns these values with those of {@code other}, blank ones included, laid over them. */
    public FieldValues overlaidWith(FieldValues other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Builder result = toBuilder();
        for (int i = 0; i < other.shape.fields.length; i++) {
            result.put(other.shape.fields[i], entry(other.values[i]));
        }
        return result.build();
    }

    /**
     * Returns equal values that share as much memory with {@code other} as they can.
     *
     * <p>What the two sides of a pair hold is mostly the same; this keeps it once.
     */
    public FieldValues sharing(FieldValues other) {
        if (equals(other)) {
            return other;
        }
        @Nullable Object[] shared = null;
        for (int i = 0; i < shape.fields.length; i++) {
            int index = other.indexOf(shape.fields[i]);
            if (index >= 0 && isOtherObject(values[i], other.values[index])) {
                shared = shared == null ? values.clone() : shared;
                shared[i] = other.values[index];
            }
        }
        return shared == null ? this : new FieldValues(kind, shape, shared);
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same object is the question
    private static boolean isOtherObject(@Nullable Object first, @Nullable Object second) {
        return first != second && Objects.equals(first, second);
    }

    /** Returns a builder that holds these values. */
    public Builder toBuilder() {
        Builder result = new Builder(kind);
        for (int i = 0; i < shape.fields.length; i++) {
            result.put(shape.fields[i], entry(values[i]));
        }
        return result;
    }

    private int indexOf(Field<?> field) {
        return field.kind() == kind ? shape.indexOf(field) : -1;
    }

    /** The fields that are not absent, in order, and where each of them is. */
    private static final class Shape {
        final Field<?>[] fields;
        private final byte[] places;

        Shape(AssetKind kind, Field<?>[] fields) {
            this.fields = fields;
            this.places = new byte[Fields.of(kind).size()];
            Arrays.fill(places, (byte) -1);
            for (int i = 0; i < fields.length; i++) {
                if (!fields[i].isCustom()) {
                    places[fields[i].position()] = (byte) i;
                }
            }
        }

        int indexOf(Field<?> field) {
            return field.isCustom() ? Arrays.asList(fields).indexOf(field) : places[field.position()];
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof FieldValues that
                        && kind == that.kind
                        && (shape.fields == that.shape.fields || Arrays.equals(shape.fields, that.shape.fields))
                        && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape.fields) + Arrays.hashCode(values);
    }

    /** Returns the values as {@code {name=Acme, city=}}, blank ones empty. */
    @Override
    public String toString() {
        StringBuilder result = new StringBuilder("{");
        for (int i = 0; i < shape.fields.length; i++) {
            result.append(i == 0 ? "" : ", ").append(shape.fields[i]).append('=');
            result.append(values[i] == null ? "" : values[i]);
        }
        return result.append('}').toString();
    }

    private static Object entry(@Nullable Object value) {
        return value == null ? Builder.BLANK : value;
    }

    private static Map<AssetKind, FieldValues> empties() {
        Map<AssetKind, FieldValues> result = new java.util.EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            result.put(kind, new FieldValues(kind, new Shape(kind, new Field<?>[0]), new Object[0]));
        }
        return result;
    }

    /** Collects values and brings each into its canonical form. Not for use by several threads. */
    public static final class Builder {
        private static final Object BLANK = new Object();

        private final AssetKind kind;
        /** A place for each known field of the kind; null is absent. */
        private final @Nullable Object[] known;

        private @Nullable TreeMap<Field<?>, Object> custom;
        private int size;

        private Builder(AssetKind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.known = new @Nullable Object[Fields.of(kind).size()];
        }

        /**
         * Sets a field; null, an empty text and an empty set make it blank.
         *
         * @throws IllegalArgumentException when the field belongs to another kind
         * @throws ClassCastException when the value is not of the field's type
         */
        public <T> Builder set(Field<T> field, @Nullable T value) {
            if (field.kind() != kind) {
                throw new IllegalArgumentException(
                        "\"" + field + "\" is a field of a " + field.kind() + ", not of a " + kind);
            }
            put(field, entry(field.type().canonical(value)));
            return this;
        }

        /** Makes a field absent again. */
        public Builder remove(Field<?> field) {
            put(field, null);
            return this;
        }

        private void put(Field<?> field, @Nullable Object entry) {
            Object before;
            if (!field.isCustom()) {
                before = known[field.position()];
                known[field.position()] = entry;
            } else if (entry == null) {
                before = custom == null ? null : custom.remove(field);
            } else {
                custom = custom == null ? new TreeMap<>() : custom;
                before = custom.put(field, entry);
            }
            size += (entry == null ? 0 : 1) - (before == null ? 0 : 1);
        }

        /** Returns the values collected so far; the builder can go on. */
        public FieldValues build() {
            if (size == 0) {
                return empty(kind);
            }
            Field<?>[] fields = new Field<?>[size];
            @Nullable Object[] values = new @Nullable Object[size];
            int next = 0;
            for (int i = 0; i < known.length; i++) {
                if (known[i] != null) {
                    fields[next] = Fields.of(kind).get(i);
                    values[next++] = known[i] == BLANK ? null : known[i];
                }
            }
            if (custom != null) {
                for (Map.Entry<Field<?>, Object> each : custom.entrySet()) {
                    fields[next] = each.getKey();
                    values[next++] = each.getValue() == BLANK ? null : each.getValue();
                }
            }
            return new FieldValues(kind, shape(fields), values);
        }

        private Shape shape(Field<?>[] fields) {
            List<Field<?>> key = Arrays.asList(fields);
            Shape shape = SHAPES.get(key);
            if (shape == null) {
                shape = new Shape(kind, fields);
                if (SHAPES.size() < MOST_SHAPES) {
                    SHAPES.put(key, shape);
                }
            }
            return shape;
        }
    }
}
