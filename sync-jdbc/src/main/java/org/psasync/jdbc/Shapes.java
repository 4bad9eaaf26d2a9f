package org.psasync.jdbc;

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
        KNOWN.put(Instant.class, new Times());
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

    /** What is written as one text. */
    private record Words<T>(Function<T, String> write, Function<String, T> read) implements Shape {
        @Override
        @SuppressWarnings("unchecked") // registered for the type
        public void write(JsonOut json, Object value) {
            json.string(write.apply((T) value));
        }

        @Override
        public Object read(JsonIn json) {
            return read.apply(json.string());
        }
    }

    /** Times of these centuries are seconds since 1970; others, and those of form 1, are texts. */
    private record Times() implements Shape {
        private static final long LAST = 9_999_999_999L;
        private static final int DIGITS = 9;

        @Override
        public void write(JsonOut json, Object value) {
            Instant time = (Instant) value;
            if (time.getEpochSecond() < 0 || time.getEpochSecond() > LAST) {
                json.string(time.toString());
            } else if (time.getNano() == 0) {
                json.number(time.getEpochSecond());
            } else {
                String nanos = Integer.toString(time.getNano());
                json.number(time.getEpochSecond() + "." + "0".repeat(DIGITS - nanos.length()) + nanos);
            }
        }

        @Override
        public Object read(JsonIn json) {
            if (json.isString()) {
                return Instant.parse(json.string());
            }
            String text = json.number();
            int point = text.indexOf('.');
            if (point < 0) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            String nanos = text.substring(point + 1) + "0".repeat(Math.max(0, DIGITS - text.length() + point + 1));
            return Instant.ofEpochSecond(Long.parseLong(text.substring(0, point)), Long.parseLong(nanos));
        }
    }

    private record Enums(Class<?> type) implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            json.string(((Enum<?>) value).name());
        }

        @Override
        public Object read(JsonIn json) {
            String name = json.string();
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
        public void write(JsonOut json, Object value) {
            json.flag((Boolean) value);
        }

        @Override
        public Object read(JsonIn json) {
            return json.flag();
        }
    }

    private record Longs(@Nullable Long absent) implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            json.number((Long) value);
        }

        @Override
        public Object read(JsonIn json) {
            return Long.valueOf(json.number());
        }
    }

    private record Ints() implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            json.number((Integer) value);
        }

        @Override
        public Object read(JsonIn json) {
            return Integer.valueOf(json.number());
        }

        @Override
        public Object absent() {
            return 0;
        }
    }

    private record Optionals() implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            json.number(((OptionalLong) value).orElseThrow());
        }

        @Override
        public Object read(JsonIn json) {
            return OptionalLong.of(Long.parseLong(json.number()));
        }

        @Override
        public Object absent() {
            return OptionalLong.empty();
        }
    }

    private static void writeAll(JsonOut json, Iterable<?> values, Shape element) {
        json.beginArray();
        for (Object value : values) {
            element.write(json, value);
        }
        json.endArray();
    }

    private static List<Object> readAll(JsonIn json, Shape element) {
        List<Object> result = new ArrayList<>();
        json.beginArray();
        while (json.moreValues()) {
            result.add(element.read(json));
        }
        return result;
    }

    private record Lists(Shape element) implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            writeAll(json, (List<?>) value, element);
        }

        @Override
        public Object read(JsonIn json) {
            return readAll(json, element);
        }

        @Override
        public Object absent() {
            return List.of();
        }
    }

    private record Sets(Shape element) implements Shape {
        @Override
        public void write(JsonOut json, Object value) {
            writeAll(json, (Set<?>) value, element);
        }

        @Override
        public Object read(JsonIn json) {
            return new LinkedHashSet<>(readAll(json, element));
        }

        @Override
        public Object absent() {
            return Set.of();
        }
    }

    private record Maps(Shape key, Shape value) implements Shape {
        @Override
        public void write(JsonOut json, Object map) {
            json.beginArray();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                key.write(json, entry.getKey());
                value.write(json, entry.getValue());
            }
            json.endArray();
        }

        @Override
        public Object read(JsonIn json) {
            Map<Object, Object> result = new LinkedHashMap<>();
            json.beginArray();
            while (json.moreValues()) {
                Object mapKey = key.read(json);
                if (!json.moreValues()) {
                    throw new IllegalArgumentException("a map lacks a value");
                }
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
