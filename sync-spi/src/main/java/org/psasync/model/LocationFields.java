package org.psasync.model;

import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.FieldGroup.ADDRESS;

import java.util.List;

/** The fields of a location (SPEC 2). */
public final class LocationFields {
    /** The organization it belongs to (FIELD-10). */
    public static final Field<AssetRef> ORGANIZATION = Field.known(LOCATION, 0, "organization", FieldType.REFERENCE);
    /** The name. */
    public static final Field<String> NAME = Field.known(LOCATION, 1, "name", FieldType.TEXT);
    /** The first line of the address. */
    public static final Field<String> ADDRESS_1 = Field.grouped(LOCATION, 2, "address1", FieldType.TEXT, ADDRESS);
    /** The second line of the address. */
    public static final Field<String> ADDRESS_2 = Field.grouped(LOCATION, 3, "address2", FieldType.TEXT, ADDRESS);
    /** The city. */
    public static final Field<String> CITY = Field.grouped(LOCATION, 4, "city", FieldType.TEXT, ADDRESS);
    /** The state or province. */
    public static final Field<String> REGION = Field.grouped(LOCATION, 5, "region", FieldType.REGION, ADDRESS);
    /** The postal code. */
    public static final Field<String> POSTAL_CODE = Field.grouped(LOCATION, 6, "postalCode", FieldType.TEXT, ADDRESS);
    /** The country. */
    public static final Field<String> COUNTRY = Field.grouped(LOCATION, 7, "country", FieldType.COUNTRY, ADDRESS);
    /** The phone number. */
    public static final Field<String> PHONE = Field.known(LOCATION, 8, "phone", FieldType.TEXT);
    /** The fax number. */
    public static final Field<String> FAX = Field.known(LOCATION, 9, "fax", FieldType.TEXT);
    /** Whether it is in use. */
    public static final Field<Boolean> ACTIVE = Field.known(LOCATION, 10, "active", FieldType.FLAG);

    static final List<Field<?>> ALL =
            List.of(ORGANIZATION, NAME, ADDRESS_1, ADDRESS_2, CITY, REGION, POSTAL_CODE, COUNTRY, PHONE, FAX, ACTIVE);

    private LocationFields() {}
}
