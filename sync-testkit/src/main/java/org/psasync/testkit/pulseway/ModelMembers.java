package org.psasync.testkit.pulseway;

import java.time.Instant;
import java.time.LocalDate;
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
    private static final Choice ACTIVE = new Choice("active", "Active");
    private static final Choice INACTIVE = new Choice("inactive", "Inactive");
    private static final Map<Field<?>, String> MEMBERS = members();
    private static final Map<Field<?>, String> LISTS = Map.of(
            OrganizationFields.TYPES, "accountTypes",
            ConfigurationFields.TYPE, "categories",
            ConfigurationFields.MANUFACTURER, "manufacturers",
            TicketFields.BOARD, "queues",
            TicketFields.STATUS, "statuses",
            TicketFields.PRIORITY, "priorities");

    private ModelMembers() {}

    private static Map<Field<?>, String> members() {
        Map<Field<?>, String> members = new LinkedHashMap<>();
        members.put(OrganizationFields.NAME, "AccountName");
        members.put(OrganizationFields.TYPES, "AccountTypeId");
        members.put(OrganizationFields.STATUS, "IsActive");
        members.put(OrganizationFields.PARENT, "ParentId");
        members.put(OrganizationFields.PRIMARY_LOCATION, "Locations");
        members.put(OrganizationFields.SHORT_NAME, "AccountCode");
        members.put(LocationFields.ORGANIZATION, "AccountId");
        members.put(LocationFields.NAME, "LocationName");
        members.put(LocationFields.ADDRESS_1, "Address1");
        members.put(LocationFields.ADDRESS_2, "Address2");
        members.put(LocationFields.CITY, "City");
        members.put(LocationFields.REGION, "State");
        members.put(LocationFields.POSTAL_CODE, "ZipCode");
        members.put(LocationFields.COUNTRY, "Country");
        members.put(LocationFields.PHONE, "Phone");
        members.put(LocationFields.FAX, "Fax");
        members.put(LocationFields.ACTIVE, "IsActive");
        members.put(ContactFields.ORGANIZATION, "AccountId");
        members.put(ContactFields.FIRST_NAME, "FirstName");
        members.put(ContactFields.LAST_NAME, "LastName");
        members.put(ContactFields.TITLE, "JobTitle");
        members.put(ContactFields.EMAILS, "Emails");
        members.put(ContactFields.PHONES, "Phones");
        members.put(ContactFields.IMPORTANT, "IsPoc");
        members.put(ContactFields.LOCATION, "LocationId");
        members.put(ContactFields.ACTIVE, "IsActive");
        members.put(ConfigurationFields.ORGANIZATION, "AccountId");
        members.put(ConfigurationFields.NAME, "Name");
        members.put(ConfigurationFields.TYPE, "CategoryId");
        members.put(ConfigurationFields.STATUS, "IsActive");
        members.put(ConfigurationFields.ASSET_TAG, "AssetTag");
        members.put(ConfigurationFields.SERIAL_NUMBER, "SerialNumber");
        members.put(ConfigurationFields.NOTES, "Description");
        members.put(ConfigurationFields.PURCHASED_ON, "AcquisitionDate");
        members.put(ConfigurationFields.EXPIRES_ON, "WarrantyExpirationDate");
        members.put(ConfigurationFields.MANUFACTURER, "ManufacturerId");
        members.put(ConfigurationFields.MODEL, "ModelNumber");
        members.put(ConfigurationFields.OPERATING_SYSTEM, "OsInfo");
        members.put(ConfigurationFields.PRIMARY_IP, "IpAddress");
        members.put(ConfigurationFields.DEFAULT_GATEWAY, "DefaultGateway");
        members.put(ConfigurationFields.MAC_ADDRESS, "MacAddress");
        members.put(ConfigurationFields.LOCATION, "AccountLocationId");
        members.put(ConfigurationFields.CONTACT, "ContactId");
        members.put(ConfigurationFields.PLATFORM, "OsType");
        members.put(ConfigurationFields.PHYSICAL_POSITION, "LocationInfo");
        members.put(TicketFields.ORGANIZATION, "AccountId");
        members.put(TicketFields.BOARD, "QueueId");
        members.put(TicketFields.NUMBER, "TicketNumber");
        members.put(TicketFields.TITLE, "Title");
        members.put(TicketFields.CONTACT, "ContactId");
        members.put(TicketFields.STATUS, "StatusId");
        members.put(TicketFields.PRIORITY, "PriorityId");
        members.put(TicketFields.UPDATED, "ModifiedOn");
        members.put(TicketFields.CREATED, "OpenDate");
        members.put(TicketFields.CONFIGURATIONS, "HardwareAssetId");
        return members;
    }

    /** Returns the table of a kind. */
    static String table(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "accounts";
            case CONTACT -> "contacts";
            case CONFIGURATION -> "assets";
            case TICKET -> "tickets";
            case LOCATION -> throw new IllegalArgumentException("Locations are in their accounts");
        };
    }

    /** Returns the name of the list of a field; null when its values have no identifier but their text. */
    static @Nullable String list(Field<?> field) {
        if (!field.equals(ConfigurationFields.MODEL) && !LISTS.containsKey(field)) {
            throw new IllegalArgumentException("The fake Pulseway has no list of " + field);
        }
        return LISTS.get(field);
    }

    /** Returns the status of that name, which is whether a record is active. */
    static Choice status(String name) {
        for (Choice status : List.of(ACTIVE, INACTIVE)) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw new IllegalArgumentException("Records of Pulseway are Active or Inactive, not \"" + name + "\"");
    }

    static int number(RemoteRef ref) {
        return number(ref.id().value());
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('/') + 1));
    }

    // Writing --------------------------------------------------------------------------------------------------------

    /** Returns the members; the primary location of an account is none of them. */
    static Map<String, @Nullable Object> members(FieldValues values, Tenant tenant) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Field<?> field : values.fields()) {
            String member = MEMBERS.get(field);
            if (member == null) {
                throw new IllegalArgumentException("Pulseway has no place for the " + field + " of a " + field.kind());
            }
            if (!field.equals(OrganizationFields.PRIMARY_LOCATION)) {
                result.put(member, member(field, values.get(field), tenant));
            }
        }
        return result;
    }

    private static @Nullable Object member(Field<?> field, @Nullable Object value, Tenant tenant) {
        FieldType<?> type = field.type();
        if (type == FieldType.EMAILS || type == FieldType.PHONES) {
            return items(type == FieldType.EMAILS, (Collection<?>) (value == null ? List.of() : value), tenant);
        } else if (type == FieldType.FLAG) {
            return Boolean.TRUE.equals(value);
        } else if (value == null) {
            return null;
        } else if ("IsActive".equals(MEMBERS.get(field))) {
            return !value.equals(INACTIVE);
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return value.toString();
        } else if (value instanceof Choice choice) {
            return Integer.parseInt(choice.id());
        } else if (value instanceof AssetRef ref) {
            return number(ref.idText());
        } else if (value instanceof Collection<?> several) {
            if (several.size() > 1) {
                throw new IllegalArgumentException("Pulseway has one place for the " + field + ": " + several);
            }
            return several.isEmpty() ? null : member(field, several.iterator().next(), tenant);
        } else if (value instanceof LocalDate date) {
            return date + "T00:00:00Z";
        } else if (field.equals(LocationFields.COUNTRY)) {
            return value.equals("US") ? "United States" : value;
        }
        return value instanceof Instant time ? time.toString() : value;
    }

    private static List<Map<String, Object>> items(boolean emails, Collection<?> points, Tenant tenant) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Object each : points) {
            ContactPoint point = (ContactPoint) each;
            String extension = point.extension() == null ? "" : " x" + point.extension();
            items.add(Map.of(
                    "Id",
                    tenant.nextPart(),
                    emails ? "EmailAddress" : "Phone",
                    point.value() + extension,
                    emails ? "EmailTypeId" : "PhoneTypeId",
                    1,
                    "IsDefault",
                    point.primary(),
                    "CreatedOn",
                    tenant.stamp(),
                    "ModifiedOn",
                    tenant.stamp()));
        }
        return items;
    }

    // Reading --------------------------------------------------------------------------------------------------------

    /** Returns the values of a record as it is stored; of a location with the members of its main address. */
    static FieldValues values(RemoteRef record, Map<String, ? extends @Nullable Object> members, Tenant tenant) {
        FieldValues.Builder values = FieldValues.of(record.kind());
        MEMBERS.forEach((field, member) -> {
            if (field.kind() == record.kind()) {
                set(values, field, value(field, record, members, tenant));
            }
        });
        return values.build();
    }

    @SuppressWarnings("unchecked") // the builder lets only values of the field's type in
    private static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    private static @Nullable Object value(
            Field<?> field, RemoteRef record, Map<String, ? extends @Nullable Object> members, Tenant tenant) {
        FieldType<?> type = field.type();
        Object member = members.get(MEMBERS.get(field));
        if (type == FieldType.FLAG) {
            return Boolean.TRUE.equals(member);
        } else if (member == null || "".equals(member)) {
            return null;
        } else if ("IsActive".equals(MEMBERS.get(field))) {
            return Boolean.TRUE.equals(member) ? ACTIVE : INACTIVE;
        } else if (field.equals(OrganizationFields.PRIMARY_LOCATION)) {
            return mainLocation(record, (List<?>) member);
        } else if (type == FieldType.DATE) {
            return LocalDate.parse(member.toString().substring(0, 10));
        } else if (type == FieldType.EMAILS || type == FieldType.PHONES) {
            return points((List<?>) member, type == FieldType.EMAILS ? "EmailAddress" : "Phone");
        } else if (type == FieldType.CHOICES) {
            return Set.of(choice(field, member, tenant));
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return Choice.named(member.toString());
        } else if (type == FieldType.CHOICE) {
            return choice(field, member, tenant);
        } else if (field.equals(TicketFields.CONFIGURATIONS)) {
            return member.equals(0) ? Set.of() : Set.of(RemoteRef.of(AssetKind.CONFIGURATION, member.toString()));
        } else if (type == FieldType.REFERENCE) {
            return member.equals(0) ? null : reference(field, member.toString(), members);
        }
        return type == FieldType.INSTANT ? Tenant.time(member.toString()) : member;
    }

    private static Choice choice(Field<?> field, Object id, Tenant tenant) {
        String name = Lookups.name(tenant.lookups.named(String.valueOf(list(field))), (Integer) id);
        return new Choice(id.toString(), name == null ? id.toString() : name);
    }

    /** A location is named below the account of the record. */
    private static AssetRef reference(Field<?> field, String id, Map<String, ? extends @Nullable Object> members) {
        if (field.equals(ContactFields.LOCATION) || field.equals(ConfigurationFields.LOCATION)) {
            return RemoteRef.of(AssetKind.LOCATION, members.get("AccountId") + "/" + id);
        }
        boolean contact = field.equals(ConfigurationFields.CONTACT) || field.equals(TicketFields.CONTACT);
        return RemoteRef.of(contact ? AssetKind.CONTACT : AssetKind.ORGANIZATION, id);
    }

    private static @Nullable AssetRef mainLocation(RemoteRef account, List<?> locations) {
        Object first = null;
        for (Object each : locations) {
            Map<?, ?> location = (Map<?, ?>) each;
            if (Boolean.TRUE.equals(location.get("IsMain"))) {
                return RemoteRef.of(AssetKind.LOCATION, account.id() + "/" + location.get("Id"));
            }
            first = first == null ? location.get("Id") : first;
        }
        return first == null ? null : RemoteRef.of(AssetKind.LOCATION, account.id() + "/" + first);
    }

    private static Set<ContactPoint> points(List<?> items, String member) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (Object each : items) {
            Map<?, ?> item = (Map<?, ?>) each;
            points.add(new ContactPoint(
                    String.valueOf(item.get(member)), null, Boolean.TRUE.equals(item.get("IsDefault")), null, null));
        }
        return points;
    }
}
