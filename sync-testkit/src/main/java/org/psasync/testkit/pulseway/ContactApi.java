package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Contacts, their e-mail addresses and phones. Source: BMS API 2.0, Contacts, 2026-10. */
final class ContactApi {
    private static final List<String> WRITABLE = Shapes.words(
            "AccountId LocationId FirstName MiddleName LastName JobTitle Poc IsActive ReceiveInvoices BillByContact"
                    + " EffectiveDate");

    private static final Filters LOOKED_UP =
            new Filters().text("Name", row -> List.of(Shapes.fullName(row))).number("LocationId");

    private final Tenant tenant;
    private final Shapes shapes;
    private final Filters listed;
    private final Filters searched;

    ContactApi(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
        Filters.Part account = Filters.shown(shapes::contact, "AccountName");
        listed = new Filters()
                .number("AccountId")
                .text("AccountName", account)
                .text("FirstName")
                .text("LastName")
                .text("Phone", Filters.each("Phones", "Phone"))
                .text("Email", Filters.each("Emails", "EmailAddress"))
                .dates("CreatedOn")
                .dates("ModifiedOn")
                .activity();
        searched = new Filters()
                .numbers("Ids", Filters.member("Id"))
                .numbers("AccountIds", Filters.member("AccountId"))
                .text("AccountName", account)
                .number("LocationId")
                .text("LocationName", Filters.shown(shapes::contact, "LocationName"))
                .text("FirstName")
                .text("LastName")
                .text("EmailAddress", Filters.each("Emails", "EmailAddress"))
                .text("JobTitle")
                .flag("IsPoc", row -> row.path("IsPoc").asBoolean())
                .flag("HasClientPortalAccess", row -> false)
                .activity();
    }

    /** The names of an item's members: as read, and as written. */
    private record Items(String list, String read, String written, String typeId) {
        static final Items EMAILS = new Items("Emails", "EmailAddress", "EmailAddress", "EmailTypeId");
        static final Items PHONES = new Items("Phones", "Phone", "PhoneNumber", "PhoneTypeId");
    }

    void routes(Router router) {
        router.on("GET", "v2/crm/contacts/summary", this::list)
                .on("GET", "v2/crm/contacts/search", this::search)
                .on("GET", "v2/crm/contacts/summary/{}", this::one)
                .on("GET", "v2/crm/accounts/{}/contacts/lookup", this::ofAccount)
                .on("POST", "v2/crm/contacts/summary", this::create)
                .on("PUT", "v2/crm/contacts/{}", this::replace)
                .on("PATCH", "v2/crm/contacts/{}", this::patch)
                .on("DELETE", "v2/crm/contacts/{}", this::delete)
                .on("PATCH", "v2/crm/contacts/{}/emails", call -> items(call, Items.EMAILS))
                .on("PATCH", "v2/crm/contacts/{}/phones", call -> items(call, Items.PHONES));
    }

    private JsonNode list(Router.Call call) {
        Query query = call.query();
        return query.page(listed.of(query, tenant.contacts.rows()), true, shapes::contact);
    }

    private JsonNode search(Router.Call call) {
        Query query = call.query();
        return query.page(searched.of(query, tenant.contacts.rows()), false, row -> {
            ObjectNode shown = shapes.newContact(row);
            shown.remove(List.of("PhoneNumber", "CustomFieldsData"));
            shown.set("JobTitle", row.path("JobTitle"));
            shown.set("IsPoc", row.path("IsPoc"));
            shown.set("IsActive", row.path("IsActive"));
            return shown.put("HasClientPortalAccess", false);
        });
    }

