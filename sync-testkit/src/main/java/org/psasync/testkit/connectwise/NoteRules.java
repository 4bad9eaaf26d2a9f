package org.psasync.testkit.connectwise;

/** Notes of tickets: who wrote them, and when. */
final class NoteRules implements Rules {
    private final Tenant tenant;

    NoteRules(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void complete(Draft draft) {
        if (!draft.isNew()) {
            return;
        }
        draft.set("dateCreated", tenant.now().toString());
        draft.set("createdBy", draft.author.name());
        draft.fill("externalFlag", !draft.flag("internalAnalysisFlag"));
        Table members = tenant.table("member");
        for (Row member : members.rows()) {
            if (member.text(members.field("identifier")).equals(draft.author.name())) {
                draft.fill("member", member.id);
            }
        }
    }
}
