package org.psasync.pulseway;

import static org.psasync.model.OrganizationFields.NAME;
import static org.psasync.model.OrganizationFields.SHORT_NAME;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.testkit.pulseway.PulsewayBench;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.Scenario;

/** Scenarios run on the fake Pulseway, over HTTP. */
class PulsewayScenarioTest {
    @Test
    @DisplayName("MERGE-1: edits of both sides go both ways")
    void syncsBothWays() {
        try (Scenario s = Scenario.on(PulsewayBench::open)) {
            Item acme = s.inPsa(organization("Acme"));
            s.inPsa(configuration("SRV-1").of(acme));
            s.customersAndServers().twoWay();

            s.psaChanges(acme, NAME, "Acme Ltd").later(Duration.ofHours(1)).run();
            s.expect(acme).is(Disposition.IN_SYNC).both(NAME, "Acme Ltd");

            s.userSaves(acme, SHORT_NAME, "ACME");
            s.expect(acme).is(Disposition.IN_SYNC).both(SHORT_NAME, "ACME").wasSent(1);
        }
    }
}