    private JsonNode ofAccount(Router.Call call) {
        int account = tenant.accounts.get(call.id(0)).path("Id").asInt();
        List<ObjectNode> rows = tenant.contacts.rows().stream()
                .filter(row -> row.path("AccountId").asInt() == account)
                .toList();
        Query query = call.query();
        return query.page(LOOKED_UP.of(query, rows), false, row -> {
            ObjectNode whole = shapes.newContact(row);
            ObjectNode shown = Wire.object().put("Id", row.path("Id").asInt()).put("Name", Shapes.fullName(row));
            shown.put("LocationId", row.path("LocationId").asInt()).set("LocationName", whole.path("LocationName"));
            shown.set("Phone", whole.path("PhoneNumber"));
            return shown.set("EmailAddress", whole.path("EmailAddress"));
        });
    }

    private JsonNode one(Router.Call call) {
        ObjectNode shown = shapes.contact(tenant.contacts.get(call.id(0)));
        return tenant.switches.isOn(Switch.WRAPPED_SINGLES) ? Router.envelope(shown) : shown;
    }

    private JsonNode delete(Router.Call call) {
        tenant.contacts.get(call.id(0));
        tenant.contacts.remove(call.id(0));
        return Router.NO_BODY;
    }

    // Writing --------------------------------------------------------------------------------------------------------

    private JsonNode create(Router.Call call) {
        JsonNode body = call.body();
        List<String> problems = new ArrayList<>();
        checkPlace(body, problems);
        if (Wire.isBlank(Wire.member(body, "FirstName"))) {
            problems.add("FirstName is required.");
        }
        ObjectNode row = blank();
        for (Items items : List.of(Items.EMAILS, Items.PHONES)) {
            ArrayNode list = row.putArray(items.list());
            for (JsonNode given : Wire.member(body, items.list())) {
                AccountApi.known(tenant.lookups.contactTypes, given, items.typeId(), problems);
                list.add(item(
                        items,
                        Wire.member(given, items.written()).asText(),
                        Wire.member(given, items.typeId()).asInt(),
                        Wire.member(given, "IsDefault").asBoolean()));
            }
        }
        AccountApi.refuse(problems);
        for (String member : Shapes.words("FirstName LastName AccountId LocationId")) {
            JsonNode value = Wire.member(body, member);
            row.set(member, Wire.isBlank(value) ? Wire.nothing() : value);
        }
        tenant.contacts.add(tenant.made(row, Tenant.API_USER));
        return Router.envelope(shapes.newContact(row));
    }

    /** A contact without values. */
    static ObjectNode blank() {
        ObjectNode row = Wire.object().put("Id", 0);
        for (String member : Shapes.words(
                "CreatedBy CreatedOn ModifiedBy ModifiedOn AccountId LocationId FirstName LastName JobTitle")) {
            row.putNull(member);
        }
        row.put("IsPoc", false).put("IsActive", true).putNull("EffectiveDate").put("IsBillable", false);
        row.putArray("Emails");
        row.putArray("Phones");
        return row.put("CanRecieveInvoices", true);
    }

    private void checkPlace(JsonNode body, List<String> problems) {
        ObjectNode account = tenant.accounts.find(Wire.member(body, "AccountId").asInt());
        if (account == null) {
            problems.add("AccountId is not valid.");
        } else if (Tenant.location(account, Wire.member(body, "LocationId").asInt()) == null) {
            problems.add("LocationId is not valid.");
        }
    }

    /** A flag that is left out is false. */
    private JsonNode replace(Router.Call call) {
        ObjectNode row = tenant.contacts.get(call.id(0));
        JsonNode body = call.body();
        ObjectNode changes = Wire.object();
        for (String member : WRITABLE) {
            JsonNode value = Wire.member(body, member);
            boolean flag =
                    Shapes.words("Poc IsActive ReceiveInvoices BillByContact").contains(member);
            changes.set(
                    member,
                    value.isMissingNode() && flag
                            ? Wire.MAPPER.getNodeFactory().booleanNode(false)
                            : value.isMissingNode() ? Wire.nothing() : value);
        }
        return changed(call, row, changes);
    }

    private JsonNode patch(Router.Call call) {
        return changed(call, tenant.contacts.get(call.id(0)), Patch.read(call.body(), WRITABLE));
    }

