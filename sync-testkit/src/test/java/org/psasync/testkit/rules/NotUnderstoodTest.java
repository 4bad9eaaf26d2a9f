package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Event;
import org.psasync.store.Pair;

/** A link whose PSA record cannot be understood any more (PULL-4): its fields are left alone, all else goes on. */
class NotUnderstoodTest {
    private final Stage stage = new Stage();
    private RemoteRef acme;
    private RemoteRef server;

    private void begin(boolean twoWay) {
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        if (twoWay) {
            stage.twoWay();
        } else {
            stage.selecting();
        }
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa.faults().garble(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "x");
        soon();
    }

    private RunReport soon() {
        return stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private Pair pair() {
        return stage.state().byRemote(server).orElseThrow();
    }

    private void stands(SyncState state, Disposition disposition) {
        assertThat(pair().state()).isEqualTo(state);
        assertThat(pair().trouble().failure()).isNotNull();
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(disposition);
        assertThat(stage.state().counts().get(CONFIGURATION)).containsKey(disposition);
    }

    private void status(RemoteRef company, String name) {
        stage.psaEdits(company, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, name));
    }

    @Test
    @DisplayName("STATE-3, STATE-4, PULL-4: it leaves the sync with its organization, and returns with it")
    void goesWithItsOrganization() {
        begin(false);

        status(acme, "Inactive");
        RunReport left = soon();
        stands(SyncState.ORPHANED, Disposition.ORPHANED);
        assertThat(pair().reasons()).containsExactly(OrphanReason.ORGANIZATION_NOT_SYNCING);
        assertThat(left.status()).isEqualTo(Status.OK);

        stage.psaEdits(server, ConfigurationFields.NOTES, "y");
        soon();
        stands(SyncState.ORPHANED, Disposition.ORPHANED);

        status(acme, "Active");
        RunReport back = soon();
        stands(SyncState.SYNCING, Disposition.REFUSED_BY_PSA);
        assertThat(back.status()).isEqualTo(Status.INCOMPLETE);
    }

    @Test
    @DisplayName("STATE-3, SET-10, PULL-4: it leaves the sync when the settings turn its type away")
    void goesWithItsType() {
        begin(false);

        stage.configure(settings -> settings.configurations(c -> c.types("Printer")));
        stage.psaEdits(server, ConfigurationFields.NOTES, "y"); // it is seen once more in the run that decides all
        soon();

        stands(SyncState.ORPHANED, Disposition.ORPHANED);
        assertThat(pair().reasons()).containsExactly(OrphanReason.TYPE_NOT_SELECTED);
    }

    @Test
    @DisplayName("STATE-6, PULL-4: it is disabled when its local record is deleted")
    void goesWithItsLocalRecord() {
        begin(false);

        stage.host.delete(stage.localOf(server));
        soon();

        assertThat(pair().state()).isEqualTo(SyncState.DISABLED);
    }

    @Test
    @DisplayName(
            "PULL-4, MERGE-8: whatever else is decided, its fields are merged by what is read, and by nothing older")
    void mergesNothing() {
        begin(true);
        LocalRef local = stage.localOf(server);
        stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "S-1");
        status(acme, "Inactive");
        soon();
        status(acme, "Active");
        soon();
        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isNull();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.events(Event.Type.FAILED)).hasSize(1);

        stage.psa.faults().mend(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "y");
        soon();

        assertThat(pair().trouble().failure()).isNull();
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("y");
        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
    }
}
