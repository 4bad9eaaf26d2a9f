package org.psasync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** The test of a sync policy that the README shows; the build runs it and compares the two. */
class PolicyTest {
    @Test
    @DisplayName("GATE-1: a company of another type stays out, and the explanation says why")
    void aProspectStaysOut() {
        TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
        InMemoryAssetRepository host = InMemoryAssetRepository.builder(clock).build();
        // README: begin
        FakePsa psa = FakePsa.builder(clock).build();
        RemoteRef acme = psa.put(company(psa, "Acme", "Prospect"));
        try (SyncEngine engine = SyncEngine.builder()
                .integration("policy/fake")
                .connector(psa)
                .assets(host)
                .state(StateStore.inMemory())
                .clock(clock) // a TestClock: it moves when the test says so
                .pause(clock)
                .build()) {
            engine.as(Actor.manager("mia"))
                    .configure(settings ->
                            settings.organizations(o -> o.types("Customer").statuses("Active")));
            engine.run();
            Explanation why = engine.explain(acme);
            assertThat(why.disposition()).as(why.print()).isEqualTo(Disposition.NOT_SELECTED);
            assertThat(why.reasons()).extracting(Explanation.Reason::rule).contains("GATE-1");
        }
        // README: end
        assertThat(host.all(ORGANIZATION)).isEmpty();
    }

    private static FieldValues company(FakePsa psa, String name, String type) {
        return FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, type)))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }
}