    private JsonNode changed(Router.Call call, ObjectNode row, ObjectNode changes) {
        ObjectNode whole = row.deepCopy();
        whole.setAll(changes);
        List<String> problems = new ArrayList<>();
        checkPlace(whole, problems);
        if (Wire.isBlank(whole.path("FirstName"))) {
            problems.add("FirstName is required.");
        }
        AccountApi.refuse(problems);
        if (!call.isIgnored()) {
            rename(changes, "Poc", "IsPoc");
            rename(changes, "ReceiveInvoices", "CanRecieveInvoices");
            row.setAll(changes);
            tenant.changed(row, Tenant.API_USER);
        }
        return Router.envelope(shapes.changedContact(row));
    }

    private static void rename(ObjectNode changes, String written, String read) {
        if (changes.has(written)) {
            changes.set(read, changes.remove(written));
        }
    }

    // E-mails and phones
    // -----------------------------------------------------------------------------------------------

    private ObjectNode item(Items items, String value, int type, boolean isDefault) {
        ObjectNode row = tenant.made(Wire.object().put("Id", tenant.nextPart()), Tenant.API_USER);
        return row.put(items.read(), value).put(items.typeId(), type).put("IsDefault", isDefault);
    }

    private JsonNode items(Router.Call call, Items items) {
        ObjectNode contact = tenant.contacts.get(call.id(0));
        List<ObjectNode> now = new ArrayList<>();
        contact.path(items.list()).forEach(item -> now.add(item.deepCopy()));
        int[] counts = new int[3];
        for (JsonNode operation : call.body()) {
            int kind = Wire.member(operation, "Operation").asInt(-1);
            if (kind < 0 || kind > 2) {
                throw Refusal.invalid("Operation is not valid.");
            }
            counts[kind]++;
            change(now, items, operation, kind);
        }
        if (!call.isIgnored()) {
            ArrayNode list = contact.putArray(items.list());
            now.forEach(list::add);
            if (tenant.switches.isOn(Switch.CHILDREN_MOVE_PARENTS)) {
                tenant.changed(contact, Tenant.API_USER);
            }
        }
        ObjectNode result =
                Wire.object().put("Added", counts[0]).put("Updated", counts[1]).put("Deleted", counts[2]);
        result.set(items.list(), shapes.contact(contact).path(items.list()));
        return Router.envelope(result);
    }

    private void change(List<ObjectNode> now, Items items, JsonNode operation, int kind) {
        String value = Wire.member(operation, items.written()).asText("");
        JsonNode type = Wire.member(operation, "TypeId");
        boolean isDefault = Wire.member(operation, "IsDefault").asBoolean();
        if (!Wire.isBlank(type) && Lookups.name(tenant.lookups.contactTypes, type.asInt()) == null) {
            throw Refusal.invalid("TypeId is not valid.");
        }
        ObjectNode item;
        if (kind == 0) {
            if (value.isBlank() || Wire.isBlank(type)) {
                throw Refusal.invalid(value.isBlank() ? items.written() + " is required." : "TypeId is required.");
            }
            item = item(items, value, type.asInt(), isDefault);
            now.add(item);
        } else {
            item = now.stream()
                    .filter(each -> each.path(items.read()).asText().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> Refusal.invalid(items.written() + " was not found."));
            if (kind == 2) {
                now.remove(item);
                return;
            }
            JsonNode newValue = Wire.member(operation, "New" + items.written());
            if (!Wire.isBlank(newValue)) {
                item.set(items.read(), newValue);
            }
            if (!Wire.isBlank(type)) {
                item.set(items.typeId(), type);
            }
            if (!Wire.isBlank(Wire.member(operation, "IsDefault"))) {
                item.put("IsDefault", isDefault);
            }
            tenant.changed(item, Tenant.API_USER);
        }
        if (isDefault) {
            now.stream().filter(each -> !each.equals(item)).forEach(each -> each.put("IsDefault", false));
        }
    }
}
