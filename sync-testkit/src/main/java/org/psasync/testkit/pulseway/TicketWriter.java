package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes, changes and deletes tickets. Source: BMS API 2.0, Tickets, 2026-10. */
final class TicketWriter {
    private static final List<String> WRITABLE = Shapes.words(
            "Title Details AccountId LocationId ContactId HardwareAssetId QueueId StatusId PriorityId TypeId IssueTypeId"
                    + " SubIssueTypeId AssigneeId SourceId SLAId OpenDate DueDate");

    private final Tenant tenant;
    private final Shapes shapes;

    TicketWriter(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
    }

    void routes(Router router) {
        router.on("POST", "v2/servicedesk/tickets", this::create)
                .on("PUT", "v2/servicedesk/tickets/{}", this::replace)
                .on("PATCH", "v2/servicedesk/tickets/{}", this::patch)
                .on("DELETE", "v2/servicedesk/tickets/{}", this::delete);
    }

    private JsonNode create(Router.Call call) {
        ObjectNode row = Wire.object().put("IsScheduled", 0);
        row.setAll(written(call.body()));
        check(row);
        tenant.tickets.add(tenant.made(row, Tenant.API_USER));
        row.put("TicketNumber", row.path("Id").asInt() + "-" + tenant.stamp().substring(0, 4));
        return changed(row, row.deepCopy().putNull("StatusId"), WebhookApi.Event.CREATED);
    }

    private static ObjectNode written(JsonNode body) {
        ObjectNode row = Wire.object();
        for (String member : WRITABLE) {
            JsonNode value = Wire.member(body, member);
            row.set(member, Wire.isBlank(value) ? Wire.nothing() : value);
        }
        return row;
    }

    private JsonNode replace(Router.Call call) {
        return change(call, written(call.body()));
    }

    private JsonNode patch(Router.Call call) {
        return change(call, Patch.read(call.body(), WRITABLE));
    }

    private JsonNode change(Router.Call call, ObjectNode changes) {
        ObjectNode row = tenant.tickets.get(call.id(0));
        ObjectNode before = row.deepCopy();
        ObjectNode whole = row.deepCopy();
        whole.setAll(changes);
        check(whole);
        if (call.isIgnored()) {
            return Router.envelope(shapes.ticket(row));
        }
        row.setAll(changes);
        return changed(row, before, WebhookApi.Event.UPDATED);
    }

    private JsonNode changed(ObjectNode row, ObjectNode before, WebhookApi.Event event) {
        tenant.changed(row, Tenant.API_USER).put("LastActivityUpdate", tenant.stamp());
        if (!row.path("StatusId").equals(before.path("StatusId"))) {
            row.put("LastStatusUpdate", tenant.stamp());
            boolean completed = Lookups.COMPLETED.equals(
                    Lookups.name(tenant.lookups.statuses, row.path("StatusId").asInt()));
            row.put("CompletedDate", completed ? tenant.stamp() : null);
            row.put("StatusOrder", row.path("StatusId").asInt() - 500);
        }
        WebhookApi.tell(tenant, event, row);
        return Router.envelope(shapes.ticket(row));
    }

    private JsonNode delete(Router.Call call) {
        ObjectNode row = tenant.tickets.get(call.id(0));
        if (!call.isIgnored()) {
            tenant.tickets.remove(call.id(0));
            WebhookApi.tell(tenant, WebhookApi.Event.DELETED, row);
        }
        return Router.NO_BODY;
    }

    private void check(ObjectNode row) {
        List<String> problems = new ArrayList<>();
        for (String member : Shapes.words("Title Details TypeId SourceId OpenDate")) {
            if (Wire.isBlank(row.path(member))) {
                problems.add(member + " is required.");
            }
        }
        AccountApi.known(tenant.lookups.statuses, row, "StatusId", problems);
        AccountApi.known(tenant.lookups.priorities, row, "PriorityId", problems);
        optional(tenant.lookups.queues, row, "QueueId", problems);
        optional(tenant.lookups.issueTypes, row, "IssueTypeId", problems);
        optional(tenant.lookups.subTypes(row.path("IssueTypeId").asInt()), row, "SubIssueTypeId", problems);
        optional(tenant.lookups.slas, row, "SLAId", problems);
        ObjectNode account = tenant.accounts.find(row.path("AccountId").asInt());
        if (account == null) {
            problems.add("AccountId is not valid.");
        } else if (Tenant.location(account, row.path("LocationId").asInt()) == null) {
            problems.add("LocationId is not valid.");
        }
        known(tenant.contacts, row, "ContactId", problems);
        known(tenant.assets, row, "HardwareAssetId", problems);
        known(tenant.employees, row, "AssigneeId", problems);
        if (Wire.isBlank(row.path("QueueId")) && Wire.isBlank(row.path("AssigneeId"))) {
            problems.add("QueueId or AssigneeId is required.");
        }
        for (String date : List.of("OpenDate", "DueDate")) {
            if (!Wire.isBlank(row.path(date)) && !isDate(row.path(date).asText())) {
                problems.add(date + " is not valid.");
            }
        }
        AccountApi.refuse(problems);
    }

    private static void optional(Map<Integer, String> list, ObjectNode row, String member, List<String> problems) {
        if (!Wire.isBlank(row.path(member))) {
            AccountApi.known(list, row, member, problems);
        }
    }

    /** Zero stands for none, as in assets. */
    private static void known(Table table, ObjectNode row, String member, List<String> problems) {
        int id = row.path(member).asInt();
        if (id != 0 && table.find(id) == null) {
            problems.add(member + " is not valid.");
        }
    }

    private static boolean isDate(String text) {
        try {
            Tenant.time(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
