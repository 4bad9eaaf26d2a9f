package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What a record must be like to be taken; the wording of refusals is that of reports by public clients, 2026-10. */
final class Checks {
    private static final String HIDDEN = "*****";

    private final Tenant tenant;

    Checks(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Names the first member that is missing. */
    void required(Entity entity, Row draft) {
        for (Member member : entity.all()) {
            if (member.required()
                    && !member.readOnly()
                    && draft.text(member.name()).isEmpty()) {
                throw Refusal.record("Missing Required Field: " + member.name() + ".");
            }
        }
    }

    /** Returns a value in the form in which it is kept. */
    JsonNode typed(Member member, JsonNode value) {
        if (value.isNull()) {
            return value;
        }
        return switch (member.type()) {
            case STRING -> TextNode.valueOf(value.asText(""));
            case DATETIME ->
                value.asText("").isEmpty() ? Wire.object().nullNode() : TextNode.valueOf(Stamps.read(value.asText()));
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    throw Refusal.of(
                            400, "Error converting value to type 'System.Boolean'. Path '" + member.name() + "'.");
                }
                yield value;
            }
            case DECIMAL -> DecimalNode.valueOf(new BigDecimal(value.asText("0")));
            case INT, LONG -> {
                try {
                    yield Wire.object().numberNode(Long.parseLong(value.asText("")));
                } catch (NumberFormatException e) {
                    throw Refusal.of(
                            400, "Error converting value to type 'System.Int32'. Path '" + member.name() + "'.");
                }
            }
        };
    }

    /** Lengths, pick lists and references of what was changed. */
    void values(Table table, Row draft, List<String> changed) {
        for (String name : changed) {
            Member member = table.entity.find(name);
            if (member == null || !draft.values.has(name)) {
                continue;
            }
            if (member.length() > 0 && draft.text(name).length() > member.length()) {
                throw Refusal.record(
                        "The value of " + name + " is longer than its " + member.length() + " characters.");
            }
            if (member.list() != null && !isListed(member, draft.number(name))) {
                throw Refusal.record("Picklist value [" + draft.number(name) + "] does not exist for " + name + ".");
            }
            if (member.refersTo() != null) {
                reference(member, draft.number(name));
            }
        }
    }

    private boolean isListed(Member member, long value) {
        return member.name().equals("fieldID")
                || tenant.picks(member).stream().anyMatch(pick -> pick.active() && pick.value() == value);
    }

    private void reference(Member member, long id) {
        Row target = tenant.target(member, id);
        if (target == null) {
            throw Refusal.invalid(
                    "Value does not reference an existing entity for " + member.name() + ".",
                    "Error updating entity for record number [1].");
        }
        boolean owner = member.name().equals("ownerResourceID") || member.name().equals("assignedResourceID");
        if (!Tenant.isActive(target) || owner && tenant.isApiUser(target)) {
            String path = String.valueOf(member.refersTo());
            String type = tenant.table(path).entity.name();
            throw Refusal.reference(member.name(), type);
        }
    }

    /** Locations and contacts must be of the same company. */
    void relations(Table table, Row draft, List<String> changed) {
        String path = table.entity.path();
        if (path.equals("Contacts") || path.equals("ConfigurationItems") || path.equals("Tickets")) {
            related(table, draft, "companyLocationID", changed);
            related(table, draft, "contactID", changed);
        }
        if (path.equals("Tickets")
                && draft.values.has("assignedResourceID") != draft.values.has("assignedResourceRoleID")) {
            throw Refusal.record(
                    "When assigning a Resource, you must assign both a assignedResourceID and assignedResourceRoleID.");
        }
        if (path.equals("CompanyLocations") && changed.contains("isPrimary") && !draft.flag("isPrimary")) {
            Row before = table.find(draft.id);
            if (before != null && before.flag("isPrimary")) {
                throw Refusal.record("A company must have a primary location.");
            }
        }
    }

    private void related(Table table, Row draft, String name, List<String> changed) {
        Member member = table.entity.find(name);
        if (member == null || !draft.values.has(name) || !changed.contains(name) && !changed.contains("companyID")) {
            return;
        }
        Row target = tenant.target(member, draft.number(name));
        if (target != null && target.number("companyID") != draft.number("companyID")) {
            String kind = name.equals("contactID") ? "Contact" : "CompanyLocation";
            throw Refusal.record("The " + name + "[" + draft.number(name) + "] cannot be associated with the "
                    + table.entity.name() + ". The " + table.entity.name() + " and " + kind
                    + " must have the same companyID.");
        }
    }

    /** Takes over a user-defined field; null clears it. */
    void udf(Entity entity, JsonNode sent, Row draft) {
        String name = Wire.member(sent, "name").asText("");
        JsonNode value = Wire.member(sent, "value");
        Udf udf = tenant.udf(entity, name);
        if (udf == null) {
            throw Refusal.record("The user-defined field " + name + " does not exist.");
        }
        if (udf.isProtected() && tenant.switches.isOn(Switch.PROTECTED_DATA_HIDDEN)
                || value.asText("").equals(HIDDEN)) {
            throw Refusal.record("You do not have permission to write the protected user-defined field " + name + ".");
        }
        if (value.isNull() || value.asText("").isEmpty()) {
            draft.udfs.remove(name);
        } else if (!udf.choices().isEmpty() && !udf.choices().contains(value.asText())) {
            throw Refusal.record("Picklist value [" + value.asText() + "] does not exist for " + name + ".");
        } else {
            draft.udfs.put(udf.name(), value.asText());
        }
    }

    /** What is used elsewhere stays. */
    void deletable(Table table, Row row) {
        String path = table.entity.path().toLowerCase(Locale.ROOT);
        boolean used = path.equals("contacts")
                        && tenant.table("Tickets").rows().stream()
                                .anyMatch(ticket -> ticket.number("contactID") == row.id)
                || path.equals("companylocations") && row.flag("isPrimary");
        if (used) {
            throw Refusal.record("The " + table.entity.name() + " cannot be deleted because it is in use.");
        }
    }
}
