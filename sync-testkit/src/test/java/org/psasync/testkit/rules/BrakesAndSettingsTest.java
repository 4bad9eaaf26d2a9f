package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** BRAKE-2: what comes of settings that a manager saw and saved is not counted, and nothing else passes with it. */
class BrakesAndSettingsTest {
    private static final int LINKS = 30;

    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers = new ArrayList<>();

    BrakesAndSettingsTest() {
        for (int i = 0; i < LINKS; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay()
                .configure(settings -> settings.brake(Brake.LEAVING, 5, 0)
                        .brake(Brake.LOCAL_UPDATES, 5, 0)
                        .brake(Brake.PSA_WRITES, 5, 0));
        run();
    }

    private RunReport run() {
        return stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private void saves(Consumer<SettingsChange> change) {
        stage.engine.as(Stage.MANAGER).save(stage.engine.as(Stage.MANAGER).preview(change));
    }

    private void edited(Origin origin) {
        servers.forEach(server -> stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", origin));
    }

    private void psaEdited(String notes) {
        servers.forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, notes));
    }

    private void retype(int from, int to, String type) {
        servers.subList(from, to)
                .forEach(server ->
                        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, type)));
    }

    private String notes(RemoteRef server) {
        return stage.inHost(stage.localOf(server), ConfigurationFields.NOTES);
    }

    @Test
    @DisplayName("BRAKE-2, PUSH-1: local values that are put back because two-way was turned off")
    void putsBackAfterTwoWay() {
        edited(Origin.IMPORT);
        run();
        saves(settings -> settings.twoWay(false));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(servers).allMatch(server -> notes(server) == null);
    }

    @Test
    @DisplayName("BRAKE-2, FIELD-1: local values that are put back because a field is only pulled now")
    void putsBackWhatIsOnlyPulled() {
        edited(Origin.IMPORT);
        run();
        saves(settings -> settings.pullOnly(ConfigurationFields.NOTES, true));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(servers).allMatch(server -> notes(server) == null);
    }

    @Test
    @DisplayName("BRAKE-2, MERGE-5: open conflicts that a new policy decides")
    void decidesOpenConflicts() {
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        psaEdited("theirs");
        edited(Origin.USER);
        run();
        saves(settings -> settings.conflicts(ConflictPolicy.PSA_WINS));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(servers).allMatch(server -> "theirs".equals(notes(server)));
    }

    @Test
    @DisplayName("BRAKE-2, FIELD-1: a type that is deselected, though the field is left out of the sync")
    void deselectsByAFieldThatIsLeftOut() {
        stage.configure(settings -> settings.exclude(ConfigurationFields.TYPE, true));
        run();
        saves(settings -> settings.configurations(c -> c.types("Printer")));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(LINKS);
    }

    @Test
    @DisplayName("BRAKE-2, DATA-6: a type that is deselected while the integration is disconnected")
    void deselectsWhileDisconnected() {
        stage.engine.as(Stage.MANAGER).disconnect();
        saves(settings -> settings.configurations(c -> c.types("Printer")));
        stage.engine.as(Stage.MANAGER).connect();

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(LINKS);
    }

    @Test
    @DisplayName("BRAKE-2, STATE-4: what comes back with newer values when its type is selected again")
    void takesInAgain() {
        saves(settings -> settings.configurations(c -> c.types("Printer")));
        run();
        psaEdited("changed meanwhile");
        run();
        saves(settings -> settings.configurations(c -> c.types("Server")));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(servers).allMatch(server -> "changed meanwhile".equals(notes(server)));
    }

    @Test
    @DisplayName("BRAKE-2: what the PSA changed is counted in the run after a change of settings too")
    void countsWhatThePsaChangedBesides() {
        saves(settings -> settings.configurations(c -> c.types("Server", "Printer")));
        retype(0, 10, "Workstation");
        servers.subList(10, 20).forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "theirs"));

        RunReport report = run();

        assertThat(report.brakes()).hasSize(2);
        assertThat(report.count(Verb.ORPHAN)).isZero();
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isZero();
    }

    @Test
    @DisplayName("BRAKE-2: what a run that broke off left of a change of settings is not counted in the next")
    void remembersOverARunThatBrokeOff() {
        saves(settings -> settings.configurations(c -> c.types("Printer")));
        stage.psa.faults().next(Fault.unavailable().on(Operation.CHANGES));
        assertThat(run().status()).isEqualTo(Status.ERROR);

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(LINKS);
    }

    @Test
    @DisplayName("BRAKE-2, RUN-4: nor what a plan left of it that was made before and applied since")
    void remembersOverAPlan() {
        SyncPlan plan = stage.engine.plan();
        saves(settings -> settings.configurations(c -> c.types("Printer")));
        stage.engine.as(Stage.MANAGER).apply(plan);

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(LINKS);
    }

    @Test
    @DisplayName("BRAKE-2, GATE-6: what leaves because of a change that people saved and that was pushed")
    void doesNotCountWhatPeoplePushed() {
        stage.configure(settings -> settings.brake(Brake.PSA_WRITES, 50, 0));
        run();
        servers.subList(0, 10)
                .forEach(server -> stage.edits(
                        stage.localOf(server),
                        ConfigurationFields.TYPE,
                        stage.choice(ConfigurationFields.TYPE, "Workstation"),
                        Origin.USER));

        RunReport report = run();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.UPDATE_IN_PSA)).isEqualTo(10);
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(10);
    }

    // Over several runs ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "BRAKE-4: links that followed the PSA's type in an earlier run and did not leave yet are counted again")
    void countsWhatFollowedBefore() {
        retype(0, 5, "Workstation");
        stage.psa.faults().next(Fault.throttled(Duration.ofHours(1)).on(Operation.IDS));
        assertThat(stage.later(Duration.ofHours(25)).engine.run().count(Verb.UPDATE_LOCALLY))
                .isEqualTo(5);
        assertThat(stage.events(Event.Type.ORPHANED)).isEmpty();
        retype(5, 10, "Workstation");

        RunReport report = run();

        assertThat(report.brakes())
                .singleElement()
                .satisfies(brake -> assertThat(brake.count()).isEqualTo(10));
        assertThat(report.count(Verb.ORPHAN)).isZero();
    }

    @Test
    @DisplayName("BRAKE-1: what leaves with an organization stays held in later runs, though the organization has left")
    void keepsHoldingWhatIsTakenAlong() {
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        assertThat(run().status()).isEqualTo(Status.STOPPED);

        for (int i = 0; i < 3; i++) {
            RunReport report = run();

            assertThat(report.status()).isEqualTo(Status.STOPPED);
            assertThat(report.count(Verb.ORPHAN)).isZero();
        }
    }
}
