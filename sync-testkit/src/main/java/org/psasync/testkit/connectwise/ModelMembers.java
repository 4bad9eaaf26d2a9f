package org.psasync.testkit.connectwise;

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
    private static final Map<Field<?>, String> MEMBERS = members();
    private static final Map<Field<?>, ListOf> LISTS = Map.of(
            OrganizationFields.TYPES, new ListOf("company/companies/types", "name"),
            OrganizationFields.STATUS, new ListOf("company/companies/statuses", "name"),
            ContactFields.TYPES, new ListOf("company/contacts/types", "description"),
            ConfigurationFields.TYPE, new ListOf("company/configurations/types", "name"),
            ConfigurationFields.STATUS, new ListOf("company/configurations/statuses", "description"),
            ConfigurationFields.MANUFACTURER, new ListOf("procurement/manufacturers", "name"),
            TicketFields.BOARD, new ListOf("service/boards", "name"),
            TicketFields.PRIORITY, new ListOf("service/priorities", "name"));
    private static final Set<Field<?>> OPPOSITE = Set.of(LocationFields.ACTIVE, ContactFields.ACTIVE);

    private ModelMembers() {}

    /** Where the values of a field are listed, and the member that holds their names. */
    record ListOf(String path, String member) {}

    private static Map<Field<?>, String> members() {
        Map<Field<?>, String> members = new LinkedHashMap<>();
        members.put(OrganizationFields.NAME, "name");
        members.put(OrganizationFields.TYPES, "types");
        members.put(OrganizationFields.STATUS, "status");
        members.put(OrganizationFields.PARENT, "parentCompany");
        members.put(OrganizationFields.PRIMARY_LOCATION, "site");
        members.put(OrganizationFields.SHORT_NAME, "identifier");
        members.put(LocationFields.ORGANIZATION, "company");
        members.put(LocationFields.NAME, "name");
        members.put(LocationFields.ADDRESS_1, "addressLine1");
        members.put(LocationFields.ADDRESS_2, "addressLine2");
        members.put(LocationFields.CITY, "city");
        members.put(LocationFields.REGION, "stateReference");
        members.put(LocationFields.POSTAL_CODE, "zip");
        members.put(LocationFields.COUNTRY, "country");
        members.put(LocationFields.PHONE, "phoneNumber");
        members.put(LocationFields.FAX, "faxNumber");
        members.put(LocationFields.ACTIVE, "inactiveFlag");
        members.put(ContactFields.ORGANIZATION, "company");
        members.put(ContactFields.FIRST_NAME, "firstName");
        members.put(ContactFields.LAST_NAME, "lastName");
        members.put(ContactFields.TITLE, "title");
        members.put(ContactFields.EMAILS, "communicationItems");
        members.put(ContactFields.PHONES, "communicationItems");
        members.put(ContactFields.TYPES, "types");
        members.put(ContactFields.LOCATION, "site");
        members.put(ContactFields.ACTIVE, "inactiveFlag");
        members.put(ConfigurationFields.ORGANIZATION, "company");
        members.put(ConfigurationFields.NAME, "name");
        members.put(ConfigurationFields.TYPE, "type");
        members.put(ConfigurationFields.STATUS, "status");
        members.put(ConfigurationFields.ASSET_TAG, "tagNumber");
        members.put(ConfigurationFields.SERIAL_NUMBER, "serialNumber");
        members.put(ConfigurationFields.NOTES, "notes");
        members.put(ConfigurationFields.INSTALLED_ON, "installationDate");
        members.put(ConfigurationFields.PURCHASED_ON, "purchaseDate");
        members.put(ConfigurationFields.EXPIRES_ON, "warrantyExpirationDate");
        members.put(ConfigurationFields.MANUFACTURER, "manufacturer");
        members.put(ConfigurationFields.MODEL, "modelNumber");
        members.put(ConfigurationFields.OPERATING_SYSTEM, "osType");
        members.put(ConfigurationFields.PRIMARY_IP, "ipAddress");
        members.put(ConfigurationFields.DEFAULT_GATEWAY, "defaultGateway");
        members.put(ConfigurationFields.MAC_ADDRESS, "macAddress");
        members.put(ConfigurationFields.LOCATION, "site");
        members.put(ConfigurationFields.CONTACT, "contact");
        members.put(ConfigurationFields.ACTIVE, "activeFlag");
        members.put(TicketFields.ORGANIZATION, "company");
        members.put(TicketFields.TITLE, "summary");
        members.put(TicketFields.BOARD, "board");
        members.put(TicketFields.CONTACT, "contact");
        members.put(TicketFields.PRIORITY, "priority");
        return members;
    }

    static String path(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "company/companies";
            case CONTACT -> "company/contacts";
            case CONFIGURATION -> "company/configurations";
            case TICKET -> "service/tickets";
            case LOCATION -> throw new IllegalArgumentException("Sites are below their companies");
        };
    }

    /** Returns the list of a field; null when its values have no identifier but their text. */
    static @Nullable ListOf list(Field<?> field) {
        if (!field.equals(ConfigurationFields.MODEL) && !LISTS.containsKey(field)) {
            throw new IllegalArgumentException("The fake ConnectWise has no list of " + field);
        }
        return LISTS.get(field);
    }

    /** Returns the number of the company that a record belongs to. */
    static int organization(FieldValues location) {
        AssetRef company = location.get(LocationFields.ORGANIZATION);
        if (company == null) {
            throw new IllegalArgumentException("A site needs a company");
        }
        return Integer.parseInt(company.idText());
    }

    // Writing --------------------------------------------------------------------------------------------------------

    static Map<String, @Nullable Object> members(FieldValues values) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Field<?> field : values.fields()) {
            String member = MEMBERS.get(field);
            if (member == null) {
                throw new IllegalArgumentException(
                        "ConnectWise has no place for the " + field + " of a " + field.kind());
            }
            if (member.equals("communicationItems")) {
                items(result).addAll(items(field, values.get(field)));
            } else {
                result.put(member, member(field, values.get(field)));
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // only this method puts the member there
    private static List<Object> items(Map<String, @Nullable Object> members) {
        return (List<Object>) members.computeIfAbsent("communicationItems", name -> new ArrayList<>());
    }

    private static @Nullable Object member(Field<?> field, @Nullable Object value) {
        if (value == null) {
            return field.type() == FieldType.CHOICES ? List.of() : null;
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return value.toString();
        } else if (field.equals(LocationFields.REGION)) {
            return Map.of("identifier", value);
        } else if (field.equals(LocationFields.COUNTRY)) {
            return Map.of("name", value.equals("US") ? "United States" : value);
        } else if (value instanceof Choice choice) {
            return Map.of("id", Integer.parseInt(choice.id()));
        } else if (value instanceof AssetRef ref) {
            return Map.of(
                    "id", Integer.parseInt(ref.idText().substring(ref.idText().indexOf('/') + 1)));
        } else if (value instanceof Collection<?> choices) {
            return choices.stream().map(each -> member(field, each)).toList();
        } else if (value instanceof LocalDate date) {
            return date + "T00:00:00Z";
        }
        return value instanceof Boolean flag && OPPOSITE.contains(field) ? Boolean.valueOf(!flag) : value;
    }

    private static List<Map<String, Object>> items(Field<?> field, @Nullable Object points) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (points instanceof Collection<?> many) {
            for (Object each : many) {
                ContactPoint point = (ContactPoint) each;
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("type", Map.of("id", field.type() == FieldType.EMAILS ? 1 : 2));
                item.put("value", point.value());
                item.put("defaultFlag", point.primary());
                if (point.extension() != null) {
                    item.put("extension", point.extension());
                }
                items.add(item);
            }
        }
        return items;
    }

    // Reading --------------------------------------------------------------------------------------------------------

    static FieldValues values(RemoteRef record, Map<String, Object> members) {
        FieldValues.Builder values = FieldValues.of(record.kind());
        MEMBERS.forEach((field, member) -> {
            if (field.kind() == record.kind()) {
                set(values, field, value(field, record, members));
            }
        });
        return values.build();
    }

    @SuppressWarnings("unchecked") // the builder lets only values of the field's type in
    private static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    private static @Nullable Object value(Field<?> field, RemoteRef record, Map<String, Object> members) {
        FieldType<?> type = field.type();
        Object member = members.get(MEMBERS.get(field));
        if (type == FieldType.FLAG) {
            return Boolean.TRUE.equals(member) != OPPOSITE.contains(field);
        } else if (member == null || "".equals(member)) {
            return null;
        } else if (type == FieldType.DATE) {
            return LocalDate.ofInstant(Instant.parse((String) member), ZoneOffset.UTC);
        } else if (type == FieldType.EMAILS || type == FieldType.PHONES) {
            return points((List<?>) member, type == FieldType.EMAILS ? "Email" : "Phone");
        } else if (type == FieldType.CHOICES) {
            Set<Choice> choices = new LinkedHashSet<>();
            ((List<?>) member).forEach(each -> choices.add(choice(each)));
            return choices;
        } else if (field.equals(ConfigurationFields.MODEL)) {
            return Choice.named((String) member);
        } else if (type == FieldType.CHOICE) {
            return choice(member);
        } else if (type == FieldType.REFERENCE) {
            return reference(field, record, text(member, "id"), members);
        } else if (field.equals(LocationFields.REGION)) {
            return text(member, "identifier");
        }
        return field.equals(LocationFields.COUNTRY) ? text(member, "name") : member;
    }

    private static Choice choice(Object member) {
        return new Choice(text(member, "id"), text(member, "name"));
    }

    /** A site is named below its company: that of the record, or the record itself. */
    private static AssetRef reference(Field<?> field, RemoteRef record, String id, Map<String, Object> members) {
        if (field.equals(ContactFields.LOCATION) || field.equals(ConfigurationFields.LOCATION)) {
            Object company = members.get("company");
            return RemoteRef.of(AssetKind.LOCATION, (company == null ? "" : text(company, "id")) + "/" + id);
        } else if (field.equals(OrganizationFields.PRIMARY_LOCATION)) {
            return RemoteRef.of(AssetKind.LOCATION, record.id() + "/" + id);
        }
        boolean contact = field.equals(ConfigurationFields.CONTACT) || field.equals(TicketFields.CONTACT);
        return RemoteRef.of(contact ? AssetKind.CONTACT : AssetKind.ORGANIZATION, id);
    }

    private static Set<ContactPoint> points(List<?> items, String form) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (Object each : items) {
            Map<?, ?> item = (Map<?, ?>) each;
            if (form.equals(item.get("communicationType"))) {
                boolean primary = Boolean.TRUE.equals(item.get("defaultFlag"));
                Object extension = item.get("extension");
                points.add(new ContactPoint(
                        text(item, "value"), extension == null ? null : extension.toString(), primary, null, null));
            }
        }
        return points;
    }

    private static String text(Object reference, String part) {
        Object value = ((Map<?, ?>) reference).get(part);
        return value == null ? "" : value.toString();
    }
}
