package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.connectwise.Exchange;

/** The connector's requests and the fake's answers, held against the vendor's own description of the API. */
class TrafficTest {
    @Test
    @DisplayName("PSA-CW-5, PULL-2: what goes over the wire is what the vendor describes")
    void speaksAsTheVendorDescribes() {
        assumeTrue(
                VendorDescription.read().isPresent(),
                () -> "The vendor's description is not at " + VendorDescription.FILE
                        + "; set psasync.shared to check the traffic");
        VendorDescription vendor = VendorDescription.read().orElseThrow();
        List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
        try (Bench bench = new Bench()) {
            bench.psa.observe(exchanges::add);
            exercise(bench);
        }
        Set<String> faults = new TreeSet<>();
        exchanges.forEach(exchange -> faults.addAll(vendor.faults(exchange)));
        assertThat(exchanges).hasSizeGreaterThan(20);
        assertThat(faults).isEmpty();
    }

    private static void exercise(Bench bench) {
        bench.connector.check();
        bench.connector.reference();
        for (AssetKind kind : List.of(AssetKind.ORGANIZATION, AssetKind.CONTACT, AssetKind.CONFIGURATION)) {
            bench.readAll(kind);
        }
        RemoteRecord server = bench.readAll(AssetKind.CONFIGURATION).records().get(0);
        bench.connector.update(new RemoteUpdate(
                server,
                FieldValues.empty(AssetKind.CONFIGURATION).with(ConfigurationFields.NOTES, "moved"),
                WriteOptions.NONE));
        FieldValues copy = FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, server.values().get(ConfigurationFields.ORGANIZATION))
                .set(ConfigurationFields.TYPE, server.values().get(ConfigurationFields.TYPE))
                .set(ConfigurationFields.STATUS, server.values().get(ConfigurationFields.STATUS))
                .set(ConfigurationFields.NAME, "A new one")
                .build();
        Draft draft = new Draft(new PairId(0, 1), copy, List.of(), Map.of(), WriteOptions.NONE);
        bench.connector.create(bench.connector.prepare(draft));
    }
}
