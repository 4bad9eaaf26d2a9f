package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.both;
import static org.psasync.connectwise.Mapped.pull;
import static org.psasync.connectwise.Mapped.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.LocationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteRecord;

/**
 * Sites, which are the locations; each is below its company.
 *
 * <p>Source: ConnectWise OpenAPI 2025.8, CompanySite. Phone and fax are only pulled, as the published field tables have
 * it.
 */
final class SiteKind extends RecordKind {
    SiteKind(List<ConnectWiseCustomField> customFields) {
        super(
                AssetKind.LOCATION,
                "sites",
                "company/companies/{}/sites",
                List.of(
                        both(
                                        LocationFields.ORGANIZATION,
                                        "company",
                                        row -> Reads.reference(row, "company", AssetKind.ORGANIZATION),
                                        Writes.reference())
                                .required(),
                        text(LocationFields.NAME, "name", 50).required(),
                        text(LocationFields.ADDRESS_1, "addressLine1", 50),
                        text(LocationFields.ADDRESS_2, "addressLine2", 50),
                        text(LocationFields.CITY, "city", 50),
                        both(LocationFields.REGION, "stateReference", SiteKind::region, Writes.region()),
                        text(LocationFields.POSTAL_CODE, "zip", 12),
                        both(LocationFields.COUNTRY, "country", row -> name(row, "country"), Writes.country()),
                        pull(LocationFields.PHONE, "phoneNumber", SiteKind::phone),
                        pull(LocationFields.FAX, "faxNumber", row -> row.text("faxNumber")),
                        pull(
                                LocationFields.ACTIVE,
                                "inactiveFlag",
                                row -> !Boolean.TRUE.equals(row.flag("inactiveFlag")))),
                customFields);
    }

    /** The extension of the phone is a member of its own. */
    @Override
    String members() {
        return super.members() + ",phoneNumberExt";
    }

    @Override
    RemoteId id(JsonValue row) {
        Long company = Reads.number(row, "company");
        if (company == null) {
            throw new JsonMismatch("Site " + number(row) + " names no company");
        }
        return new Ids.Site(company, number(row)).remote();
    }

    /** A site listed below a company is that company's, also when the row does not repeat it. */
    static JsonValue below(long company, JsonValue row) {
        boolean repeats = row.isObject() && !row.at("company/id").isBlank();
        return repeats || !row.isObject() ? row : row.with("company", Map.of("id", company));
    }

    RemoteRecord read(long company, JsonValue row) {
        return read(below(company, row));
    }

    private static @Nullable String region(JsonValue row) {
        String identifier = Reads.text(row, "stateReference", "identifier");
        return identifier == null ? Reads.text(row, "stateReference", "name") : identifier;
    }

    private static @Nullable String name(JsonValue row, String member) {
        String name = Reads.text(row, member, "name");
        return name == null ? Reads.text(row, member, "identifier") : name;
    }

    private static @Nullable String phone(JsonValue row) {
        String number = row.text("phoneNumber");
        String extension = row.text("phoneNumberExt");
        return number == null || extension == null ? number : number + " x" + extension;
    }
}
