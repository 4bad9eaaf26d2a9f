package org.psasync.autotask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.psasync.http.JsonValue;

/**
 * A query of the records of an entity.
 *
 * @param name of its calls
 * @param entity such as {@code Companies}
 * @param include the members to ask for; empty for all
 * @param filter what all hold for the records; empty for all records
 */
record Query(String name, String entity, List<String> include, List<JsonValue> filter) {
    static Query of(String name, String entity) {
        return new Query(name, entity, List.of(), List.of());
    }

    Query include(String... members) {
        return include(Arrays.asList(members));
    }

    Query include(List<String> members) {
        return new Query(name, entity, List.copyOf(members), filter);
    }

    Query where(JsonValue... conditions) {
        return where(Arrays.asList(conditions));
    }

    Query where(List<JsonValue> conditions) {
        List<JsonValue> all = new ArrayList<>(filter);
        all.addAll(conditions);
        return new Query(name, entity, include, List.copyOf(all));
    }

    /**
     * What is sent. Company 0 is the provider itself, so that everything begins there.
     *
     * @param after the records behind that id only; negative for all
     * @param size of a page; 0 for a count
     */
    JsonValue body(long after, int size) {
        List<JsonValue> conditions = new ArrayList<>(filter);
        if (after >= 0) {
            conditions.add(Filter.above("id", after));
        } else if (conditions.isEmpty()) {
            conditions.add(
                    JsonValue.object().with("op", "gte").with("field", "id").with("value", 0));
        }
        JsonValue body = JsonValue.object();
        body = size > 0 ? body.with("maxRecords", size) : body;
        body = include.isEmpty() || size == 0 ? body : body.with("includeFields", include);
        return body.with("filter", conditions);
    }
}
