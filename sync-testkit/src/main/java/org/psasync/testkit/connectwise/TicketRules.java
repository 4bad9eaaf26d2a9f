package org.psasync.testkit.connectwise;

import org.jspecify.annotations.Nullable;

/** Tickets: defaults of the board, details of the contact, and the first note. */
final class TicketRules implements Rules {
    private final Tenant tenant;
    private final Writer writer;
    private final Communications communications;

    TicketRules(Tenant tenant, Writer writer) {
        this.tenant = tenant;
        this.writer = writer;
        this.communications = new Communications(tenant);
    }

    @Override
    public void complete(Draft draft) {
        if (draft.isNew()) {
            draft.fill("recordType", "ServiceTicket");
            draft.fill("board", firstBoard());
            draft.fill("priority", tenant.defaultOf("priority"));
            draft.fill("source", tenant.defaultOf("source"));
            draft.fill("severity", "Medium");
            draft.fill("impact", "Medium");
            draft.fill("escalationStartDateUTC", tenant.now().toString());
            Row company = tenant.find("company", draft.pointer("company"));
            if (company != null) {
                draft.fill("site", company.get(tenant.table("company").field("site")));
            }
        }
        Row board = tenant.find("board", draft.pointer("board"));
        Row status = tenant.find("boardStatus", draft.pointer("status"));
        if (board != null
                && (status == null || status.pointer(tenant.table("boardStatus").field("board")) != board.id)) {
            draft.set("status", statusOf(board));
            draft.set("location", board.get(tenant.table("board").field("location")));
            draft.set("department", board.get(tenant.table("board").field("department")));
        }
        close(draft);
        describeContact(draft);
    }

    private @Nullable Integer firstBoard() {
        Table boards = tenant.table("board");
        for (Row row : boards.rows()) {
            if (!row.flag(boards.field("inactiveFlag")) && !row.flag(boards.field("projectFlag"))) {
                return row.id;
            }
        }
        return null;
    }

    private @Nullable Integer statusOf(Row board) {
        Table statuses = tenant.table("boardStatus");
        for (Row row : statuses.below(board.id)) {
            if (row.flag(statuses.field("defaultFlag"))) {
                return row.id;
            }
        }
        return null;
    }

    private void close(Draft draft) {
        Row status = tenant.find("boardStatus", draft.pointer("status"));
        boolean closed =
                status != null && status.flag(tenant.table("boardStatus").field("closedStatus"));
        if (closed != draft.flag("closedFlag") || draft.get("closedFlag") == null) {
            draft.set("closedFlag", closed);
            draft.set("closedDate", closed ? tenant.now().toString() : null);
            draft.set("closedBy", closed ? draft.author.name() : null);
        }
    }

    private void describeContact(Draft draft) {
        Row contact = tenant.find("contact", draft.pointer("contact"));
        if (contact != null && draft.touches("contact")) {
            Table contacts = tenant.table("contact");
            draft.set(
                    "contactName",
                    Renderer.alias(contact, contacts.shape.shownInReferences().get(0)));
            draft.set("contactPhoneNumber", contact.get(contacts.field("defaultPhoneNbr")));
            draft.set("contactPhoneExtension", contact.get(contacts.field("defaultPhoneExtension")));
            Row email = communications.defaultOf(contact.id, "Email");
            draft.set(
                    "contactEmailAddress",
                    email == null
                            ? null
                            : email.text(tenant.table("communication").field("value")));
        }
        Row site = tenant.find("site", draft.pointer("site"));
        if (site != null && draft.touches("site")) {
            draft.set("siteName", site.text(tenant.table("site").field("name")));
        }
    }

    @Override
    public void stored(Row row, Draft draft) {
        String text = draft.text("initialDescription");
        if (!text.isEmpty()) {
            Draft note = Draft.ofNew(tenant.table("note"), draft.author);
            note.set("ticketId", row.id);
            note.set("text", text);
            note.set("detailDescriptionFlag", true);
            writer.store(note, false);
        }
    }
}
