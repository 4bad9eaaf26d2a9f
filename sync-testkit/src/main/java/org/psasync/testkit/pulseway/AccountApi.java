package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Accounts and their locations. Source: BMS API 2.0, Accounts, 2026-10. */
final class AccountApi {
    private static final List<String> ADDRESS = Shapes.words(
            "Address1 Address2 City State ZipCode CountryId Country Phone Fax Latitude Longitude EmailAddress");
    private static final List<String> WRITABLE = Shapes.words(
            "ParentId AccountCode AccountTypeId AccountName Description Website BusinessTypeId ServiceTypeId CurrencyId"
                    + " SalesTaxItemId ClassId AccountManagerId IsActive AcquiredDate CreditLimit NetDays");

    private static final Filters LOOKED_UP = new Filters()
            .numbers("Ids", Filters.member("Id"))
            .text("Name", Filters.member("AccountName"))
            .only("WithSecurityScope", row -> true)
            .only("WithInactiveAccounts", row -> true);

    private final Tenant tenant;
    private final Shapes shapes;
    private final Filters listed;

    AccountApi(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
        listed = new Filters()
                .text("AccountName")
                .text("AccountCode")
                .number("AccountTypeId")
                .text("AccountTypeName", Filters.shown(row -> shapes.account(row, true), "AccountType"))
                .dates("CreatedOn")
                .dates("ModifiedOn")
                .activity();
    }

    void routes(Router router) {
        router.on("GET", "v2/crm/accounts/summary", this::list)
                .on("GET", "v2/crm/accounts/lookup", this::lookup)
                .on("GET", "v2/crm/accounts/summary/{}", this::one)
                .on("POST", "v2/crm/accounts", this::create)
                .on("PUT", "v2/crm/accounts/{}", this::replace)
                .on("PATCH", "v2/crm/accounts/{}", this::patch)
                .on("GET", "v2/crm/accounts/{}/locations/lookup", this::locations)
                .on("GET", "v2/crm/accounts/{}/locations/{}", this::location);
    }

    private JsonNode list(Router.Call call) {
        Query query = call.query();
        return query.page(listed.of(query, tenant.accounts.rows()), true, row -> shapes.account(row, true));
    }

    /** The user is entitled to all accounts, so that the scope makes no difference. */
    private JsonNode lookup(Router.Call call) {
        Query query = call.query();
        boolean all = "true".equalsIgnoreCase(query.filter("WithInactiveAccounts"));
        List<ObjectNode> rows = LOOKED_UP.of(query, tenant.accounts.rows()).stream()
                .filter(row -> all || row.path("IsActive").asBoolean())
                .toList();
        return query.page(
                rows,
                false,
                row -> Wire.object()
                        .put("Id", row.path("Id").asInt())
                        .put("Name", row.path("AccountName").asText())
                        .put("TenantName", "Example MSP")
                        .put("IsActive", row.path("IsActive").asBoolean()));
    }

    private JsonNode one(Router.Call call) {
        ObjectNode shown = shapes.account(tenant.accounts.get(call.id(0)), false);
        return tenant.switches.isOn(Switch.WRAPPED_SINGLES) ? Router.envelope(shown) : shown;
    }

    private JsonNode locations(Router.Call call) {
        ObjectNode account = tenant.accounts.get(call.id(0));
        ArrayNode list = Wire.MAPPER.createArrayNode();
        for (JsonNode location : account.path("Locations")) {
            list.add(Wire.object()
                    .put("Id", location.path("Id").asInt())
                    .put("Name", location.path("LocationName").asText())
                    .put("AccountId", call.id(0))
                    .put("IsMain", location.path("IsMain").asBoolean()));
        }
        return Router.envelope(list);
    }

    private JsonNode location(Router.Call call) {
        ObjectNode location = Tenant.location(tenant.accounts.get(call.id(0)), call.id(1));
        if (location == null) {
            throw Refusal.missing("Location", call.id(1));
        }
        return Router.envelope(location);
    }

    // Writing --------------------------------------------------------------------------------------------------------

    private JsonNode create(Router.Call call) {
        JsonNode body = call.body();
        List<String> problems = new ArrayList<>();
        check(body, problems);
        JsonNode locations = Wire.member(body, "Locations");
        if (!locations.isArray() || locations.isEmpty()) {
            problems.add("Locations is required.");
        }
        for (JsonNode location : locations) {
            if (Wire.isBlank(Wire.member(location, "LocationName"))) {
                problems.add("LocationName is required.");
            }
            if (!Wire.member(location, "Addresses").isArray()) {
                problems.add("Addresses is required.");
            }
        }
        refuse(problems);
        ObjectNode row = blank();
        write(row, body, false);
        ArrayNode made = row.putArray("Locations");
        locations.forEach(location -> made.add(newLocation(location, Tenant.API_USER)));
        tenant.accounts.add(tenant.made(row, Tenant.API_USER));
        return Router.envelope(shapes.account(row, false));
    }

