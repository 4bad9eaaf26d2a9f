package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.psasync.testkit.connectwise.Router.Route;

/** Answers requests for records: lists, counts, single records, and changes. */
final class Api {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tenant tenant;
    private final Renderer renderer;
    private final Writer writer;
    private final Router router;
    private final Listing listing;
    private final Actions actions;

    Api(Tenant tenant, Renderer renderer, Writer writer) {
        this.tenant = tenant;
        this.renderer = renderer;
        this.writer = writer;
        this.router = new Router(tenant);
        this.listing = new Listing(tenant, renderer);
        this.actions = new Actions(tenant, renderer, writer, router, listing);
    }

    /**
     * Answers a call.
     *
     * @throws Refusal when it is to be answered with an error
     */
    Reply answer(Call call) {
        Reply special = actions.answer(call);
        if (special != null) {
            return special;
        }
        Route route = router.find(call.path());
        if (route.table().name().equals("ticketConfiguration")) {
            return actions.ticketConfigurations(route, call);
        }
        return switch (route.goal()) {
            case LIST -> collection(route, call);
            case COUNT -> count(route, call);
            case RECORD -> record(route, call);
            case ACTION -> throw Refusal.noSuchEndpoint();
        };
    }

    private Reply collection(Route route, Call call) {
        router.checkParents(route);
        Table table = route.table();
        if (call.method().equals("GET")) {
            List<Row> rows = listing.rows(table, route.parents(), call);
            Schema.View view = route.view();
            return view == null
                    ? listing.reply(table, rows, call)
                    : listing.reply(rows, call, row -> Renderer.bytes(view(view, table, row, call)));
        }
        if (!call.method().equals("POST") || route.view() != null) {
            throw Refusal.notAllowed(call.method());
        }
        ObjectNode body = Bodies.parseRecord(call.body(), table.shape);
        Row row = writer.create(table, body, route.parents(), call.author());
        return Reply.of(201, renderer.record(table, row));
    }

    private Reply count(Route route, Call call) {
        if (!call.method().equals("GET")) {
            throw Refusal.notAllowed(call.method());
        }
        router.checkParents(route);
        int count = listing.rows(route.table(), route.parents(), call).size();
        return Reply.of(200, JSON.objectNode().put("count", count));
    }

    private Reply record(Route route, Call call) {
        Table table = route.table();
        Row row = router.record(route);
        boolean gone = tenant.switches.isOn(Switch.DELETED_COMPANIES_ANSWER_404);
        boolean deleted = table.shape.has("deletes", "soft") && row.flag(table.field("deletedFlag"));
        if (deleted && (gone || call.method().equals("DELETE"))) {
            throw Refusal.notFound(table.shape, row.id);
        }
        if (route.view() != null && !call.method().equals("GET")) {
            throw Refusal.notAllowed(call.method());
        }
        return switch (call.method()) {
            case "GET" -> read(route, row, call);
            case "PATCH" -> {
                writer.patch(table, row, Bodies.parse(call.body()), call.author());
                yield Reply.of(200, renderer.record(table, row));
            }
            case "PUT" -> {
                writer.replace(table, row, Bodies.parseRecord(call.body(), table.shape), call.author());
                yield Reply.of(200, renderer.record(table, row));
            }
            case "DELETE" -> delete(table, row, call);
            default -> throw Refusal.notAllowed(call.method());
        };
    }

    private Reply read(Route route, Row row, Call call) {
        Schema.View view = route.view();
        return view == null
                ? Reply.of(200, renderer.bytes(route.table(), row, Projection.of(call.parameter("fields"))))
                : Reply.of(200, view(view, route.table(), row, call));
    }

    private Reply delete(Table table, Row row, Call call) {
        if (table.shape.has("deletes", "never")) {
            throw Refusal.notAllowed(call.method());
        }
        String transfer = call.parameter("transferContactId", "");
        if (table.name().equals("contact") && !transfer.isBlank()) {
            Row other = transfer.matches("\\d{1,9}") ? table.find(Integer.parseInt(transfer)) : null;
            if (other == null) {
                throw Refusal.notFound(table.shape, transfer);
            }
            writer.repoint(table, row.id, other.id, List.of("configuration", "ticket"));
        }
        writer.delete(table, row, call.author());
        return Reply.empty(204);
    }

    private JsonNode view(Schema.View view, Table table, Row row, Call call) {
        ObjectNode node = JSON.objectNode().put("id", row.id);
        for (Shape.Alias alias : view.members()) {
            JsonNode value = alias.from().size() == 1
                    ? renderer.member(table, row, alias.from().get(0))
                    : Renderer.plain(Renderer.alias(row, alias));
            if (value != null) {
                node.set(alias.name(), value);
            }
        }
        node.putObject(Field.INFO);
        return Projection.of(call.parameter("fields")).prune(node);
    }
}
