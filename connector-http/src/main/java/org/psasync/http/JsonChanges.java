package org.psasync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a value at a path into a tree, making what is missing on the way. */
final class JsonChanges {
    private JsonChanges() {}

    static void set(ObjectNode root, JsonPath path, JsonNode value, boolean ignoreCase) {
        List<JsonPath.Step> steps = path.steps();
        ObjectNode at = root;
        for (JsonPath.Step step : steps.subList(0, steps.size() - 1)) {
            at = step.member == null
                    ? objectAt(at, step.name, path, ignoreCase)
                    : elementAt(at, step, path, ignoreCase);
        }
        JsonPath.Step last = steps.get(steps.size() - 1);
        if (last.member != null) {
            throw new JsonMismatch("\"" + path + "\" ends in a condition; name the member to set");
        }
        at.set(spelling(at, last.name, ignoreCase), value);
    }

    private static ObjectNode objectAt(ObjectNode parent, String name, JsonPath path, boolean ignoreCase) {
        String spelling = spelling(parent, name, ignoreCase);
        JsonNode child = parent.path(spelling);
        if (child.isMissingNode() || child.isNull()) {
            return parent.putObject(spelling);
        }
        return object(child, path);
    }

    private static ObjectNode elementAt(ObjectNode parent, JsonPath.Step step, JsonPath path, boolean ignoreCase) {
        String spelling = spelling(parent, step.name, ignoreCase);
        JsonNode child = parent.path(spelling);
        if (!(child instanceof ArrayNode) && !child.isMissingNode() && !child.isNull()) {
            throw new JsonMismatch(
                    "\"" + path + "\" leads into " + Json.describe(child) + " where an array was expected");
        }
        ArrayNode array = child instanceof ArrayNode existing ? existing : parent.putArray(spelling);
        String member = java.util.Objects.requireNonNull(step.member);
        for (JsonNode element : array) {
            if (JsonPath.child(element, member, ignoreCase).asText().equals(step.wanted)) {
                return object(element, path);
            }
        }
        return array.addObject().put(member, step.wanted);
    }

    private static ObjectNode object(JsonNode node, JsonPath path) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonMismatch("\"" + path + "\" leads into " + Json.describe(node) + " where an object was expected");
    }

    private static String spelling(ObjectNode node, String name, boolean ignoreCase) {
        @Nullable String spelled = ignoreCase && !node.has(name) ? JsonPath.spelled(node, name) : null;
        return spelled == null ? name : spelled;
    }
}
