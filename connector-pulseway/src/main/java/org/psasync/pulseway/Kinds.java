package org.psasync.pulseway;

import static org.psasync.http.FieldMapping.map;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.http.ContactPointsForm;
import org.psasync.http.FieldMap;
import org.psasync.http.JsonForm;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/** How each kind of record and the fields belong together. Source: BMS API 2.0, 2026-10. */
final class Kinds {
    private static final FieldMap ACCOUNTS = FieldMap.of(
            AssetKind.ORGANIZATION,
            map(OrganizationFields.NAME, "AccountName", JsonForms.text()).requiredOnCreate(),
            map(OrganizationFields.TYPES, "", JsonForms.oneOf(Forms.choice("AccountTypeId", "AccountType")))
                    .writtenTo("AccountTypeId")
                    .requiredOnCreate(),
            map(OrganizationFields.STATUS, "IsActive", Forms.status()),
            map(OrganizationFields.PARENT, "ParentId", Forms.reference(AssetKind.ORGANIZATION)),
            map(OrganizationFields.PRIMARY_LOCATION, "", JsonForm.readOnly(Forms::mainLocation))
                    .pullOnly(),
            map(OrganizationFields.SHORT_NAME, "AccountCode", JsonForms.text()));

    private static final FieldMap CONTACTS = FieldMap.of(
            AssetKind.CONTACT,
            map(ContactFields.ORGANIZATION, "AccountId", Forms.reference(AssetKind.ORGANIZATION))
                    .requiredOnCreate(),
            map(ContactFields.FIRST_NAME, "FirstName", JsonForms.text()).requiredOnCreate(),
            map(ContactFields.LAST_NAME, "LastName", JsonForms.text()),
            map(ContactFields.TITLE, "JobTitle", JsonForms.text()),
            map(ContactFields.EMAILS, "Emails", points("EmailAddress", "EmailType"))
                    .writtenApart()
                    .requiredOnCreate(),
            map(ContactFields.PHONES, "Phones", points("Phone", "PhoneType")).writtenApart(),
            map(ContactFields.IMPORTANT, "IsPoc", JsonForms.flag())
                    .writtenTo("Poc")
                    .blankAs(false),
            map(ContactFields.LOCATION, "", Forms.location("LocationId"))
                    .writtenTo("LocationId")
                    .requiredOnCreate(),
            map(ContactFields.ACTIVE, "IsActive", JsonForms.flag()).pullOnly());

    private static final FieldMap ASSETS = FieldMap.of(
            AssetKind.CONFIGURATION,
            map(ConfigurationFields.ORGANIZATION, "AccountId", Forms.reference(AssetKind.ORGANIZATION))
                    .requiredOnCreate(),
            map(ConfigurationFields.NAME, "Name", JsonForms.text()).requiredOnCreate(),
            map(ConfigurationFields.TYPE, "", Forms.choice("CategoryId", "Category"))
                    .writtenTo("CategoryId")
                    .requiredOnCreate(),
            map(ConfigurationFields.STATUS, "IsActive", Forms.status()),
            map(ConfigurationFields.ASSET_TAG, "AssetTag", JsonForms.text()),
            map(ConfigurationFields.SERIAL_NUMBER, "SerialNumber", JsonForms.text()),
            map(ConfigurationFields.NOTES, "Description", JsonForms.text()),
            map(ConfigurationFields.PURCHASED_ON, "AcquisitionDate", JsonForms.midnight()),
            map(ConfigurationFields.EXPIRES_ON, "WarrantyExpirationDate", JsonForms.midnight()),
            map(ConfigurationFields.MANUFACTURER, "", Forms.choice("ManufacturerId", "Manufacturer"))
                    .writtenTo("ManufacturerId"),
            map(ConfigurationFields.MODEL, "ModelNumber", JsonForms.choiceText()),
            map(ConfigurationFields.OPERATING_SYSTEM, "OsInfo", JsonForms.text()),
            map(ConfigurationFields.PRIMARY_IP, "IpAddress", JsonForms.text()),
            map(ConfigurationFields.DEFAULT_GATEWAY, "DefaultGateway", JsonForms.text()),
            map(ConfigurationFields.MAC_ADDRESS, "MacAddress", JsonForms.mac()),
            map(ConfigurationFields.LOCATION, "", Forms.location("AccountLocationId"))
                    .writtenTo("AccountLocationId")
                    .requiredOnCreate(),
            map(ConfigurationFields.CONTACT, "ContactId", Forms.reference(AssetKind.CONTACT)),
            map(ConfigurationFields.PLATFORM, "OsType", JsonForms.text()),
            map(ConfigurationFields.PHYSICAL_POSITION, "LocationInfo", JsonForms.text()));

