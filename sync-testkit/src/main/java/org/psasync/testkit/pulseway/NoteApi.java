package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The notes of tickets. Source: BMS API 2.0, Ticket notes, 2026-10. */
final class NoteApi {
    private static final String NOTES = "v2/servicedesk/tickets/{}/notes";

    private final Tenant tenant;

    NoteApi(Tenant tenant) {
        this.tenant = tenant;
    }

    void routes(Router router) {
        router.on("GET", NOTES, this::list)
                .on("POST", NOTES, this::create)
                .on("GET", NOTES + "/{}", call -> Router.envelope(note(call)))
                .on("PUT", NOTES + "/{}", this::replace)
                .on("DELETE", NOTES + "/{}", this::delete);
    }

    private ArrayNode notes(Router.Call call) {
        return tenant.tickets.get(call.id(0)).withArray("Notes");
    }

    private ObjectNode note(Router.Call call) {
        for (JsonNode note : notes(call)) {
            if (note.path("Id").asInt() == call.id(1)) {
                return (ObjectNode) note;
            }
        }
        throw Refusal.missing("Note", call.id(1));
    }

    private JsonNode list(Router.Call call) {
        List<JsonNode> notes = new ArrayList<>();
        notes(call).forEach(notes::add);
        return call.query().page(notes, false, note -> note);
    }

    private JsonNode create(Router.Call call) {
        ObjectNode note = tenant.made(Wire.object().put("Id", tenant.nextPart()), Tenant.API_USER);
        write(note, call.body());
        note.put("TypeName", "Note").put("CreatedByName", "Sync Service").put("ModifiedByName", "Sync Service");
        note.put("CreatedByEmail", "sync@msp.example").putArray("Attachments");
        if (!call.isIgnored()) {
            notes(call).add(note);
            touch(call);
        }
        return Router.envelope(note);
    }

    private JsonNode replace(Router.Call call) {
        ObjectNode note = note(call);
        ObjectNode changed = note.deepCopy();
        write(changed, call.body());
        if (!call.isIgnored()) {
            note.setAll(tenant.changed(changed, Tenant.API_USER));
            touch(call);
        }
        return Router.envelope(note);
    }

    private JsonNode delete(Router.Call call) {
        note(call);
        if (!call.isIgnored()) {
            notes(call).removeIf(each -> each.path("Id").asInt() == call.id(1));
            touch(call);
        }
        return Router.NO_BODY;
    }

    private static void write(ObjectNode note, JsonNode body) {
        List<String> problems = new ArrayList<>();
        for (String member : Shapes.words("Details IsInternal NoteDate TypeId")) {
            if (Wire.isBlank(Wire.member(body, member))) {
                problems.add(member + " is required.");
            }
        }
        AccountApi.refuse(problems);
        for (String member : Shapes.words("Details IsInternal TypeId")) {
            note.set(member, Wire.member(body, member));
        }
    }

    /** A note is activity in its ticket. */
    private void touch(Router.Call call) {
        ObjectNode ticket = tenant.tickets.get(call.id(0));
        tenant.changed(ticket, Tenant.API_USER).put("LastActivityUpdate", tenant.stamp());
        WebhookApi.tell(tenant, WebhookApi.Event.UPDATED, ticket);
    }
}
