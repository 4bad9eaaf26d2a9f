package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.engine.Actor;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Operation;

/** Too much at once is not done, until a manager approves it or its reason is gone. */
class BrakesTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers = new ArrayList<>();

    /** So many servers that sync. */
    private void servers(int count) {
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private void retype(int count, String type) {
        for (RemoteRef server : servers.subList(0, count)) {
            stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, type));
        }
    }

    private RunReport runs() {
        return stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private void deselects(Consumer<SettingsChange> change) {
        stage.engine.as(Stage.MANAGER).save(stage.engine.as(Stage.MANAGER).preview(change));
    }

    private TrippedBrake only(RunReport report) {
        assertThat(report.brakes()).as(report.print()).hasSize(1);
        return report.brakes().get(0);
    }

    private long count(RunReport report, Disposition disposition) {
        return report.kind(CONFIGURATION).count(disposition);
    }

    // When it trips --------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{1} of {0}: held {2}")
    @CsvSource({"19,19,0", "30,25,0", "30,26,26", "300,30,0", "300,31,31"})
    @DisplayName("BRAKE-1, BRAKE-2: so many links may leave because of the PSA, and beyond that none does")
    void holdsWhatLeaves(int links, int changed, int held) {
        servers(links);
        retype(changed, "Workstation");

        RunReport report = runs();

        assertThat(report.kind(CONFIGURATION).count(Verb.ORPHAN)).isEqualTo(held > 0 ? 0 : changed);
        assertThat(count(report, Disposition.HELD_BY_BRAKE)).isEqualTo(held);
        assertThat(report.status()).isEqualTo(held > 0 ? Status.STOPPED : Status.OK);
        if (held > 0) {
            assertThat(only(report))
                    .isEqualTo(new TrippedBrake(
                            CONFIGURATION, Brake.LEAVING, held, 0, links, Math.max(25, links / 10), false));
        }
    }

    @Test
    @DisplayName("BRAKE-2: local records that are gone disable so many pairs, and beyond that none")
    void holdsWhatIsGoneLocally() {
        servers(40);
        servers.subList(0, 26).forEach(server -> stage.host.delete(stage.localOf(server)));

        RunReport report = runs();

        assertThat(only(report).brake()).isEqualTo(Brake.LEAVING);
        assertThat(report.count(Verb.DISABLE)).isZero();
        assertThat(stage.psa.get(servers.get(0))).isPresent();
    }

    @Test
    @DisplayName("BRAKE-2: one side suddenly empty is held, however few records that are")
    void holdsWhatWouldEmptyASide() {
        servers(20);
        servers.forEach(server -> stage.host.delete(stage.localOf(server)));

        RunReport report = runs();

        assertThat(only(report).emptied()).isTrue();
        assertThat(report.count(Verb.DISABLE)).isZero();
    }

    @Test
    @DisplayName("BRAKE-2: a PSA that shows none of the records is held, and all goes on once it shows them again")
    void goesOnOnceThePsaShowsThemAgain() {
        stage.company("Beta");
        stage.company("Gamma"); // by these it is known to be the same PSA (SAFE-2)
        servers(22);
        servers.forEach(stage.psa.faults()::hide);
        RunReport hidden = stage.later(Duration.ofHours(25)).engine.run();
        assertThat(only(hidden).emptied()).isTrue();
        assertThat(hidden.count(Verb.ORPHAN)).isZero();

        servers.forEach(stage.psa.faults()::show);
        RunReport shown = stage.later(Duration.ofHours(25)).engine.run();

        assertThat(shown.brakes()).isEmpty();
        assertThat(shown.status()).isEqualTo(Status.OK);
        assertThat(count(shown, Disposition.IN_SYNC)).isEqualTo(22);
    }

    @Test
    @DisplayName("BRAKE-2: so many linked local records are changed, and beyond that none is")
    void holdsLocalUpdates() {
        servers(210);
        servers.subList(0, 201).forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "theirs"));

        RunReport report = runs();

        assertThat(only(report))
                .isEqualTo(new TrippedBrake(CONFIGURATION, Brake.LOCAL_UPDATES, 201, 0, 210, 200, false));
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isZero();
        assertThat(stage.inHost(stage.localOf(servers.get(0)), ConfigurationFields.NOTES))
                .isNull();
    }

    @Test
    @DisplayName("BRAKE-2: so many PSA records are changed, and beyond that none is, nor is one read for it")
    void holdsPsaWrites() {
        servers(60);
        servers.subList(0, 51).forEach(this::savedUnnoticed);
        stage.psa.journal().clear();

        RunReport report = runs();

        assertThat(only(report)).isEqualTo(new TrippedBrake(CONFIGURATION, Brake.PSA_WRITES, 51, 0, 60, 50, false));
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.psa.journal().count(Operation.READ)).isZero();
    }

    @Test
    @DisplayName("BRAKE-2: new PSA records count with changed ones, also those that wait for their new organization")
    void holdsPsaCreates() {
        servers(30);
        LocalRef organization = stage.localOf(acme);
        for (int i = 0; i < 51; i++) {
            stage.creates(stage.serverValues(organization, "NEW-" + i), Origin.USER);
        }

        RunReport report = runs();

        assertThat(only(report).brake()).isEqualTo(Brake.PSA_WRITES);
        assertThat(report.count(Verb.CREATE_IN_PSA)).isZero();
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(30);
    }

    @Test
    @DisplayName("BRAKE-2: new PSA records that wait for their new organization count before it is made")
    void countsWhatWaitsForItsOrganization() {
        servers(30);
        LocalRef organization = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "Globex")
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.USER)
                .ref();
        for (int i = 0; i < 51; i++) {
            stage.creates(stage.serverValues(organization, "NEW-" + i), Origin.USER);
        }

        RunReport report = runs();

        assertThat(only(report).brake()).isEqualTo(Brake.PSA_WRITES);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(30);
    }

    @Test
    @DisplayName("BRAKE-1, RUN-7: what is counted in several slices is counted together")
    void countsOverSlices() {
        servers(230);
        stage.configure(settings -> settings.brake(Brake.LOCAL_UPDATES, 210, 0));
        servers.forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "new"));
        stage.later(Duration.ofMinutes(5));

        OngoingRun run = stage.engine.begin();
        while (run.step(Duration.ZERO).isPresent()) {
            stage.later(Duration.ofSeconds(1));
        }

        RunReport report = run.report().orElseThrow();
        assertThat(only(report).count()).isEqualTo(230);
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isZero();
    }

    @Test
    @DisplayName("BRAKE-2: first links and local creates are not counted")
    void doesNotCountFirstLinks() {
        stage.selecting().engine.run();
        LocalRef organization = stage.localOf(acme);
        for (int i = 0; i < 230; i++) {
            stage.psa.put(stage.serverValues(acme, "SRV-" + i).with(ConfigurationFields.NOTES, "theirs"));
            stage.creates(
                    stage.serverValues(organization, "SRV-" + i).with(ConfigurationFields.NOTES, "ours"),
                    Origin.IMPORT);
        }
        for (int i = 0; i < 230; i++) {
            stage.server(acme, "MORE-" + i);
        }

        RunReport report = runs();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.LINK)).isEqualTo(230);
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isEqualTo(230);
        assertThat(report.count(Verb.CREATE_LOCALLY)).isEqualTo(230);
    }

    @Test
    @DisplayName("BRAKE-2: what a manager deselects leaves without being counted, organizations with all below")
    void doesNotCountWhatAManagerDeselected() {
        servers(30);
        deselects(settings -> settings.organizations(o -> o.types("Vendor")));

        RunReport report = runs();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.kind(CONFIGURATION).count(Verb.ORPHAN)).isEqualTo(30);
        assertThat(report.kind(ORGANIZATION).count(Verb.ORPHAN)).isEqualTo(1);
    }

    @Test
    @DisplayName("BRAKE-2: a type deselected by a manager is not counted beside what the PSA changed")
    void countsOnlyWhatThePsaChanged() {
        servers(60);
        retype(20, "Workstation");
        deselects(settings -> settings.configurations(c -> c.types("Workstation")));

        RunReport report = runs();

        assertThat(report.brakes()).isEmpty();
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(40);
    }

    @Test
    @DisplayName("BRAKE-1, BRAKE-2: an organization that leaves takes all below it along, which counts there")
    void countsWhatAnOrganizationTakesAlong() {
        servers(30);
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));

        RunReport report = runs();

        assertThat(only(report).kind()).isEqualTo(CONFIGURATION);
        assertThat(only(report).count()).isEqualTo(30);
        assertThat(report.kind(CONFIGURATION).count(Verb.ORPHAN)).isZero();
        assertThat(report.kind(ORGANIZATION).count(Verb.ORPHAN)).isEqualTo(1);
        assertThat(count(report, Disposition.HELD_BY_BRAKE)).isEqualTo(30);
    }

    @Test
    @DisplayName("BRAKE-1: other verbs and other kinds go on")
    void goesOnWithTheRest() {
        servers(40);
        retype(30, "Workstation");
        stage.psaEdits(servers.get(35), ConfigurationFields.NOTES, "theirs");
        stage.contact(acme, "Ada", "Lovelace");

        RunReport report = runs();

        assertThat(report.count(Verb.ORPHAN)).isZero();
        assertThat(stage.inHost(stage.localOf(servers.get(35)), ConfigurationFields.NOTES))
                .isEqualTo("theirs");
        assertThat(report.kind(CONTACT).count(Verb.CREATE_LOCALLY)).isEqualTo(1);
    }

    // How it goes on -------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("BRAKE-1, P1: while it is on, further runs hold the same and write nothing, after a restart too")
    void keepsHolding() {
        servers(40);
        retype(30, "Workstation");
        runs();
        stage.engine = stage.newEngine();
        List<Event> before = stage.events(Event.Type.ORPHANED);

        RunReport again = runs();

        assertThat(again.status()).isEqualTo(Status.STOPPED);
        assertThat(only(again).count()).isEqualTo(30);
        assertThat(stage.events(Event.Type.ORPHANED)).isEqualTo(before);
    }

    @Test
    @DisplayName("BRAKE-1, BRAKE-4: what is held goes on by itself as soon as it is no longer too much")
    void goesOnByItself() {
        servers(40);
        retype(30, "Workstation");
        runs();
        retype(10, "Server");

        RunReport report = runs();

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(20);
    }

    @Test
    @DisplayName(
            "BRAKE-1, DATA-8: a manager approves what a plan shows as held; what changed since is left out and named")
    void doesWhatAManagerApproves() {
        servers(60);
        retype(30, "Workstation");
        runs();
        SyncPlan plan = SyncPlan.parse(stage.engine.plan().toText());
        assertThat(plan.held()).hasSize(30).allMatch(item -> item.verb() == Verb.ORPHAN);
        assertThat(plan.items()).isEmpty();
        stage.psaEdits(servers.get(0), ConfigurationFields.NOTES, "changed since");

        RunReport report = stage.engine.as(Stage.MANAGER).approve(plan);

        assertThat(report.count(Verb.ORPHAN)).isEqualTo(29 + 1); // one alone is not too much any more
        assertThatThrownBy(() -> stage.engine.as(Actor.user("uwe")).approve(plan))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    @DisplayName("BRAKE-1: what is not as it was approved stays held while it is too much")
    void holdsWhatIsNotAsApproved() {
        servers(60);
        retype(60, "Workstation");
        runs();
        SyncPlan plan = stage.engine.plan();
        servers.subList(0, 30).forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "changed since"));

        RunReport report = stage.engine.as(Stage.MANAGER).approve(plan);

        assertThat(report.count(Verb.ORPHAN)).isEqualTo(30);
        assertThat(count(report, Disposition.HELD_BY_BRAKE)).isEqualTo(30);
        assertThat(report.status()).isEqualTo(Status.STOPPED);
        assertThat(stage.events(Event.Type.PLAN_ITEM_STALE))
                .hasSize(30)
                .allSatisfy(event -> assertThat(event.reason()).contains("changed since"));
    }

    @Test
    @DisplayName("BRAKE-1: approving organizations that leave approves what leaves with them")
    void approvesWhatIsTakenAlong() {
        stage.configure(settings -> settings.brake(Brake.LEAVING, 1, 0));
        for (int i = 0; i < 20; i++) {
            servers.add(stage.server(stage.company("Company " + i), "SRV-" + i));
        }
        servers(10);
        for (RemoteRef company :
                stage.psa.all(ORGANIZATION).stream().map(record -> record.ref()).toList()) {
            stage.psaEdits(company, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        }
        runs();
        SyncPlan plan = stage.engine.plan();
        assertThat(plan.held()).hasSize(21 + 30);

        RunReport report = stage.engine.as(Stage.MANAGER).approve(plan);

        assertThat(report.brakes()).isEmpty();
        assertThat(report.kind(ORGANIZATION).count(Verb.ORPHAN)).isEqualTo(21);
        assertThat(report.kind(CONFIGURATION).count(Verb.ORPHAN)).isEqualTo(30);
    }

    @Test
    @DisplayName("BRAKE-1: a link that follows the PSA's status before it leaves is approved once for both steps")
    void approvesBothSteps() {
        servers(40);
        servers.subList(0, 30).forEach(server -> stage.psaEdits(server, ConfigurationFields.ACTIVE, false));
        RunReport held = runs();
        assertThat(held.count(Verb.UPDATE_LOCALLY)).isZero();

        RunReport report = stage.engine.as(Stage.MANAGER).approve(stage.engine.plan());

        assertThat(report.count(Verb.UPDATE_LOCALLY)).isEqualTo(30);
        assertThat(report.count(Verb.ORPHAN)).isEqualTo(30);
        assertThat(report.problems()).isEmpty();
        assertThat(report.status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("BRAKE-1, P17: a plan shows the brakes that the next run hits, and what they hold")
    void plansWithBrakes() {
        servers(60);
        retype(30, "Workstation");
        servers.subList(30, 55).forEach(this::savedUnnoticed);

        SyncPlan plan = stage.later(Duration.ofMinutes(5)).engine.plan();
        RunReport report = stage.engine.run();

        assertThat(plan.brakes()).isEqualTo(report.brakes()).hasSize(1);
        assertThat(plan.held()).hasSize(30);
        assertThat(plan.count(Verb.UPDATE_IN_PSA)).isEqualTo(25).isEqualTo(report.count(Verb.UPDATE_IN_PSA));
        assertThat(plan.kinds()).isEqualTo(report.kinds());
        assertThat(plan.print()).contains("Held: 30 configurations would be orphaned or disabled");
    }

    @Test
    @DisplayName("BRAKE-1, WHY-2, WHY-3: explain names the brake, its numbers and the way out")
    void explainsWhatIsHeld() {
        servers(40);
        retype(30, "Workstation");
        RunReport report = runs();

        Explanation why = stage.newEngine().explain(servers.get(0));

        assertThat(why.disposition()).isEqualTo(Disposition.HELD_BY_BRAKE);
        assertThat(why.print()).contains("BRAKE-1", "30 configurations", "40 are linked", "at most 25", "approves");
        assertThat(stage.engine.explain(servers.get(35)).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(report.print()).contains("held: 30 configurations");
    }

    @Test
    @DisplayName("BRAKE-1: a run that cannot ask the PSA leaves the brakes as they were")
    void keepsTheBrakesOfTheLastCount() {
        servers(40);
        retype(30, "Workstation");
        runs();
        stage.psa.faults().next(org.psasync.testkit.Fault.unavailable().on(Operation.CHANGES));

        RunReport failed = runs();

        assertThat(failed.status()).isEqualTo(Status.ERROR);
        assertThat(failed.brakes()).hasSize(1);
        assertThat(stage.engine.explain(servers.get(0)).disposition()).isEqualTo(Disposition.HELD_BY_BRAKE);
    }

    @Test
    @DisplayName("BRAKE-1: a save is pushed at once although a run holds what others confirmed")
    void pushesSavesAllTheSame() {
        servers(60);
        servers.subList(0, 51).forEach(this::savedUnnoticed);
        runs();

        stage.userSaves(stage.localOf(servers.get(0)), ConfigurationFields.NOTES, "mine after all");

        assertThat(stage.inPsa(servers.get(0), ConfigurationFields.NOTES)).isEqualTo("mine after all");
    }

    @Test
    @DisplayName("BRAKE-4: what arises only on the way is counted too, and ends at the limit")
    void countsOnTheWay() {
        servers(60);
        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        stage.engine
                .as(Stage.MANAGER)
                .approve(stage.later(Duration.ofMinutes(5)).engine.plan());
        assertThat(runs().kind(CONFIGURATION).count(Disposition.ORPHANED)).isEqualTo(60);
        servers.forEach(this::savedUnnoticed);
        runs();
        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"));

        RunReport report = runs();

        TrippedBrake brake = only(report);
        assertThat(brake.brake()).isEqualTo(Brake.PSA_WRITES);
        assertThat(brake.done()).isEqualTo(50);
        assertThat(report.count(Verb.UPDATE_IN_PSA)).isEqualTo(50);
        assertThat(count(report, Disposition.HELD_BY_BRAKE)).isEqualTo(10);
        assertThat(runs().count(Verb.UPDATE_IN_PSA)).isEqualTo(10);
    }

    // Settings -------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("BRAKE-2: number and share can be set, and what makes no sense is refused")
    void canBeSet() {
        servers(40);
        stage.configure(settings -> settings.brake(Brake.LEAVING, 5, 50).pushesPerHour(7));
        retype(20, "Workstation");
        assertThat(runs().brakes()).isEmpty();
        stage.configure(settings -> settings.brake(Brake.LEAVING, 0, 0));
        servers.subList(20, 21)
                .forEach(server -> stage.psaEdits(
                        server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Workstation")));

        assertThat(only(runs()).limit()).isZero();
        assertThat(stage.engine.settings().brakes().pushesPerHour()).isEqualTo(7);
        assertThatThrownBy(() -> stage.configure(
                        settings -> settings.brake(Brake.PSA_WRITES, -1, 101).pushesPerHour(0)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("-1 and 101")
                .hasMessageContaining("not 0");
    }

    /** A save of which the host tells nobody; the feed shows it to the next run (PUSH-6). */
    private void savedUnnoticed(RemoteRef server) {
        stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
    }
}
