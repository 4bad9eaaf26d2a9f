package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/** Shows records: every member, blank ones as null, and every user-defined field; or those that were asked for. */
final class Renderer {
    private static final int DECIMALS = 4;
    private static final String HIDDEN = "*****";

    private final Tenant tenant;

    Renderer(Tenant tenant) {
        this.tenant = tenant;
    }

    /** @param included names in lower case; empty for all */
    ObjectNode record(Entity entity, Row row, Set<String> included) {
        boolean withoutZone = tenant.switches.isOn(Switch.TIMES_WITHOUT_ZONE);
        ObjectNode result = Wire.object();
        entity.members().forEach((lowerCase, member) -> {
            if (included.isEmpty() || included.contains(lowerCase)) {
                result.set(member.name(), value(member, row.get(member.name()), withoutZone));
            }
        });
        if (entity.hasUdfs()) {
            udfs(entity, row, included, result.putArray("userDefinedFields"));
        }
        return result;
    }

    private static JsonNode value(Member member, JsonNode kept, boolean withoutZone) {
        if (kept.isMissingNode()) {
            return Wire.object().nullNode();
        }
        return switch (member.type()) {
            case DATETIME -> Wire.object().textNode(Stamps.shown(kept.asText(), withoutZone));
            case DECIMAL -> DecimalNode.valueOf(kept.decimalValue().setScale(DECIMALS, RoundingMode.HALF_UP));
            default -> kept;
        };
    }

    private void udfs(Entity entity, Row row, Set<String> included, ArrayNode target) {
        for (Udf udf : tenant.udfs(entity)) {
            if (included.isEmpty() || included.contains(udf.name().toLowerCase(Locale.ROOT))) {
                boolean hidden = udf.isProtected() && tenant.switches.isOn(Switch.PROTECTED_DATA_HIDDEN);
                target.addObject().put("name", udf.name()).put("value", hidden ? HIDDEN : row.udfs.get(udf.name()));
            }
        }
    }
}
