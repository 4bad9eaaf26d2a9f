package org.psasync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the records of a sealed interface, as an object that names it first. */
final class VariantShape implements Shape {
    private static final String NAME = "is";

    private final Class<?> type;
    private final Map<String, RecordShape> variants = new LinkedHashMap<>();

    VariantShape(Class<?> type) {
        this.type = type;
        for (Class<?> variant : type.getPermittedSubclasses()) {
            variants.put(variant.getSimpleName(), new RecordShape(variant));
        }
    }

    private RecordShape variant(String name) {
        RecordShape shape = variants.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("there is no " + type.getSimpleName() + " \"" + name + "\"");
        }
        return shape;
    }

    @Override
    public void write(JsonOut json, Object value) {
        String name = value.getClass().getSimpleName();
        json.beginObject();
        json.name(NAME);
        json.string(name);
        variant(name).writeComponents(json, value);
        json.endObject();
    }

    @Override
    public Object read(JsonIn json) {
        json.beginObject();
        if (!json.moreMembers() || !NAME.equals(json.name())) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " does not say which one it is");
        }
        return variant(json.string()).readComponents(json);
    }

    /** The first variant that can hold nothing, which was there before the others; null when there is none. */
    @Override
    public @Nullable Object empty() {
        return variants.values().stream()
                .map(RecordShape::empty)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }
}
