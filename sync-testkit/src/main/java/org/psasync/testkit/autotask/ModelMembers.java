package org.psasync.testkit.autotask;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;

/** The fields of the model and the members of this PSA's records that hold them, as a person at the PSA sees them. */
final class ModelMembers {
    /** The members that hold the numbers of a contact, the primary one first. */
    static final List<String> NUMBERS = List.of("phone", "mobilePhone", "alternatePhone", "faxNumber");

    private static final String NUMBER_SLOTS = "$numbers";
    private static final Choice ACTIVE = new Choice("active", "Active");
    private static final Choice INACTIVE = new Choice("inactive", "Inactive");
    private static final Map<Field<?>, String> MEMBERS = members();
    private static final Set<Field<?>> STATUSES = Set.of(OrganizationFields.STATUS, ConfigurationFields.STATUS);

    private ModelMembers() {}

    private static Map<Field<?>, String> members() {
        Map<Field<?>, String> members = new LinkedHashMap<>();
        members.put(OrganizationFields.NAME, "companyName");
        members.put(OrganizationFields.TYPES, "companyType");
        members.put(OrganizationFields.STATUS, "isActive");
        members.put(OrganizationFields.PARENT, "parentCompanyID");
        members.put(OrganizationFields.SHORT_NAME, "companyNumber");
        members.put(OrganizationFields.CLASSIFICATION, "classification");
        members.put(LocationFields.ORGANIZATION, "companyID");
        members.put(LocationFields.NAME, "name");
        members.put(LocationFields.ADDRESS_1, "address1");
        members.put(LocationFields.ADDRESS_2, "address2");
        members.put(LocationFields.CITY, "city");
        members.put(LocationFields.REGION, "state");
        members.put(LocationFields.POSTAL_CODE, "postalCode");
        members.put(LocationFields.COUNTRY, "countryID");
        members.put(LocationFields.PHONE, "phone");
        members.put(LocationFields.FAX, "fax");
        members.put(LocationFields.ACTIVE, "isActive");
        members.put(ContactFields.ORGANIZATION, "companyID");
        members.put(ContactFields.FIRST_NAME, "firstName");
        members.put(ContactFields.LAST_NAME, "lastName");
        members.put(ContactFields.TITLE, "title");
        members.put(ContactFields.EMAILS, "emailAddress");
        members.put(ContactFields.PHONES, NUMBER_SLOTS);
        members.put(ContactFields.LOCATION, "companyLocationID");
        members.put(ContactFields.ACTIVE, "isActive");
        members.put(ConfigurationFields.ORGANIZATION, "companyID");
        members.put(ConfigurationFields.NAME, "referenceTitle");
        members.put(ConfigurationFields.TYPE, "configurationItemType");
        members.put(ConfigurationFields.STATUS, "isActive");
        members.put(ConfigurationFields.ASSET_TAG, "referenceNumber");
        members.put(ConfigurationFields.SERIAL_NUMBER, "serialNumber");
        members.put(ConfigurationFields.NOTES, "notes");
        members.put(ConfigurationFields.INSTALLED_ON, "installDate");
        members.put(ConfigurationFields.INSTALLED_BY, "installedByID");
        members.put(ConfigurationFields.EXPIRES_ON, "warrantyExpirationDate");
        members.put(ConfigurationFields.LOCATION, "companyLocationID");
        members.put(ConfigurationFields.CONTACT, "contactID");
        members.put(TicketFields.ORGANIZATION, "companyID");
        members.put(TicketFields.BOARD, "queueID");
        members.put(TicketFields.TITLE, "title");
        members.put(TicketFields.CONTACT, "contactID");
        members.put(TicketFields.STATUS, "status");
        members.put(TicketFields.PRIORITY, "priority");
        return members;
    }

