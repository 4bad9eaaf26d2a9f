package org.psasync.jdbc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the records of a sealed interface, as an object that names it first. */
final class VariantShape implements Shape {
    private static final String NAME = "is";

    private final Class<?> type;
    private final Map<String, RecordShape> variants = new HashMap<>();

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

    /** The first of those that are listed is what there was before the others. */
    @Override
    public @Nullable Object empty() {
        RecordShape first = variants.get(type.getPermittedSubclasses()[0].getSimpleName());
        return first == null ? null : first.empty();
    }
}
