package org.psasync.testkit.connectwise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations: questions of their type, and references that stay within the company. */
final class ConfigurationRules implements Rules {
    private final Tenant tenant;
    private final Renderer renderer;

    ConfigurationRules(Tenant tenant, Renderer renderer) {
        this.tenant = tenant;
        this.renderer = renderer;
    }

    @Override
    public void complete(Draft draft) {
        if (draft.isNew()) {
            draft.fill("status", tenant.defaultOf("configurationStatus"));
            draft.fill("activeFlag", true);
            draft.fill("billFlag", true);
            draft.fill("location", 1);
            draft.fill("department", 1);
            draft.fill("companyLocationId", 1);
        }
        sameValue(draft, "location", "locationId");
        sameValue(draft, "department", "businessUnitId");
        leaveForeign(draft, "site");
        leaveForeign(draft, "contact");
        refuseChangeOfType(draft);
        settleAnswers(draft);
    }

    /** Keeps the reference and the bare id of the same record alike: the one that was written counts. */
    private static void sameValue(Draft draft, String reference, String id) {
        if (draft.touches(reference)) {
            draft.set(id, draft.get(reference));
        } else if (draft.touches(id)) {
            draft.set(reference, draft.get(id));
        }
    }

    /** Clears a site or contact that was not written and belongs to the former company. */
    private void leaveForeign(Draft draft, String member) {
        Row target = tenant.find(member, draft.pointer(member));
        boolean moved = draft.touches("company") && !draft.isNew() && !draft.touches(member);
        if (moved
                && target != null
                && target.pointer(tenant.table(member).field("company")) != draft.pointer("company")) {
            draft.set(member, null);
        }
    }

    private static void refuseChangeOfType(Draft draft) {
        Row before = draft.row;
        if (before != null
                && draft.author.overApi()
                && !draft.typeMayChange
                && before.pointer(draft.table.field("type")) != draft.pointer("type")) {
            draft.problem("InvalidField", "The type field can be changed by changeType only.", "type");
        }
    }

    /** Drops answers to questions of another type; notes required ones without answer if the switch says so. */
    private void settleAnswers(Draft draft) {
        List<Row> questions = renderer.questionsOf(draft.pointer("type"));
        Map<Integer, Object> answers = new LinkedHashMap<>();
        Map<?, ?> given = draft.get("questions") instanceof Map<?, ?> map ? map : Map.of();
        Table table = tenant.table("question");
        for (Row question : questions) {
            if (given.get(question.id) instanceof Answer answer) {
                answers.put(question.id, answer);
            } else if (tenant.switches.isOn(Switch.REQUIRED_ANSWERS) && question.flag(table.field("requiredFlag"))) {
                draft.problem(
                        "MissingRequiredField",
                        "The question " + question.text(table.field("question")) + " is required.",
                        "questions");
            }
        }
        draft.set("questions", answers.isEmpty() ? null : answers);
    }
}
