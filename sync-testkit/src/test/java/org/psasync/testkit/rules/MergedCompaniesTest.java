package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.EventQuery;
import org.psasync.store.Pair;

/** Two companies of the PSA become one (STATE-8). */
class MergedCompaniesTest {
    private static final String MERGED = "it was merged into ‹Second› (STATE-8)";

    private final Stage stage = new Stage();

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    private void soon() {
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private void nextDay() {
        stage.later(Duration.ofHours(25)).engine.run();
    }

    /** The PSA merges a company into another, and the engine comes to know it. */
    private void merge(RemoteRef from, RemoteRef into) {
        stage.later(Duration.ofMinutes(1));
        stage.psa.merge(from, into);
        soon();
        nextDay();
    }

    @Test
    @DisplayName("STATE-8: the children of a merged company follow the PSA")
    void followsAMerge() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        RemoteRef server = stage.server(first, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));

        stage.psa.merge(first, second);
        soon();
        nextDay();

        assertThat(pair(first).state()).isEqualTo(SyncState.ORPHANED);
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.ORGANIZATION))
                .isEqualTo(stage.localOf(second));
        assertThat(stage.all(ORGANIZATION)).hasSize(2);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(first).print()).contains(MERGED);
    }

    @Test
    @DisplayName("STATE-8, WHY-1: a merge is told from a few events of the company, however long the log is")
    void tellsAMergeFromFewEvents() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        stage.server(first, "SRV-1");
        stage.selecting().engine.run();
        stage.psa.merge(first, second);
        soon();
        nextDay();
        List<EventQuery> asked = new ArrayList<>();
        SyncEngine watched = stage.newEngine(Broken.state(stage.state(), asked::add));

        assertThat(watched.explain(first).print()).contains(MERGED);

        assertThat(asked)
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(3)
                .allSatisfy(query -> assertThat(query.records()).containsExactly(first));
    }

    @Test
    @DisplayName("STATE-8: a company is merged only if all that belonged to it went to one other")
    void saysMergedOnlyIfAllWentToOne() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        RemoteRef third = stage.company("Third");
        RemoteRef one = stage.server(first, "SRV-1");
        RemoteRef other = stage.server(first, "SRV-2");
        RemoteRef alone = stage.company("Alone");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(one, ConfigurationFields.ORGANIZATION, second);
        stage.psaEdits(other, ConfigurationFields.ORGANIZATION, third);
        stage.psa.delete(first);
        stage.psa.delete(alone);
        soon();
        nextDay();

        assertThat(pair(first).state()).isEqualTo(SyncState.ORPHANED);
        assertThat(stage.engine.explain(first).print()).doesNotContain("merged");
        assertThat(stage.engine.explain(alone).print()).doesNotContain("merged");
    }

    @Test
    @DisplayName("STATE-8: a company is said to be merged into one that is not selected, too")
    void mergedIntoOneThatIsNotSelected() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second", "Vendor");
        stage.server(first, "SRV-1");
        stage.selecting().engine.run();

        merge(first, second);

        assertThat(stage.engine.explain(first).print()).contains(MERGED);
    }

    @Test
    @DisplayName("STATE-8: so it is when what belonged to it was out of the sync with it before it moved")
    void movesWhileOutOfTheSync() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second", "Vendor");
        RemoteRef server = stage.server(first, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(first, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        soon();
        assertThat(pair(server).state()).isEqualTo(SyncState.ORPHANED);

        merge(first, second);

        assertThat(stage.engine.explain(first).print()).contains(MERGED);
    }

    @Test
    @DisplayName("STATE-8, STATE-7: a disabled record, which is never read, does not hide a merge")
    void disabledRecords() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        stage.server(first, "SRV-1");
        RemoteRef disabled = stage.server(first, "SRV-2");
        stage.selecting().engine.run();
        stage.engine.as(MANAGER).manageData().disable(disabled);

        merge(first, second);

        assertThat(stage.engine.explain(first).print()).contains(MERGED);
    }

    @Test
    @DisplayName("STATE-8: records of a kind that is off by now do not hide a merge")
    void kindsThatAreOff() {
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        stage.server(first, "SRV-1");
        stage.contact(first, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.contacts(false));
        soon();

        merge(first, second);

        assertThat(stage.engine.explain(first).print()).contains(MERGED);
    }
}
