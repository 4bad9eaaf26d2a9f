package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.Verb;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

class LeavingTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName(
            "STATE-3: a company that leaves by its type takes its children along in the same run, and brings them back")
    void leavesWithItsChildren() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.later(java.time.Duration.ofMinutes(1));

        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        RunReport left = stage.engine.run();

        assertThat(left.count(Verb.ORPHAN)).as(left.print()).isEqualTo(3);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(stage.engine.explain(ada).disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(stage.events(Event.Type.ORPHANED)).hasSize(3);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);

        stage.later(java.time.Duration.ofMinutes(1));
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));
        RunReport back = stage.engine.run();

        assertThat(back.count(Verb.RETURN)).as(back.print()).isEqualTo(3);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }
}
