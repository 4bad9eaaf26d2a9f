package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.Field;

/**
 * The operations of a PATCH, each with the fields that it writes.
 *
 * <p>References are replaced whole: below one, an operation can be passed over in silence. Source: ConnectWise developer
 * guide, Patch; recorded behaviour, 2026-10.
 */
final class Patch {
    private final List<Operation> operations = new ArrayList<>();

    /** @param json null removes */
    private record Operation(
            Set<Field<?>> fields, String path, @Nullable Object json) {}

    /** Writes a member; a null value empties it. */
    Patch set(Field<?> field, String path, @Nullable Object json) {
        operations.add(new Operation(Set.of(field), path, json));
        return this;
    }

    /** Writes a member that holds several fields, or none of those that are mapped. */
    Patch set(Set<Field<?>> fields, String path, Object json) {
        operations.add(new Operation(Set.copyOf(fields), path, json));
        return this;
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    Set<Field<?>> fields() {
        Set<Field<?>> result = new LinkedHashSet<>();
        operations.forEach(operation -> result.addAll(operation.fields()));
        return result;
    }

    /** Returns the operations that write none of these fields. */
    Patch without(Set<Field<?>> fields) {
        Patch result = new Patch();
        operations.stream()
                .filter(operation -> operation.fields().stream().noneMatch(fields::contains))
                .forEach(result.operations::add);
        return result;
    }

    boolean writes(String path) {
        return operations.stream().anyMatch(operation -> operation.path().equals(path));
    }

    JsonValue json() {
        List<Map<String, Object>> result = new ArrayList<>();
        for (Operation operation : operations) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("op", operation.json() == null ? "remove" : "replace");
            each.put("path", operation.path());
            if (operation.json() != null) {
                each.put("value", operation.json());
            }
            result.add(each);
        }
        return JsonValue.of(result);
    }
}
