package org.psasync.jdbc;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
    public void write(JsonOut json, Object value) {
        json.beginObject();
        if (value instanceof Set<?> several) {
            json.name(SET);
            json.beginArray();
            for (Object each : several) {
                write(json, each);
            }
            json.endArray();
        } else {
            Map.Entry<String, Class<?>> type = TYPES.entrySet().stream()
                    .filter(each -> each.getValue().isInstance(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no form for a " + value.getClass()));
            json.name(type.getKey());
            Shapes.of(type.getValue()).write(json, value);
        }
        json.endObject();
    }

    @Override
    public Object read(JsonIn json) {
        json.beginObject();
        if (!json.moreMembers()) {
            throw new IllegalArgumentException("a value does not say what it is");
        }
        String name = json.name();
        Object value = SET.equals(name) ? readSet(json) : one(name, json);
        if (json.moreMembers()) {
            throw new IllegalArgumentException("a value is two things at once");
        }
        return value;
    }

    private Object readSet(JsonIn json) {
        Set<Object> result = new LinkedHashSet<>();
        json.beginArray();
        while (json.moreValues()) {
            result.add(read(json));
        }
        return result;
    }

    private static Object one(String name, JsonIn json) {
        Class<?> type = TYPES.get(name);
        if (type == null) {
            throw new IllegalArgumentException("there is no type of value \"" + name + "\"");
        }
        return Shapes.of(type).read(json);
    }
}
