package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decodes the members that are arrays of parts: communications, types, custom fields and answers. */
final class PartsDecoder {
    /** Set in a tree by a patch that added an item where the server ignores its {@code defaultFlag}. */
    static final String DEFAULT_IGNORED = "\u0000defaultIgnored";

    private static final List<String> ITEM_MEMBERS = List.of("type", "value", "extension", "defaultFlag");

    private final Tenant tenant;
    private final Renderer renderer;
    private final Decoder decoder;

    PartsDecoder(Tenant tenant, Renderer renderer, Decoder decoder) {
        this.tenant = tenant;
        this.renderer = renderer;
        this.decoder = decoder;
    }

    boolean handles(Field field) {
        return switch (field.kind()) {
            case CUSTOM_FIELDS, QUESTIONS, COMMUNICATIONS, TYPES -> true;
            default -> false;
        };
    }

    void decode(Draft draft, Field field, @Nullable JsonNode value) {
        if (value != null && !value.isArray()) {
            throw Refusal.badPatch("Could not cast or convert from System." + typeOf(value) + " to ConnectWise.Apis."
                    + field.name() + "[].");
        }
        Iterable<JsonNode> elements = value == null ? List.of() : value;
        switch (field.kind()) {
            case CUSTOM_FIELDS -> draft.set(field, customFields(draft, field, elements));
            case QUESTIONS -> draft.set(field, answers(draft, field, elements));
            case TYPES -> draft.types = types(draft, field, elements);
            default -> draft.communications = communications(draft, elements);
        }
    }

    private static String typeOf(JsonNode value) {
        return value.isTextual() ? "String" : value.isNumber() ? "Int64" : value.isBoolean() ? "Boolean" : "Object";
    }

    private Map<Integer, JsonNode> customFields(Draft draft, Field field, Iterable<JsonNode> elements) {
        Map<Integer, JsonNode> values = new TreeMap<>();
        if (draft.get(field) instanceof Map<?, ?> before) {
            before.forEach((id, value) -> values.put((Integer) id, (JsonNode) value));
        }
        for (JsonNode element : elements) {
            int id = element.path("id").asInt();
            boolean known = CustomFields.definitions(tenant, draft.table.name()).stream()
                    .anyMatch(definition -> definition.id == id);
            JsonNode value = element.get("value");
            if (!known) {
                draft.problem("NotFound", "customField " + id + " not found", "customFields/id");
            } else if (value == null || value.isNull()) {
                values.remove(id);
            } else {
                values.put(id, value);
            }
        }
        return values;
    }

    private Map<Integer, Answer> answers(Draft draft, Field field, Iterable<JsonNode> elements) {
        Map<Integer, Answer> answers = new TreeMap<>();
        if (draft.get(field) instanceof Map<?, ?> before) {
            before.forEach((id, answer) -> answers.put((Integer) id, (Answer) answer));
        }
        List<Row> questions = renderer.questionsOf(draft.pointer("type"));
        for (JsonNode element : elements) {
            int id = element.path("questionId").asInt();
            JsonNode value = element.get("answer");
            if (questions.stream().noneMatch(question -> question.id == id)) {
                draft.problem("NotFound", "question " + id + " not found", "questions/questionId");
            } else if (value == null || value.isNull()) {
                answers.remove(id);
            } else {
                Answer before = answers.get(id);
                answers.put(id, new Answer(before == null ? tenant.nextAnswerId() : before.id(), value));
            }
        }
        return answers;
    }

    private List<Integer> types(Draft draft, Field field, Iterable<JsonNode> elements) {
        Table associations = tenant.table(draft.table.name() + "TypeAssociation");
        List<Integer> types = new ArrayList<>();
        for (JsonNode element : elements) {
            Draft association = Draft.ofNew(associations, draft.author);
            decoder.decode(association, associations.field("type"), element);
            int type = association.pointer("type");
            if (type == 0) {
                draft.problem("NotFound", "type " + element.path("id").asText() + " not found", field.name() + "/id");
            } else if (!types.contains(type)) {
                types.add(type);
            }
        }
        return types;
    }

    private List<Draft.Item> communications(Draft draft, Iterable<JsonNode> elements) {
        Table table = tenant.table("communication");
        List<Draft.Item> items = new ArrayList<>();
        for (JsonNode element : elements) {
            Row existing = existing(draft, element.path("id").asInt());
            Draft content =
                    existing == null ? Draft.ofNew(table, draft.author) : Draft.of(table, existing, draft.author);
            for (String member : ITEM_MEMBERS) {
                if (element.has(member)) {
                    decoder.decode(content, table.field(member), element.get(member));
                } else if (existing != null) {
                    content.set(member, null);
                }
            }
            content.check(true);
            content.refuseProblems();
            items.add(new Draft.Item(existing, content, element.has(DEFAULT_IGNORED)));
        }
        return items;
    }

    private @Nullable Row existing(Draft draft, int id) {
        Row row = draft.row == null ? null : tenant.find("communication", id);
        Field owner = tenant.table("communication").field("contactId");
        return row != null && draft.row != null && row.pointer(owner) == draft.row.id ? row : null;
    }
}
