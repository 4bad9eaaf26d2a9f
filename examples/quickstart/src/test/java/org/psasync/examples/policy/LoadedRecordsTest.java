package org.psasync.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Scenario;
import org.psasync.testkit.scenario.Snapshot;

/** The same JSON fills every fake PSA, and a run brings it to the host. */
class LoadedRecordsTest {
    private static final String RECORDS = """
            {"organization": [{"id": "a", "name": "Acme", "shortName": "ACME", "types": ["Customer"], "status": "Active"}],
             "contact": [{"id": "c", "organization": "a", "firstName": "Ada", "lastName": "Lovelace",
                          "emails": [{"value": "ada@acme.example", "primary": true}]}],
             "configuration": [{"id": "s", "organization": "a", "name": "SRV-1", "type": "Server", "status": "Active",
                                "contact": "c", "expiresOn": "2026-02-03"}]}
            """;

    static Stream<Named<PsaBench.Source>> psas() {
        return PolicyScenariosTest.psas();
    }

    @ParameterizedTest
    @MethodSource("psas")
    void fillsEveryPsa(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Snapshot given = Snapshot.parse(RECORDS);

            Map<AssetKind, Map<String, RemoteRef>> made = given.loadInto(s.psa());
            s.customersAndServers().twoWay();

            assertThat(made.get(AssetKind.CONFIGURATION)).containsOnlyKeys("s");
            assertThat(Snapshot.of(s.psa()).differences(given))
                    .allMatch(difference -> difference.contains("here, (blank) there")
                            || difference.contains("only here")); // what a PSA makes of itself, such as a first site
            assertThat(Snapshot.of(s.host()).differences(Snapshot.of(s.psa())))
                    .as("after the first run")
                    .isEmpty();
        }
    }
}
