package org.psasync.model;

import static org.psasync.model.AssetKind.TICKET;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The fields of a ticket (SPEC 2); all are pulled, none is ever written to a PSA. */
public final class TicketFields {
    /** The organization it belongs to (FIELD-10). */
    public static final Field<AssetRef> ORGANIZATION = Field.known(TICKET, 0, "organization", FieldType.REFERENCE);
    /** The service board or queue it is on. */
    public static final Field<Choice> BOARD = Field.known(TICKET, 1, "board", FieldType.CHOICE);
    /** The number people call it by. */
    public static final Field<String> NUMBER = Field.known(TICKET, 2, "number", FieldType.TEXT);
    /** What it is about. */
    public static final Field<String> TITLE = Field.known(TICKET, 3, "title", FieldType.TEXT);
    /** Who asked. */
    public static final Field<AssetRef> CONTACT = Field.known(TICKET, 4, "contact", FieldType.REFERENCE);
    /** The status. */
    public static final Field<Choice> STATUS = Field.known(TICKET, 5, "status", FieldType.CHOICE);
    /** The priority. */
    public static final Field<Choice> PRIORITY = Field.known(TICKET, 6, "priority", FieldType.CHOICE);
    /** When it was opened. */
    public static final Field<Instant> CREATED = Field.known(TICKET, 7, "created", FieldType.INSTANT);
    /** When it last changed. */
    public static final Field<Instant> UPDATED = Field.known(TICKET, 8, "updated", FieldType.INSTANT);
    /** The configurations it is about. */
    public static final Field<Set<AssetRef>> CONFIGURATIONS =
            Field.known(TICKET, 9, "configurations", FieldType.REFERENCES);

    static final List<Field<?>> ALL =
            List.of(ORGANIZATION, BOARD, NUMBER, TITLE, CONTACT, STATUS, PRIORITY, CREATED, UPDATED, CONFIGURATIONS);

    private TicketFields() {}
}
