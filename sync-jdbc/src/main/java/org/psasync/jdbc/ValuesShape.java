package org.psasync.jdbc;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;

/**
 * The values of a record: an array of the kind, an array of the blank fields, then each other field and its value. Or, where
 * that is shorter, what differs from the first values of the text: an array of a mark, an array of the fields that are
 * absent, then each field that differs and its value.
 */
final class ValuesShape implements Shape {
    /** Marks what differs; no kind has such a name. */
    private static final String DIFFERENT = "=";

    private static final Map<FieldType<?>, Type> SINGLE = Map.of(
            FieldType.DATE, LocalDate.class,
            FieldType.INSTANT, Instant.class,
            FieldType.NUMBER, BigDecimal.class,
            FieldType.FLAG, Boolean.class,
            FieldType.CHOICE, Choice.class,
            FieldType.REFERENCE, AssetRef.class);
    private static final Map<FieldType<?>, Type> SEVERAL = Map.of(
            FieldType.CHOICES, Choice.class,
            FieldType.REFERENCES, AssetRef.class,
            FieldType.EMAILS, ContactPoint.class,
            FieldType.PHONES, ContactPoint.class);
    /** Found when first needed: the shapes of the types are not known yet when this class begins. */
    private static final Map<FieldType<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private static Shape shape(FieldType<?> type) {
        Type several = SEVERAL.get(type);
        Shape one = Shapes.of(several == null ? SINGLE.getOrDefault(type, String.class) : several);
        return several == null ? one : new Several(one);
    }

    @Override
    public void write(JsonOut json, Object value) {
        FieldValues values = (FieldValues) value;
        FieldValues first = json.earlier.first();
        json.beginArray();
        if (first == null || first.kind() != values.kind() || !writeDifference(json, values, first)) {
            writeWhole(json, values);
            json.earlier.whole(values);
        }
        json.endArray();
    }

    private static void writeWhole(JsonOut json, FieldValues values) {
        List<Field<?>> fields = values.fields();
        List<Field<?>> blank = new ArrayList<>();
        for (Field<?> field : fields) {
            if (values.get(field) == null) {
                blank.add(field);
            }
        }
        json.string(values.kind().name());
        writeNames(json, blank);
        for (Field<?> field : fields) {
            Object held = values.get(field);
            if (held != null) {
                json.string(Names.within(field));
                shapeOf(field).write(json, held);
            }
        }
    }

    /** Returns whether the difference is shorter than the whole, and therefore written. */
    private static boolean writeDifference(JsonOut json, FieldValues values, FieldValues first) {
        List<Field<?>> different = new ArrayList<>();
        for (Field<?> field : values.fields()) {
            if (!first.has(field) || !Objects.equals(first.get(field), values.get(field))) {
                different.add(field);
            }
        }
        List<Field<?>> absent = new ArrayList<>();
        for (Field<?> field : first.fields()) {
            if (!values.has(field)) {
                absent.add(field);
            }
        }
        if (absent.size() + different.size() >= values.fields().size()) {
            return false;
        }
        json.string(DIFFERENT);
        writeNames(json, absent);
        for (Field<?> field : different) {
            json.string(Names.within(field));
            Object held = values.get(field);
            if (held == null) {
                json.nothing();
            } else {
                shapeOf(field).write(json, held);
            }
        }
        return true;
    }

    private static void writeNames(JsonOut json, List<Field<?>> fields) {
        if (!fields.isEmpty()) {
            json.beginArray();
            for (Field<?> field : fields) {
                json.string(Names.within(field));
            }
            json.endArray();
        }
    }

    private static Shape shapeOf(Field<?> field) {
        return SHAPES.computeIfAbsent(field.type(), ValuesShape::shape);
    }

    @Override
    public Object read(JsonIn json) {
        json.beginArray();
        if (!json.moreValues()) {
            throw new IllegalArgumentException("the values of a record have no kind");
        }
        String begin = json.string();
        FieldValues first = json.earlier.first();
        if (DIFFERENT.equals(begin) && first != null) {
            return read(json, first.kind(), first.toBuilder(), FieldValues.Builder::remove);
        }
        AssetKind kind = AssetKind.valueOf(begin);
        FieldValues values = read(json, kind, FieldValues.of(kind), (builder, field) -> set(builder, field, null));
        json.earlier.whole(values);
        return values;
    }

    /** Reads to the end; what is done with fields of which only the names are kept is handed in. */
    private static FieldValues read(
            JsonIn json, AssetKind kind, FieldValues.Builder values, BiConsumer<FieldValues.Builder, Field<?>> named) {
        while (json.moreValues()) {
            if (json.isArray()) {
                json.beginArray();
                while (json.moreValues()) {
                    named.accept(values, Names.field(kind, json.string()));
                }
                continue;
            }
            Field<?> field = Names.field(kind, json.string());
            if (!json.moreValues()) {
                throw new IllegalArgumentException("the field " + field + " lacks its value");
            }
            set(values, field, json.skipNull() ? null : shapeOf(field).read(json));
        }
        return values.build();
    }

    @SuppressWarnings("unchecked") // the field checks the value itself
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }

    private record Several(Shape element) implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            json.beginArray();
            for (Object each : (Set<?>) value) {
                element.write(json, each);
            }
            json.endArray();
        }

        @Override
        public Object read(JsonIn json) {
            Set<Object> result = new LinkedHashSet<>();
            json.beginArray();
            while (json.moreValues()) {
                result.add(element.read(json));
            }
            return result;
        }
    }
}
