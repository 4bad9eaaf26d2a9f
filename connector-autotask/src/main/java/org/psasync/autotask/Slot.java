package org.psasync.autotask;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.ContactPoint;

/**
 * A member of a contact that holds one e-mail address or number. The first of a list that holds something is the primary one;
 * the name of the member is the id of the item.
 */
enum Slot {
    EMAIL("emailAddress", "E-mail"),
    PHONE("phone", "Phone"),
    MOBILE("mobilePhone", "Mobile"),
    ALTERNATE("alternatePhone", "Alternate"),
    FAX("faxNumber", "Fax");

    static final String EXTENSION = "extension";
    static final List<Slot> EMAILS = List.of(EMAIL);
    static final List<Slot> PHONES = List.of(PHONE, MOBILE, ALTERNATE, FAX);

    private final String member;
    private final String label;

    Slot(String member, String label) {
        this.member = member;
        this.label = label;
    }

    String member() {
        return member;
    }

    String label() {
        return label;
    }

    static Optional<Slot> named(@Nullable String member) {
        for (Slot slot : values()) {
            if (slot.member.equals(member)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /** Reads what the slots of a contact hold. */
    static Set<ContactPoint> read(JsonValue contact, List<Slot> slots) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (Slot slot : slots) {
            String value = contact.text(slot.member);
            if (value != null && !value.isBlank()) {
                String extension = slot == PHONE ? contact.text(EXTENSION) : null;
                points.add(new ContactPoint(value, extension, points.isEmpty(), slot.label, slot.member));
            }
        }
        return points;
    }
}
