package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What the PSA refused is not sent again unchanged, whatever happens to the record meanwhile (PUSH-13). */
class RefusedByPsaTest {
    private final AtomicBoolean hostRefuses = new AtomicBoolean();
    private final Stage stage = new Stage(
            psa -> {},
            host -> host.refusing(change ->
                    hostRefuses.get() ? List.of(Problem.ofRecord(Problem.Code.INVALID, "not here")) : List.of()));
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");
    private final Choice active = stage.choice(ConfigurationFields.STATUS, "Active");
    private final Choice inactive = stage.choice(ConfigurationFields.STATUS, "Inactive");

    @BeforeEach
    void synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    /** Saves notes that the PSA refuses once; whether it would again is not to be found out. */
    private LocalRef saveIsRefused() {
        LocalRef local = stage.localOf(server);
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.of(ConfigurationFields.NOTES, Problem.Code.INVALID, "no"))
                        .on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "bad");
        stage.psa.journal().clear();
        return local;
    }

    private LocalRef refused() {
        LocalRef local = saveIsRefused();
        run();
        assertNothingSent();
        return local;
    }

    private void run() {
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private SyncState state() {
        return stage.state().byRemote(server).orElseThrow().state();
    }

    private void assertNothingSent() {
        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName("PUSH-13: what was refused with these settings is not sent again by the first run that sees them")
    void settingsOfTheRefusal() {
        stage.configure(settings -> settings.contacts(false)); // no run has seen this change
        saveIsRefused();

        run();

        assertNothingSent();
    }

    @Test
    @DisplayName("PUSH-13: other settings may make the PSA take it, so it is tried once with them")
    void otherSettings() {
        refused();
        stage.configure(settings -> settings.contacts(false));

        run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("bad");
    }

    @Test
    @DisplayName("PUSH-13, STATE-4: what was refused is not sent again after the record was an orphan for a while")
    void orphanForAWhile() {
        LocalRef local = refused();

        stage.psaEdits(server, ConfigurationFields.STATUS, inactive);
        run();
        assertThat(state()).isEqualTo(SyncState.ORPHANED);
        stage.psaEdits(server, ConfigurationFields.STATUS, active);
        run();

        assertThat(state()).isEqualTo(SyncState.SYNCING);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertNothingSent();
    }

    @Test
    @DisplayName("PUSH-13: a create that was refused is not sent again after its organization was out for a while")
    void createBelowAnOrganizationThatLeft() {
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.INVALID, "no"))
                        .on(Operation.CREATE));
        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.engine.saved(local);
        stage.psa.journal().clear();

        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        run();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"));
        run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertNothingSent();
    }

    @Test
    @DisplayName(
            "PUSH-13: a create that is refused again, without a field that has to wait, is known by its last refusal")
    void createRefusedWithoutWhatWaits() {
        Problem noPhone = Problem.of(OrganizationFields.PRIMARY_LOCATION, Problem.Code.REQUIRED, "no phone");
        stage.psa.faults().next(Fault.rejected(noPhone).on(Operation.CREATE));
        LocalRef globex = stage.creates(
                        FieldValues.of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "Globex")
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.USER)
                .ref();
        assertThat(stage.engine.saved(globex)).isInstanceOf(PushResult.Refused.class);
        LocalRef main = stage.creates(stage.siteValues(globex, "Main", "Tampa"), Origin.USER)
                .ref();
        stage.engine.saved(main);
        stage.psa.faults().next(Fault.rejected(noPhone).on(Operation.CREATE));

        assertThat(stage.userSaves(globex, OrganizationFields.PRIMARY_LOCATION, main))
                .isInstanceOf(PushResult.Refused.class);

        assertThat(stage.engine.explain(globex).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(stage.engine.explain(globex).print()).doesNotContain("no phone no phone", "no phone. no");
        stage.psa.journal().clear();
        run();
        assertNothingSent();
    }

    @Test
    @DisplayName(
            "PUSH-7, PUSH-13: a doubt that the PSA raised is raised anew after the organization was out for a while")
    void duplicateBelowAnOrganizationThatLeft() {
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.DUPLICATE, "have it"))
                        .on(Operation.CREATE)
                        .times(2));
        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.engine.saved(local);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_REVIEW);

        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        run();
        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"));
        run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.engine.as(MANAGER).reviews().item(local)).isPresent();
    }

    @Test
    @DisplayName("PUSH-13, PULL-4: a refusal of the host does not make the PSA be asked again")
    void refusedByTheHostToo() {
        refused();
        hostRefuses.set(true);

        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-X");
        run();
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-Y");
        run();
        hostRefuses.set(false);
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-Z");
        run();

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NAME))
                .isEqualTo("SRV-Z");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertNothingSent();
    }

    @Test
    @DisplayName("PUSH-13: a field that was refused is left out after a later push failed for the moment")
    void failedForTheMoment() {
        LocalRef local = refused();
        stage.psa.faults().next(Fault.unavailable().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "S-1");

        run();

        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
    }

    @Test
    @DisplayName("PUSH-13, PULL-4: what was refused is not sent again after the record could not be understood once")
    void notUnderstoodOnce() {
        refused();
        stage.psa.faults().garble(server);
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-X");
        run();

        stage.psa.faults().mend(server);
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-Y");
        run();

        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertNothingSent();
    }

    @Test
    @DisplayName("PUSH-13: what was refused is over once the person takes it back, and may be tried then")
    void takenBack() {
        LocalRef local = refused();
        stage.userSaves(local, ConfigurationFields.NOTES, null);
        run();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);

        stage.userSaves(local, ConfigurationFields.NOTES, "bad");

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("bad");
    }
}
