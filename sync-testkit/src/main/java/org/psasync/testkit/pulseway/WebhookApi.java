package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks, which are of tickets only. Source: BMS API 2.0, Webhooks, 2026-10. */
final class WebhookApi {
    /** What can happen to a ticket, by its number. */
    enum Event {
        CREATED(1, "Created"),
        UPDATED(2, "Updated"),
        DELETED(3, "Deleted");

        private final int number;
        private final String shown;

        Event(int number, String shown) {
            this.number = number;
            this.shown = shown;
        }
    }

    private static final Filters FILTERS = new Filters()
            .text("PayloadUrl")
            .text("Name")
            .number("IsEnabled", row -> List.of(row.path("IsEnabled").asBoolean() ? "1" : "0"));

    private final Tenant tenant;

    WebhookApi(Tenant tenant) {
        this.tenant = tenant;
    }

    void routes(Router router) {
        router.on("GET", "v2/admin/webhooks/events/lookup", call -> events())
                .on("POST", "v2/admin/webhooks/search", this::search)
                .on("POST", "v2/admin/webhooks", this::create)
                .on("GET", "v2/admin/webhooks/{}", call -> shown(tenant.webhooks.get(call.id(0))))
                .on("PUT", "v2/admin/webhooks/{}", this::replace)
                .on("DELETE", "v2/admin/webhooks/{}", this::delete);
    }

    private static JsonNode events() {
        ArrayNode list = Wire.MAPPER.createArrayNode();
        for (Event event : Event.values()) {
            list.addObject()
                    .put("Id", event.number)
                    .put("Name", event.shown)
                    .put("CategoryName", "Ticket")
                    .put("CategoryId", 1);
        }
        return Router.envelope(list);
    }

    private JsonNode search(Router.Call call) {
        Query query = Query.of(tenant, call.body());
        return query.page(FILTERS.of(query, tenant.webhooks.rows()), true, row -> {
            ObjectNode shown = row.deepCopy();
            shown.remove(List.of("Secret", "ContentType", "SendAllEvents", "Events"));
            return shown.putNull("RecentDelivery").put("UseCount", 0);
        });
    }

    private JsonNode create(Router.Call call) {
        ObjectNode row = written(call.body(), null);
        return shown(tenant.webhooks.add(tenant.made(row, Tenant.API_USER)));
    }

    private JsonNode replace(Router.Call call) {
        ObjectNode row = tenant.webhooks.get(call.id(0));
        ObjectNode changes = written(call.body(), row);
        if (!call.isIgnored()) {
            row.setAll(changes);
            tenant.changed(row, Tenant.API_USER);
        }
        return shown(row);
    }

    private JsonNode delete(Router.Call call) {
        tenant.webhooks.get(call.id(0));
        tenant.webhooks.remove(call.id(0));
        return Router.NO_BODY;
    }

    /** A secret that is left out stays. */
    private static ObjectNode written(JsonNode body, @Nullable ObjectNode before) {
        ObjectNode row = Wire.object();
        List<String> problems = new ArrayList<>();
        String name = Wire.member(body, "Name").asText("");
        String address = Wire.member(body, "PayloadURL").asText("");
        if (name.isBlank()) {
            problems.add("Name is required.");
        }
        if (!isAddress(address)) {
            problems.add("PayloadURL is not valid.");
        }
        ArrayNode events = row.putArray("Events");
        for (JsonNode event : Wire.member(body, "Events")) {
            if (event.asInt() < 1 || event.asInt() > Event.values().length) {
                problems.add("Events is not valid.");
            }
            events.add(event.asInt());
        }
        AccountApi.refuse(problems);
        JsonNode secret = Wire.member(body, "Secret");
        String kept = before == null ? "" : before.path("Secret").asText("");
        row.put("Name", name).put("PayloadUrl", address);
        row.put("Secret", Wire.isBlank(secret) ? kept : secret.asText());
        row.put("IsEnabled", Wire.member(body, "IsEnabled").asBoolean());
        row.put("ContentType", Wire.member(body, "ContentType").asInt(1));
        return row.put("SendAllEvents", Wire.member(body, "SendAllEvents").asBoolean());
    }

    private static boolean isAddress(String text) {
        try {
            URI address = new URI(text);
            return String.valueOf(address.getScheme()).matches("https?") && address.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static JsonNode shown(ObjectNode row) {
        ObjectNode shown = row.deepCopy();
        boolean secret = !shown.remove("Secret").asText("").isEmpty();
        return Router.envelope(shown.put("HasSecret", secret));
    }

    /** Lays down what the webhooks for an event would send. */
    static void tell(Tenant tenant, Event event, ObjectNode ticket) {
        for (ObjectNode webhook : tenant.webhooks.rows()) {
            boolean wanted = webhook.path("SendAllEvents").asBoolean();
            for (JsonNode each : webhook.path("Events")) {
                wanted |= each.asInt() == event.number;
            }
            if (wanted && webhook.path("IsEnabled").asBoolean()) {
                ObjectNode body = Wire.object().put("EventId", event.number).put("EventName", event.shown);
                body.put("TicketId", ticket.path("Id").asInt()).set("TicketNumber", ticket.path("TicketNumber"));
                boolean pascal = tenant.switches.isOn(Switch.PASCAL_CASE);
                tenant.deliveries.add(new Delivery(
                        webhook.path("Id").asInt(),
                        webhook.path("PayloadUrl").asText(),
                        new String(Wire.bytes(body, pascal), StandardCharsets.UTF_8)));
            }
        }
    }
}
