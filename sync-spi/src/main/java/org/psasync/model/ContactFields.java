package org.psasync.model;

import static org.psasync.model.AssetKind.CONTACT;

import java.util.List;
import java.util.Set;

/** The fields of a contact (SPEC 2). */
public final class ContactFields {
    /** The organization it belongs to (FIELD-10). */
    public static final Field<AssetRef> ORGANIZATION = Field.known(CONTACT, 0, "organization", FieldType.REFERENCE);
    /** The first name. */
    public static final Field<String> FIRST_NAME = Field.known(CONTACT, 1, "firstName", FieldType.TEXT);
    /** The last name. */
    public static final Field<String> LAST_NAME = Field.known(CONTACT, 2, "lastName", FieldType.TEXT);
    /** The job title. */
    public static final Field<String> TITLE = Field.known(CONTACT, 3, "title", FieldType.TEXT);
    /** The e-mail addresses. */
    public static final Field<Set<ContactPoint>> EMAILS = Field.known(CONTACT, 4, "emails", FieldType.EMAILS);
    /** The phone and fax numbers. */
    public static final Field<Set<ContactPoint>> PHONES = Field.known(CONTACT, 5, "phones", FieldType.PHONES);
    /** The types. */
    public static final Field<Set<Choice>> TYPES = Field.known(CONTACT, 6, "types", FieldType.CHOICES);
    /** Whether it is a point of contact of note. */
    public static final Field<Boolean> IMPORTANT = Field.known(CONTACT, 7, "important", FieldType.FLAG);
    /** Where the person works. */
    public static final Field<AssetRef> LOCATION = Field.known(CONTACT, 8, "location", FieldType.REFERENCE);
    /** Whether it is in use. */
    public static final Field<Boolean> ACTIVE = Field.known(CONTACT, 9, "active", FieldType.FLAG);

    static final List<Field<?>> ALL =
            List.of(ORGANIZATION, FIRST_NAME, LAST_NAME, TITLE, EMAILS, PHONES, TYPES, IMPORTANT, LOCATION, ACTIVE);

    private ContactFields() {}
}
