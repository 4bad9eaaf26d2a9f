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
 * The operations of a PATCH, each with the field that it writes; the custom fields share one.
 *
 * <p>References are replaced whole: below one, an operation can be passed over in silence. Source: ConnectWise developer
 * guide, Patch; recorded behaviour, 2026-10.
 */
final class Patch {
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Field<?>, Object> customFields = new LinkedHashMap<>();
    private boolean namesCustomFields;

    /**
     * @param field null when it writes none that is mapped
     * @param json null removes
     */
    private record Operation(
            @Nullable Field<?> field, String path, @Nullable Object json) {}

    /** Writes a member; a null value empties it. */
    Patch set(Field<?> field, String path, @Nullable Object json) {
        operations.add(new Operation(field, path, json));
        return this;
    }

    /** Writes a member that holds none of the fields that are mapped. */
    Patch set(String path, Object json) {
        operations.add(new Operation(null, path, json));
        return this;
    }

    /** Writes custom fields, each by its element. */
    Patch customFields(Map<Field<?>, ? extends Object> elements) {
        customFields.putAll(elements);
        return this;
    }

    /** Returns the same with an operation on custom fields, which changes none where there was none. */
    Patch namingCustomFields() {
        Patch result = without(Set.of());
        result.namesCustomFields = true;
        return result;
    }

    boolean writesCustomFields() {
        return !customFields.isEmpty();
    }

    boolean isEmpty() {
        return operations.isEmpty() && customFields.isEmpty();
    }

    Set<Field<?>> fields() {
        Set<Field<?>> result = new LinkedHashSet<>(customFields.keySet());
        for (Operation operation : operations) {
            Field<?> field = operation.field();
            if (field != null) {
                result.add(field);
            }
        }
        return result;
    }

    /** Returns what writes none of these fields. */
    Patch without(Set<Field<?>> fields) {
        Patch result = new Patch();
        result.namesCustomFields = namesCustomFields;
        result.operations.addAll(operations);
        result.operations.removeIf(operation -> operation.field() != null && fields.contains(operation.field()));
        result.customFields.putAll(customFields);
        result.customFields.keySet().removeAll(fields);
        return result;
    }

    /** Returns the operations on members, and then each custom field by itself; only this one when there is no more. */
    List<Patch> apart() {
        List<Patch> result = new ArrayList<>();
        if (!operations.isEmpty()) {
            result.add(without(customFields.keySet()));
        }
        customFields.forEach((field, element) -> result.add(new Patch().customFields(Map.of(field, element))));
        return result;
    }

    JsonValue json() {
        List<Map<String, Object>> result = new ArrayList<>();
        for (Operation operation : operations) {
            result.add(operation(operation.path(), operation.json()));
        }
        if (namesCustomFields || !customFields.isEmpty()) {
            result.add(operation(CustomFields.MEMBER, List.copyOf(customFields.values())));
        }
        return JsonValue.of(result);
    }

    private static Map<String, Object> operation(String path, @Nullable Object json) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("op", json == null ? "remove" : "replace");
        result.put("path", path);
        if (json != null) {
            result.put("value", json);
        }
        return result;
    }
}
