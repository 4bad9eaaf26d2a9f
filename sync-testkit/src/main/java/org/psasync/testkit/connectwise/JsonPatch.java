package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies the operations of a PATCH to a record as it is shown, in order. */
final class JsonPatch {
    private final Table table;
    private final Switches switches;
    private final Map<Field, @Nullable JsonNode> changed = new LinkedHashMap<>();

    JsonPatch(Table table, Switches switches) {
        this.table = table;
        this.switches = switches;
    }

    /**
     * Returns the members that the operations name, as they are afterwards; null for one that was removed.
     *
     * @throws Refusal when the body is no list of operations, or one does not fit the record
     */
    Map<Field, @Nullable JsonNode> apply(ObjectNode record, JsonNode operations) {
        if (!operations.isArray()) {
            throw Refusal.badPatch("Cannot deserialize the current JSON object into type 'PatchOperation[]' because the"
                    + " type requires a JSON array.");
        }
        boolean customFields = false;
        for (JsonNode operation : operations) {
            String path = operation.path("path").asText();
            apply(record, operation, path);
            customFields |= path.replaceFirst("^/", "").startsWith("customFields");
        }
        if (switches.isOn(Switch.PATCH_NEEDS_CUSTOM_FIELDS)
                && !customFields
                && table.shape.find("customFields") != null) {
            throw Refusal.invalid(
                    table.shape,
                    List.of(new Refusal.Problem(
                            "MissingRequiredField", "The customFields field is required.", "customFields")));
        }
        return changed;
    }

    private void apply(ObjectNode record, JsonNode operation, String path) {
        String op = operation.path("op").asText();
        if (!List.of("add", "replace", "remove").contains(op)) {
            throw Refusal.badPatch("The operation '" + op + "' is not supported.");
        }
        String[] steps = path.replaceFirst("^/", "").split("/", -1);
        Field field = table.shape.find(steps[0]);
        if (field == null || !field.name().equals(steps[0])) {
            throw Refusal.badPatch("The target location specified by path segment '" + steps[0] + "' was not found.");
        }
        JsonNode value = operation.get("value");
        if (steps.length == 1) {
            if (op.equals("remove") || value == null || value.isNull()) {
                record.remove(field.name());
            } else {
                record.set(field.name(), value);
            }
        } else if (field.kind() == Field.Kind.REF) {
            if (!switches.isOn(Switch.REFERENCE_SUB_PATHS)) {
                return;
            }
            setInReference(record, field, steps[1], value);
        } else if (field.kind().array()) {
            applyInArray(record.withArray("/" + field.name()), op, steps, value);
        } else {
            throw Refusal.badPatch("The target location specified by path segment '" + steps[1] + "' was not found.");
        }
        changed.put(field, record.get(field.name()));
    }

    private static void setInReference(ObjectNode record, Field field, String member, @Nullable JsonNode value) {
        ObjectNode reference = record.objectNode();
        if (value != null) {
            reference.set(member, value);
        }
        record.set(field.name(), reference);
    }

    private static void applyInArray(ArrayNode array, String op, String[] steps, @Nullable JsonNode value) {
        int index = steps[1].equals("-") ? array.size() : index(steps[1]);
        if (steps.length == 2 && op.equals("add")) {
            add(array, index, value);
            return;
        }
        JsonNode element = array.get(index);
        if (element == null) {
            throw Refusal.badPatch("The index value provided by path segment '" + index + "' is out of bounds.");
        }
        if (steps.length == 2) {
            if (op.equals("remove")) {
                array.remove(index);
            } else if (value != null) {
                array.set(index, value);
            }
        } else if (element instanceof ObjectNode object) {
            if (op.equals("remove") || value == null) {
                object.remove(steps[2]);
            } else {
                object.set(steps[2], value);
            }
        }
    }

    /** An element always goes to the end; one meant for an earlier place loses its default flag. */
    private static void add(ArrayNode array, int index, @Nullable JsonNode value) {
        if (index > array.size() || !(value instanceof ObjectNode element)) {
            throw Refusal.badPatch("The index value provided by path segment '" + index + "' is out of bounds.");
        }
        ObjectNode added = element.deepCopy();
        if (index < array.size()) {
            added.put(PartsDecoder.DEFAULT_IGNORED, true);
        }
        array.add(added);
    }

    private static int index(String step) {
        try {
            return Integer.parseUnsignedInt(step);
        } catch (NumberFormatException e) {
            throw Refusal.badPatch("The path segment '" + step + "' is invalid for an array index.");
        }
    }
}
