package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.apart;
import static org.psasync.connectwise.Mapped.both;
import static org.psasync.connectwise.Mapped.pull;
import static org.psasync.connectwise.Mapped.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;

/**
 * Contacts. Source: ConnectWise OpenAPI 2025.8, Contact, which names no lengths.
 *
 * <p>The type list of a contact is written with it on create, and by associations later.
 */
final class ContactKind extends RecordKind {
    ContactKind(List<ConnectWiseCustomField> customFields) {
        super(
                AssetKind.CONTACT,
                "contacts",
                "company/contacts",
                List.of(
                        both(
                                        ContactFields.ORGANIZATION,
                                        "company",
                                        row -> Reads.reference(row, "company", AssetKind.ORGANIZATION),
                                        Writes.reference())
                                .required(),
                        text(ContactFields.FIRST_NAME, "firstName", 0).required(),
                        text(ContactFields.LAST_NAME, "lastName", 0),
                        text(ContactFields.TITLE, "title", 0),
                        apart(ContactFields.EMAILS, "communicationItems", CommunicationItem::emails)
                                .upTo(CommunicationItem.LONGEST),
                        apart(ContactFields.PHONES, "communicationItems", CommunicationItem::phones)
                                .upTo(CommunicationItem.LONGEST),
                        apart(ContactFields.TYPES, "types", row -> Reads.choices(row, "types")),
                        both(
                                ContactFields.LOCATION,
                                "site",
                                row -> Reads.site(Reads.number(row, "company"), Reads.number(row, "site")),
                                Writes.reference()),
                        pull(
                                ContactFields.ACTIVE,
                                "inactiveFlag",
                                row -> !Boolean.TRUE.equals(row.flag("inactiveFlag")))),
                customFields);
    }

    @Override
    @Nullable
    String complete(JsonValue row, FieldValues.Builder values) {
        return notes(super.complete(row, values), Reads.siteWithoutCompany(row, values, ContactFields.LOCATION));
    }
}
