package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.apart;
import static org.psasync.connectwise.Mapped.both;
import static org.psasync.connectwise.Mapped.text;

import java.util.List;
import org.psasync.model.AssetKind;
import org.psasync.model.OrganizationFields;

/** Companies, which are the organizations. Source: ConnectWise OpenAPI 2025.8, Company. */
final class CompanyKind extends RecordKind {
    static final int IDENTIFIER_LENGTH = 30;

    CompanyKind(List<ConnectWiseCustomField> customFields) {
        super(
                AssetKind.ORGANIZATION,
                "companies",
                "company/companies",
                List.of(
                        text(OrganizationFields.NAME, "name", 50).required(),
                        apart(OrganizationFields.TYPES, "types", row -> Reads.choices(row, "types")),
                        both(
                                OrganizationFields.STATUS,
                                "status",
                                row -> Reads.choice(row, "status"),
                                Writes.choice(OrganizationFields.STATUS, ListName.COMPANY_STATUSES)),
                        both(
                                OrganizationFields.PARENT,
                                "parentCompany",
                                row -> Reads.reference(row, "parentCompany", AssetKind.ORGANIZATION),
                                Writes.reference()),
                        both(
                                OrganizationFields.PRIMARY_LOCATION,
                                "site",
                                row -> Reads.site(row.integer("id"), Reads.number(row, "site")),
                                Writes.reference()),
                        text(OrganizationFields.SHORT_NAME, "identifier", IDENTIFIER_LENGTH)),
                customFields);
    }

    /** The flag is asked for too: a deletion must be seen (STATE-5). */
    @Override
    String members() {
        return super.members() + ",deletedFlag";
    }
}
