package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Locations in the older interface, the only one that writes them. Source: public clients of it, 2026-10. */
final class V1Api {
    private final Tenant tenant;
    private final AccountApi accounts;

    V1Api(Tenant tenant, AccountApi accounts) {
        this.tenant = tenant;
        this.accounts = accounts;
    }

    void routes(Router router) {
        router.on("GET", "api/crm/locations/{}", this::one)
                .on("POST", "api/crm/locations", this::create)
                .on("PUT", "api/crm/locations/{}", this::replace);
    }

    private JsonNode one(Router.Call call) {
        ObjectNode account = tenant.accountOf(call.id(0));
        ObjectNode location = account == null ? null : Tenant.location(account, call.id(0));
        return account == null || location == null ? refused("The location was not found.") : fine(account, location);
    }

    private JsonNode create(Router.Call call) {
        JsonNode body = call.body();
        ObjectNode account = tenant.accounts.find(Wire.member(body, "AccountId").asInt());
        String problem = problem(body);
        if (account == null || problem != null) {
            return refused(problem == null ? "The account was not found." : problem);
        }
        ObjectNode location = accounts.newLocation(body, Tenant.API_USER);
        ((ArrayNode) account.path("Locations")).add(location);
        return fine(account, location);
    }

    private JsonNode replace(Router.Call call) {
        JsonNode body = call.body();
        ObjectNode account = tenant.accountOf(call.id(0));
        ObjectNode location = account == null ? null : Tenant.location(account, call.id(0));
        String problem = problem(body);
        if (account == null || location == null || problem != null) {
            return refused(problem == null ? "The location was not found." : problem);
        }
        if (!call.isIgnored()) {
            ObjectNode changed = accounts.newLocation(body, Tenant.API_USER);
            changed.remove(List.of("Id", "CreatedBy", "CreatedOn"));
            location.setAll(changed);
        }
        return fine(account, location);
    }

    private @Nullable String problem(JsonNode body) {
        if (tenant.switches.isOn(Switch.V1_REFUSES_LOCATIONS)) {
            return "You are not allowed to change locations.";
        }
        return Wire.isBlank(Wire.member(body, "LocationName")) ? "LocationName is required." : null;
    }

    private static JsonNode fine(ObjectNode account, ObjectNode location) {
        ObjectNode shown = location.deepCopy();
        shown.set("AccountId", account.path("Id"));
        ObjectNode envelope =
                Wire.object().put("TotalRecords", 1).put("ResponseCode", 200).put("Status", "OK");
        return envelope.put("Error", "None").set("Result", shown);
    }

    private static JsonNode refused(String text) {
        ObjectNode envelope =
                Wire.object().put("TotalRecords", 0).put("ResponseCode", 400).put("Status", "Failed");
        return envelope.put("Error", text).set("Result", Wire.nothing());
    }
}