    /** An account without values. */
    static ObjectNode blank() {
        ObjectNode row = Wire.object().put("Id", 0);
        for (String member : Shapes.words("CreatedBy CreatedOn ModifiedBy ModifiedOn ParentId AccountCode AccountTypeId"
                + " AccountName BusinessTypeId ServiceTypeId AccountManagerId CurrencyId CreditLimit NetDays"
                + " SalesTaxItemId Website Description ClassId")) {
            row.putNull(member);
        }
        row.put("IsActive", true).put("IsBilling", true).putNull("AcquiredDate");
        row.putArray("Locations");
        return row;
    }

    ObjectNode newLocation(JsonNode body, int author) {
        ObjectNode row = tenant.made(Wire.object().put("Id", tenant.nextPart()), author);
        row.set("LocationName", Wire.member(body, "LocationName"));
        row.put("IsMain", Wire.member(body, "IsMain").asBoolean());
        row.put("IsActive", Wire.member(body, "IsActive").asBoolean(true));
        row.putNull("TimeZoneId").putNull("DateFormatId").putNull("TimeFormatId");
        ArrayNode addresses = row.putArray("Addresses");
        for (JsonNode address : Wire.member(body, "Addresses")) {
            ObjectNode made = tenant.made(Wire.object().put("Id", tenant.nextPart()), author);
            for (String member : ADDRESS) {
                JsonNode value = Wire.member(address, member);
                made.set(member, Wire.isBlank(value) ? Wire.nothing() : value);
            }
            made.put("IsMain", Wire.member(address, "IsMain").asBoolean());
            made.put("IsBilling", Wire.member(address, "IsBilling").asBoolean());
            made.putNull("AddressTypeId").putNull("AddressType");
            addresses.add(made);
        }
        return row;
    }

    private JsonNode replace(Router.Call call) {
        ObjectNode row = tenant.accounts.get(call.id(0));
        JsonNode body = call.body();
        List<String> problems = new ArrayList<>();
        check(body, problems);
        refuse(problems);
        if (!call.isIgnored()) {
            write(row, body, true);
            tenant.changed(row, Tenant.API_USER);
        }
        return Router.envelope(shapes.account(row, false));
    }

    private JsonNode patch(Router.Call call) {
        ObjectNode row = tenant.accounts.get(call.id(0));
        ObjectNode changes = Patch.read(call.body(), WRITABLE);
        ObjectNode whole = row.deepCopy();
        whole.setAll(changes);
        List<String> problems = new ArrayList<>();
        check(whole, problems);
        refuse(problems);
        if (!call.isIgnored()) {
            row.setAll(changes);
            tenant.changed(row, Tenant.API_USER);
        }
        return Router.envelope(shapes.account(row, false));
    }

    private void check(JsonNode body, List<String> problems) {
        if (Wire.isBlank(Wire.member(body, "AccountName"))) {
            problems.add("AccountName is required.");
        }
        known(tenant.lookups.accountTypes, body, "AccountTypeId", problems);
        known(tenant.lookups.businessTypes, body, "BusinessTypeId", problems);
        JsonNode manager = Wire.member(body, "AccountManagerId");
        if (Wire.isBlank(manager) || tenant.employees.find(manager.asInt()) == null) {
            problems.add(Wire.isBlank(manager) ? "AccountManagerId is required." : "AccountManagerId is not valid.");
        }
        JsonNode parent = Wire.member(body, "ParentId");
        if (!Wire.isBlank(parent) && tenant.accounts.find(parent.asInt()) == null) {
            problems.add("ParentId is not valid.");
        }
    }

    /** Notes a value that is missing, or that the list does not have. */
    static void known(Map<Integer, String> list, JsonNode body, String member, List<String> problems) {
        JsonNode value = Wire.member(body, member);
        if (Wire.isBlank(value) || value.asInt() == 0) {
            problems.add(member + " is required.");
        } else if (Lookups.name(list, value.asInt()) == null) {
            problems.add(member + " is not valid.");
        }
    }

    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems.toArray(String[]::new));
        }
    }

    private static void write(ObjectNode row, JsonNode body, boolean clears) {
        for (String member : WRITABLE) {
            JsonNode value = Wire.member(body, member);
            boolean given = !value.isMissingNode() && !(member.equals("IsActive") && value.isNull());
            if (given) {
                row.set(member, value);
            } else if (clears && !member.equals("IsActive")) {
                row.putNull(member);
            }
        }
    }
}
