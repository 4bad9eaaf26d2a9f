package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Incoming;

/** Finds what answers a method and a path. Names in paths are not case-sensitive. */
final class Router {
    private static final List<String> WRITTEN_BELOW = List.of("Contacts", "CompanyLocations");
    private static final List<String> MADE_AT_ROOT =
            List.of("Companies", "ConfigurationItems", "ConfigurationItemTypes", "Products", "Tickets");

    private final Tenant tenant;
    private final QueryApi queries;
    private final Writer writer;
    private final MetaApi meta;

    Router(Tenant tenant) {
        this.tenant = tenant;
        this.queries = new QueryApi(tenant, new Renderer(tenant));
        this.writer = new Writer(tenant);
        this.meta = new MetaApi(tenant);
    }

    /** Records below another one, such as the contacts of a company. */
    private record Child(Table table, String parentMember) {}

    /**
     * Answers a request.
     *
     * @param base the address of the interface
     * @param usage how many requests were made in the hour
     * @throws Refusal when it is to be answered with an error
     */
    JsonNode answer(Incoming request, String base, ObjectNode usage) {
        String[] steps = Desk.shownPath(request).split("/", -1);
        String first = steps[0].toLowerCase(Locale.ROOT);
        if (first.equals("version")) {
            return Wire.object()
                    .put("majorVersion", "2026")
                    .put("minorVersion", "2")
                    .put("build", "31")
                    .put("customerType", "Autotask");
        }
        if (first.equals("thresholdinformation")) {
            return usage;
        }
        Entity entity = Schema.find(steps[0]);
        if (entity == null) {
            throw Refusal.noRoute();
        }
        Table table = tenant.table(entity.path());
        String second = steps.length > 1 ? steps[1].toLowerCase(Locale.ROOT) : "";
        if (second.equals("query")) {
            return query(table, request, base, steps.length > 2 ? steps[2].toLowerCase(Locale.ROOT) : "");
        }
        if (second.equals("entityinformation")) {
            return information(entity, steps.length > 2 ? steps[2].toLowerCase(Locale.ROOT) : "");
        }
        if (steps.length > 2) {
            return below(entity, steps, request);
        }
        return steps.length == 1 ? root(table, request) : single(table, id(steps[1]), request);
    }

    private static long id(String step) {
        if (!step.matches("\\d{1,18}")) {
            throw Refusal.noRoute();
        }
        return Long.parseLong(step);
    }

    private JsonNode query(Table table, Incoming request, String base, String rest) {
        Map<String, String> parameters = QueryApi.parameters(request.query());
        QueryApi.Asked asked = new QueryApi.Asked(base, request.method(), parameters, Wire.parse(request.body()));
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            throw Refusal.method(request.method());
        }
        return switch (rest) {
            case "" -> queries.first(table, asked);
            case "count" -> queries.count(table, asked);
            case "next" -> queries.next(table, asked);
            default -> throw Refusal.noRoute();
        };
    }

    private JsonNode information(Entity entity, String rest) {
        return switch (rest) {
            case "" -> meta.information(entity);
            case "fields" -> meta.fields(entity);
            case "userdefinedfields" -> meta.userDefinedFields(entity);
            default -> throw Refusal.noRoute();
        };
    }

    private JsonNode root(Table table, Incoming request) {
        String path = table.entity.path();
        if (WRITTEN_BELOW.contains(path)) {
            throw tenant.switches.isOn(Switch.ROOT_CHILDREN_AS_405)
                    ? Refusal.method(request.method())
                    : Refusal.noRoute();
        }
        if (!MADE_AT_ROOT.contains(path) && !path.endsWith("Webhooks")) {
            throw Refusal.method(request.method());
        }
        return written(new Writer.Write(table, Wire.parse(request.body()), null, -1), request.method());
    }

    private JsonNode written(Writer.Write write, String method) {
        return switch (method) {
            case "POST" -> writer.create(write);
            case "PATCH" -> writer.update(write, false);
            case "PUT" -> writer.update(write, true);
            default -> throw Refusal.method(method);
        };
    }

    private JsonNode single(Table table, long id, Incoming request) {
        if (request.method().equals("GET")) {
            return queries.item(table, id);
        }
        if (request.method().equals("DELETE") && table.entity.path().endsWith("Webhooks")) {
            return writer.delete(new Writer.Write(table, Wire.object(), null, -1), id);
        }
        throw Refusal.method(request.method());
    }

    private JsonNode below(Entity parent, String[] steps, Incoming request) {
        Child child = child(parent, steps[2]);
        long parentId = id(steps[1]);
        if (child == null || steps.length > 4) {
            throw Refusal.noRoute();
        }
        if (tenant.table(parent.path()).find(parentId) == null) {
            throw Refusal.record("No matching records found.");
        }
        Writer.Write write =
                new Writer.Write(child.table(), Wire.parse(request.body()), child.parentMember(), parentId);
        if (steps.length == 3) {
            return request.method().equals("GET") ? list(child, parentId) : written(write, request.method());
        }
        long id = id(steps[3]);
        return switch (request.method()) {
            case "GET" -> queries.item(child.table(), id);
            case "DELETE" -> writer.delete(write, id);
            default -> throw Refusal.method(request.method());
        };
    }

    private JsonNode list(Child child, long parentId) {
        ObjectNode model = Wire.object();
        model.putArray("filter")
                .addObject()
                .put("op", "eq")
                .put("field", child.parentMember())
                .put("value", parentId);
        return queries.first(child.table(), new QueryApi.Asked("", "POST", Map.of(), model));
    }

    private @Nullable Child child(Entity parent, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (parent.path().equals("Companies") && lower.equals("contacts")) {
            return new Child(tenant.table("Contacts"), "companyID");
        }
        if (parent.path().equals("Companies") && lower.equals("locations")) {
            return new Child(tenant.table("CompanyLocations"), "companyID");
        }
        if (parent.path().endsWith("Webhooks") && (lower.equals("fields") || lower.equals("excludedresources"))) {
            String rest = lower.equals("fields") ? "Fields" : "ExcludedResources";
            return new Child(tenant.table(parent.name() + rest), "webhookID");
        }
        return null;
    }
}
