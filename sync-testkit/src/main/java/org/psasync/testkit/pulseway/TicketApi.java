package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Tickets, which are only read here. Source: BMS API 2.0, Tickets and ITGlue, 2026-10. */
final class TicketApi {
    private final Tenant tenant;
    private final Shapes shapes;

    TicketApi(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
    }

    void routes(Router router) {
        router.on("POST", "v2/servicedesk/tickets/search", this::search)
                .on("GET", "v2/servicedesk/tickets/{}", this::one)
                .on("GET", "v2/integrations/itglue/servicedesk/ticketsync", this::feed);
    }

    private JsonNode search(Router.Call call) {
        Query query = Query.of(tenant, call.body());
        List<ObjectNode> rows = tenant.tickets.rows().stream()
                .filter(row -> isInQueue(row, query) && query.holds(row, "Title", "Title"))
                .filter(row -> query.within(row, "LastActivityUpdate", "LastActivityUpdate")
                        && query.within(row, "CreatedOn", "CreatedOn"))
                .toList();
        return query.page(rows, true, shapes::ticketRow);
    }

    private boolean isInQueue(ObjectNode row, Query query) {
        String names = query.filter("QueueNames");
        String queue = Lookups.name(tenant.lookups.queues, row.path("QueueId").asInt());
        return names == null
                || queue != null
                        && List.of(names.split(",", -1)).stream()
                                .anyMatch(name -> name.strip().equalsIgnoreCase(queue));
    }

    private JsonNode one(Router.Call call) {
        return Router.envelope(shapes.ticket(tenant.tickets.get(call.id(0))));
    }

    private JsonNode feed(Router.Call call) {
        if (tenant.switches.isOn(Switch.NO_TICKET_FEED)) {
            throw Refusal.of(200, 403, "The IT Glue integration is not enabled.");
        }
        Query query = call.query();
        List<ObjectNode> rows = tenant.tickets.rows().stream()
                .filter(row -> query.within(row, "ModifiedOn", "ModifiedOn"))
                .toList();
        return query.page(rows, true, row -> {
            ObjectNode shown = Wire.object().put("Id", row.path("Id").asInt());
            shown.set("CreatedOn", row.path("CreatedOn"));
            shown.set("ModifiedOn", row.path("ModifiedOn"));
            return shown;
        });
    }
}
