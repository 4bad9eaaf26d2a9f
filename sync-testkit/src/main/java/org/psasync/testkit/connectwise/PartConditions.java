package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.connectwise.Condition.Operand;
import org.psasync.testkit.connectwise.Condition.ValueKind;

/** Conditions on the elements of arrays: {@code childConditions} and {@code customFieldConditions}. */
final class PartConditions {
    /** Members of elements that conditions may name, and their types. */
    private static final Map<Field.Kind, Map<String, ValueKind>> MEMBERS = Map.of(
            Field.Kind.COMMUNICATIONS,
                    Map.of(
                            "id", ValueKind.NUMBER,
                            "type/id", ValueKind.NUMBER,
                            "type/name", ValueKind.TEXT,
                            "value", ValueKind.TEXT,
                            "extension", ValueKind.TEXT,
                            "defaultflag", ValueKind.FLAG,
                            "domain", ValueKind.TEXT,
                            "communicationtype", ValueKind.TEXT),
            Field.Kind.TYPES, Map.of("id", ValueKind.NUMBER, "name", ValueKind.TEXT),
            Field.Kind.QUESTIONS,
                    Map.of(
                            "questionid", ValueKind.NUMBER,
                            "answerid", ValueKind.NUMBER,
                            "question", ValueKind.TEXT,
                            "answer", ValueKind.ANY),
            Field.Kind.CUSTOM_FIELDS,
                    Map.of(
                            "id",
                            ValueKind.NUMBER,
                            "caption",
                            ValueKind.TEXT,
                            "type",
                            ValueKind.TEXT,
                            "value",
                            ValueKind.ANY));

    private final Renderer renderer;
    private final Table table;
    private final Switches switches;

    PartConditions(Renderer renderer, Table table, Switches switches) {
        this.renderer = renderer;
        this.table = table;
        this.switches = switches;
    }

    /** Met when one element of the named array meets the whole condition; of each array when it names several. */
    Predicate<Row> inChildren(String text) {
        Set<Field> arrays = new LinkedHashSet<>();
        Condition<Map<Field, JsonNode>> condition = ConditionParser.parse(text, path -> child(path, arrays), switches);
        return row -> {
            List<Map<Field, JsonNode>> choices = List.of(Map.of());
            for (Field array : arrays) {
                choices = choices(choices, array, renderer.member(table, row, array));
            }
            return choices.stream().anyMatch(condition.test());
        };
    }

    private static List<Map<Field, JsonNode>> choices(
            List<Map<Field, JsonNode>> before, Field array, @Nullable JsonNode elements) {
        List<Map<Field, JsonNode>> after = new ArrayList<>();
        for (Map<Field, JsonNode> choice : before) {
            for (JsonNode element : elements == null ? List.<JsonNode>of() : elements) {
                Map<Field, JsonNode> longer = new HashMap<>(choice);
                longer.put(array, element);
                after.add(longer);
            }
        }
        return after;
    }

    private Operand<Map<Field, JsonNode>> child(String path, Set<Field> arrays) {
        int slash = path.indexOf('/');
        Field array = table.shape.find(slash < 0 ? path : path.substring(0, slash));
        ValueKind type = array == null || slash < 0 ? null : type(array, path.substring(slash + 1));
        if (array == null || type == null) {
            throw Refusal.badCondition(path + " is not a recognized name.");
        }
        arrays.add(array);
        String member = path.substring(slash + 1);
        return new Operand<>(type, choice -> {
            JsonNode element = choice.get(array);
            return element == null ? null : value(element, member);
        });
    }

    /** Met when one custom field meets the whole condition. */
    Predicate<Row> inCustomFields(String text) {
        Field field = table.shape.find("customFields");
        Condition<JsonNode> condition = ConditionParser.parse(
                text,
                path -> {
                    ValueKind type = field == null ? null : type(field, path);
                    if (type == null) {
                        throw Refusal.badCondition(path + " is not a recognized name.");
                    }
                    return new Operand<>(type, element -> value(element, path));
                },
                switches);
        return row -> {
            JsonNode fields = field == null ? null : renderer.member(table, row, field);
            for (JsonNode element : fields == null ? List.<JsonNode>of() : fields) {
                if (condition.test().test(element)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static @Nullable ValueKind type(Field array, String member) {
        return MEMBERS.getOrDefault(array.kind(), Map.of()).get(member.toLowerCase(Locale.ROOT));
    }

    private static @Nullable Object value(JsonNode element, String path) {
        JsonNode node = element;
        for (String step : path.split("/", -1)) {
            JsonNode next = Bodies.member(node, step);
            if (next == null || next.isNull()) {
                return null;
            }
            node = next;
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.isBoolean() ? node.booleanValue() : node.asText();
    }
}
