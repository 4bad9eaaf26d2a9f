package org.psasync.autotask;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Draft;
import org.psasync.spi.WriteOptions;

/** Drafts that have all that is needed. */
final class Samples {
    static final long COMPANY = 29_683_700;
    static final long CONTACT = 30_684_200;
    static final long ITEM = 20_400;
    static final long PERSON = 29_682_891;
    static final long API_USER = 29_682_931;
    static final WriteOptions OPTIONS = Bench.options(
            "contactEmailType",
            "emailAddress",
            "contactPhoneType",
            "phone",
            "accountManager",
            Long.toString(PERSON),
            "productMissing",
            "CREATE",
            "productBillingCode",
            "29682840");

    private Samples() {}

    static RemoteRef company() {
        return Bench.ref(AssetKind.ORGANIZATION, COMPANY);
    }

    static Draft account(String name) {
        return Bench.draft(accountValues(name), OPTIONS, Bench.draft(mainLocation()));
    }

    static FieldValues accountValues(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(new Choice("1", "Customer")))
                .set(OrganizationFields.SHORT_NAME, "HARBOR")
                .build();
    }

    static FieldValues mainLocation() {
        return FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.NAME, "Quay")
                .set(LocationFields.ADDRESS_1, "1 Quay Street")
                .set(LocationFields.CITY, "Port Ellis")
                .set(LocationFields.REGION, "OR")
                .set(LocationFields.COUNTRY, "US")
                .set(LocationFields.PHONE, "(503) 555-0150")
                .build();
    }

    /** The first location of the first company. */
    static RemoteRef location(Bench bench) {
        return Bench.ref(
                AssetKind.LOCATION, bench.psa.records("CompanyLocations").idWhere("companyID", COMPANY));
    }

    static Draft contact(Bench bench, String firstName) {
        return Bench.draft(contactValues(bench, firstName), OPTIONS);
    }

    static FieldValues contactValues(Bench bench, String firstName) {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, company())
                .set(ContactFields.FIRST_NAME, firstName)
                .set(ContactFields.LAST_NAME, "Quill")
                .set(ContactFields.TITLE, "Buyer")
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@client.example")))
                .set(
                        ContactFields.PHONES,
                        new LinkedHashSet<>(List.of(new ContactPoint("(503) 555-0160", "12", true, null, null))))
                .set(ContactFields.LOCATION, location(bench))
                .build();
    }

    static Draft asset(Bench bench, String name) {
        return Bench.draft(assetValues(bench, name), OPTIONS);
    }

    static FieldValues assetValues(Bench bench, String name) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, company())
                .set(ConfigurationFields.NAME, name)
                .set(ConfigurationFields.TYPE, new Choice("14", "Server"))
                .set(ConfigurationFields.LOCATION, location(bench))
                .set(ConfigurationFields.SERIAL_NUMBER, "SN-NEW")
                .set(ConfigurationFields.MANUFACTURER, Choice.named("Nordlane"))
                .set(ConfigurationFields.MODEL, Choice.named("A-100"))
                .set(ConfigurationFields.EXPIRES_ON, LocalDate.parse("2029-03-01"))
                .build();
    }
}
