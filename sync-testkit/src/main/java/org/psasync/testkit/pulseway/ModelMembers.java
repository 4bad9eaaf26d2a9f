package org.psasync.testkit.pulseway;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;

/** The fields of the model and the members of this PSA's records that hold them, as a person at the PSA sees them. */
final class ModelMembers {
    private static final Map<Field<?>, String> MEMBERS = members();
    private static final Map<Field<?>, String> LISTS = Map.of(
            OrganizationFields.TYPES, "accountTypes",
            ConfigurationFields.TYPE, "categories",
            ConfigurationFields.MANUFACTURER, "manufacturers",
            TicketFields.BOARD, "queues",
            TicketFields.STATUS, "statuses",
            TicketFields.PRIORITY, "priorities");
    private static final Choice ACTIVE = new Choice("active", "Active");
    private static final Choice INACTIVE = new Choice("inactive", "Inactive");

    private final FakePulseway psa;

    ModelMembers(FakePulseway psa) {
        this.psa = psa;
    }

    private static Map<Field<?>, String> members() {
        Map<Field<?>, String> members = new LinkedHashMap<>();
        members.put(OrganizationFields.NAME, "AccountName");
        members.put(OrganizationFields.TYPES, "AccountTypeId");
        members.put(OrganizationFields.STATUS, "IsActive");
        members.put(OrganizationFields.PARENT, "ParentId");
        members.put(OrganizationFields.SHORT_NAME, "AccountCode");
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
        return members;
    }

