package org.psasync.autotask;

import static org.psasync.http.FieldMapping.map;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.FieldMap;
import org.psasync.http.FieldMapping;
import org.psasync.http.JsonForm;
import org.psasync.http.JsonForms;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/**
 * How each kind of record and the fields belong together. Members that begin with a dollar sign are joined from other records.
 * Source: the vendor's description of the entities, 2026-10; lengths from metadata of tenants.
 */
final class Kinds {
    /** The number of the location of a company that is the primary one. */
    static final String PRIMARY_LOCATION = "$primaryLocation";

    /** The product of a configuration item. */
    static final String PRODUCT = "$product";

    /** The code of the country of a location. */
    static final String COUNTRY = "$country";

    private final Map<AssetKind, RecordKind> kinds = new EnumMap<>(AssetKind.class);

    Kinds(Labels labels, List<AutotaskUdf> udfs) {
        for (RecordKind kind :
                List.of(companies(labels), locations(), contacts(), configurations(labels), tickets(labels))) {
            kinds.put(kind.kind(), with(kind, udfs));
        }
    }

    RecordKind of(AssetKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    /** The first word of the names of an entity's calls. */
    static String callOf(String entity) {
        return entity.toLowerCase(Locale.ROOT);
    }

    private static RecordKind with(RecordKind kind, List<AutotaskUdf> udfs) {
        FieldMap map = kind.map();
        for (AutotaskUdf udf : udfs) {
            map = udf.field().kind() == kind.kind() ? map.with(udf.mapping()) : map;
        }
        boolean mapped = udfs.stream().anyMatch(udf -> udf.field().kind() == kind.kind());
        return new RecordKind(
                kind.kind(),
                kind.entity(),
                kind.below(),
                map,
                mapped ? List.of() : kind.members(),
                kind.deltas(),
                kind.stamps(),
                kind.created(),
                kind.lists());
    }

    private static FieldMapping<AssetRef> reference(Field<AssetRef> field, String member, AssetKind kind) {
        return map(field, member, JsonForms.referenceId(kind));
    }

    /** A text is emptied by an empty one: whether null does it is not documented for all members. */
    private static FieldMapping<String> text(Field<String> field, String member, int length) {
        return map(field, member, JsonForms.text()).blankAs("").maxLength(length);
    }

    private static RecordKind companies(Labels labels) {
        FieldMap map = FieldMap.of(
                AssetKind.ORGANIZATION,
                text(OrganizationFields.NAME, "companyName", 100).requiredOnCreate(),
                map(
                                OrganizationFields.TYPES,
                                "companyType",
                                JsonForms.oneOf(Forms.choice(labels, ListName.COMPANY_TYPES)))
                        .requiredOnCreate(),
                map(OrganizationFields.STATUS, "isActive", Forms.status()),
                reference(OrganizationFields.PARENT, "parentCompanyID", AssetKind.ORGANIZATION),
                reference(OrganizationFields.PRIMARY_LOCATION, PRIMARY_LOCATION, AssetKind.LOCATION)
                        .writtenApart(),
                text(OrganizationFields.SHORT_NAME, "companyNumber", 50),
                map(OrganizationFields.CLASSIFICATION, "classification", Forms.choice(labels, ListName.CLASSIFICATIONS))
                        .pullOnly());
        String changed = "lastTrackedModifiedDateTime";
        return new RecordKind(
                AssetKind.ORGANIZATION,
                "Companies",
                "",
                map,
                members(map, changed, "lastActivityDate", "createDate"),
                List.of(changed, "lastActivityDate"),
                List.of(changed),
                "createDate",
                Map.of("companyType", ListName.COMPANY_TYPES, "classification", ListName.CLASSIFICATIONS));
    }

    private static RecordKind locations() {
        FieldMap map = FieldMap.of(
                AssetKind.LOCATION,
                reference(LocationFields.ORGANIZATION, "companyID", AssetKind.ORGANIZATION)
                        .requiredOnCreate(),
                text(LocationFields.NAME, "name", 100).requiredOnCreate(),
                text(LocationFields.ADDRESS_1, "address1", 150),
                text(LocationFields.ADDRESS_2, "address2", 150),
                text(LocationFields.CITY, "city", 0),
                text(LocationFields.REGION, "state", 0),
                text(LocationFields.POSTAL_CODE, "postalCode", 0),
                map(LocationFields.COUNTRY, COUNTRY, JsonForms.text()).writtenApart(),
                text(LocationFields.PHONE, "phone", 25),
                text(LocationFields.FAX, "fax", 25),
                map(LocationFields.ACTIVE, "isActive", JsonForms.flag()).pullOnly());
        return new RecordKind(
                AssetKind.LOCATION,
                "CompanyLocations",
                "Locations",
                map,
                members(map, "countryID", "isPrimary"),
                List.of(),
                List.of(),
                "",
                Map.of());
    }

    private static RecordKind contacts() {
        FieldMap map = FieldMap.of(
                AssetKind.CONTACT,
                reference(ContactFields.ORGANIZATION, "companyID", AssetKind.ORGANIZATION)
                        .requiredOnCreate(),
                text(ContactFields.FIRST_NAME, "firstName", 50).requiredOnCreate(),
                text(ContactFields.LAST_NAME, "lastName", 50).requiredOnCreate(),
                text(ContactFields.TITLE, "title", 50),
                map(ContactFields.EMAILS, "", JsonForm.readOnly(contact -> Slot.read(contact, Slot.EMAILS)))
                        .writtenApart(),
                map(ContactFields.PHONES, "", JsonForm.readOnly(contact -> Slot.read(contact, Slot.PHONES)))
                        .writtenApart(),
                reference(ContactFields.LOCATION, "companyLocationID", AssetKind.LOCATION),
                map(ContactFields.ACTIVE, "isActive", JsonForms.numberFlag()).pullOnly());
        List<String> more =
                new ArrayList<>(List.of("lastModifiedDate", "lastActivityDate", "createDate", Slot.EXTENSION));
        for (Slot slot : Slot.values()) {
            more.add(slot.member());
        }
        return new RecordKind(
                AssetKind.CONTACT,
                "Contacts",
                "Contacts",
                map,
                members(map, more.toArray(String[]::new)),
                List.of("lastModifiedDate", "lastActivityDate"),
                List.of("lastModifiedDate"),
                "createDate",
                Map.of());
    }

    private static RecordKind configurations(Labels labels) {
        FieldMap map = FieldMap.of(
                AssetKind.CONFIGURATION,
                reference(ConfigurationFields.ORGANIZATION, "companyID", AssetKind.ORGANIZATION)
                        .requiredOnCreate(),
                map(ConfigurationFields.NAME, "", Forms.itemName())
                        .writtenTo("referenceTitle")
                        .blankAs("")
                        .maxLength(255)
                        .requiredOnCreate(),
                map(ConfigurationFields.TYPE, "configurationItemType", Forms.choice(labels, ListName.ITEM_TYPES)),
                map(ConfigurationFields.STATUS, "isActive", Forms.status()),
                text(ConfigurationFields.ASSET_TAG, "referenceNumber", 50),
                text(ConfigurationFields.SERIAL_NUMBER, "serialNumber", 100),
                text(ConfigurationFields.NOTES, "notes", 5000),
                map(ConfigurationFields.INSTALLED_ON, "installDate", JsonForms.midnight()),
                map(ConfigurationFields.INSTALLED_BY, "installedByID", Forms.choice(labels, ListName.RESOURCES)),
                map(ConfigurationFields.EXPIRES_ON, "warrantyExpirationDate", JsonForms.midnight()),
                map(ConfigurationFields.MANUFACTURER, PRODUCT + "/manufacturerName", JsonForms.choiceText())
                        .writtenApart()
                        .requiredOnCreate(),
                map(ConfigurationFields.MODEL, PRODUCT + "/manufacturerProductName", JsonForms.choiceText())
                        .writtenApart()
                        .requiredOnCreate(),
                reference(ConfigurationFields.LOCATION, "companyLocationID", AssetKind.LOCATION),
                reference(ConfigurationFields.CONTACT, "contactID", AssetKind.CONTACT));
        return new RecordKind(
                AssetKind.CONFIGURATION,
                "ConfigurationItems",
                "",
                map,
                members(map, "referenceTitle", "productID", "lastModifiedTime", "createDate"),
                List.of("lastModifiedTime"),
                List.of("lastModifiedTime"),
                "createDate",
                Map.of("configurationItemType", ListName.ITEM_TYPES, "installedByID", ListName.RESOURCES));
    }

    private static RecordKind tickets(Labels labels) {
        FieldMap map = FieldMap.of(
                AssetKind.TICKET,
                reference(TicketFields.ORGANIZATION, "companyID", AssetKind.ORGANIZATION),
                map(TicketFields.BOARD, "queueID", Forms.choice(labels, ListName.QUEUES)),
                map(TicketFields.NUMBER, "ticketNumber", JsonForms.text()),
                map(TicketFields.TITLE, "title", JsonForms.text()),
                reference(TicketFields.CONTACT, "contactID", AssetKind.CONTACT),
                map(TicketFields.STATUS, "status", Forms.choice(labels, ListName.STATUSES)),
                map(TicketFields.PRIORITY, "priority", Forms.choice(labels, ListName.PRIORITIES)),
                map(TicketFields.CREATED, "createDate", JsonForms.instant()),
                map(TicketFields.UPDATED, "lastActivityDate", JsonForms.instant()),
                map(TicketFields.CONFIGURATIONS, "configurationItemID", JsonForm.readOnly(Forms::item)));
        String tracked = "lastTrackedModificationDateTime";
        return new RecordKind(
                AssetKind.TICKET,
                "Tickets",
                "",
                map,
                members(map, tracked),
                List.of("lastActivityDate", tracked),
                List.of("lastActivityDate", tracked),
                "createDate",
                Map.of("queueID", ListName.QUEUES, "status", ListName.STATUSES, "priority", ListName.PRIORITIES));
    }

    private static List<String> members(FieldMap map, String... more) {
        List<String> members = new ArrayList<>(List.of("id"));
        map.paths().stream()
                .filter(path -> !path.isEmpty() && !path.startsWith("$"))
                .forEach(members::add);
        for (String member : more) {
            if (!members.contains(member)) {
                members.add(member);
            }
        }
        return List.copyOf(members);
    }
}
