package org.psasync.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a record holds, in order, and where each of them is.
 *
 * <p>Records of one kind nearly always hold the same fields, so shapes are shared: a million records have a handful of
 * them. A set of known fields is one number, a bit for each.
 */
final class FieldShape {
    private static final int MOST_SHARED = 4096;
    private static final Map<AssetKind, Shared> SHARED = shared();

    private final Field<?>[] fields;
    private final long known;
    private final byte[] places;
    private final int[] references;
    private final int[] choices;

    private FieldShape(AssetKind kind, long known, Field<?>[] fields) {
        this.fields = fields;
        this.known = known;
        this.places = new byte[Fields.of(kind).size()];
        Arrays.fill(places, (byte) -1);
        for (int i = 0; i < fields.length; i++) {
            if (!fields[i].isCustom()) {
                places[fields[i].position()] = (byte) i;
            }
        }
        this.references = ofType(fields, FieldType.REFERENCE, FieldType.REFERENCES);
        this.choices = ofType(fields, FieldType.CHOICE, FieldType.CHOICES);
    }

    private static int[] ofType(Field<?>[] fields, FieldType<?> one, FieldType<?> several) {
        return IntStream.range(0, fields.length)
                .filter(i -> fields[i].type() == one || fields[i].type() == several)
                .toArray();
    }

    /** The shapes of one kind; the one used last is mostly the one wanted next. */
    private static final class Shared {
        final Map<Long, FieldShape> ofKnown = new ConcurrentHashMap<>();
        final Map<List<Field<?>>, FieldShape> withCustom = new ConcurrentHashMap<>();
        volatile @Nullable FieldShape last;
    }

    private static Map<AssetKind, Shared> shared() {
        Map<AssetKind, Shared> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            result.put(kind, new Shared());
        }
        return result;
    }

    /**
     * Returns the shape of known fields.
     *
     * @param known a bit at the position of each
     */
    static FieldShape of(AssetKind kind, long known) {
        Shared shared = Objects.requireNonNull(SHARED.get(kind));
        FieldShape last = shared.last;
        if (last != null && last.known == known) {
            return last;
        }
        FieldShape shape = shared.ofKnown.get(known);
        if (shape == null) {
            shape = new FieldShape(kind, known, fields(kind, known, List.of()));
            if (shared.ofKnown.size() < MOST_SHARED) {
                shared.ofKnown.put(known, shape);
            }
        }
        shared.last = shape;
        return shape;
    }

    /** Returns the shape of known and custom fields, the custom ones in their order. */
    static FieldShape of(AssetKind kind, long known, Collection<Field<?>> custom) {
        if (custom.isEmpty()) {
            return of(kind, known);
        }
        Shared shared = Objects.requireNonNull(SHARED.get(kind));
        Field<?>[] fields = fields(kind, known, custom);
        List<Field<?>> key = Arrays.asList(fields);
        FieldShape shape = shared.withCustom.get(key);
        if (shape == null) {
            shape = new FieldShape(kind, known, fields);
            if (shared.withCustom.size() < MOST_SHARED) {
                shared.withCustom.put(key, shape);
            }
        }
        return shape;
    }

    private static Field<?>[] fields(AssetKind kind, long known, Collection<Field<?>> custom) {
        List<Field<?>> result = new ArrayList<>();
        for (Field<?> field : Fields.of(kind)) {
            if ((known & bit(field)) != 0) {
                result.add(field);
            }
        }
        result.addAll(custom);
        return result.toArray(Field<?>[]::new);
    }

    /** Returns the bit of a known field. */
    static long bit(Field<?> field) {
        return 1L << field.position();
    }

    int size() {
        return fields.length;
    }

    Field<?> field(int index) {
        return fields[index];
    }

    List<Field<?>> fields() {
        return Arrays.asList(fields);
    }

    /** Returns where the values of pick lists are. */
    int[] choices() {
        return choices;
    }

    /** Returns where the values are that name other records. */
    int[] references() {
        return references;
    }

    int indexOf(Field<?> field) {
        return field.isCustom() ? fields().indexOf(field) : places[field.position()];
    }

    /** Two shapes of one kind are equal when they hold the same fields. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof FieldShape that && known == that.known && Arrays.equals(fields, that.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }
}
