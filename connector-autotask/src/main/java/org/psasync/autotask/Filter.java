package org.psasync.autotask;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.psasync.http.JsonValue;

/** Puts the filters of queries together. Source: REST guide, Advanced query features, 2026-10. */
final class Filter {
    /** How many alternatives a query may have; the elements of {@code in} count. */
    static final int MOST_OR = 500;

    private Filter() {}

    static JsonValue equal(String field, Object value) {
        return comparison("eq", field, value);
    }

    static JsonValue in(String field, Collection<Long> values) {
        return values.size() == 1
                ? equal(field, values.iterator().next())
                : comparison("in", field, List.copyOf(values));
    }

    static JsonValue contains(String field, String text) {
        return comparison("contains", field, text);
    }

    static JsonValue above(String field, long value) {
        return comparison("gt", field, value);
    }

    /** From that time on. Seconds are enough: what is read twice does no harm. */
    static JsonValue from(String field, Instant time) {
        return comparison("gte", field, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static JsonValue blank(String field) {
        return or(JsonValue.object().with("op", "notExist").with("field", field), equal(field, ""));
    }

    static JsonValue or(JsonValue... items) {
        return or(Arrays.asList(items));
    }

    static JsonValue or(List<JsonValue> items) {
        return items.size() == 1
                ? items.get(0)
                : JsonValue.object().with("op", "or").with("items", items);
    }

    static JsonValue and(JsonValue... items) {
        return JsonValue.object().with("op", "and").with("items", Arrays.asList(items));
    }

    private static JsonValue comparison(String op, String field, Object value) {
        return JsonValue.object().with("op", op).with("field", field).with("value", value);
    }
}
