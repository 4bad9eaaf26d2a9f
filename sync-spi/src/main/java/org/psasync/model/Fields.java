package org.psasync.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The known fields of each kind, and those that play the same part in several kinds. */
public final class Fields {
    private Fields() {}

    /** Returns the known fields of a kind, in the order of its table in SPEC 2. */
    public static List<Field<?>> of(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> OrganizationFields.ALL;
            case LOCATION -> LocationFields.ALL;
            case CONTACT -> ContactFields.ALL;
            case CONFIGURATION -> ConfigurationFields.ALL;
            case TICKET -> TicketFields.ALL;
        };
    }

    /** Returns the known field of that name, if the kind has one. */
    public static Optional<Field<?>> named(AssetKind kind, String name) {
        for (Field<?> field : of(kind)) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** Returns the field that holds the record's organization, or null for organizations themselves. */
    public static @Nullable Field<AssetRef> organization(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> null;
            case LOCATION -> LocationFields.ORGANIZATION;
            case CONTACT -> ContactFields.ORGANIZATION;
            case CONFIGURATION -> ConfigurationFields.ORGANIZATION;
            case TICKET -> TicketFields.ORGANIZATION;
        };
    }

    /** Returns the field that holds the status, or null for kinds without one. */
    public static @Nullable Field<Choice> status(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> OrganizationFields.STATUS;
            case CONFIGURATION -> ConfigurationFields.STATUS;
            case TICKET -> TicketFields.STATUS;
            case LOCATION, CONTACT -> null;
        };
    }

    /** Returns the field that tells whether the record is in use, or null for kinds without one. */
    public static @Nullable Field<Boolean> active(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> OrganizationFields.ACTIVE;
            case LOCATION -> LocationFields.ACTIVE;
            case CONTACT -> ContactFields.ACTIVE;
            case CONFIGURATION -> ConfigurationFields.ACTIVE;
            case TICKET -> null;
        };
    }

    /** Returns what a person would call the record, from its name, names or title; null when all of them are blank. */
    public static @Nullable String title(FieldValues values) {
        return switch (values.kind()) {
            case ORGANIZATION -> values.get(OrganizationFields.NAME);
            case LOCATION -> values.get(LocationFields.NAME);
            case CONFIGURATION -> values.get(ConfigurationFields.NAME);
            case TICKET -> values.get(TicketFields.TITLE);
            case CONTACT -> {
                String first = values.get(ContactFields.FIRST_NAME);
                String last = values.get(ContactFields.LAST_NAME);
                yield first == null ? last : last == null ? first : first + " " + last;
            }
        };
    }
}
