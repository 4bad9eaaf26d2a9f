package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code fields=id,name,status/id} leaves of a record; names in any case, unknown ones are passed over. */
final class Projection {
    static final Projection ALL = new Projection("", Map.of());

    /** A wanted member; empty when it is wanted whole. */
    private record Part(Map<String, Part> parts) {}

    private final String text;
    private final Map<String, Part> wanted;

    private Projection(String text, Map<String, Part> wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    static Projection of(@Nullable String fields) {
        if (fields == null || fields.isBlank()) {
            return ALL;
        }
        Map<String, Part> wanted = new LinkedHashMap<>();
        for (String path : fields.toLowerCase(Locale.ROOT).split(",", -1)) {
            Map<String, Part> level = wanted;
            for (String name : path.strip().split("/", -1)) {
                level = level.computeIfAbsent(name, any -> new Part(new LinkedHashMap<>()))
                        .parts();
            }
        }
        return new Projection(fields.toLowerCase(Locale.ROOT), wanted);
    }

    /** What was asked for, lower case; empty for everything. */
    String text() {
        return text;
    }

    boolean wants(String member) {
        return wanted.isEmpty() || wanted.containsKey(member.toLowerCase(Locale.ROOT));
    }

    JsonNode prune(ObjectNode node) {
        return wanted.isEmpty() ? node : prune(node, wanted);
    }

    private static JsonNode prune(JsonNode node, Map<String, Part> wanted) {
        if (wanted.isEmpty()) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode pruned = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> pruned.add(prune(element, wanted)));
            return pruned;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode pruned = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Part part = wanted.get(member.getKey().toLowerCase(Locale.ROOT));
            if (part != null) {
                pruned.set(member.getKey(), prune(member.getValue(), part.parts()));
            }
        }
        return pruned;
    }
}
