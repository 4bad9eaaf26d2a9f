package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows rows as the API does: null members left out, references with name and address, {@code _info} near the end. */
final class Renderer {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> SOMETIMES_EMPTY = Set.of("site", "companyLocation");

    private final Tenant tenant;

    Renderer(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The bytes of a row, kept for the next time. */
    byte[] bytes(Table table, Row row, Projection projection) {
        byte[] kept = row.rendering(projection.text(), tenant.epoch());
        if (kept != null) {
            return kept;
        }
        byte[] bytes = bytes(projection.prune(record(table, row, projection)));
        row.keepRendering(projection.text(), tenant.epoch(), bytes);
        return bytes;
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode record(Table table, Row row) {
        return record(table, row, Projection.ALL);
    }

    ObjectNode record(Table table, Row row, Projection projection) {
        ObjectNode node = JSON.objectNode();
        put(node, projection, "id", JSON.numberNode(row.id));
        List<Field> fields = table.shape.fields();
        for (int i = 0; i <= fields.size(); i++) {
            if (i == table.shape.infoAt() && projection.wants(Field.INFO)) {
                node.set(Field.INFO, info(table, row));
            }
            if (i < fields.size()
                    && !fields.get(i).hidden()
                    && projection.wants(fields.get(i).name())) {
                put(node, projection, fields.get(i).name(), member(table, row, fields.get(i)));
            }
        }
        return node;
    }

    private static void put(ObjectNode node, Projection projection, String name, @Nullable JsonNode value) {
        if (value != null && projection.wants(name)) {
            node.set(name, value);
        }
    }

    /** One member of a row, or null when it is left out. */
    @Nullable
    JsonNode member(Table table, Row row, Field field) {
        return switch (field.kind()) {
            case REF -> reference(row, field);
            case GUID -> JSON.textNode(Tenant.guid(table.name(), row.id));
            case CUSTOM_FIELDS -> customFields(table, row.map(field));
            case QUESTIONS -> questions(row.pointer(table.field("type")), row.map(field));
            case COMMUNICATIONS -> communications(row.id);
            case TYPES -> types(table, row.id);
            default -> plain(row.get(field) == null ? field.empty() : row.get(field));
        };
    }

    static @Nullable JsonNode plain(@Nullable Object value) {
        if (value instanceof String text) {
            return JSON.textNode(text);
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return value == null ? null : MAPPER.valueToTree(value);
    }

    private @Nullable JsonNode reference(Row row, Field field) {
        int id = row.pointer(field);
        Row target = id == 0 ? null : tenant.find(field.target(), id);
        if (target == null) {
            boolean empty = tenant.switches.isOn(Switch.EMPTY_REFERENCES) && SOMETIMES_EMPTY.contains(field.name());
            return empty ? JSON.objectNode() : null;
        }
        return reference(tenant.table(field.target()), target);
    }

    /** A row as other records show it: id, a name, and {@code _info} with its address. */
    ObjectNode reference(Table table, Row row) {
        ObjectNode node = JSON.objectNode().put("id", row.id);
        for (Shape.Alias alias : table.shape.shownInReferences()) {
            JsonNode value = plain(alias(row, alias));
            if (value != null) {
                node.set(alias.name(), value);
            }
        }
        String key = table.shape.settings().get("href");
        if (key != null) {
            ObjectNode info = node.putObject(Field.INFO).put(key + "_href", href(table, row));
            if (table.shape.find("mobileGuid") != null) {
                info.put("mobileGuid", Tenant.guid(table.name(), row.id));
            }
        }
        return node;
    }

    static @Nullable Object alias(Row row, Shape.Alias alias) {
        if (alias.from().size() == 1) {
            return row.get(alias.from().get(0));
        }
        List<String> parts = new ArrayList<>();
        for (Field field : alias.from()) {
            if (!row.text(field).isBlank()) {
                parts.add(row.text(field));
            }
        }
        return String.join(" ", parts);
    }

    private String href(Table table, Row row) {
        String path = table.shape.paths().get(0);
        for (Field parent : table.shape.parents()) {
            path = path.replace("{" + parent.name() + "}", Integer.toString(row.pointer(parent)));
        }
        return tenant.base() + path + "/" + row.id;
    }

    private ObjectNode info(Table table, Row row) {
        ObjectNode info = JSON.objectNode().put("lastUpdated", row.lastUpdated).put("updatedBy", row.updatedBy);
        if (table.shape.showsEntered()) {
            info.put("dateEntered", row.dateEntered).put("enteredBy", row.enteredBy);
        }
        for (Map.Entry<String, String> link : table.shape.links().entrySet()) {
            info.put(link.getKey(), tenant.base() + link.getValue().replace("{id}", Integer.toString(row.id)));
        }
        return info;
    }

    private @Nullable ArrayNode communications(int contact) {
        Table table = tenant.table("communication");
        List<Row> rows = table.below(contact);
        if (rows.isEmpty()) {
            return null;
        }
        ArrayNode items = JSON.arrayNode();
        for (Row row : rows) {
            ObjectNode item = items.addObject().put("id", row.id);
            for (String name : List.of("type", "value", "extension", "defaultFlag", "domain", "communicationType")) {
                JsonNode value = member(table, row, table.field(name));
                if (value != null) {
                    item.set(name, value);
                }
            }
        }
        return items;
    }

    private ArrayNode types(Table owner, int id) {
        Table associations = tenant.table(owner.name() + "TypeAssociation");
        Field type = associations.field("type");
        ArrayNode types = JSON.arrayNode();
        for (Row row : associations.below(id)) {
            JsonNode reference = reference(row, type);
            if (reference != null) {
                types.add(reference);
            }
        }
        return types;
    }

    private @Nullable ArrayNode customFields(Table owner, Map<?, ?> values) {
        List<Row> definitions = CustomFields.definitions(tenant, owner.name());
        if (definitions.isEmpty()) {
            return null;
        }
        Table table = tenant.table("userDefinedField");
        ArrayNode fields = JSON.arrayNode();
        for (Row definition : definitions) {
            ObjectNode field = fields.addObject()
                    .put("id", definition.id)
                    .put("caption", definition.text(table.field("caption")))
                    .put("type", definition.text(table.field("fieldTypeIdentifier")))
                    .put("entryMethod", definition.text(table.field("entryTypeIdentifier")))
                    .put("numberOfDecimals", definition.pointer(table.field("numberDecimals")));
            if (values.get(definition.id) instanceof JsonNode value) {
                field.set("value", value);
            } else if (tenant.switches.isOn(Switch.CUSTOM_FIELD_NULLS)) {
                field.putNull("value");
            }
            field.put("connectWiseId", Tenant.guid(table.name(), definition.id));
        }
        return fields;
    }

    /** The active questions of a configuration type, in order. */
    List<Row> questionsOf(int type) {
        Table table = tenant.table("question");
        Field sequence = table.field("sequenceNumber");
        Field inactive = table.field("inactiveFlag");
        List<Row> questions = new ArrayList<>(table.below(type));
        questions.removeIf(question -> question.flag(inactive));
        questions.sort(
                Comparator.comparingDouble(question -> question.get(sequence) instanceof Double number ? number : 0.0));
        return questions;
    }

    private ArrayNode questions(int type, Map<?, ?> answers) {
        Table table = tenant.table("question");
        ArrayNode nodes = JSON.arrayNode();
        for (Row question : questionsOf(type)) {
            ObjectNode node = nodes.addObject();
            Answer answer = answers.get(question.id) instanceof Answer given ? given : null;
            if (answer != null) {
                node.put("answerId", answer.id());
            }
            node.put("questionId", question.id).put("question", question.text(table.field("question")));
            if (answer != null) {
                node.set("answer", answer.value());
            }
            node.set("sequenceNumber", plain(question.get(table.field("sequenceNumber"))));
            node.put("numberOfDecimals", question.pointer(table.field("numberOfDecimals")))
                    .put("fieldType", question.text(table.field("fieldType")))
                    .put("requiredFlag", question.flag(table.field("requiredFlag")));
        }
        return nodes;
    }
}
