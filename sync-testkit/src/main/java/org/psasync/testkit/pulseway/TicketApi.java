package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads tickets. Source: BMS API 2.0, Tickets and ITGlue, 2026-10. */
final class TicketApi {
    private static final Filters FED = new Filters().dates("CreatedOn").dates("ModifiedOn");

    private final Tenant tenant;
    private final Shapes shapes;
    private final Filters searched;

    TicketApi(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
        searched = new Filters()
                .text("Title")
                .text("TicketNumber")
                .text("Details")
                .text("Account", shown("AccountName"))
                .text("LocationName", shown("LocationName"))
                .text("ContactName", shown("ContactName"))
                .text("HardwareAssetName", shown("HardwareAssetName"))
                .text("AccountCode", row -> {
                    ObjectNode account =
                            tenant.accounts.find(row.path("AccountId").asInt());
                    return account == null
                            ? List.of()
                            : List.of(account.path("AccountCode").asText(""));
                })
                .names("QueueNames", shown("QueueName"))
                .names("StatusNames", shown("StatusName"))
                .names("PriorityNames", shown("PriorityName"))
                .names("TicketTypeNames", Filters.member("TypeName"))
                .numbers("SourceIds", Filters.member("SourceId"))
                .numbers("AccountIds", Filters.member("AccountId"))
                .number("AccountLocationId", Filters.member("LocationId"))
                .number("ContactId")
                .number("HardwareAssetId")
                .number("IsScheduled")
                .only("ExcludeCompleted", row -> !isCompleted(row, shapes))
                .dates("OpenDate")
                .dates("DueDate")
                .dates("CompletedDate")
                .dates("CreatedOn")
                .dates("LastActivityUpdate")
                .dates("LastStatusUpdate");
    }

    private Filters.Part shown(String member) {
        return Filters.shown(shapes::ticketRow, member);
    }

    void routes(Router router) {
        router.on("POST", "v2/servicedesk/tickets/search", this::search)
                .on("GET", "v2/servicedesk/tickets/{}", this::one)
                .on("GET", "v2/integrations/itglue/servicedesk/ticketsync", this::feed);
    }

    private JsonNode search(Router.Call call) {
        Query query = Query.of(tenant, call.body());
        return query.page(searched.of(query, tenant.tickets.rows()), true, shapes::ticketRow);
    }

    private static boolean isCompleted(ObjectNode row, Shapes shapes) {
        return !Wire.isBlank(row.path("CompletedDate"))
                || shapes.ticketRow(row).path("StatusName").asText().equals(Lookups.COMPLETED);
    }

    private JsonNode one(Router.Call call) {
        return Router.envelope(shapes.ticket(tenant.tickets.get(call.id(0))));
    }

    private JsonNode feed(Router.Call call) {
        if (tenant.switches.isOn(Switch.NO_TICKET_FEED)) {
            throw Refusal.of(200, 403, "The IT Glue integration is not enabled.");
        }
        Query query = call.query();
        return query.page(FED.of(query, tenant.tickets.rows()), true, row -> {
            ObjectNode shown = Wire.object().put("Id", row.path("Id").asInt());
            shown.set("CreatedOn", row.path("CreatedOn"));
            shown.set("ModifiedOn", row.path("ModifiedOn"));
            return shown;
        });
    }
}
