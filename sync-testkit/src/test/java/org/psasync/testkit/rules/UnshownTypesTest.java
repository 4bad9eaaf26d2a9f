package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;

/** A PSA that does not show the type by which records are selected (FIELD-3). */
class UnshownTypesTest {
    private final Stage stage = new Stage();

    private void hideTypes() {
        stage.engine = stage.newEngine(Between.hiding(stage.psa, ConfigurationFields.TYPE));
    }

    private RunReport soon() {
        return stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    @Test
    @DisplayName(
            "GATE-1, FIELD-3, WHY-1: what is not linked is not made on a guess, and is made once its type is shown")
    void makesNothingOnAGuess() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psa.put(stage.serverValues(acme, "PRN-1")
                .with(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer")));
        hideTypes();

        RunReport report = stage.selecting().engine.run();

        assertThat(stage.all(CONFIGURATION)).isEmpty();
        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.NOT_SELECTED);
        assertThat(report.print()).contains("its type is not shown");
        assertThat(stage.engine.explain(server).print())
                .contains("does not show its type")
                .contains("the right to see");

        stage.engine = stage.newEngine();
        stage.engine.as(Stage.MANAGER).fullCheck();
        stage.psaEdits(server, ConfigurationFields.NOTES, "x");
        soon();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("FIELD-3, STATE-1: a link stays in the sync when its type is not shown any more")
    void linksStay() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        hideTypes();

        stage.psaEdits(server, ConfigurationFields.NOTES, "x");
        soon();

        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("x");
    }

    @Test
    @DisplayName("FIELD-3, STATE-4: an orphan does not return because the type that keeps it out is not shown any more")
    void orphansStayOut() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        soon();
        assertThat(pair(server).reasons()).containsExactly(OrphanReason.TYPE_NOT_SELECTED);
        hideTypes();

        stage.psaEdits(server, ConfigurationFields.NOTES, "x");
        soon();

        assertThat(pair(server).state()).isEqualTo(SyncState.ORPHANED);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.ORPHANED);
    }
}
