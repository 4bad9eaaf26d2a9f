package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Filters and pages of a list: parameters of the address, or the members of a search body. */
final class Query {
    private static final int USUAL_PAGE = 50;
    private static final String FILTER = "Filter.";

    private final Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Tenant tenant;

    Query(Tenant tenant, Map<String, String> parameters) {
        this.tenant = tenant;
        this.parameters.putAll(parameters);
    }

    /** The members of a search body, its filter among them. */
    static Query of(Tenant tenant, JsonNode body) {
        Query query = new Query(tenant, Map.of());
        query.take("", body);
        return query;
    }

    private void take(String prefix, JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isObject()) {
                take(member.getKey() + ".", member.getValue());
            } else if (member.getValue().isArray()) {
                List<String> values = new ArrayList<>();
                member.getValue().forEach(value -> values.add(value.asText()));
                parameters.put(prefix + member.getKey(), String.join(",", values));
            } else if (!member.getValue().isNull()) {
                parameters.put(prefix + member.getKey(), member.getValue().asText());
            }
        }
    }

    @Nullable
    String filter(String name) {
        String value = parameters.get(FILTER + name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The filters that have a value, by their names. */
    Map<String, String> filters() {
        Map<String, String> filters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        parameters.forEach((name, value) -> {
            if (name.regionMatches(true, 0, FILTER, 0, FILTER.length()) && !value.isBlank()) {
                filters.put(name.substring(FILTER.length()), value);
            }
        });
        return filters;
    }

    boolean hidesInactive() {
        return tenant.switches.isOn(Switch.INACTIVE_HIDDEN);
    }

    /** Which rows have a stamp on the right side of a date. */
    Predicate<ObjectNode> bound(String member, String value, boolean from) {
        Instant date = date(value);
        int slack = tenant.switches.isOn(Switch.EXCLUSIVE_BOUNDS) ? 1 : 0;
        return row -> {
            JsonNode stamp = row.path(member);
            if (stamp.isNull() || stamp.isMissingNode()) {
                return false;
            }
            int order = Tenant.time(stamp.asText()).compareTo(date);
            return from ? order >= slack : order <= -slack;
        };
    }

    private Instant date(String text) {
        try {
            return Tenant.time(text)
                    .plus(tenant.switches.isOn(Switch.DATES_OF_ANOTHER_ZONE) ? Duration.ofHours(12) : Duration.ZERO);
        } catch (DateTimeException e) {
            throw Filters.invalid("a date", text);
        }
    }

    /**
     * A page of rows in an envelope.
     *
     * @throws Refusal when a way of sorting is asked for, or members are to be left out: how is not documented
     */
    <R> ObjectNode page(Collection<R> rows, boolean counted, Function<R, JsonNode> shown) {
        for (String unknown : List.of("Sort", "Exclude")) {
            String value = parameters.get(unknown);
            if (value != null && !value.isBlank()) {
                throw Filters.invalid(unknown, value);
            }
        }
        int size = Math.min(number("PageSize", USUAL_PAGE), tenant.switches.largestPage());
        int number = Math.max(1, number("PageNumber", 1));
        List<R> page =
                rows.stream().skip((long) (number - 1) * size).limit(size).toList();
        ObjectNode envelope = Wire.object().put("Success", true).putNull("Error");
        ArrayNode list = envelope.putArray("Result");
        page.forEach(row -> list.add(shown.apply(row)));
        if (counted) {
            envelope.put("TotalRecords", Math.max(0, rows.size() + tenant.switches.totalsOffBy()));
        }
        return envelope;
    }

    private int number(String name, int otherwise) {
        String text = parameters.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw Filters.invalid(name, text);
        }
        return Integer.parseInt(text);
    }
}
