package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;

/** The values of a record: an array of the kind, then each field that is not absent and its value. */
final class ValuesShape implements Shape {
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
    public void write(JsonGenerator json, Object value) throws IOException {
        FieldValues values = (FieldValues) value;
        json.writeStartArray();
        json.writeString(values.kind().name());
        for (Field<?> field : values.fields()) {
            Shapes.text(json, Names.within(field));
            Object held = values.get(field);
            if (held == null) {
                json.writeNull();
            } else {
                shapeOf(field).write(json, held);
            }
        }
        json.writeEndArray();
    }

    private static Shape shapeOf(Field<?> field) {
        return SHAPES.computeIfAbsent(field.type(), ValuesShape::shape);
    }

    @Override
    public Object read(JsonParser json) throws IOException {
        json.nextToken();
        AssetKind kind = AssetKind.valueOf(Shapes.expectText(json));
        FieldValues.Builder values = FieldValues.of(kind);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Field<?> field = Names.field(kind, Shapes.expectText(json));
            json.nextToken();
            set(
                    values,
                    field,
                    json.currentToken() == JsonToken.VALUE_NULL
                            ? null
                            : shapeOf(field).read(json));
        }
        return values.build();
    }

    @SuppressWarnings("unchecked") // the field checks the value itself
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }

    private record Several(Shape element) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeStartArray();
            for (Object each : (Set<?>) value) {
                element.write(json, each);
            }
            json.writeEndArray();
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            Set<@Nullable Object> result = new LinkedHashSet<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                result.add(element.read(json));
            }
            return result;
        }
    }
}
