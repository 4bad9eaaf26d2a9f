package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.Reading;
import org.psasync.testkit.pulseway.Switch;

/** Traffic of every kind, both ways, against the vendor's own description of the API. */
class TrafficTest {
    @Test
    void requestsAndAnswersAreAsTheVendorDescribesThem() {
        VendorDescription vendor = VendorDescription.read().orElse(null);
        assumeThat(vendor)
                .as("The vendor's description is not there: " + VendorDescription.FILE)
                .isNotNull();
        Set<String> faults = new ConcurrentSkipListSet<>();
        try (Bench bench =
                new Bench(psa -> psa.accounts(5).contacts(6).assets(8).tickets(6))) {
            bench.psa.switches().on(Switch.PASCAL_CASE);
            bench.psa.observe(exchange -> faults.addAll(requireNonNull(vendor).faults(exchange)));
            readEverything(bench);
            writeEverything(bench);
            assertThat(bench.psa.requests().count("PUT", "**")).isPositive();
            assertThat(bench.psa.requests().count("PATCH", "v2/crm/contacts/*/emails"))
                    .isPositive();
        }
        assertThat(faults).isEmpty();
    }

    private static void readEverything(Bench bench) {
        bench.connector.check();
        bench.connector.reference();
        ReadScope scope = new ReadScope(Set.of("401", "402"), null, List.of());
        for (AssetKind kind : AssetKind.values()) {
            Reading reading = bench.readAll(kind, scope, RemoteCursor.start(), 4);
            assertThat(reading.records()).isNotEmpty();
            assertThat(reading.unreadable()).isEmpty();
            bench.read(kind, reading.records().get(0).id());
            bench.readAll(kind, scope, reading.next(), 100);
        }
    }

    private static void writeEverything(Bench bench) {
        WriteOptions options = Samples.OPTIONS;
        RemoteRecord account = bench.connector
                .create(bench.connector.prepare(Samples.account("Harbor Dental")))
                .record();
        assertThat(account).isNotNull();
        bench.connector.update(Bench.update(
                requireNonNull(account),
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Harbor Dental Care")
                        .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 1101))
                        .build()));
        RemoteRecord contact = bench.read(
                AssetKind.CONTACT,
                bench.connector
                        .create(bench.connector.prepare(Samples.contact(bench, "Ada")))
                        .id());
        bench.connector.update(Bench.update(
                contact,
                FieldValues.of(AssetKind.CONTACT)
                        .set(ContactFields.TITLE, "Owner")
                        .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@new.example")))
                        .set(
                                ContactFields.PHONES,
                                Set.of(ContactPoint.primary("+1 555 0199"), ContactPoint.further("+1 555 0198")))
                        .build(),
                options));
        RemoteRecord asset = bench.connector
                .create(bench.connector.prepare(Samples.asset(bench, "SRV-NEW")))
                .record();
        assertThat(asset).isNotNull();
        bench.connector.update(Bench.update(
                requireNonNull(asset),
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "moved")
                        .set(ConfigurationFields.TYPE, new Choice("62", "Workstation"))
                        .build()));
    }
}
