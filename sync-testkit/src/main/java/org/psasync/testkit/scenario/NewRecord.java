package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/**
 * A record in words, before it is on either side: {@code configuration("SRV-1").of(acme).status("Active")}. An organization
 * is an active customer, and a configuration an active server, unless told otherwise. Immutable.
 */
public final class NewRecord {
    private final AssetKind kind;
    private final String title;
    private final Map<Field<?>, @Nullable Object> words;

    private NewRecord(AssetKind kind, String title, Map<Field<?>, @Nullable Object> words) {
        this.kind = kind;
        this.title = title;
        this.words = Collections.unmodifiableMap(words);
    }

    private static NewRecord of(AssetKind kind, String title, Field<String> named, String name) {
        Map<Field<?>, @Nullable Object> words = new LinkedHashMap<>();
        words.put(named, requireNonNull(name, "name"));
        return new NewRecord(kind, title, words);
    }

    /** An organization: an active customer. */
    public static NewRecord organization(String name) {
        return of(AssetKind.ORGANIZATION, name, OrganizationFields.NAME, name)
                .type("Customer")
                .status("Active");
    }

    /** A location; say {@link #of} which organization. */
    public static NewRecord location(String name) {
        return of(AssetKind.LOCATION, name, LocationFields.NAME, name);
    }

    /** A contact; say {@link #of} which organization. */
    public static NewRecord contact(String firstName, String lastName) {
        return of(AssetKind.CONTACT, firstName + " " + lastName, ContactFields.FIRST_NAME, firstName)
                .with(ContactFields.LAST_NAME, lastName);
    }

    /** A configuration: an active server; say {@link #of} which organization. */
    public static NewRecord configuration(String name) {
        return of(AssetKind.CONFIGURATION, name, ConfigurationFields.NAME, name)
                .type("Server")
                .status("Active");
    }

    /** A ticket; say {@link #of} which organization, and on which board. */
    public static NewRecord ticket(String title) {
        return of(AssetKind.TICKET, title, TicketFields.TITLE, title);
    }

    /** Returns the same record of that organization. */
    public NewRecord of(Item organization) {
        Field<?> field = Fields.organization(kind);
        if (field == null) {
            throw new IllegalArgumentException("An organization belongs to none; set OrganizationFields.PARENT");
        }
        return with(field, organization);
    }

    /**
     * Returns the same record with these types in place of others; none leaves it without a type.
     *
     * @throws IllegalArgumentException when the kind has no type, or only one
     */
    public NewRecord type(String... names) {
        return switch (kind) {
            case ORGANIZATION -> with(OrganizationFields.TYPES, List.of(names));
            case CONTACT -> with(ContactFields.TYPES, List.of(names));
            case CONFIGURATION -> {
                if (names.length > 1) {
                    throw new IllegalArgumentException("A configuration has one type, not " + List.of(names));
                }
                yield with(ConfigurationFields.TYPE, names.length == 0 ? null : names[0]);
            }
            case LOCATION, TICKET -> throw new IllegalArgumentException("A " + kind + " has no type");
        };
    }

    /**
     * Returns the same record with that status.
     *
     * @throws IllegalArgumentException when the kind has no status
     */
    public NewRecord status(String name) {
        Field<?> field = Fields.status(kind);
        if (field == null) {
            throw new IllegalArgumentException("A " + kind + " has no status");
        }
        return with(field, name);
    }

    /**
     * Returns the same record with a value: as the model has it, or in words, which are the name of a choice, an
     * {@link Item}, an e-mail address or phone number, a date such as {@code 2026-03-01}, or a list of these.
     *
     * @param value null for blank
     * @throws IllegalArgumentException when the field belongs to another kind
     */
    public NewRecord with(Field<?> field, @Nullable Object value) {
        if (field.kind() != kind) {
            throw new IllegalArgumentException(
                    "\"" + field + "\" is a field of a " + field.kind() + ", not of a " + kind);
        }
        Map<Field<?>, @Nullable Object> more = new LinkedHashMap<>(words);
        more.put(field, value);
        return new NewRecord(kind, title, more);
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return kind;
    }

    /** Returns what a person calls it. */
    public String title() {
        return title;
    }

    Map<Field<?>, @Nullable Object> words() {
        return words;
    }

    /** Returns its kind, its title and its values in words. */
    @Override
    public String toString() {
        return Wording.kind(kind) + " " + title + " " + words;
    }
}
