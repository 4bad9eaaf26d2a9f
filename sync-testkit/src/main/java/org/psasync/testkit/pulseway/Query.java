package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Filters and pages of a list: parameters of the address, or the members of a search body. */
final class Query {
    private static final int USUAL_PAGE = 50;

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
            } else if (!member.getValue().isNull()) {
                parameters.put(prefix + member.getKey(), member.getValue().asText());
            }
        }
    }

    @Nullable
    String filter(String name) {
        String value = parameters.get("Filter." + name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Whether a member holds the text of a filter, in any case. */
    boolean holds(JsonNode row, String member, String filter) {
        String wanted = filter(filter);
        return wanted == null
                || row.path(member).asText("").toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }

    /** Whether a member is the number of a filter. */
    boolean equal(JsonNode row, String member, String filter) {
        String wanted = filter(filter);
        return wanted == null || row.path(member).asText("").equals(wanted.strip());
    }

    /** Whether a stamp is within the two dates of a filter. */
    boolean within(JsonNode row, String member, String filter) {
        String from = filter(filter + "From");
        String to = filter(filter + "To");
        if (from == null && to == null) {
            return true;
        }
        if (row.path(member).isNull() || row.path(member).isMissingNode()) {
            return false;
        }
        Instant at = Tenant.time(row.path(member).asText());
        int slack = tenant.switches.isOn(Switch.EXCLUSIVE_BOUNDS) ? 1 : 0;
        return (from == null || at.compareTo(date(from)) >= slack) && (to == null || at.compareTo(date(to)) <= -slack);
    }

    private Instant date(String text) {
        try {
            return Tenant.time(text)
                    .plus(tenant.switches.isOn(Switch.DATES_OF_ANOTHER_ZONE) ? Duration.ofHours(12) : Duration.ZERO);
        } catch (DateTimeException e) {
            throw Refusal.of(400, 400, "The value '" + text + "' is not valid for a date.");
        }
    }

    /** Whether a record is shown, by its activity. */
    boolean active(JsonNode row) {
        String wanted = filter("IsActive");
        boolean active = row.path("IsActive").asBoolean();
        return wanted == null
                ? active || !tenant.switches.isOn(Switch.INACTIVE_HIDDEN)
                : active == wanted.equalsIgnoreCase("true");
    }

    /** A page of rows in an envelope. */
    <R> ObjectNode page(Collection<R> rows, boolean counted, Function<R, JsonNode> shown) {
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
            throw Refusal.of(400, 400, "The value '" + text + "' is not valid for " + name + ".");
        }
        return Integer.parseInt(text);
    }
}
