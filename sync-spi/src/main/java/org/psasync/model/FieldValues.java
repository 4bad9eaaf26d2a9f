package org.psasync.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from fields to canonical values that tells three cases apart (FIELD-3): a field is <i>absent</i>
 * (not read), <i>blank</i> (read, and empty), or has a value.
 *
 * <p>Two are equal when they hold the same fields with the same values. Safe for use by several threads.
 */
public final class FieldValues {
    private static final Map<AssetKind, FieldValues> EMPTY = empties();

    private final AssetKind kind;
    private final FieldShape shape;
    private final @Nullable Object[] values;

    private FieldValues(AssetKind kind, FieldShape shape, @Nullable Object[] values) {
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
        return Collections.unmodifiableList(shape.fields());
    }

    /** Returns whether every field is absent. */
    public boolean isEmpty() {
        return shape.size() == 0;
    }

    /** Hands over each record that these values name, field by field. */
    public void forEachReference(Consumer<AssetRef> consumer) {
        for (int index : shape.references()) {
            Object value = values[index];
            if (value instanceof AssetRef ref) {
                consumer.accept(ref);
            } else if (value instanceof Set<?> refs) {
                refs.forEach(ref -> consumer.accept((AssetRef) ref));
            }
        }
    }

    /** Hands over each value of a pick list that these values hold, with its field. */
    public void forEachChoice(BiConsumer<Field<?>, Choice> consumer) {
        for (int index : shape.choices()) {
            Object value = values[index];
            if (value instanceof Choice choice) {
                consumer.accept(shape.field(index), choice);
            } else if (value instanceof Set<?> choices) {
                choices.forEach(choice -> consumer.accept(shape.field(index), (Choice) choice));
            }
        }
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
        int passed = 0;
        for (int i = 0; i < values.length; i++) {
            if (wanted.test(shape.field(i))) {
                result.put(shape.field(i), entry(values[i]));
                passed++;
            }
        }
        return passed == values.length ? this : result.build();
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
        for (int i = 0; i < other.values.length; i++) {
            result.put(other.shape.field(i), entry(other.values[i]));
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
        for (int i = 0; i < values.length; i++) {
            int index = other.indexOf(shape.field(i));
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
        for (int i = 0; i < values.length; i++) {
            result.put(shape.field(i), entry(values[i]));
        }
        return result;
    }

    private int indexOf(Field<?> field) {
        return field.kind() == kind ? shape.indexOf(field) : -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof FieldValues that
                        && kind == that.kind
                        && shape.equals(that.shape)
                        && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    /** Returns the values as {@code {name=Acme, city=}}, blank ones empty. */
    @Override
    public String toString() {
        StringBuilder result = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            result.append(i == 0 ? "" : ", ").append(shape.field(i)).append('=');
            result.append(values[i] == null ? "" : values[i]);
        }
        return result.append('}').toString();
    }

    private static Object entry(@Nullable Object value) {
        return value == null ? Builder.BLANK : value;
    }

    private static Map<AssetKind, FieldValues> empties() {
        Map<AssetKind, FieldValues> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            result.put(kind, new FieldValues(kind, FieldShape.of(kind, 0), new Object[0]));
        }
        return result;
    }

    /** Collects values and brings each into its canonical form. Not for use by several threads. */
    public static final class Builder {
        private static final Object BLANK = new Object();
        private static final @Nullable Object[] NOTHING = {};

        private final AssetKind kind;
        /** A place for each known field of the kind, once there is one; null is absent. */
        private @Nullable Object[] known = NOTHING;

        private @Nullable TreeMap<Field<?>, Object> custom;

        private Builder(AssetKind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
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

        /** Takes a field as another record holds it: absent, blank, or with its value. */
        public Builder copy(Field<?> field, FieldValues from) {
            int index = from.indexOf(field);
            put(field, index < 0 ? null : entry(from.values[index]));
            return this;
        }

        private void put(Field<?> field, @Nullable Object entry) {
            if (!field.isCustom()) {
                if (known.length == 0 && entry != null) {
                    known = new @Nullable Object[Fields.of(kind).size()];
                }
                if (known.length > 0) {
                    known[field.position()] = entry;
                }
            } else if (entry != null) {
                custom = custom == null ? new TreeMap<>() : custom;
                custom.put(field, entry);
            } else if (custom != null) {
                custom.remove(field);
            }
        }

        /** Returns the values collected so far; the builder can go on. */
        public FieldValues build() {
            long mask = 0;
            for (int i = 0; i < known.length; i++) {
                if (known[i] != null) {
                    mask |= 1L << i;
                }
            }
            Map<Field<?>, Object> others = custom == null ? Map.of() : custom;
            if (mask == 0 && others.isEmpty()) {
                return empty(kind);
            }
            FieldShape shape = FieldShape.of(kind, mask, others.keySet());
            @Nullable Object[] values = new @Nullable Object[shape.size()];
            int next = 0;
            for (Object value : known) {
                if (value != null) {
                    values[next++] = value == BLANK ? null : value;
                }
            }
            for (Object value : others.values()) {
                values[next++] = value == BLANK ? null : value;
            }
            return new FieldValues(kind, shape, values);
        }
    }
}
