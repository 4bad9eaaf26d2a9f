package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as an object of its components; those that are absent are left out. */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Method[] accessors;
    private final SerializedString[] names;
    private final Shape[] shapes;
    private final Map<String, Integer> places = new HashMap<>();

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.accessors = new Method[components.length];
        this.names = new SerializedString[components.length];
        this.shapes = new Shape[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            names[i] = new SerializedString(components[i].getName());
            shapes[i] = Shapes.of(components[i].getGenericType());
            types[i] = components[i].getType();
            places.put(components[i].getName(), i);
        }
        try {
            this.constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void write(JsonGenerator json, Object value) throws IOException {
        json.writeStartObject();
        writeComponents(json, value);
        json.writeEndObject();
    }

    void writeComponents(JsonGenerator json, Object value) throws IOException {
        for (int i = 0; i < accessors.length; i++) {
            Object component = component(i, value);
            if (component != null && !component.equals(shapes[i].absent())) {
                json.writeFieldName(names[i]);
                shapes[i].write(json, component);
            }
        }
    }

    private @Nullable Object component(int index, Object value) {
        try {
            return accessors[index].invoke(value);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(type + " cannot be read", impossible);
        }
    }

    @Override
    public Object read(JsonParser json) throws IOException {
        return readComponents(json);
    }

    /** Reads up to the end of the object that was begun. */
    Object readComponents(JsonParser json) throws IOException {
        @Nullable Object[] values = new @Nullable Object[shapes.length];
        Arrays.setAll(values, i -> shapes[i].absent());
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            Integer place = places.get(name);
            if (place == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no \"" + name + "\"");
            }
            json.nextToken();
            values[place] = shapes[place].read(json);
        }
        return made(values);
    }

    private Object made(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(
                    "a " + type.getSimpleName() + " cannot hold this: " + refused.getCause(), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made", impossible);
        }
    }
}
