package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells what records are made of: the tenant's own metadata. Source: REST guide, EntityInformation calls, 2026-10. */
final class MetaApi {
    private static final int ALL = 1;
    private static final Set<String> MADE_HERE = Set.of(
            "Companies",
            "CompanyLocations",
            "Contacts",
            "ConfigurationItems",
            "ConfigurationItemTypes",
            "Products",
            "Tickets");

    private final Tenant tenant;

    MetaApi(Tenant tenant) {
        this.tenant = tenant;
    }

    ObjectNode information(Entity entity) {
        boolean written = MADE_HERE.contains(entity.path()) || entity.path().contains("Webhook");
        boolean deleted = entity.path().equals("Contacts") || entity.path().equals("CompanyLocations");
        ObjectNode info = Wire.object().put("name", entity.name()).put("canCreate", written);
        info.put("canDelete", deleted).put("canQuery", true).put("canUpdate", written);
        info.put("userAccessForCreate", access(entity, "create", written));
        info.put("userAccessForDelete", access(entity, "delete", deleted));
        info.put("userAccessForQuery", access(entity, "query", true));
        info.put("userAccessForUpdate", access(entity, "update", written));
        info.put("hasUserDefinedFields", entity.hasUdfs());
        info.put("supportsWebhookCallouts", Schema.WITH_WEBHOOKS.contains(entity.name()));
        return Wire.object().set("info", info);
    }

    private int access(Entity entity, String verb, boolean possible) {
        return possible && tenant.rights.allows(entity.path(), verb) ? ALL : 0;
    }

    ObjectNode fields(Entity entity) {
        ObjectNode answer = Wire.object();
        ArrayNode fields = answer.putArray("fields");
        for (Member member : entity.all()) {
            ObjectNode field = fields.addObject().put("name", member.name());
            field.put("dataType", dataType(member)).put("length", member.length());
            field.put("isRequired", member.required() || member.name().equals("id"));
            field.put("isReadOnly", member.readOnly()).put("isQueryable", member.queryable());
            field.put("isReference", member.refersTo() != null);
            field.put("referenceEntityType", referenced(member)).put("isPickList", member.list() != null);
            picks(entity, member, field);
            field.put("picklistParentValueField", member.name().equals("subIssueType") ? "issuetype" : "");
            field.put("isSupportedWebhookField", Schema.WITH_WEBHOOKS.contains(entity.name()) && !member.readOnly());
        }
        return answer;
    }

    private static String dataType(Member member) {
        return switch (member.type()) {
            case INT -> "integer";
            case DECIMAL -> "double";
            default -> member.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private String referenced(Member member) {
        return member.refersTo() == null
                ? ""
                : tenant.table(member.refersTo()).entity.name();
    }

    private void picks(Entity entity, Member member, ObjectNode field) {
        if (member.list() == null) {
            field.putNull("picklistValues");
            return;
        }
        ArrayNode values = field.putArray("picklistValues");
        List<Pick> picks = member.name().equals("fieldID") ? webhookFields(entity) : tenant.picks(member);
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            ObjectNode value = values.addObject().put("value", Long.toString(pick.value()));
            value.put("label", pick.label()).put("isDefaultValue", false).put("sortOrder", i);
            value.put("parentValue", pick.parent())
                    .put("isActive", pick.active())
                    .put("isSystem", false);
        }
    }

    ObjectNode userDefinedFields(Entity entity) {
        ObjectNode answer = Wire.object();
        ArrayNode fields = answer.putArray("fields");
        for (Udf udf : tenant.udfs(entity)) {
            ObjectNode field = fields.addObject().put("name", udf.name()).put("label", udf.name());
            field.put("type", udf.type())
                    .put("length", udf.type().equals("string") ? 255 : 0)
                    .put("description", "");
            field.put("isRequired", false)
                    .put("isReadOnly", false)
                    .put("isQueryable", true)
                    .put("isReference", false);
            field.put("referenceEntityType", "")
                    .put("isPickList", !udf.choices().isEmpty());
            ArrayNode values = field.putArray("picklistValues");
            for (String choice : udf.choices()) {
                ObjectNode value = values.addObject().put("value", choice).put("label", choice);
                value.put("isDefaultValue", false).put("sortOrder", 0).put("parentValue", "");
                value.put("isActive", true).put("isSystem", false);
            }
            field.put("picklistParentValueField", "").put("defaultValue", "").put("isSupportedWebhookField", true);
        }
        return answer;
    }

    /** The fields that a webhook can subscribe to, numbered by their places. */
    private List<Pick> webhookFields(Entity fieldsOfWebhook) {
        Entity watched = watched(fieldsOfWebhook.name().replace("WebhookField", ""));
        List<Pick> picks = new ArrayList<>();
        long value = 1;
        for (Member member : watched.all()) {
            value++;
            if (!member.readOnly()) {
                picks.add(Pick.of(value, member.name()));
            }
        }
        return picks;
    }

    /** The kind with that name, such as {@code Company}. */
    static Entity watched(String name) {
        return Schema.all().stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The member that a number of {@link #webhookFields} stands for. */
    static String webhookField(Entity watched, long value) {
        List<Member> members = List.copyOf(watched.all());
        int place = (int) value - 2;
        return place >= 0 && place < members.size() ? members.get(place).name() : "";
    }
}
