package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Answers queries, page by page in the order of ids, and single records.
 *
 * <p>Source: REST guide, Basic query calls, and recorded answers, 2026-10.
 */
final class QueryApi {
    private static final int LARGEST_PAGE = 500;

    private final Tenant tenant;
    private final Renderer renderer;

    QueryApi(Tenant tenant, Renderer renderer) {
        this.tenant = tenant;
        this.renderer = renderer;
    }

    /**
     * A query as it came.
     *
     * @param base the address of the interface, with a slash at the end
     */
    record Asked(String base, String method, Map<String, String> parameters, JsonNode body) {
        String search() {
            return parameters.getOrDefault("search", "");
        }

        /** Where the query stands: in the body of a POST, in the address of a GET. */
        JsonNode model() {
            if (method.equals("GET")) {
                return Wire.parse(search().getBytes(StandardCharsets.UTF_8));
            }
            if (!body.isObject()) {
                throw Refusal.invalid("Value cannot be null. Parameter name: queryModel");
            }
            return body;
        }
    }

    ObjectNode first(Table table, Asked asked) {
        return page(table, asked, Long.MIN_VALUE, -1);
    }

    /** A page behind the first: whoever began by POST goes on by POST. */
    ObjectNode next(Table table, Asked asked) {
        boolean begunByGet = !asked.search().isEmpty();
        if (begunByGet != asked.method().equals("GET")) {
            throw Refusal.method(asked.method());
        }
        JsonNode paging =
                Wire.parse(asked.parameters().getOrDefault("paging", "").getBytes(StandardCharsets.UTF_8));
        long after = paging.path("nextIds").path(0).asLong(-1);
        return page(table, asked, after, paging.path("pageSize").asInt(LARGEST_PAGE));
    }

    ObjectNode count(Table table, Asked asked) {
        Filter filter = new FilterReader(tenant, table.entity).read(Wire.member(asked.model(), "filter"));
        long count = isHidden(table)
                ? 0
                : table.rows().stream().filter(filter::matches).count();
        return Wire.object().put("queryCount", count);
    }

    private boolean isHidden(Table table) {
        if (tenant.rights.allows(table.entity.path(), "query")) {
            return false;
        }
        if (tenant.switches.isOn(Switch.HIDDEN_AS_EMPTY)) {
            return true;
        }
        throw Refusal.permission("query");
    }

    /** @param keptSize the size of a page that was begun before; negative for a first page */
    private ObjectNode page(Table table, Asked asked, long after, int keptSize) {
        boolean hidden = isHidden(table);
        JsonNode model = asked.model();
        Filter filter = new FilterReader(tenant, table.entity).read(Wire.member(model, "filter"));
        int wanted = keptSize < 0 ? size(Wire.member(model, "MaxRecords")) : keptSize;
        int most = Math.max(1, Math.min(wanted, tenant.switches.largestPage()) - tenant.switches.pagesShorterBy());
        Set<String> included = new HashSet<>();
        Wire.member(model, "IncludeFields")
                .forEach(name -> included.add(name.asText().toLowerCase(Locale.ROOT)));
        ObjectNode answer = Wire.object();
        ArrayNode items = answer.putArray("items");
        boolean more = false;
        long last = -1;
        for (Row row : hidden ? Set.<Row>of() : table.after(after)) {
            if (filter.matches(row)) {
                if (items.size() == most) {
                    more = true;
                    break;
                }
                items.add(renderer.record(table.entity, row, included));
                last = row.id;
            }
        }
        ObjectNode details = answer.putObject("pageDetails").put("count", items.size());
        details.put("requestCount", wanted).putNull("prevPageUrl");
        details.put("nextPageUrl", more ? nextPage(table, asked, wanted, last) : null);
        return answer;
    }

    private static int size(JsonNode asked) {
        int size = asked.asInt(LARGEST_PAGE);
        if (size < 1 || size > LARGEST_PAGE) {
            throw Refusal.invalid("maxCountOfRecordsToReturn must be between 1 and 500");
        }
        return size;
    }

    private String nextPage(Table table, Asked asked, int size, long last) {
        ObjectNode paging = Wire.object().put("pageSize", size);
        paging.putArray("previousIds").add(-1);
        paging.putArray("nextIds").add(last);
        String foreign = tenant.switches.nextPageHost();
        String base = foreign.isEmpty() ? asked.base() : foreign + "/ATServicesRest/";
        String address = base + "V1.0/" + table.entity.path() + "/query/next?paging=" + encoded(paging.toString());
        return asked.search().isEmpty() ? address : address + "&search=" + encoded(asked.search());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A single record. */
    JsonNode item(Table table, long id) {
        Row row = isHidden(table) ? null : table.find(id);
        if (row == null) {
            if (tenant.switches.isOn(Switch.MISSING_AS_NULL)) {
                return Wire.object().putNull("item");
            }
            throw Refusal.bare(404);
        }
        return Wire.object().set("item", renderer.record(table.entity, row, Set.of()));
    }

    /** Takes the parameters of an address apart; their names are not case-sensitive. */
    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
