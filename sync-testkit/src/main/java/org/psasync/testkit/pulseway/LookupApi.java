package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists, people and the user itself. Source: BMS API 2.0, System, HR and Security, 2026-10. */
final class LookupApi {
    private static final Filters EMPLOYEES = new Filters()
            .numbers("Ids", Filters.member("Id"))
            .text(
                    "Filter_Text",
                    row -> List.of(
                            Shapes.fullName(row),
                            row.path("Username").asText(),
                            row.path("EmailAddress").asText()))
            .activity();

    private static final Filters NAMES =
            new Filters().numbers("Ids", Filters.member("Id")).text("Name", row -> List.of(Shapes.fullName(row)));

    private static final Filters BY_NAME = new Filters().text("Name");

    private static final Filters ASSIGNEES = new Filters()
            .numbers("Ids", Filters.member("Id"))
            .text("Name", row -> List.of(Shapes.fullName(row)))
            .only("EmployeesOnly", row -> true);

    private static final Filters ASSIGNEE_NAMES = new Filters()
            .numbers("Ids", Filters.member("Id"))
            .text("Name", row -> List.of(Shapes.fullName(row)))
            .exceptNumbers("ExcludedIds", Filters.member("Id"));

    private final Tenant tenant;

    LookupApi(Tenant tenant) {
        this.tenant = tenant;
    }

    void routes(Router router) {
        router.on("GET", "v2/security/userinfo", this::user)
                .on("GET", "v2/system/accounttypes/lookup", call -> accountTypes())
                .on("GET", "v2/system/queues/lookup", call -> plain(tenant.lookups.queues))
                .on("GET", "v2/system/statuses/lookup", call -> statuses())
                .on("GET", "v2/system/priorities/lookup", call -> priorities())
                .on("GET", "v2/system/lookup/{}", this::table)
                .on("GET", "v2/hr/employees/searchselect", this::employees)
                .on("GET", "v2/hr/employees/lookup", this::employeeNames)
                .on("GET", "v2/system/slas/lookup", call -> slas())
                .on("GET", "v2/system/issuetypes/lookup", this::issueTypes)
                .on("GET", "v2/system/issuetypes/{}/issuesubtypes/lookup", this::issueSubTypes)
                .on("GET", "v2/hr/assignees", this::assignees)
                .on("GET", "v2/hr/assignees/lookup", this::assigneeNames);
    }

    private JsonNode user(Router.Call call) {
        ObjectNode user = Wire.object().put("UserId", Tenant.API_USER).put("FullName", "Sync Service");
        user.put("EmailAddress", "sync@msp.example").put("TimeStamp", tenant.stamp());
        user.put("TimeZoneValue", 0).put("TimeZoneName", "UTC").put("OlsonTimeZoneName", "Etc/UTC");
        user.put("TenantId", Gate.TENANT_ID).put("BusinessName", "Example MSP");
        user.putArray("UserAccessRights");
        user.putArray("SpecialFeatures");
        user.putArray("ViewsMenus");
        user.putArray("QueuesMenus");
        user.put("NewTicketingUI", true).put("IsUserSystemAdmin", false).put("ProductName", "PSA");
        return Router.envelope(user);
    }

    private JsonNode accountTypes() {
        return entries(
                tenant.lookups.accountTypes,
                (entry, name) -> entry.put("IsActive", true)
                        .put("IsClient", name.equals("Customer"))
                        .put("IsVendor", name.equals("Vendor")));
    }

    private JsonNode statuses() {
        return entries(
                tenant.lookups.statuses,
                (entry, name) -> entry.put("FontColor", "#FFFFFF")
                        .put("Color", "#1F77B4")
                        .put("StatusOrder", entry.path("Id").asInt() - 500)
                        .put("TypeId", 1)
                        .put("IsSystemStatus", 0)
                        .putNull("SlaEventId")
                        .put("IsActive", true));
    }

