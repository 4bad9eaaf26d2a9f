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
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A record as an object of its components; those that are absent are left out. */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Method[] accessors;
    private final SerializedString[] names;
    /** Found when first needed, because a record may hold its own kind. */
    private final AtomicReferenceArray<Shape> shapes;

    private final Type[] types;
    private final Map<String, Integer> places = new HashMap<>();

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.accessors = new Method[components.length];
        this.names = new SerializedString[components.length];
        this.shapes = new AtomicReferenceArray<>(components.length);
        this.types = new Type[components.length];
        Class<?>[] classes = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            names[i] = new SerializedString(components[i].getName());
            types[i] = components[i].getGenericType();
            classes[i] = components[i].getType();
            places.put(components[i].getName(), i);
        }
        try {
            this.constructor = type.getDeclaredConstructor(classes);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Shape shape(int index) {
        Shape shape = shapes.get(index);
        if (shape == null) {
            shape = Shapes.of(types[index]);
            shapes.set(index, shape);
        }
        return shape;
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
            if (component != null && !component.equals(shape(i).absent())) {
                json.writeFieldName(names[i]);
                shape(i).write(json, component);
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
        @Nullable Object[] values = new @Nullable Object[types.length];
        Arrays.setAll(values, i -> shape(i).absent());
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            Integer place = places.get(name);
            if (place == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no \"" + name + "\"");
            }
            json.nextToken();
            values[place] = shape(place).read(json);
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
