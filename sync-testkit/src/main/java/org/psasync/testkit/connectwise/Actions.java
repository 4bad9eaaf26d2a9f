package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.connectwise.Router.Goal;
import org.psasync.testkit.connectwise.Router.Route;

/** Answers what is no plain list or record: merges, searches, bulk calls, the audit trail, the server's own data. */
final class Actions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tenant tenant;
    private final Renderer renderer;
    private final Writer writer;
    private final Router router;
    private final Listing listing;

    Actions(Tenant tenant, Renderer renderer, Writer writer, Router router, Listing listing) {
        this.tenant = tenant;
        this.renderer = renderer;
        this.writer = writer;
        this.router = router;
        this.listing = listing;
    }

    /** The answer, or null when the path is none of these. */
    @Nullable
    Reply answer(Call call) {
        String path = String.join("/", call.path());
        return switch (path) {
            case "system/info" -> info(call);
            case "system/audittrail", "system/audittrail/count" -> audit(call, path.endsWith("count"));
            case "service/tickets/search" -> search(call);
            case "company/configurations/bulk" -> bulk(call);
            default -> onRecord(call);
        };
    }

    private static void only(Call call, String method) {
        if (!call.method().equals(method)) {
            throw Refusal.notAllowed(call.method());
        }
    }

    private Reply info(Call call) {
        only(call, "GET");
        ObjectNode info = JSON.objectNode()
                .put("version", tenant.version())
                .put("isCloud", tenant.cloud)
                .put("serverTimeZone", "GMT Standard Time");
        ArrayNode bits = info.putArray("licenseBits");
        for (String name : List.of("ManagedServices", "Agreement", "CustomFields", "AuditTrail")) {
            bits.addObject().put("name", name).put("activeFlag", true);
        }
        return Reply.of(200, info.put("cloudRegion", "NA").put("maxWorkFlowRecordsAllowed", 1000));
    }

    private Reply audit(Call call, boolean count) {
        only(call, "GET");
        String type = call.parameter("type", "");
        String id = call.parameter("id", "");
        if (type.isBlank() || !id.matches("\\d{1,9}")) {
            throw Refusal.of(400, "ConnectWiseApi", "The parameters type and id are required.");
        }
        List<History.Entry> entries = writer.history().of(type, Integer.parseInt(id));
        if (count) {
            return Reply.of(200, JSON.objectNode().put("count", entries.size()));
        }
        List<Row> numbers = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            numbers.add(new Row(i, 0));
        }
        return listing.reply(numbers, call, row -> {
            History.Entry entry = entries.get(row.id);
            return Renderer.bytes(JSON.objectNode()
                    .put("text", entry.text())
                    .put("enteredDate", entry.enteredDate())
                    .put("enteredBy", entry.enteredBy())
                    .put("auditType", "Record")
                    .put("auditSubType", entry.subType())
                    .put("auditSource", type));
        });
    }

    private Reply search(Call call) {
        only(call, "POST");
        JsonNode body = Bodies.parse(call.body());
        Table tickets = tenant.table("ticket");
        List<Row> rows = listing.rows(
                tickets,
                Map.of(),
                text(body, "conditions"),
                text(body, "childconditions"),
                text(body, "customfieldconditions"),
                text(body, "orderBy"));
        return listing.reply(tickets, rows, call);
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = Bodies.member(body, name);
        return value == null || value.isNull() ? "" : value.asText();
    }

    private Reply bulk(Call call) {
        Table table = tenant.table("configuration");
        ObjectNode result = JSON.objectNode();
        ArrayNode payload = result.putArray("payload");
        if (!(Bodies.parse(call.body()) instanceof ArrayNode elements)) {
            throw Refusal.of(400, "ConnectWiseApi", "The body is not an array.");
        }
        for (JsonNode element : elements) {
            ObjectNode entry = payload.addObject();
            try {
                ObjectNode body = Bodies.parseRecord(Renderer.bytes(element), table.shape);
                bulkOne(call, table, body, entry);
            } catch (Refusal refusal) {
                entry.put("success", false).put("statusCode", refusal.status()).set("error", refusal.body());
            }
            entry.put("originalIndex", payload.size() - 1);
        }
        return Reply.of(207, result);
    }

    private void bulkOne(Call call, Table table, ObjectNode body, ObjectNode entry) {
        if (call.method().equals("POST")) {
            Row row = writer.create(table, body, Map.of(), call.author());
            entry.put("success", true).put("statusCode", 201).set("data", renderer.record(table, row));
            return;
        }
        int id = body.path("id").asInt();
        Row row = router.record(new Route(Goal.RECORD, table, Map.of(), id, "", null));
        if (call.method().equals("PUT")) {
            writer.replace(table, row, body, call.author());
            entry.put("success", true).put("statusCode", 200).set("data", renderer.record(table, row));
        } else if (call.method().equals("DELETE")) {
            writer.delete(table, row, call.author());
            entry.put("success", true).put("statusCode", 204);
        } else {
            throw Refusal.notAllowed(call.method());
        }
    }

    private @Nullable Reply onRecord(Call call) {
        List<String> path = call.path();
        boolean list =
                path.size() == 5 && path.get(4).equals("list") && path.get(3).equals("usages");
        if (!list && (path.size() != 4 || !path.get(2).matches("\\d{1,9}"))) {
            return null;
        }
        Route route = router.find(list ? path.subList(0, 4) : path);
        if (route.goal() != Goal.ACTION) {
            return null;
        }
        Row row = router.record(route);
        Table table = route.table();
        return switch (table.name() + " " + route.action()) {
            case "company merge" -> merge(row, call);
            case "company usages", "contact usages" -> usages(table, row, call);
            case "configuration changeType" -> changeType(table, row, call);
            case "member deactivate" -> deactivate(table, row, call);
            default -> throw Refusal.noSuchEndpoint();
        };
    }

    private Reply changeType(Table table, Row row, Call call) {
        only(call, "PATCH");
        writer.changeType(table, row, Bodies.parse(call.body()), call.author());
        return Reply.of(200, renderer.record(table, row));
    }

    private Reply deactivate(Table table, Row row, Call call) {
        only(call, "POST");
        writer.edit(table, row, JSON.objectNode().put("inactiveFlag", true), call.author());
        return Reply.of(200, JSON.objectNode().put("success", true));
    }

    private Reply merge(Row source, Call call) {
        only(call, "POST");
        int target = Bodies.parse(call.body()).path("toCompanyId").asInt();
        Table companies = tenant.table("company");
        Row into = companies.find(target);
        if (into == null || into == source || into.flag(companies.field("deletedFlag"))) {
            throw Refusal.invalid(
                    "companyMerge",
                    List.of(new Refusal.Problem("NotFound", "company " + target + " not found", "toCompanyId")));
        }
        writer.merge(source, into, call.author());
        return Reply.of(200, JSON.objectNode().put("success", true).put("message", "The companies were merged."));
    }

    private Reply usages(Table target, Row row, Call call) {
        only(call, "GET");
        ArrayNode usages = JSON.arrayNode();
        for (Table table : tenant.tables().values()) {
            long count = table.rows().stream()
                    .filter(other -> table.shape.fields().stream()
                            .anyMatch(field -> field.kind().pointer()
                                    && field.target().equals(target.name())
                                    && other.pointer(field) == row.id))
                    .count();
            if (count > 0) {
                usages.addObject().put("type", table.shape.label()).put("count", count);
            }
        }
        return Reply.of(200, usages);
    }

    /** The configurations of a ticket: rows are joins, but are shown, found and deleted by the configuration's id. */
    Reply ticketConfigurations(Route route, Call call) {
        router.checkParents(route);
        Table joins = route.table();
        Field configuration = joins.field("configuration");
        Table configurations = tenant.table("configuration");
        List<Row> rows = new ArrayList<>();
        Row joined = null;
        for (Row join : joins.below(route.parents().values().iterator().next())) {
            Row row = configurations.find(join.pointer(configuration));
            if (row != null) {
                rows.add(row);
            }
            joined = join.pointer(configuration) == route.id() ? join : joined;
        }
        if (route.goal() == Goal.COUNT) {
            return Reply.of(200, JSON.objectNode().put("count", rows.size()));
        }
        if (route.goal() == Goal.LIST && call.method().equals("GET")) {
            return listing.reply(rows, call, row -> Renderer.bytes(renderer.reference(configurations, row)));
        }
        if (route.goal() == Goal.LIST && call.method().equals("POST")) {
            return attach(route, call, configurations);
        }
        Row found = configurations.find(route.id());
        if (joined == null || found == null) {
            throw Refusal.notFound(configurations.shape, route.id());
        }
        if (call.method().equals("DELETE")) {
            writer.delete(joins, joined, call.author());
            return Reply.empty(204);
        }
        only(call, "GET");
        return Reply.of(200, renderer.reference(configurations, found));
    }

    private Reply attach(Route route, Call call, Table configurations) {
        int id = Bodies.parse(call.body()).path("id").asInt();
        Row row = configurations.find(id);
        if (row == null) {
            throw Refusal.invalid(
                    "configurationReference",
                    List.of(new Refusal.Problem("NotFound", "configuration " + id + " not found", "id")));
        }
        ObjectNode join = JSON.objectNode();
        join.putObject("configuration").put("id", id);
        writer.create(route.table(), join, route.parents(), call.author());
        return Reply.of(201, renderer.reference(configurations, row));
    }
}
