package org.psasync.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One e-mail address or phone number of a contact.
 *
 * <p>Two points are equal when they reach the same place and are both primary or both not: e-mail addresses are
 * compared without regard to case, phone numbers by their digits. Label and item id do not count.
 *
 * @param value the address or number as written
 * @param extension of a phone number; null when there is none
 * @param primary whether it is the first choice of its list
 * @param label what kind of address it is, in the words of the side it comes from; null when unknown
 * @param itemId the PSA's identifier of the item, which a host may keep and hand back so that an edit of the item is
 *     told from a removal and an addition; null when unknown
 */
public record ContactPoint(
        String value,
        @Nullable String extension,
        boolean primary,
        @Nullable String label,
        @Nullable String itemId) {

    public ContactPoint {
        requireNonNull(value, "value");
    }

    /** Returns a point that is the first choice of its list. */
    public static ContactPoint primary(String value) {
        return new ContactPoint(value, null, true, null, null);
    }

    /** Returns a further point of a list. */
    public static ContactPoint further(String value) {
        return new ContactPoint(value, null, false, null, null);
    }

    /** Returns the same point, first choice or not. */
    public ContactPoint asPrimary(boolean first) {
        return first == primary ? this : new ContactPoint(value, extension, first, label, itemId);
    }

    /** Returns the text by which the place is recognised: equal keys reach the same place. */
    public String key() {
        if (value.indexOf('@') >= 0) {
            return value.toLowerCase(Locale.ROOT);
        }
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9' || c == '+' && digits.isEmpty()) {
                digits.append(c);
            }
        }
        String number = digits.length() >= 3 ? digits.toString() : value.toLowerCase(Locale.ROOT);
        return extension == null ? number : number + "x" + extension;
    }

    static Set<ContactPoint> canonicalEmails(Set<ContactPoint> points) {
        return canonical(points);
    }

    static Set<ContactPoint> canonicalPhones(Set<ContactPoint> points) {
        return canonical(points);
    }

    /** Blank items go, of items with one key the primary stays, and of several primaries the first. */
    private static Set<ContactPoint> canonical(Set<ContactPoint> points) {
        Map<String, ContactPoint> byKey = new LinkedHashMap<>();
        boolean primarySeen = false;
        for (ContactPoint point : points) {
            ContactPoint clean = point.stripped();
            if (clean.value.isEmpty()) {
                continue;
            }
            if (clean.primary) {
                clean = clean.asPrimary(!primarySeen);
                primarySeen = true;
            }
            byKey.merge(clean.key(), clean, (first, second) -> second.primary ? second : first);
        }
        return Collections.unmodifiableSet(new java.util.LinkedHashSet<>(byKey.values()));
    }

    private ContactPoint stripped() {
        String cleanValue = Objects.requireNonNullElse(FieldType.TEXT.canonical(value), "");
        String cleanExtension = FieldType.TEXT.canonical(extension);
        boolean clean = cleanValue.equals(value) && Objects.equals(cleanExtension, extension);
        return clean ? this : new ContactPoint(cleanValue, cleanExtension, primary, label, itemId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof ContactPoint point && primary == point.primary && key().equals(point.key());
    }

    @Override
    public int hashCode() {
        return 31 * key().hashCode() + Boolean.hashCode(primary);
    }

    @Override
    public String toString() {
        return value + (extension == null ? "" : " x" + extension) + (primary ? " (primary)" : "");
    }
}
