package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.both;
import static org.psasync.connectwise.Mapped.pull;
import static org.psasync.connectwise.Mapped.text;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.MacAddress;
import org.psasync.spi.FieldRule.Direction;

/** Configurations. Source: ConnectWise OpenAPI 2025.8, Company.Configuration. */
final class ConfigurationKind extends RecordKind {
    ConfigurationKind(List<ConnectWiseCustomField> customFields) {
        super(
                AssetKind.CONFIGURATION,
                "configurations",
                "company/configurations",
                List.of(
                        both(
                                        ConfigurationFields.ORGANIZATION,
                                        "company",
                                        row -> Reads.reference(row, "company", AssetKind.ORGANIZATION),
                                        Writes.reference())
                                .required(),
                        text(ConfigurationFields.NAME, "name", 100).required(),
                        choice(ConfigurationFields.TYPE, "type", ListName.CONFIGURATION_TYPES)
                                .required(),
                        choice(ConfigurationFields.STATUS, "status", ListName.CONFIGURATION_STATUSES)
                                .required(),
                        text(ConfigurationFields.ASSET_TAG, "tagNumber", 50),
                        text(ConfigurationFields.SERIAL_NUMBER, "serialNumber", 250),
                        text(ConfigurationFields.NOTES, "notes", 0),
                        date(ConfigurationFields.INSTALLED_ON, "installationDate"),
                        choice(ConfigurationFields.INSTALLED_BY, "installedBy", ListName.MEMBERS),
                        date(ConfigurationFields.PURCHASED_ON, "purchaseDate"),
                        date(ConfigurationFields.EXPIRES_ON, "warrantyExpirationDate"),
                        choice(ConfigurationFields.MANUFACTURER, "manufacturer", ListName.MANUFACTURERS),
                        new Mapped<>(
                                ConfigurationFields.MODEL,
                                "modelNumber",
                                Direction.BOTH,
                                50,
                                false,
                                ConfigurationKind::model,
                                (value, whole, lists) -> value.name()),
                        text(ConfigurationFields.OPERATING_SYSTEM, "osType", 250),
                        text(ConfigurationFields.PRIMARY_IP, "ipAddress", 50),
                        text(ConfigurationFields.DEFAULT_GATEWAY, "defaultGateway", 50),
                        text(ConfigurationFields.MAC_ADDRESS, "macAddress", 25),
                        both(
                                ConfigurationFields.LOCATION,
                                "site",
                                row -> Reads.site(Reads.number(row, "company"), Reads.number(row, "site")),
                                Writes.reference()),
                        both(
                                ConfigurationFields.CONTACT,
                                "contact",
                                row -> Reads.reference(row, "contact", AssetKind.CONTACT),
                                Writes.reference()),
                        pull(
                                ConfigurationFields.ACTIVE,
                                "activeFlag",
                                row -> !Boolean.FALSE.equals(row.flag("activeFlag")))),
                customFields);
    }

    private static Mapped<Choice> choice(Field<Choice> field, String member, ListName list) {
        return both(field, member, row -> Reads.choice(row, member), Writes.choice(field, list));
    }

    private static Mapped<LocalDate> date(Field<LocalDate> field, String member) {
        return both(field, member, row -> Reads.date(row, member), Writes.date());
    }

    private static @Nullable Choice model(JsonValue row) {
        String model = FieldType.TEXT.canonical(row.text("modelNumber"));
        return model == null ? null : Choice.named(model);
    }

    @Override
    @Nullable
    String complete(JsonValue row, FieldValues.Builder values) {
        String site = Reads.siteWithoutCompany(row, values, ConfigurationFields.LOCATION);
        return notes(super.complete(row, values), notes(oneMacAddress(row, values), site));
    }

    /** FIELD-7: what is not one MAC address stays where it is. */
    private static @Nullable String oneMacAddress(JsonValue row, FieldValues.Builder values) {
        String mac = FieldType.TEXT.canonical(row.text("macAddress"));
        if (mac == null || MacAddress.isOne(mac)) {
            return null;
        }
        values.remove(ConfigurationFields.MAC_ADDRESS);
        return "Its MAC address field does not hold exactly one address (" + mac.length()
                + " characters) and was left out";
    }
}
