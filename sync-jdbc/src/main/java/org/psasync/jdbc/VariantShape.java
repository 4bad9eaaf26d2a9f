package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

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
    public void write(JsonGenerator json, Object value) throws IOException {
        String name = value.getClass().getSimpleName();
        json.writeStartObject();
        json.writeStringField(NAME, name);
        variant(name).writeComponents(json, value);
        json.writeEndObject();
    }

    @Override
    public Object read(JsonParser json) throws IOException {
        if (!NAME.equals(json.nextFieldName())) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " does not say which one it is");
        }
        json.nextToken();
        return variant(Shapes.expectText(json)).readComponents(json);
    }
}
