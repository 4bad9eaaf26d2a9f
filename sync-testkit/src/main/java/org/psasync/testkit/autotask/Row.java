package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** A record: only the members and user-defined fields that hold something. The tenant guards it. */
final class Row {
    final long id;
    final ObjectNode values = Wire.object();
    final Map<String, String> udfs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Row(long id) {
        this.id = id;
    }

    JsonNode get(String member) {
        return values.path(member);
    }

    String text(String member) {
        return values.path(member).asText("");
    }

    long number(String member) {
        return values.path(member).asLong(-1);
    }

    /** A member is true when it is {@code true} or 1. */
    boolean flag(String member) {
        JsonNode value = values.path(member);
        return value.isBoolean() ? value.booleanValue() : value.asInt(0) != 0;
    }

    /** Sets a member; null and nothing take it away. */
    void set(String member, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            values.remove(member);
        } else {
            values.set(member, value);
        }
    }
}
