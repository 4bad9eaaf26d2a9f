package org.psasync.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place that knows how JSON is read and written. */
final class Json {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /**
     * Parses exactly one value. What the parser complains of is not passed on, because it quotes the text.
     *
     * @throws JsonMismatch when there is none, or more than one, or it ends too early
     */
    static JsonNode parse(byte[] json) {
        JsonNode result;
        try {
            result = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new JsonMismatch("not readable as JSON"
                    + (where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")"));
        } catch (IOException e) {
            throw new JsonMismatch("not readable as JSON");
        }
        if (result.isMissingNode()) {
            throw new JsonMismatch("empty where JSON was expected");
        }
        return result;
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node.isMissingNode() ? NODES.nullNode() : node);
        } catch (JsonProcessingException e) {
            throw new JsonMismatch("not writable as JSON");
        }
    }

    static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        } else if (value instanceof JsonValue json) {
            return json.isMissing() ? NODES.nullNode() : json.node();
        } else if (value instanceof String text) {
            return NODES.textNode(text);
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            return whole(((Number) value).longValue());
        } else if (value instanceof Double number) {
            return NODES.numberNode(number);
        } else if (value instanceof BigDecimal number) {
            return NODES.numberNode(number);
        } else if (value instanceof Iterable<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Map<?, ?> members) {
            ObjectNode object = NODES.objectNode();
            members.forEach((name, member) -> object.set(String.valueOf(name), node(member)));
            return object;
        }
        throw new IllegalArgumentException("A " + value.getClass().getName() + " has no JSON form");
    }

    /** Chooses the node that the parser would choose, so that equal numbers are equal. */
    private static JsonNode whole(long number) {
        return (int) number == number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    static ObjectNode copyOfObject(JsonNode node, String path) {
        if (node.deepCopy() instanceof ObjectNode copy) {
            return copy;
        }
        throw new JsonMismatch("\"" + path + "\" leads into " + describe(node) + " where an object was expected");
    }

    /** Returns what kind of value it is, without the value. */
    static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object of " + node.size() + " members";
            case ARRAY -> "an array of " + node.size() + " elements";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING -> "nothing";
            default -> "something that is not JSON";
        };
    }
}
