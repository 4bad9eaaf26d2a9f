package org.psasync.examples.quickstart;

import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.organization;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.Scenario;

/** The test of a sync policy that the README shows; the build runs it and compares the two. */
class PolicyTest {
    @Test
    @DisplayName("GATE-1, PUSH-3: a prospect stays out, and an import is not pushed")
    void aProspectStaysOutAndAnImportIsNotPushed() {
        // README: begin
        try (Scenario s = Scenario.onFakePsa()) {
            Item initech = s.inPsa(organization("Initech").type("Prospect"));
            Item acme = s.inPsa(organization("Acme").type("Customer"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
            s.settings(
                    settings -> settings.organizations(o -> o.types("Customer").statuses("Active"))
                            .configurations(c -> c.types("Server").statuses("Active")));
            s.twoWay();

            s.expect(initech).is(Disposition.NOT_SELECTED).because("GATE-1").notInHost();
            s.importWrites(server, NOTES, "imported");
            s.expect(server).is(Disposition.AWAITING_CONFIRMATION).remote(NOTES, "old");
            s.userSaves(server);
            s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "imported").wasSent(1);
        }
        // README: end
    }
}
