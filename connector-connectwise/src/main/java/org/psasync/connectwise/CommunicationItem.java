package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.ContactPoint;

/**
 * One e-mail address or phone number of a contact.
 *
 * <p>Fax numbers are left alone: ConnectWise keeps a default of their own, so that they cannot stand among the phones
 * without two primaries. Source: ConnectWise OpenAPI 2025.8, ContactCommunicationItem.
 *
 * @param form e-mail or phone
 */
record CommunicationItem(long id, Form form, ContactPoint point) {
    /** How many characters the PSA holds of an address or number. */
    static final int LONGEST = 250;

    /** What an item is, as the PSA derives it from the item's type. */
    enum Form {
        EMAIL("Email"),
        PHONE("Phone");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        /** The value of the member {@code communicationType}. */
        String word() {
            return word;
        }
    }

    static Set<ContactPoint> emails(JsonValue contact) {
        return points(contact, Form.EMAIL);
    }

    static Set<ContactPoint> phones(JsonValue contact) {
        return points(contact, Form.PHONE);
    }

    private static Set<ContactPoint> points(JsonValue contact, Form wanted) {
        Set<ContactPoint> result = new LinkedHashSet<>();
        for (JsonValue item : contact.elements("communicationItems")) {
            Form form = form(item);
            CommunicationItem read = form == wanted ? of(item, form) : null;
            if (read != null) {
                result.add(read.point);
            }
        }
        return result;
    }

    /** The items of a contact, without its fax numbers. */
    static List<CommunicationItem> of(List<JsonValue> items) {
        List<CommunicationItem> result = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            Form form = form(item);
            CommunicationItem read = form == null ? null : of(item, form);
            if (read != null) {
                result.add(read);
            }
        }
        return result;
    }

    private static @Nullable CommunicationItem of(JsonValue item, Form form) {
        String value = item.text("value");
        Long id = item.integer("id");
        if (value == null || id == null) {
            return null;
        }
        boolean primary = Boolean.TRUE.equals(item.flag("defaultFlag"));
        String extension = form == Form.PHONE ? item.text("extension") : null;
        return new CommunicationItem(
                id,
                form,
                new ContactPoint(value, extension, primary, Reads.text(item, "type", "name"), Long.toString(id)));
    }

    /** An item without a form is told by its value. */
    private static @Nullable Form form(JsonValue item) {
        String word = item.text("communicationType");
        if (word == null) {
            String value = item.text("value");
            return value != null && value.indexOf('@') > 0 ? Form.EMAIL : Form.PHONE;
        }
        for (Form form : Form.values()) {
            if (form.word.equalsIgnoreCase(word)) {
                return form;
            }
        }
        return null;
    }
}