    /** A list row has fewer fields, some under other names; the others stay absent until the details are read. */
    static final FieldMap ASSET_ROWS = FieldMap.of(
            AssetKind.CONFIGURATION,
            map(ConfigurationFields.ORGANIZATION, "AccountId", Forms.reference(AssetKind.ORGANIZATION)),
            map(ConfigurationFields.NAME, "AssetName", JsonForms.text()),
            map(ConfigurationFields.TYPE, "", Forms.choice("CategoryId", "CategoryName"))
                    .writtenTo("CategoryId"),
            map(ConfigurationFields.STATUS, "IsActive", Forms.status()),
            map(ConfigurationFields.SERIAL_NUMBER, "SerialNumber", JsonForms.text()),
            map(ConfigurationFields.PRIMARY_IP, "IPAddress", JsonForms.text()),
            map(ConfigurationFields.CONTACT, "ContactId", Forms.reference(AssetKind.CONTACT)));

    private static final FieldMap TICKETS = FieldMap.of(
            AssetKind.TICKET,
            map(TicketFields.ORGANIZATION, "AccountId", Forms.reference(AssetKind.ORGANIZATION)),
            map(TicketFields.BOARD, "", JsonForm.readOnly(ticket -> Forms.choice(ticket, "QueueId", "QueueName"))),
            map(TicketFields.NUMBER, "TicketNumber", JsonForms.text()),
            map(TicketFields.TITLE, "Title", JsonForms.text()),
            map(TicketFields.CONTACT, "ContactId", Forms.reference(AssetKind.CONTACT)),
            map(TicketFields.STATUS, "", JsonForm.readOnly(ticket -> Forms.choice(ticket, "StatusId", "StatusName"))),
            map(
                    TicketFields.PRIORITY,
                    "",
                    JsonForm.readOnly(ticket -> Forms.choice(ticket, "PriorityId", "PriorityName"))),
            map(TicketFields.CREATED, "OpenDate", JsonForms.instant()),
            map(TicketFields.UPDATED, "ModifiedOn", JsonForms.instant()),
            map(TicketFields.CONFIGURATIONS, "HardwareAssetId", JsonForm.readOnly(Forms::asset)));

    private final Map<AssetKind, RecordKind> kinds = new EnumMap<>(AssetKind.class);

    Kinds() {
        for (RecordKind kind : List.of(
                new RecordKind(
                        AssetKind.ORGANIZATION, "accounts", "v2/crm/accounts/summary/{}", ACCOUNTS, record -> ""),
                new RecordKind(
                        AssetKind.LOCATION,
                        "locations",
                        "v2/crm/accounts/{}/locations/{}",
                        FlatLocation.MAP,
                        record -> ""),
                new RecordKind(AssetKind.CONTACT, "contacts", "v2/crm/contacts/summary/{}", CONTACTS, record -> ""),
                new RecordKind(
                        AssetKind.CONFIGURATION,
                        "assets",
                        "v2/servicedesk/hardwareasset/{}",
                        ASSETS,
                        ChangeMark::ofDetails),
                new RecordKind(AssetKind.TICKET, "tickets", "v2/servicedesk/tickets/{}", TICKETS, record -> ""))) {
            kinds.put(kind.kind(), kind);
        }
    }

    private static ContactPointsForm points(String value, String type) {
        return ContactPointsForm.of(value).primary("IsDefault").label(type).id("Id");
    }

    RecordKind of(AssetKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    /** The rows of a list that hold no more than ids can still be named. */
    static @Nullable Long idOf(JsonValue row) {
        try {
            return row.isObject() ? row.integer("Id") : null;
        } catch (JsonMismatch e) {
            return null;
        }
    }
}
