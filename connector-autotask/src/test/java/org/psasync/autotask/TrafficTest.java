package org.psasync.autotask;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.Draft;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.Reading;

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
                new Bench(psa -> psa.companies(5).contacts(6).configurations(8).tickets(6))) {
            bench.psa.observe(exchange -> faults.addAll(requireNonNull(vendor).faults(exchange)));
            readEverything(bench);
            writeEverything(bench);
            assertThat(bench.psa.requests().count("PATCH", "**")).isEqualTo(5);
        }
        assertThat(faults).isEmpty();
    }

    private static void readEverything(Bench bench) {
        bench.connector.check();
        bench.connector.reference();
        ReadScope scope = new ReadScope(Set.of("8", "29683354"), null, List.of());
        for (AssetKind kind : AssetKind.values()) {
            Reading reading = bench.readAll(kind, scope, RemoteCursor.start(), 4);
            assertThat(reading.records()).isNotEmpty();
            assertThat(reading.unreadable()).isEmpty();
            bench.read(kind, reading.records().get(0).id());
            bench.connector.ids(kind, scope, RemoteCursor.start());
            bench.readAll(kind, scope, reading.next(), 100);
        }
    }

    private static RemoteRecord made(Bench bench, Draft draft) {
        return Bench.record(bench.connector.create(bench.connector.prepare(draft)));
    }

    private static void writeEverything(Bench bench) {
        RemoteRecord company = made(bench, Samples.account("Harbor Dental"));
        bench.connector.update(Bench.update(
                company,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Harbor Dental Care")
                        .set(OrganizationFields.PARENT, Samples.company())
                        .build()));
        RemoteRecord location =
                bench.read(AssetKind.LOCATION, Samples.location(bench).id());
        bench.connector.update(Bench.update(
                location,
                FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.CITY, "Port")
                        .build()));
        RemoteRecord contact = made(bench, Samples.contact(bench, "Ada"));
        bench.connector.update(Bench.update(
                contact,
                FieldValues.of(AssetKind.CONTACT)
                        .set(ContactFields.TITLE, "Owner")
                        .build()));
        RemoteRecord item = made(bench, Samples.asset(bench, "SRV-NEW"));
        bench.connector.update(Bench.update(
                item,
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "moved")
                        .set(ConfigurationFields.CONTACT, contact.ref())
                        .build()));
        try (AutotaskConnector connector = bench.connectorWith(Map.of("webhookSecret", "0123456789abcdef"))) {
            URI url = URI.create("https://docs.example/hook");
            connector.registerWebhook(AssetKind.CONTACT, url, url);
        }
    }
}
