package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads request bodies. */
final class Bodies {
    private Bodies() {}

    static JsonNode parse(byte[] body) {
        try {
            JsonNode node = Renderer.MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw Refusal.of(400, "ConnectWiseApi", "The request body is empty.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw Refusal.of(400, "ConnectWiseApi", "Unexpected character encountered while parsing the body.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as an object whose members are all known to the shape. */
    static ObjectNode parseRecord(byte[] body, Shape shape) {
        if (!(parse(body) instanceof ObjectNode object)) {
            throw Refusal.of(400, "ConnectWiseApi", "The body is not an object.");
        }
        for (String member : (Iterable<String>) object::fieldNames) {
            boolean known =
                    shape.find(member) != null || member.equalsIgnoreCase("id") || member.equalsIgnoreCase(Field.INFO);
            if (!known) {
                throw unknown(body, member, shape);
            }
        }
        return object;
    }

    /** Looks the member up once more to say where it stands. */
    private static Refusal unknown(byte[] body, String member, Shape shape) {
        try (JsonParser parser = Renderer.MAPPER.createParser(body)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 1 && token == JsonToken.FIELD_NAME && member.equals(parser.currentName())) {
                    return Refusal.unknownMember(
                            member,
                            shape,
                            member,
                            parser.currentLocation().getLineNr(),
                            parser.currentLocation().getColumnNr());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Refusal.unknownMember(member, shape, member, 1, 1);
    }

    /** A member by its name in any case; null when the body has none. */
    static @Nullable JsonNode member(JsonNode body, String name) {
        JsonNode exact = body.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }
}