    private JsonNode priorities() {
        return entries(
                tenant.lookups.priorities,
                (entry, name) -> entry.put("Color", "#FFBF00").put("IsDefault", name.equals("Medium")));
    }

    private static JsonNode plain(Map<Integer, String> list) {
        return entries(list, (entry, name) -> entry.put("IsActive", true));
    }

    private JsonNode table(Router.Call call) {
        String table = call.segments().get(0);
        if (!table.equalsIgnoreCase("ContactType")) {
            throw Refusal.of(200, 400, "The table " + table + " is not known.");
        }
        return entries(
                tenant.lookups.contactTypes,
                (entry, name) -> entry.put("IsDefault", name.equals("Work")).put("IsActive", true));
    }

    private JsonNode employees(Router.Call call) {
        Query query = call.query();
        return query.page(EMPLOYEES.of(query, tenant.employees.rows()), true, row -> row.deepCopy());
    }

    private JsonNode employeeNames(Router.Call call) {
        Query query = call.query();
        return query.page(
                NAMES.of(query, tenant.employees.rows()),
                false,
                row -> Wire.object().put("Id", row.path("Id").asInt()).put("Name", Shapes.fullName(row)));
    }

    private JsonNode slas() {
        return entries(
                tenant.lookups.slas,
                (entry, name) -> entry.put("IsDefault", name.equals("Standard")).put("IsActive", true));
    }

    private JsonNode issueTypes(Router.Call call) {
        List<ObjectNode> rows = new ArrayList<>();
        tenant.lookups.issueTypes.forEach((id, name) ->
                rows.add(Wire.object().put("Id", id).put("Name", name).put("IsActive", true)));
        Query query = call.query();
        return query.page(BY_NAME.of(query, rows), false, row -> row);
    }

    private JsonNode issueSubTypes(Router.Call call) {
        if (Lookups.name(tenant.lookups.issueTypes, call.id(0)) == null) {
            throw Refusal.missing("Issue type", call.id(0));
        }
        return entries(tenant.lookups.subTypes(call.id(0)), (entry, name) -> {});
    }

    /** Whoever works here can be given a ticket. */
    private List<ObjectNode> atWork() {
        return tenant.employees.rows().stream()
                .filter(row -> row.path("IsActive").asBoolean())
                .toList();
    }

    /** The filters of this list have no prefix. */
    private JsonNode assignees(Router.Call call) {
        Map<String, String> parameters = new HashMap<>();
        call.parameters()
                .forEach((name, value) -> parameters.put(ASSIGNEES.has(name) ? "Filter." + name : name, value));
        Query query = new Query(tenant, parameters);
        return query.page(ASSIGNEES.of(query, atWork()), false, row -> {
            ObjectNode shown = Wire.object().put("Id", row.path("Id").asInt());
            for (String member : Shapes.words("FirstName LastName EmailAddress")) {
                shown.set(member, row.path(member));
            }
            return shown.put("Name", Shapes.fullName(row))
                    .putNull("PictureName")
                    .putNull("PictureUrl");
        });
    }

    private JsonNode assigneeNames(Router.Call call) {
        Query query = call.query();
        return query.page(ASSIGNEE_NAMES.of(query, atWork()), false, row -> {
            ObjectNode shown = Wire.object().put("Id", row.path("Id").asInt()).put("Name", Shapes.fullName(row));
            shown.putNull("Url").set("EmailAddress", row.path("EmailAddress"));
            shown.set("JobTitle", row.path("JobTitle"));
            return shown.putNull("PictureName").putNull("PictureURL");
        });
    }

    private interface More {
        void add(ObjectNode entry, String name);
    }

    private static JsonNode entries(Map<Integer, String> list, More more) {
        ArrayNode entries = Wire.MAPPER.createArrayNode();
        list.forEach((id, name) -> {
            ObjectNode entry = entries.addObject().put("Id", id).put("Name", name);
            more.add(entry, name);
        });
        return Router.envelope(entries);
    }
}