    /** The name by which the fake knows records of a kind; locations are in their accounts. */
    String table(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "accounts";
            case CONTACT -> "contacts";
            case CONFIGURATION -> "assets";
            case TICKET -> "tickets";
            case LOCATION -> throw new IllegalArgumentException("Locations are in their accounts");
        };
    }

    /** Returns the number of the account that a location belongs to. */
    int account(FieldValues location) {
        AssetRef account = location.get(LocationFields.ORGANIZATION);
        if (account == null) {
            throw new IllegalArgumentException("A location needs an account");
        }
        return Integer.parseInt(account.idText());
    }

    Choice choice(Field<?> field, String name) {
        if (status(field)) {
            return name.equals(INACTIVE.name()) ? INACTIVE : ACTIVE;
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return Choice.named(name);
        }
        String list = LISTS.get(field);
        if (list == null) {
            throw new IllegalArgumentException("The fake Pulseway has no list of " + field);
        }
        int last = 0;
        for (Map.Entry<Integer, String> entry : psa.lookups(list).entrySet()) {
            if (entry.getValue().equals(name)) {
                return new Choice(entry.getKey().toString(), name);
            }
            last = Math.max(last, entry.getKey());
        }
        psa.lookup(list, last + 1, name);
        return new Choice(Integer.toString(last + 1), name);
    }

    private static boolean status(Field<?> field) {
        return field.equals(OrganizationFields.STATUS) || field.equals(ConfigurationFields.STATUS);
    }

    // Writing --------------------------------------------------------------------------------------------------------

    /** What the PSA has in each record, whoever made it. */
    Map<String, @Nullable Object> demanded(FieldValues values) {
        return switch (values.kind()) {
            case ORGANIZATION -> Map.of("AccountTypeId", 31, "BusinessTypeId", 41, "AccountManagerId", 5102);
            case CONFIGURATION -> Map.of("CategoryId", 61);
            case TICKET -> Map.of("TicketNumber", "1-2026", "QueueId", 401, "StatusId", 501, "PriorityId", 520);
            case CONTACT, LOCATION -> Map.of();
        };
    }

    Map<String, @Nullable Object> of(FieldValues values) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Field<?> field : values.fields()) {
            if (!field.equals(LocationFields.ORGANIZATION)) {
                String member = MEMBERS.get(field);
                if (member == null) {
                    throw new IllegalArgumentException(
                            "Pulseway has no place for the " + field + " of a " + field.kind());
                }
                result.put(member, member(field, values.get(field)));
            }
        }
        return result;
    }

    private @Nullable Object member(Field<?> field, @Nullable Object value) {
        if (field.type() == FieldType.EMAILS || field.type() == FieldType.PHONES) {
            return items(field, value);
        } else if (value == null) {
            return null;
        } else if (status(field)) {
            return !value.equals(INACTIVE);
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return value.toString();
        } else if (value instanceof Choice choice) {
            return Integer.parseInt(choice.id());
        } else if (value instanceof AssetRef ref) {
            return Integer.parseInt(ref.idText().substring(ref.idText().indexOf('/') + 1));
        } else if (value instanceof Collection<?> one) {
            return one.isEmpty() ? null : member(field, one.iterator().next());
        }
        return value instanceof LocalDate date ? date + "T00:00:00Z" : value;
    }

    private List<Map<String, Object>> items(Field<?> field, @Nullable Object points) {
        boolean emails = field.type() == FieldType.EMAILS;
        List<Map<String, Object>> items = new ArrayList<>();
        if (points instanceof Collection<?> many) {
            for (Object each : many) {
                ContactPoint point = (ContactPoint) each;
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("Id", psa.nextPart());
                item.put(emails ? "EmailAddress" : "Phone", point.value());
                item.put(emails ? "EmailTypeId" : "PhoneTypeId", 1);
                item.put("IsDefault", point.primary());
                items.add(item);
            }
        }
        return items;
    }

    // Reading --------------------------------------------------------------------------------------------------------

    FieldValues values(RemoteRef record, Map<String, ? extends @Nullable Object> members) {
        FieldValues.Builder values = FieldValues.of(record.kind());
        if (record.kind() == AssetKind.LOCATION) {
            String account =
                    record.id().value().substring(0, record.id().value().indexOf('/'));
            values.set(LocationFields.ORGANIZATION, RemoteRef.of(AssetKind.ORGANIZATION, account));
        }
        MEMBERS.forEach((field, member) -> {
            if (field.kind() == record.kind()) {
                set(values, field, value(field, members.get(member), members));
            }
        });
        if (record.kind() == AssetKind.LOCATION) {
            Map<?, ?> address = (Map<?, ?>) ((List<?>) requireNonNull(members.get("Addresses"))).get(0);
            MEMBERS.forEach((field, member) -> {
                if (field.kind() == AssetKind.LOCATION && !members.containsKey(member)) {
                    set(values, field, address.get(member));
                }
            });
        }
        return values.build();
    }

    @SuppressWarnings("unchecked") // the builder lets only values of the field's type in
    private static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    private @Nullable Object value(
            Field<?> field, @Nullable Object member, Map<String, ? extends @Nullable Object> members) {
        FieldType<?> type = field.type();
        if (status(field)) {
            return Boolean.FALSE.equals(member) ? INACTIVE : ACTIVE;
        } else if (type == FieldType.FLAG || member == null || member.equals("")) {
            return member;
        } else if (type == FieldType.DATE) {
            return LocalDate.ofInstant(Instant.parse((String) member), ZoneOffset.UTC);
        } else if (type == FieldType.EMAILS || type == FieldType.PHONES) {
            return points((List<?>) member, type == FieldType.EMAILS ? "EmailAddress" : "Phone");
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return Choice.named((String) member);
        } else if (type == FieldType.CHOICE) {
            return choiceOf(field, (Integer) member);
        } else if (type == FieldType.CHOICES) {
            Choice one = choiceOf(field, (Integer) member);
            return one == null ? null : new LinkedHashSet<>(Set.of(one));
        } else if (type == FieldType.REFERENCE) {
            return reference(field, (Integer) member, members);
        }
        return member;
    }

    private @Nullable Choice choiceOf(Field<?> field, int id) {
        String name = psa.lookups(requireNonNull(LISTS.get(field))).get(id);
        return id == 0 ? null : new Choice(Integer.toString(id), Objects.requireNonNullElse(name, ""));
    }

    /** A location is named below the account of the record. */
    private static @Nullable AssetRef reference(
            Field<?> field, int id, Map<String, ? extends @Nullable Object> members) {
        if (id == 0) {
            return null;
        } else if (field.equals(ContactFields.LOCATION) || field.equals(ConfigurationFields.LOCATION)) {
            return RemoteRef.of(AssetKind.LOCATION, members.get("AccountId") + "/" + id);
        }
        boolean organization =
                field.equals(Fields.organization(field.kind())) || field.equals(OrganizationFields.PARENT);
        return RemoteRef.of(organization ? AssetKind.ORGANIZATION : AssetKind.CONTACT, Integer.toString(id));
    }

    private static Set<ContactPoint> points(List<?> items, String member) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (Object each : items) {
            Map<?, ?> item = (Map<?, ?>) each;
            boolean primary = Boolean.TRUE.equals(item.get("IsDefault"));
            points.add(new ContactPoint(String.valueOf(item.get(member)), null, primary, null, null));
        }
        return points;
    }
}
