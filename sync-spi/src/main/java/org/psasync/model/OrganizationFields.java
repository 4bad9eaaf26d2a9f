package org.psasync.model;

import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.List;
import java.util.Set;

/** The fields of an organization (SPEC 2). */
public final class OrganizationFields {
    /** The name; the key of matching (MATCH-1). */
    public static final Field<String> NAME = Field.known(ORGANIZATION, 0, "name", FieldType.TEXT);
    /** The types; one in most PSAs, several in ConnectWise. */
    public static final Field<Set<Choice>> TYPES = Field.known(ORGANIZATION, 1, "types", FieldType.CHOICES);
    /** The status. */
    public static final Field<Choice> STATUS = Field.known(ORGANIZATION, 2, "status", FieldType.CHOICE);
    /** The organization it belongs to. */
    public static final Field<AssetRef> PARENT = Field.known(ORGANIZATION, 3, "parent", FieldType.REFERENCE);
    /** Its main location. */
    public static final Field<AssetRef> PRIMARY_LOCATION =
            Field.known(ORGANIZATION, 4, "primaryLocation", FieldType.REFERENCE);
    /** A short name or number, unique in most PSAs. */
    public static final Field<String> SHORT_NAME = Field.known(ORGANIZATION, 5, "shortName", FieldType.TEXT);
    /** A classification that only the gate looks at. */
    public static final Field<Choice> CLASSIFICATION = Field.known(ORGANIZATION, 6, "classification", FieldType.CHOICE);
    /** Whether it is in use, where the PSA tells that apart from the status. */
    public static final Field<Boolean> ACTIVE = Field.known(ORGANIZATION, 7, "active", FieldType.FLAG);

    static final List<Field<?>> ALL =
            List.of(NAME, TYPES, STATUS, PARENT, PRIMARY_LOCATION, SHORT_NAME, CLASSIFICATION, ACTIVE);

    private OrganizationFields() {}
}
