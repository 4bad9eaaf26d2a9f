package org.psasync.testkit.connectwise;

/** Items written below a contact rather than with it. */
final class CommunicationRules implements Rules {
    private final Tenant tenant;
    private final History history;
    private final Communications communications;

    CommunicationRules(Tenant tenant, History history) {
        this.tenant = tenant;
        this.history = history;
        this.communications = new Communications(tenant);
    }

    @Override
    public void complete(Draft draft) {
        communications.derive(draft);
    }

    @Override
    public void stored(Row row, Draft draft) {
        if (draft.touches("defaultFlag") && draft.flag("defaultFlag")) {
            communications.keepOneDefault(row);
        }
        showInContact(row, draft.author);
    }

    @Override
    public void deleted(Table table, Row row, Author author) {
        showInContact(row, author);
    }

    private void showInContact(Row row, Author author) {
        Row contact =
                tenant.find("contact", row.pointer(tenant.table("communication").field("contactId")));
        if (contact == null) {
            return;
        }
        communications.mirrorPhone(contact);
        if (tenant.switches.isOn(Switch.CHILD_WRITES_MOVE_PARENT)) {
            history.stamp(tenant.table("contact"), contact, author);
        }
    }
}
