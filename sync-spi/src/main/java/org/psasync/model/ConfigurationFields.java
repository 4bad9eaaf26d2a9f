package org.psasync.model;

import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.LocalDate;
import java.util.List;

/** The fields of a configuration (SPEC 2). */
public final class ConfigurationFields {
    /** The organization it belongs to (FIELD-10). */
    public static final Field<AssetRef> ORGANIZATION =
            Field.known(CONFIGURATION, 0, "organization", FieldType.REFERENCE);
    /** The name. */
    public static final Field<String> NAME = Field.known(CONFIGURATION, 1, "name", FieldType.TEXT);
    /** The type. */
    public static final Field<Choice> TYPE = Field.known(CONFIGURATION, 2, "type", FieldType.CHOICE);
    /** The status. */
    public static final Field<Choice> STATUS = Field.known(CONFIGURATION, 3, "status", FieldType.CHOICE);
    /** The tag on the device. */
    public static final Field<String> ASSET_TAG = Field.known(CONFIGURATION, 4, "assetTag", FieldType.TEXT);
    /** The serial number. */
    public static final Field<String> SERIAL_NUMBER = Field.known(CONFIGURATION, 5, "serialNumber", FieldType.TEXT);
    /** Free text. */
    public static final Field<String> NOTES = Field.known(CONFIGURATION, 6, "notes", FieldType.TEXT);
    /** The day it was installed. */
    public static final Field<LocalDate> INSTALLED_ON = Field.known(CONFIGURATION, 7, "installedOn", FieldType.DATE);
    /** Who installed it: a user of the PSA. */
    public static final Field<Choice> INSTALLED_BY = Field.known(CONFIGURATION, 8, "installedBy", FieldType.CHOICE);
    /** The day it was bought. */
    public static final Field<LocalDate> PURCHASED_ON = Field.known(CONFIGURATION, 9, "purchasedOn", FieldType.DATE);
    /** The day its warranty ends. */
    public static final Field<LocalDate> EXPIRES_ON = Field.known(CONFIGURATION, 10, "expiresOn", FieldType.DATE);
    /** Who makes it. */
    public static final Field<Choice> MANUFACTURER = Field.known(CONFIGURATION, 11, "manufacturer", FieldType.CHOICE);
    /** The maker's model. */
    public static final Field<Choice> MODEL = Field.known(CONFIGURATION, 12, "model", FieldType.CHOICE);
    /** The operating system. */
    public static final Field<String> OPERATING_SYSTEM =
            Field.known(CONFIGURATION, 13, "operatingSystem", FieldType.TEXT);
    /** The main IP address. */
    public static final Field<String> PRIMARY_IP = Field.known(CONFIGURATION, 14, "primaryIp", FieldType.TEXT);
    /** The default gateway. */
    public static final Field<String> DEFAULT_GATEWAY =
            Field.known(CONFIGURATION, 15, "defaultGateway", FieldType.TEXT);
    /** The MAC address; never a list of several (FIELD-7). */
    public static final Field<String> MAC_ADDRESS = Field.known(CONFIGURATION, 16, "macAddress", FieldType.MAC);
    /** Where it stands. */
    public static final Field<AssetRef> LOCATION = Field.known(CONFIGURATION, 17, "location", FieldType.REFERENCE);
    /** Who uses it. */
    public static final Field<AssetRef> CONTACT = Field.known(CONFIGURATION, 18, "contact", FieldType.REFERENCE);
    /** The platform. */
    public static final Field<String> PLATFORM = Field.known(CONFIGURATION, 19, "platform", FieldType.TEXT);
    /** Where in the location it stands. */
    public static final Field<String> PHYSICAL_POSITION =
            Field.known(CONFIGURATION, 20, "physicalPosition", FieldType.TEXT);
    /** Whether it is in use. */
    public static final Field<Boolean> ACTIVE = Field.known(CONFIGURATION, 21, "active", FieldType.FLAG);

    static final List<Field<?>> ALL = List.of(
            ORGANIZATION,
            NAME,
            TYPE,
            STATUS,
            ASSET_TAG,
            SERIAL_NUMBER,
            NOTES,
            INSTALLED_ON,
            INSTALLED_BY,
            PURCHASED_ON,
            EXPIRES_ON,
            MANUFACTURER,
            MODEL,
            OPERATING_SYSTEM,
            PRIMARY_IP,
            DEFAULT_GATEWAY,
            MAC_ADDRESS,
            LOCATION,
            CONTACT,
            PLATFORM,
            PHYSICAL_POSITION,
            ACTIVE);

    private ConfigurationFields() {}
}
