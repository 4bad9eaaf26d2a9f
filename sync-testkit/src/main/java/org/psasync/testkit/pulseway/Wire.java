package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JSON on its way in and out. Members are kept in PascalCase, as the vendor's description has them, and shown in either
 * spelling; what comes in is found in any case.
 */
final class Wire {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, String> CAMEL = new ConcurrentHashMap<>();

    private Wire() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static NullNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    static byte[] bytes(JsonNode node, boolean pascal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = MAPPER.createGenerator(out)) {
            write(node, pascal, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonNode node, boolean pascal, JsonGenerator out) throws IOException {
        if (node.isObject()) {
            out.writeStartObject();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                out.writeFieldName(pascal ? member.getKey() : camel(member.getKey()));
                write(member.getValue(), pascal, out);
            }
            out.writeEndObject();
        } else if (node.isArray()) {
            out.writeStartArray();
            for (JsonNode element : node) {
                write(element, pascal, out);
            }
            out.writeEndArray();
        } else {
            MAPPER.writeTree(out, node);
        }
    }

    /** The leading run of capitals in lower case, except the last one before a small letter: {@code slaId}. */
    static String camel(String name) {
        return CAMEL.computeIfAbsent(name, Wire::lowered);
    }

    private static String lowered(String name) {
        StringBuilder result = new StringBuilder(name);
        for (int i = 0; i < name.length() && Character.isUpperCase(name.charAt(i)); i++) {
            boolean beforeSmall = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
            if (i > 0 && beforeSmall) {
                break;
            }
            result.setCharAt(i, Character.toLowerCase(name.charAt(i)));
        }
        return result.toString();
    }

    /** A body that was sent. */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            throw Refusal.of(400, 400, "The request body is not valid JSON.");
        }
    }

    /** The member of that name in any case; a missing node when there is none. */
    static JsonNode member(JsonNode object, String name) {
        JsonNode found = object.path(name);
        if (!found.isMissingNode() || !object.isObject()) {
            return found;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return found;
    }

    static boolean isBlank(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isBlank();
    }
}
