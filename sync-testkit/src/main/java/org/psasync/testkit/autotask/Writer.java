package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes records. What a record may hold is checked member by member, and the first fault is named; then
 * what its kind demands.
 */
final class Writer {
    private static final Set<String> NEVER_SET = Set.of("id", "userdefinedfields");

    private final Tenant tenant;
    private final Checks checks;

    Writer(Tenant tenant) {
        this.tenant = tenant;
        this.checks = new Checks(tenant);
    }

    /**
     * A write.
     *
     * @param parent the member that names the record above, and its id; null for a write at the root
     */
    record Write(Table table, JsonNode body, @Nullable String parent, long parentId) {}

    /** Makes a record of the members sent; blank ones may not be among them. */
    ObjectNode create(Write write) {
        Table table = write.table();
        Entity entity = table.entity;
        require(entity, "create");
        JsonNode body = body(write);
        Row draft = new Row(-1);
        List<String> changed = new ArrayList<>();
        take(entity, body, draft, changed, true);
        if (write.parent() != null) {
            draft.values.put(write.parent(), write.parentId());
        }
        checks.required(entity, draft);
        checks.values(table, draft, changed);
        checks.relations(
                table,
                draft,
                draft.values.properties().stream().map(Map.Entry::getKey).toList());
        if (tenant.switches.isOn(Switch.WRITES_IGNORED)) {
            return Wire.object().put("itemId", 0);
        }
        Row row = table.add();
        draft.values.properties().forEach(member -> row.values.set(member.getKey(), member.getValue()));
        row.udfs.putAll(draft.udfs);
        defaults(table, row);
        tenant.made(table, row, Tenant.API_USER);
        return Wire.object().put("itemId", row.id);
    }

    private static JsonNode body(Write write) {
        if (!write.body().isObject()) {
            throw Refusal.invalid("Value cannot be null. Parameter name: restModelInput");
        }
        return write.body();
    }

    /** What the server adds to a new record. */
    private void defaults(Table table, Row row) {
        String path = table.entity.path();
        if (path.equals("Companies")) {
            addFlag(row, "isActive", true);
            Row location = tenant.table("CompanyLocations").add();
            location.values.put("companyID", row.id).put("name", row.text("companyName"));
            for (String member :
                    List.of("address1", "address2", "city", "state", "postalCode", "countryID", "phone", "fax")) {
                location.set(member, row.get(member));
            }
            location.values.put("isActive", true).put("isPrimary", true);
        } else if (path.equals("CompanyLocations")) {
            addFlag(row, "isActive", true);
            if (row.flag("isPrimary")) {
                tenant.makePrimary(row);
            } else {
                row.values.put("isPrimary", false);
            }
        } else if (path.equals("ConfigurationItems") && !row.values.has("configurationItemCategoryID")) {
            row.values.put("configurationItemCategoryID", 1);
        } else if (path.endsWith("Webhooks")) {
            row.values.put("isReady", !tenant.switches.isOn(Switch.WEBHOOKS_NOT_READY));
            row.values.put("webhookGUID", new UUID(0x5F0B6A0E8C7D4A51L, row.id).toString());
            row.values.put("ownerResourceID", Tenant.API_USER);
        }
    }

    private static void addFlag(Row row, String member, boolean value) {
        if (!row.values.has(member)) {
            row.values.put(member, value);
        }
    }

    /**
     * Changes a record.
     *
     * @param whole whether what is not sent is cleared
     */
    ObjectNode update(Write write, boolean whole) {
        Table table = write.table();
        Entity entity = table.entity;
        require(entity, "update");
        JsonNode body = body(write);
        long id = Wire.member(body, "id").asLong(-1);
        Row row = table.find(id);
        if (row == null || write.parent() != null && row.number(write.parent()) != write.parentId()) {
            throw tenant.switches.isOn(Switch.MISSING_ON_WRITE_AS_404)
                    ? Refusal.bare(404)
                    : Refusal.record("No matching records found.");
        }
        Row draft = new Row(id);
        draft.values.setAll(row.values);
        draft.udfs.putAll(row.udfs);
        List<String> changed = new ArrayList<>();
        if (whole) {
            for (Member member : entity.all()) {
                if (!member.readOnly() && Wire.member(body, member.name()).isMissingNode()) {
                    draft.values.remove(member.name());
                    changed.add(member.name());
                }
            }
        }
        take(entity, body, draft, changed, false);
        checks.required(entity, draft);
        checks.values(table, draft, changed);
        checks.relations(table, draft, changed);
        if (!tenant.switches.isOn(Switch.WRITES_IGNORED)) {
            row.values.removeAll();
            row.values.setAll(draft.values);
            row.udfs.clear();
            row.udfs.putAll(draft.udfs);
            if (entity.path().equals("CompanyLocations") && changed.contains("isPrimary") && row.flag("isPrimary")) {
                tenant.makePrimary(row);
            }
            tenant.changed(table, row, changed, Tenant.API_USER);
        }
        return Wire.object().put("itemId", id);
    }

    /** Takes over what is sent and may be set. */
    private void take(Entity entity, JsonNode body, Row draft, List<String> changed, boolean create) {
        body.properties().forEach(sent -> {
            Member member = entity.find(sent.getKey());
            if (member != null
                    && !member.readOnly()
                    && !NEVER_SET.contains(sent.getKey().toLowerCase(Locale.ROOT))
                    && (create || mayChange(entity, member))) {
                JsonNode value = sent.getValue();
                if (value.isNull() && create) {
                    throw Refusal.invalid("Object reference not set to an instance of an object.");
                }
                if (!value.isNull() || !tenant.switches.isOn(Switch.NULLS_PASSED_OVER)) {
                    draft.set(member.name(), checks.typed(member, value));
                    changed.add(member.name());
                }
            }
        });
        for (JsonNode udf : Wire.member(body, "userDefinedFields")) {
            checks.udf(entity, udf, draft);
            changed.add(udf.path("name").asText());
        }
    }

    /** A configuration item stays with its company, and so does a location; a value sent is ignored. */
    private boolean mayChange(Entity entity, Member member) {
        if (!member.name().equals("companyID")) {
            return true;
        }
        return switch (entity.path()) {
            case "ConfigurationItems", "CompanyLocations" -> false;
            case "Contacts" -> tenant.switches.isOn(Switch.CONTACTS_MOVE);
            default -> true;
        };
    }

    ObjectNode delete(Write write, long id) {
        Table table = write.table();
        Row row = table.find(id);
        if (row == null || write.parent() != null && row.number(write.parent()) != write.parentId()) {
            throw Refusal.invalid("No message. No matching records found. The logged in Resource may not have the"
                    + " required permissions to delete the data.");
        }
        checks.deletable(table, row);
        tenant.deleted(table, row, Tenant.API_USER);
        return Wire.object().put("itemId", id);
    }

    private void require(Entity entity, String verb) {
        if (!tenant.rights.allows(entity.path(), verb)) {
            throw Refusal.permission(verb);
        }
    }
}
