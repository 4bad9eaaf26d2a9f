package org.psasync.jdbc;

import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/** The shapes of all types; those of records are found from their components. */
final class Shapes {
    private static final Map<Type, Shape> KNOWN = new ConcurrentHashMap<>();

    static {
        KNOWN.put(String.class, new Words<>(String::toString, text -> text));
        KNOWN.put(Instant.class, new Words<>(Instant::toString, Instant::parse));
        KNOWN.put(Duration.class, new Words<>(Duration::toString, Duration::parse));
        KNOWN.put(LocalDate.class, new Words<>(LocalDate::toString, LocalDate::parse));
        KNOWN.put(BigDecimal.class, new Words<>(BigDecimal::toString, BigDecimal::new));
        KNOWN.put(PairId.class, new Words<>(PairId::toString, PairId::parse));
        KNOWN.put(LocalId.class, new Words<>(LocalId::value, LocalId::new));
        KNOWN.put(RemoteId.class, new Words<>(RemoteId::value, RemoteId::new));
        Shape reference = new Words<AssetRef>(Names::write, Names::readReference);
        KNOWN.put(AssetRef.class, reference);
        KNOWN.put(LocalRef.class, reference);
        KNOWN.put(RemoteRef.class, reference);
        KNOWN.put(Field.class, new Words<Field<?>>(Names::write, Names::readField));
        KNOWN.put(FieldValues.class, new ValuesShape());
        KNOWN.put(Object.class, new AnyShape());
        KNOWN.put(boolean.class, new Flags(false));
        KNOWN.put(Boolean.class, new Flags(null));
        KNOWN.put(long.class, new Longs(0L));
        KNOWN.put(Long.class, new Longs(null));
        KNOWN.put(int.class, new Ints());
        KNOWN.put(OptionalLong.class, new Optionals());
    }

    private Shapes() {}

    /** Returns the shape of a type. */
    static Shape of(Type type) {
        Shape known = KNOWN.get(type);
        if (known == null) {
            // Not computeIfAbsent: a record's components are looked up meanwhile, and it may hold its own kind.
            known = found(type);
            Shape earlier = KNOWN.putIfAbsent(type, known);
            return earlier == null ? known : earlier;
        }
        return known;
    }

    private static Shape found(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type first = generic.getActualTypeArguments()[0];
            if (raw == List.class) {
                return new Lists(of(first));
            }
            if (raw == Set.class) {
                return new Sets(of(first));
            }
            return raw == Map.class ? new Maps(of(first), of(generic.getActualTypeArguments()[1])) : of(raw);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return new Enums(plain);
        }
        if (plain.isRecord()) {
            return plain.getInterfaces().length > 0 && plain.getInterfaces()[0].isSealed()
                    ? of(plain.getInterfaces()[0])
                    : new RecordShape(plain);
        }
        if (plain.isSealed()) {
            return new VariantShape(plain);
        }
        throw new IllegalArgumentException("There is no form for " + type);
    }

    /** Writes a text so that every database takes it. */
    static void text(JsonGenerator json, String text) throws IOException {
        json.setHighestNonEscapedChar(KeyText.isWellFormed(text) ? 0 : 127);
        json.writeString(text);
    }

    /** What is written as one text. */
    private record Words<T>(Function<T, String> write, Function<String, T> read) implements Shape {
        @Override
        @SuppressWarnings("unchecked") // registered for the type
        public void write(JsonGenerator json, Object value) throws IOException {
            text(json, write.apply((T) value));
        }

        @Override
        public @Nullable Object read(JsonParser json) throws IOException {
            return json.currentToken() == VALUE_NULL ? null : read.apply(expectText(json));
        }
    }

    static String expectText(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("a text is expected, not " + json.currentToken());
        }
        return json.getText();
    }

    private record Enums(Class<?> type) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeString(((Enum<?>) value).name());
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            String name = expectText(json);
            for (Object each : type.getEnumConstants()) {
                if (((Enum<?>) each).name().equals(name)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(type.getSimpleName() + " has no value \"" + name + "\"");
        }
    }

    private record Flags(@Nullable Boolean absent) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return json.getBooleanValue();
        }
    }

    private record Longs(@Nullable Long absent) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeNumber((Long) value);
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return json.getLongValue();
        }
    }

    private record Ints() implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeNumber((Integer) value);
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return json.getIntValue();
        }

        @Override
        public Object absent() {
            return 0;
        }
    }

    private record Optionals() implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            json.writeNumber(((OptionalLong) value).orElseThrow());
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return OptionalLong.of(json.getLongValue());
        }

        @Override
        public Object absent() {
            return OptionalLong.empty();
        }
    }

    private static void writeAll(JsonGenerator json, Iterable<?> values, Shape element) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            element.write(json, value);
        }
        json.writeEndArray();
    }

    private static List<Object> readAll(JsonParser json, Shape element) throws IOException {
        List<Object> result = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object value = element.read(json);
            if (value == null) {
                throw new IllegalArgumentException("a list holds nothing where a value is expected");
            }
            result.add(value);
        }
        return result;
    }

    private record Lists(Shape element) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            writeAll(json, (List<?>) value, element);
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return readAll(json, element);
        }

        @Override
        public Object absent() {
            return List.of();
        }
    }

    private record Sets(Shape element) implements Shape {
        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            writeAll(json, (Set<?>) value, element);
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            return new LinkedHashSet<>(readAll(json, element));
        }

        @Override
        public Object absent() {
            return Set.of();
        }
    }

    private record Maps(Shape key, Shape value) implements Shape {
        @Override
        public void write(JsonGenerator json, Object map) throws IOException {
            json.writeStartArray();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                key.write(json, entry.getKey());
                value.write(json, entry.getValue());
            }
            json.writeEndArray();
        }

        @Override
        public Object read(JsonParser json) throws IOException {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Object mapKey = key.read(json);
                json.nextToken();
                result.put(mapKey, value.read(json));
            }
            return result;
        }

        @Override
        public Object absent() {
            return Map.of();
        }
    }
}
