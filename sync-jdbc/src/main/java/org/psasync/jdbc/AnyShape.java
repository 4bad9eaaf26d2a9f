package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;

/** A value of a field that is not known where it is read: an object with one entry, named by what the value is. */
final class AnyShape implements Shape {
    private static final String SET = "set";
    private static final Map<String, Class<?>> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("text", String.class);
        TYPES.put("flag", Boolean.class);
        TYPES.put("number", BigDecimal.class);
        TYPES.put("date", LocalDate.class);
        TYPES.put("instant", Instant.class);
        TYPES.put("choice", Choice.class);
        TYPES.put("point", ContactPoint.class);
        TYPES.put("ref", AssetRef.class);
    }

    @Override
    public void write(JsonGenerator json, Object value) throws IOException {
        json.writeStartObject();
        if (value instanceof Set<?> several) {
            json.writeArrayFieldStart(SET);
            for (Object each : several) {
                write(json, each);
            }
            json.writeEndArray();
        } else {
            Map.Entry<String, Class<?>> type = TYPES.entrySet().stream()
                    .filter(each -> each.getValue().isInstance(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no form for a " + value.getClass()));
            json.writeFieldName(type.getKey());
            Shapes.of(type.getValue()).write(json, value);
        }
        json.writeEndObject();
    }

    @Override
    public @Nullable Object read(JsonParser json) throws IOException {
        String name = json.nextFieldName();
        json.nextToken();
        Object value = SET.equals(name) ? readSet(json) : one(name, json);
        json.nextToken();
        return value;
    }

    private Object readSet(JsonParser json) throws IOException {
        Set<@Nullable Object> result = new LinkedHashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            result.add(read(json));
        }
        return result;
    }

    private static @Nullable Object one(@Nullable String name, JsonParser json) throws IOException {
        Class<?> type = name == null ? null : TYPES.get(name);
        if (type == null) {
            throw new IllegalArgumentException("there is no type of value \"" + name + "\"");
        }
        return Shapes.of(type).read(json);
    }
}
