package org.psasync.examples.tidydesk;

import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.Scenario;
import org.psasync.testkit.scenario.Trouble;

class TidydeskScenarioTest {
    // guide: scenario
    @Test
    @DisplayName("MERGE-1, SAFE-1: edits go both ways, and a create whose answer is lost makes one device")
    void syncsWithTheEngine() {
        try (Scenario s = Scenario.on(TidydeskBench::open)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
            s.settings(settings -> settings.organizations(
                                    o -> o.types("Customer").statuses("Active"))
                            .configurations(c -> c.types("Server").statuses("Active")))
                    .twoWay();

            s.userSaves(server, NOTES, "ours");
            s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "ours").wasSent(1);

            s.psaFails(Trouble.ANSWER_LOST, Doing.CREATING);
            Item second = s.userCreates(configuration("SRV-2").of(acme));
            s.psaRecovers().later(Duration.ofHours(1)).run();
            s.expect(second).is(Disposition.IN_SYNC).isLinked().wasSent(1);
        }
    }
    // guide: end
}
