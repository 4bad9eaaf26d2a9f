package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Reads a JSON Patch whose operations set members of a record. */
final class Patch {
    private Patch() {}

    /**
     * The members that are set, with their values.
     *
     * @throws Refusal when an operation or its path is not known
     */
    static ObjectNode read(JsonNode operations, List<String> writable) {
        if (!operations.isArray()) {
            throw Refusal.of(400, 400, "A JSON Patch document is expected.");
        }
        ObjectNode changes = Wire.object();
        for (JsonNode operation : operations) {
            String op = Wire.member(operation, "op").asText();
            String path = Wire.member(operation, "path").asText();
            Optional<String> member = writable.stream()
                    .filter(each -> path.equalsIgnoreCase("/" + each))
                    .findFirst();
            if (member.isEmpty()) {
                throw Refusal.invalid("The path " + path + " cannot be changed.");
            }
            JsonNode value = Wire.member(operation, "value");
            switch (op) {
                case "replace", "add" -> changes.set(member.get(), value.isMissingNode() ? Wire.nothing() : value);
                case "remove" -> changes.putNull(member.get());
                default -> throw Refusal.invalid("The operation " + op + " is not known.");
            }
        }
        return changes;
    }
}