    static String path(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "Companies";
            case LOCATION -> "CompanyLocations";
            case CONTACT -> "Contacts";
            case CONFIGURATION -> "ConfigurationItems";
            case TICKET -> "Tickets";
        };
    }

    /** The two values of a field whose list they are; none for other fields. */
    static List<Choice> fixed(Field<?> field) {
        return STATUSES.contains(field) ? List.of(ACTIVE, INACTIVE) : List.of();
    }

    /** Where the values of a field are listed: records, or a pick list; null when it has no list. */
    static @Nullable String list(Field<?> field) {
        if (field.equals(OrganizationFields.TYPES)) {
            return "companyType";
        } else if (field.equals(OrganizationFields.CLASSIFICATION)) {
            return "ClassificationIcons";
        } else if (field.equals(ConfigurationFields.TYPE)) {
            return "ConfigurationItemTypes";
        } else if (field.equals(TicketFields.BOARD)) {
            return "queueID";
        }
        return field.equals(TicketFields.STATUS) ? "status" : field.equals(TicketFields.PRIORITY) ? "priority" : null;
    }

    // Writing --------------------------------------------------------------------------------------------------------

    /** @param countries the numbers of countries by their codes */
    static Map<String, @Nullable Object> members(FieldValues values, Map<String, Long> countries) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Field<?> field : values.fields()) {
            String member = MEMBERS.get(field);
            Object value = values.get(field);
            if (AutotaskBench.isElsewhere(field)) {
                continue;
            }
            if (member == null) {
                throw new IllegalArgumentException("Autotask has no place for the " + field + " of a " + field.kind());
            }
            if (member.equals(NUMBER_SLOTS)) {
                numbers(points(value), result);
            } else {
                result.put(member, member(field, value, countries));
            }
        }
        return result;
    }

    private static List<ContactPoint> points(@Nullable Object value) {
        List<ContactPoint> points = new ArrayList<>();
        if (value instanceof Collection<?> many) {
            many.forEach(each -> {
                ContactPoint point = (ContactPoint) each;
                points.add(point.primary() ? 0 : points.size(), point);
            });
        }
        return points;
    }

    private static void numbers(List<ContactPoint> points, Map<String, @Nullable Object> result) {
        for (int i = 0; i < NUMBERS.size(); i++) {
            result.put(NUMBERS.get(i), i < points.size() ? points.get(i).value() : null);
        }
        result.put("extension", points.isEmpty() ? null : points.get(0).extension());
    }

    private static @Nullable Object member(Field<?> field, @Nullable Object value, Map<String, Long> countries) {
        boolean active = field.type() == FieldType.FLAG || STATUSES.contains(field);
        if (active) {
            boolean on = Boolean.TRUE.equals(value) || ACTIVE.equals(value);
            return field.kind() == AssetKind.CONTACT ? Integer.valueOf(on ? 1 : 0) : (Object) on;
        } else if (value == null) {
            return null;
        } else if (field.equals(LocationFields.COUNTRY)) {
            Long number = countries.get(value.toString());
            if (number == null) {
                throw new IllegalArgumentException("The fake Autotask has no country \"" + value + "\"");
            }
            return number;
        } else if (field.equals(ContactFields.EMAILS)) {
            List<ContactPoint> points = points(value);
            return points.isEmpty() ? null : points.get(0).value();
        } else if (value instanceof Choice choice) {
            return Long.parseLong(choice.id());
        } else if (value instanceof AssetRef ref) {
            return Long.parseLong(ref.idText());
        } else if (value instanceof Collection<?> choices) {
            Object first = choices.isEmpty() ? null : choices.iterator().next();
            return first == null ? null : (Object) Long.parseLong(((Choice) first).id());
        }
        return value instanceof LocalDate date ? date + "T00:00:00Z" : value;
    }

    // Reading --------------------------------------------------------------------------------------------------------

    /** What a lookup of a name gives: that of a type, a country or a user. */
    interface NameOf {
        String name(Field<?> field, String id);
    }

    static FieldValues.Builder values(RemoteRef record, Map<String, @Nullable Object> members, NameOf names) {
        FieldValues.Builder values = FieldValues.of(record.kind());
        MEMBERS.forEach((field, member) -> {
            if (field.kind() == record.kind()) {
                set(values, field, value(field, members, names));
            }
        });
        return values;
    }

    @SuppressWarnings("unchecked") // the builder lets only values of the field's type in
    private static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    private static @Nullable Object value(Field<?> field, Map<String, @Nullable Object> members, NameOf names) {
        String name = String.valueOf(MEMBERS.get(field));
        Object member = members.get(name);
        boolean on = Boolean.TRUE.equals(member) || member instanceof Number number && number.intValue() == 1;
        if (field.type() == FieldType.FLAG) {
            return on;
        } else if (STATUSES.contains(field)) {
            return on ? ACTIVE : INACTIVE;
        } else if (name.equals(NUMBER_SLOTS)) {
            return numbers(members);
        } else if (member == null || member.equals("")) {
            return null;
        } else if (field.type() == FieldType.DATE) {
            return LocalDate.ofInstant(Instant.parse(member.toString()), ZoneOffset.UTC);
        } else if (field.equals(ContactFields.EMAILS)) {
            return Set.of(ContactPoint.primary(member.toString()));
        } else if (field.equals(LocationFields.COUNTRY)) {
            return names.name(field, member.toString());
        } else if (field.type() == FieldType.CHOICE) {
            return new Choice(member.toString(), names.name(field, member.toString()));
        } else if (field.type() == FieldType.CHOICES) {
            return Set.of(new Choice(member.toString(), names.name(field, member.toString())));
        } else if (field.type() == FieldType.REFERENCE) {
            return RemoteRef.of(kind(field), member.toString());
        }
        return member;
    }

    private static AssetKind kind(Field<?> reference) {
        return switch (reference.name()) {
            case "location" -> AssetKind.LOCATION;
            case "contact" -> AssetKind.CONTACT;
            default -> AssetKind.ORGANIZATION;
        };
    }

    private static Set<ContactPoint> numbers(Map<String, @Nullable Object> members) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (String slot : NUMBERS) {
            Object value = members.get(slot);
            if (value != null && !value.equals("")) {
                Object extension = slot.equals("phone") ? members.get("extension") : null;
                String shown = extension == null || extension.equals("") ? null : extension.toString();
                points.add(new ContactPoint(value.toString(), shown, points.isEmpty(), null, slot));
            }
        }
        return points;
    }
}
