package org.psasync.jdbc;

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
    private final String[] names;
    /** Found when first needed, because a record may hold its own kind. */
    private final AtomicReferenceArray<Shape> shapes;

    private final Type[] types;
    private final Map<String, Integer> places = new HashMap<>();

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.accessors = new Method[components.length];
        this.names = new String[components.length];
        this.shapes = new AtomicReferenceArray<>(components.length);
        this.types = new Type[components.length];
        Class<?>[] classes = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            names[i] = components[i].getName();
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
    public void write(JsonOut json, Object value) {
        json.beginObject();
        writeComponents(json, value);
        json.endObject();
    }

    void writeComponents(JsonOut json, Object value) {
        for (int i = 0; i < accessors.length; i++) {
            Object component = component(i, value);
            if (component != null && !component.equals(shape(i).absent())) {
                json.name(names[i]);
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
    public Object read(JsonIn json) {
        json.beginObject();
        return readComponents(json);
    }

    /** Reads up to the end of the object that was begun. */
    Object readComponents(JsonIn json) {
        @Nullable Object[] values = new @Nullable Object[types.length];
        Arrays.setAll(values, i -> shape(i).absent());
        while (json.moreMembers()) {
            String name = json.name();
            Integer place = places.get(name);
            if (place == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no \"" + name + "\"");
            }
            values[place] = shape(place).read(json);
        }
        return made(values);
    }

    /** A component that older libraries did not know is missing; where it must be something, it is empty. */
    private Object made(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            Integer missing = missing(refused.getCause(), values);
            if (missing != null) {
                values[missing] = shape(missing).empty();
                return made(values);
            }
            throw new IllegalArgumentException(
                    "a " + type.getSimpleName() + " cannot hold this: " + refused.getCause(), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made", impossible);
        }
    }

    /** The refusal names the component. */
    private @Nullable Integer missing(@Nullable Throwable refusal, @Nullable Object[] values) {
        Integer place =
                refusal instanceof NullPointerException ? places.get(String.valueOf(refusal.getMessage())) : null;
        return place == null || values[place] != null || shape(place).empty() == null ? null : place;
    }

    @Override
    public @Nullable Object empty() {
        @Nullable Object[] values = new @Nullable Object[types.length];
        Arrays.setAll(values, i -> shape(i).absent());
        try {
            return made(values);
        } catch (IllegalArgumentException cannotBe) {
            return null;
        }
    }
}
