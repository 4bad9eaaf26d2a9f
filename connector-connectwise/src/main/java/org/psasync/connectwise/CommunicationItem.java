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
        return points(of(contact.elements("communicationItems")), Form.EMAIL);
    }

    static Set<ContactPoint> phones(JsonValue contact) {
        return points(of(contact.elements("communicationItems")), Form.PHONE);
    }

    /** The items of a contact, without its fax numbers. */
    static List<CommunicationItem> of(List<JsonValue> items) {
        List<CommunicationItem> result = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            String value = item.text("value");
            Form form = form(item.text("communicationType"), value);
            Long id = item.integer("id");
            if (value != null && form != null && id != null) {
                boolean primary = Boolean.TRUE.equals(item.flag("defaultFlag"));
                String extension = form == Form.PHONE ? item.text("extension") : null;
                result.add(new CommunicationItem(
                        id,
                        form,
                        new ContactPoint(
                                value, extension, primary, Reads.text(item, "type", "name"), Long.toString(id))));
            }
        }
        return result;
    }

    private static Set<ContactPoint> points(List<CommunicationItem> items, Form form) {
        Set<ContactPoint> result = new LinkedHashSet<>();
        items.stream().filter(item -> item.form == form).forEach(item -> result.add(item.point));
        return result;
    }

    /** An item without a form is told by its value. */
    private static @Nullable Form form(@Nullable String word, @Nullable String value) {
        if (word == null) {
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
