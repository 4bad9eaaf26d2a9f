package org.psasync.testkit.connectwise;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The e-mail addresses and numbers of contacts: their kinds, and one default of each kind. */
final class Communications {
    private final Tenant tenant;
    private final Table table;
    private final Field owner;
    private final Field kind;
    private final Field isDefault;

    Communications(Tenant tenant) {
        this.tenant = tenant;
        this.table = tenant.table("communication");
        this.owner = table.field("contactId");
        this.kind = table.field("communicationType");
        this.isDefault = table.field("defaultFlag");
    }

    /** Sets what follows from the type and the value of an item. */
    void derive(Draft item) {
        Row type = tenant.find("communicationType", item.pointer("type"));
        if (type == null) {
            return;
        }
        Table types = tenant.table("communicationType");
        boolean email = type.flag(types.field("emailFlag"));
        item.set("communicationType", email ? "Email" : type.flag(types.field("faxFlag")) ? "Fax" : "Phone");
        int at = item.text("value").indexOf('@');
        item.set("domain", email && at >= 0 ? item.text("value").substring(at) : null);
    }

    /** Makes the items the only ones of the contact. */
    void apply(Row contact, List<Draft.Item> items, History history, Author author) {
        Set<Row> kept = new HashSet<>();
        for (Draft.Item item : items) {
            Row existing = item.row();
            Draft content = item.content();
            content.set(owner, contact.id);
            derive(content);
            boolean becomesDefault = content.flag("defaultFlag") && (existing == null || !existing.flag(isDefault));
            if (item.defaultIgnored()) {
                content.set(isDefault, false);
                becomesDefault = false;
            }
            Row row = existing == null ? table.newRow() : existing;
            if (existing == null) {
                row.replaceValues(content.values());
                table.insert(row);
            } else {
                table.replace(row, content.values());
            }
            history.stamp(table, row, author);
            kept.add(row);
            if (becomesDefault) {
                keepOneDefault(row);
            }
        }
        for (Row row : table.below(contact.id)) {
            if (!kept.contains(row)) {
                table.remove(row);
            }
        }
        mirrorPhone(contact);
    }

    /** Clears the flag of the other items of the same kind. */
    void keepOneDefault(Row chosen) {
        for (Row row : table.below(chosen.pointer(owner))) {
            if (row != chosen && row.text(kind).equals(chosen.text(kind))) {
                row.set(isDefault, false);
                row.forgetRendering();
            }
        }
    }

    /** Shows the default phone in the contact itself. */
    void mirrorPhone(Row contact) {
        Table contacts = tenant.table("contact");
        Row phone = defaultOf(contact.id, "Phone");
        Row type = phone == null ? null : tenant.find("communicationType", phone.pointer(table.field("type")));
        String extension = phone == null ? "" : phone.text(table.field("extension"));
        contact.set(
                contacts.field("defaultPhoneType"),
                type == null
                        ? null
                        : type.text(tenant.table("communicationType").field("description")));
        contact.set(contacts.field("defaultPhoneNbr"), phone == null ? null : phone.text(table.field("value")));
        contact.set(contacts.field("defaultPhoneExtension"), extension.isEmpty() ? null : extension);
        contact.forgetRendering();
        tenant.changed();
    }

    /** The default item of a kind, or null. */
    @Nullable
    Row defaultOf(int contact, String wanted) {
        for (Row row : table.below(contact)) {
            if (row.flag(isDefault) && row.text(kind).equals(wanted)) {
                return row;
            }
        }
        return null;
    }
}
