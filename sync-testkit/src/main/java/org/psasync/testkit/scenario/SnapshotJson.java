package org.psasync.testkit.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.Fields;

/** Snapshots as JSON; see {@link Snapshot}. */
final class SnapshotJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SnapshotJson() {}

    static String write(Map<AssetKind, Map<String, Map<Field<?>, Object>>> records) {
        ObjectNode root = MAPPER.createObjectNode();
        records.forEach((kind, byId) -> {
            if (!byId.isEmpty()) {
                ArrayNode list = root.putArray(kind.name().toLowerCase(Locale.ROOT));
                byId.forEach((id, words) -> {
                    ObjectNode record = list.addObject().put("id", id);
                    words.forEach((field, word) -> record.set(field.name(), node(word)));
                });
            }
        });
        return root.toPrettyString();
    }

    private static JsonNode node(Object word) {
        if (word instanceof List<?> many) {
            ArrayNode list = MAPPER.createArrayNode();
            many.forEach(one -> list.add(node(one)));
            return list;
        } else if (word instanceof SnapshotWords.Link link) {
            return MAPPER.getNodeFactory().textNode(link.id());
        } else if (word instanceof ContactPoint point) {
            ObjectNode node =
                    MAPPER.createObjectNode().put("value", point.value()).put("primary", point.primary());
            return point.extension() == null ? node : node.put("extension", point.extension());
        }
        return MAPPER.valueToTree(word);
    }

    static Snapshot read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("This is no JSON: " + broken.getOriginalMessage(), broken);
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("A snapshot is an object with a list of records for each kind");
        }
        Map<AssetKind, Map<String, Map<Field<?>, Object>>> records = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            records.put(kind, new LinkedHashMap<>());
        }
        root.properties().forEach(entry -> {
            AssetKind kind = kind(entry.getKey());
            Map<String, Map<Field<?>, Object>> byId = new LinkedHashMap<>();
            for (JsonNode record : entry.getValue()) {
                String id = record.path("id").asText();
                if (id.isBlank() || byId.put(id, words(kind, record)) != null) {
                    throw new IllegalArgumentException(
                            "Each " + Wording.kind(kind) + " needs an id of its own, not \"" + id + "\"");
                }
            }
            records.put(kind, byId);
        });
        return new Snapshot(records);
    }

    private static AssetKind kind(String name) {
        for (AssetKind kind : AssetKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no kind \"" + name + "\"");
    }

    private static Map<Field<?>, Object> words(AssetKind kind, JsonNode record) {
        Map<Field<?>, Object> words = new LinkedHashMap<>();
        record.properties().forEach(member -> {
            if (!member.getKey().equals("id")) {
                Field<?> field = Fields.named(kind, member.getKey())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "A " + Wording.kind(kind) + " has no field \"" + member.getKey() + "\""));
                Object word = word(field, member.getValue());
                if (word != null) {
                    words.put(field, word);
                }
            }
        });
        return words;
    }

    private static @Nullable Object word(Field<?> field, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (!SnapshotWords.isList(field)) {
            return one(field, node);
        }
        List<Object> many = new ArrayList<>();
        node.forEach(each -> many.add(one(field, each)));
        return many.isEmpty() ? null : many;
    }

    private static Object one(Field<?> field, JsonNode node) {
        FieldType<?> type = field.type();
        if (type == FieldType.FLAG) {
            return node.asBoolean();
        } else if (type == FieldType.REFERENCE || type == FieldType.REFERENCES) {
            return new SnapshotWords.Link(SnapshotWords.targets(field), node.asText());
        } else if (node.isObject()) {
            String extension =
                    node.hasNonNull("extension") ? node.path("extension").asText() : null;
            return new ContactPoint(
                    node.path("value").asText(), extension, node.path("primary").asBoolean(), null, null);
        }
        return node.asText();
    }
}
