package org.psasync.pulseway;

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
    static final WriteOptions OPTIONS = Bench.options(
            "contactEmailType", "1", "contactPhoneType", "3", "accountManager", "5102", "businessType", "41");

    private Samples() {}

    static Draft account(String name) {
        return Bench.draft(accountValues(name), OPTIONS, Bench.draft(mainLocation()));
    }

    static FieldValues accountValues(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(new Choice("31", "Customer")))
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
                .set(LocationFields.PHONE, "+1 555 0150")
                .build();
    }

    /** The first location of the first account. */
    static RemoteRef location(Bench bench) {
        return Bench.ref(AssetKind.LOCATION, "1101/" + bench.psa.locations(1101).get(0));
    }

    static Draft contact(Bench bench, String firstName) {
        return Bench.draft(contactValues(bench, firstName), OPTIONS);
    }

    static FieldValues contactValues(Bench bench, String firstName) {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 1101))
                .set(ContactFields.FIRST_NAME, firstName)
                .set(ContactFields.LAST_NAME, "Quill")
                .set(ContactFields.TITLE, "Buyer")
                .set(ContactFields.IMPORTANT, true)
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@client.example")))
                .set(
                        ContactFields.PHONES,
                        new LinkedHashSet<>(
                                List.of(ContactPoint.primary("+1 555 0160"), ContactPoint.further("+1 555 0161"))))
                .set(ContactFields.LOCATION, location(bench))
                .build();
    }

    static Draft asset(Bench bench, String name) {
        return Bench.draft(FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 1101))
                .set(ConfigurationFields.NAME, name)
                .set(ConfigurationFields.TYPE, new Choice("61", "Server"))
                .set(ConfigurationFields.LOCATION, location(bench))
                .set(ConfigurationFields.SERIAL_NUMBER, "SN-NEW")
                .set(ConfigurationFields.MAC_ADDRESS, "00:00:5E:00:53:77")
                .set(ConfigurationFields.PURCHASED_ON, LocalDate.parse("2026-03-01"))
                .set(ConfigurationFields.MODEL, Choice.named("R550"))
                .build());
    }
}
