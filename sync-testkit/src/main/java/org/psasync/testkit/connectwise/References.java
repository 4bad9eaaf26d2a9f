package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the records that references in a body name: by id, or by identifier or name where the reference shows one. */
final class References {
    private static final Set<String> ALWAYS_KNOWN = Set.of("id", "name", "identifier", Field.INFO);

    private final Tenant tenant;

    References(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The id that {@code {"id":7}} or {@code {"name":"Active"}} stands for; notes a problem when there is none. */
    @Nullable
    Integer resolve(Draft draft, Field field, JsonNode reference) {
        if (!reference.isObject()) {
            throw Refusal.wrongType(reference, "ConnectWise.Apis." + field.target() + "Reference", field.name());
        }
        Table target = tenant.tables().get(field.target());
        refuseUnknownMembers(draft, field, target, reference);
        JsonNode id = reference.get("id");
        if (id != null && !id.isNull() && id.asInt() != 0) {
            if (!id.isInt() && !id.asText().matches("\\d+")) {
                throw Refusal.wrongType(id, "System.Nullable`1[System.Int32]", field.name() + ".id");
            }
            return byId(draft, field, id.asInt());
        }
        for (String name : List.of("identifier", "name")) {
            if (reference.hasNonNull(name)) {
                return byName(draft, field, target, name, reference.get(name).asText());
            }
        }
        return null;
    }

    private static void refuseUnknownMembers(Draft draft, Field field, @Nullable Table target, JsonNode reference) {
        for (String member : (Iterable<String>) reference::fieldNames) {
            boolean shown = target != null
                    && target.shape.shownInReferences().stream()
                            .anyMatch(alias -> alias.name().equalsIgnoreCase(member));
            boolean known = shown || ALWAYS_KNOWN.contains(member);
            if (!known && draft.author.overApi()) {
                throw Refusal.unknownMember(member, draft.table.shape, field.name() + "." + member, 1, 1);
            }
        }
    }

    /** The id again if there is such a record and it may be named here; else notes a problem. */
    @Nullable
    Integer byId(Draft draft, Field field, int id) {
        if (id == 0) {
            return null;
        }
        Row row = tenant.find(field.target(), id);
        if (row == null || !usable(draft, field, row)) {
            missing(draft, field, "id", Integer.toString(id));
            return null;
        }
        return id;
    }

    private @Nullable Integer byName(Draft draft, Field field, @Nullable Table target, String member, String name) {
        if (draft.isNew()
                && draft.table.name().equals("company")
                && field.target().equals("site")) {
            draft.newSiteName = name;
            return null;
        }
        if (target != null) {
            for (Row row : target.rows()) {
                for (Shape.Alias alias : target.shape.shownInReferences()) {
                    Object shown = alias.name().equals(member) ? Renderer.alias(row, alias) : null;
                    if (shown != null && name.equalsIgnoreCase(shown.toString()) && usable(draft, field, row)) {
                        return row.id;
                    }
                }
            }
        }
        missing(draft, field, member, name);
        return null;
    }

    /** Whether the record is not deleted, and lies below the parent that the draft names: a site of its company. */
    private boolean usable(Draft draft, Field field, Row row) {
        Table target = tenant.table(field.target());
        Field deleted = target.shape.find("deletedFlag");
        if (deleted != null && row.flag(deleted)) {
            return false;
        }
        List<Field> parents = target.shape.parents();
        Field parent = parents.isEmpty() ? null : parents.get(parents.size() - 1);
        Field same = parent == null ? null : draft.table.shape.find(parent.name());
        if (parent == null || same == null || !same.target().equals(parent.target())) {
            return true;
        }
        return draft.get(same) == null || row.pointer(parent) == draft.pointer(same.name());
    }

    private void missing(Draft draft, Field field, String member, String value) {
        Table target = tenant.tables().get(field.target());
        String what = target == null ? field.target() : target.shape.label();
        draft.problem("NotFound", what + " " + value + " not found", field.name() + "/" + member);
    }
}
