package org.psasync.testkit.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.ConfirmationNeededException;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.PairQuery;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

class SettingsPreviewTest {
    private final Stage stage = new Stage();

    private SettingsPreview preview(Consumer<SettingsChange> change) {
        return stage.engine.as(MANAGER).preview(change);
    }

    private static void noCustomers(SettingsChange settings) {
        settings.organizations(o -> o.types("Prospect").statuses("Active"));
    }

    private void many(int companies) {
        for (int i = 0; i < companies; i++) {
            RemoteRef company = stage.company("Company " + i);
            stage.server(company, "SRV-" + i);
            stage.contact(company, "Ada", "Number " + i);
        }
        stage.company("Prospective", "Prospect");
        stage.twoWay();
    }

    @Test
    @DisplayName(
            "SET-1: a preview says what comes in, what leaves, and what leaves with it; the next run does just that")
    void saysWhatTheRunDoes() {
        many(3);
        stage.server(stage.company("Both", "Customer"), "SRV-X");
        stage.engine.run();

        SettingsPreview preview = preview(SettingsPreviewTest::noCustomers);

        assertThat(preview.kind(ORGANIZATION)).isEqualTo(new SettingsPreview.KindEffect(4, 1, 4, 0, 0));
        assertThat(preview.kind(CONFIGURATION)).isEqualTo(new SettingsPreview.KindEffect(4, 0, 4, 0, 0));
        assertThat(preview.kind(CONTACT)).isEqualTo(new SettingsPreview.KindEffect(3, 0, 3, 0, 0));
        assertThat(preview.needsConfirmation()).isFalse();
        assertThat(preview.print()).contains("organizations: 1 pulled, 4 orphaned");
        assertThat(stage.engine.settings().organizations().types().toString()).isEqualTo("Customer");
        stage.engine.as(MANAGER).save(preview);
        var report = stage.engine.run();
        assertThat(report.kind(ORGANIZATION).count(Verb.ORPHAN)).isEqualTo(4);
        assertThat(report.kind(CONFIGURATION).count(Verb.ORPHAN)).isEqualTo(4);
        assertThat(report.kind(CONTACT).count(Verb.ORPHAN)).isEqualTo(3);
        assertThat(stage.all(ORGANIZATION)).hasSize(5);

        SettingsPreview back = preview(settings -> settings.organizations(o -> o.types("Customer", "Prospect")));

        assertThat(back.kind(ORGANIZATION)).isEqualTo(new SettingsPreview.KindEffect(5, 0, 0, 4, 0));
        assertThat(back.kind(CONFIGURATION).returning()).isEqualTo(4);
    }

    @Test
    @DisplayName("SET-1, BRAKE-2: what concerns more than the brakes allow needs a look at the preview first")
    void asksAboutMany() {
        many(40);

        ConfirmationNeededException asked = catchThrowableOfType(
                ConfirmationNeededException.class, () -> stage.configure(SettingsPreviewTest::noCustomers));

        assertThat(asked.preview().confirmations())
                .contains("40 of 40 linked organizations would become orphans.")
                .hasSize(3);
        assertThat(stage.engine.settings().organizations().types().toString()).isEqualTo("Customer");
        SyncSettings saved = stage.engine.as(MANAGER).save(asked.preview());
        assertThat(stage.engine.settings()).isEqualTo(saved);
        assertThat(saved.organizations().types().toString()).isEqualTo("Prospect");
        assertThat(stage.events(Event.Type.SETTINGS_CHANGED))
                .last()
                .extracting(Event::actor)
                .isEqualTo("mia");
    }

    @Test
    @DisplayName("SET-1: other settings are saved at once, whatever waits for the next run")
    void asksOnlyAboutRecords() {
        many(40);
        stage.engine.as(MANAGER).save(preview(SettingsPreviewTest::noCustomers));

        stage.configure(settings -> settings.interval(Duration.ofHours(2)));

        assertThat(stage.engine.settings().schedule().interval()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    @DisplayName("SET-1: what an earlier change will do at the next run counts too, so that small steps do not hide it")
    void countsWhatIsPending() {
        for (int i = 0; i < 50; i++) {
            stage.company("A" + i, i < 25 ? "Customer" : "Prospect");
        }
        stage.twoWay();
        stage.configure(settings -> settings.organizations(o -> o.types("Customer", "Prospect")));
        stage.engine.run();
        stage.configure(settings -> settings.organizations(o -> o.types("Prospect")));

        assertThatThrownBy(() -> stage.configure(settings -> settings.organizations(o -> o.types("Vendor"))))
                .isInstanceOf(ConfirmationNeededException.class)
                .hasMessageContaining("50 of 50");
    }

    @Test
    @DisplayName("SET-1: a preview is saved once; of two managers the second is told")
    void isSavedOnce() {
        many(3);
        SettingsPreview first = preview(SettingsPreviewTest::noCustomers);
        SettingsPreview second = preview(settings -> settings.contacts(false));

        stage.engine.as(MANAGER).save(first);

        assertThatThrownBy(() -> stage.engine.as(MANAGER).save(first)).isInstanceOf(PreviewExpiredException.class);
        assertThatThrownBy(() -> stage.engine.as(Actor.manager("max")).save(second))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("changed since");
        assertThat(stage.engine.settings().contacts()).isTrue();
    }

    @Test
    @DisplayName("SET-1: an old preview, and one of another integration, are refused")
    void refusesOldAndForeignOnes() {
        many(3);
        SettingsPreview preview = preview(SettingsPreviewTest::noCustomers);
        SyncEngine other = SyncEngine.builder()
                .integration("contoso/other")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .build();

        assertThatThrownBy(() -> other.as(MANAGER).save(preview)).hasMessageContaining("contoso/fake");
        stage.later(Duration.ofMinutes(61));
        assertThatThrownBy(() -> stage.engine.as(MANAGER).save(preview)).hasMessageContaining("older than an hour");
        assertThat(stage.newEngine().as(MANAGER).save(preview(SettingsPreviewTest::noCustomers)))
                .isNotNull();
    }

    @Test
    @DisplayName("SET-1: a preview is refused when it would concern many more records by now")
    void refusesWhatHasGrown() {
        many(30);
        SettingsPreview preview = preview(SettingsPreviewTest::noCustomers);
        for (int i = 0; i < 20; i++) {
            stage.company("Later " + i);
        }
        stage.engine.run();
        assertThat(stage.engine
                        .as(MANAGER)
                        .preview(SettingsPreviewTest::noCustomers)
                        .kind(ORGANIZATION)
                        .orphaned())
                .isEqualTo(50);
        for (int i = 0; i < 20; i++) {
            stage.company("Still later " + i);
        }
        stage.engine.run();

        assertThatThrownBy(() -> stage.engine.as(MANAGER).save(preview))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("70 instead of 30");
    }

    @Test
    @DisplayName(
            "SET-5, FIELD-11: turning locations on says how many configurations that touches, from many on with a question")
    void asksAboutLocations() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef site = stage.site(acme, "Main", "Tampa");
        for (int i = 0; i < 201; i++) {
            RemoteRef server = stage.server(acme, "SRV-" + i);
            stage.psaEdits(server, ConfigurationFields.LOCATION, site);
        }
        stage.server(acme, "Without");
        stage.selecting().configure(settings -> settings.locations(false));
        stage.engine.run();

        SettingsPreview preview = preview(settings -> settings.locations(true));

        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(201);
        assertThat(preview.confirmations())
                .containsExactly("Up to 201 of 202 linked configurations would be overwritten.");
    }

    @Test
    @DisplayName("SET-5: turning locations on asks even for one configuration that it touches, and not for none")
    void asksAboutOneLocation() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef site = stage.site(acme, "Main", "Tampa");
        stage.server(acme, "SRV-1");
        stage.selecting().configure(settings -> settings.locations(false));
        stage.engine.run();
        assertThat(preview(settings -> settings.locations(true)).confirmations())
                .isEmpty();
        RemoteRef server = stage.psa.put(stage.serverValues(acme, "SRV-2").with(ConfigurationFields.LOCATION, site));
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThatThrownBy(() -> stage.configure(settings -> settings.locations(true)))
                .isInstanceOf(ConfirmationNeededException.class);
        SettingsPreview preview = preview(settings -> settings.locations(true));
        assertThat(preview.confirmations())
                .containsExactly("Up to 1 of 2 linked configurations would get the PSA's location.");
        stage.engine.as(MANAGER).save(preview);
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.LOCATION))
                .isEqualTo(stage.localOf(site));
    }

    @Test
    @DisplayName("FIELD-11: a field that enters the mapping again says how many records it overwrites")
    void countsFieldsThatEnter() {
        RemoteRef acme = stage.company("Acme");
        stage.psaEdits(stage.server(acme, "SRV-1"), ConfigurationFields.NOTES, "theirs");
        stage.server(acme, "SRV-2");
        stage.selecting().configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        stage.engine.run();

        SettingsPreview preview = preview(settings -> settings.exclude(ConfigurationFields.NOTES, false));

        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(1);
    }

    @Test
    @DisplayName("PUSH-1: turning two-way off says how many local values nobody confirmed are put back")
    void countsWhatIsPutBack() {
        many(2);
        stage.edits(stage.all(CONFIGURATION).get(0).ref(), ConfigurationFields.NOTES, "imported", Origin.IMPORT);
        stage.engine.run();

        SettingsPreview preview = preview(settings -> settings.twoWay(false));

        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(1);
        stage.engine.as(MANAGER).save(preview);
        assertThat(stage.engine.run().kind(CONFIGURATION).count(Verb.UPDATE_LOCALLY))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("PUSH-1, FIELD-1: a field that becomes pull-only says how many local values are put back")
    void countsWhatAPullOnlyFieldPutsBack() {
        many(2);
        stage.edits(stage.all(CONFIGURATION).get(0).ref(), ConfigurationFields.NOTES, "imported", Origin.IMPORT);
        stage.engine.run();

        SettingsPreview preview = preview(settings -> settings.pullOnly(ConfigurationFields.NOTES, true));

        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(1);
        assertThat(preview.kind(CONTACT).overwritten()).isZero();
        stage.engine.as(MANAGER).save(preview);
        assertThat(stage.engine.run().kind(CONFIGURATION).count(Verb.UPDATE_LOCALLY))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("PUSH-1: what was confirmed and is not sent yet is put back too, and counted by its fields")
    void countsWhatIsNotSentYet() {
        many(2);
        stage.engine.as(MANAGER).pause();
        stage.userSaves(stage.all(CONFIGURATION).get(0).ref(), ConfigurationFields.NOTES, "mine");

        assertThat(preview(settings -> settings.twoWay(false))
                        .kind(CONFIGURATION)
                        .overwritten())
                .isEqualTo(1);
        assertThat(preview(settings -> settings.pullOnly(ConfigurationFields.NOTES, true))
                        .kind(CONFIGURATION)
                        .overwritten())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("PUSH-1: a conflict that nobody decided is decided by turning two-way off, which is counted")
    void countsOpenConflicts() {
        many(2);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        LocalRef local = stage.all(CONFIGURATION).get(0).ref();
        stage.psaEdits(stage.state().byLocal(local).orElseThrow().remoteRef(), ConfigurationFields.NOTES, "theirs");
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.engine.run();

        assertThat(preview(settings -> settings.twoWay(false))
                        .kind(CONFIGURATION)
                        .overwritten())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("RUN-7: a preview says about how long the run takes that follows, or why that is not known")
    void saysHowLong() {
        assertThat(preview(settings -> settings.contacts(true)).firstRun().text())
                .contains("not known", "contacts");
        many(3);

        SettingsPreview.FirstRun run = preview(SettingsPreviewTest::noCustomers).firstRun();

        assertThat(run.requests()).hasValue(4);
        assertThat(run.text()).contains("about 4 requests");
    }

    @Test
    @DisplayName("SET-2: a run that is going on keeps the settings it began with")
    void keepsSettingsOfARun() {
        stage.company("Acme");
        stage.selecting();
        Interruption interruption = new Interruption();
        interruption.before(() -> stage.configure(SettingsPreviewTest::noCustomers));
        SyncEngine running = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"));

        running.run();

        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.state().progress().settingsSeen())
                .as("another run is due (SET-1)")
                .isNotEqualTo(stage.state().setup().settingsVersion());
        stage.engine.run();
        assertThat(stage.engine.explain(stage.all(ORGANIZATION).get(0).ref()).disposition())
                .isEqualTo(Disposition.ORPHANED);
        assertThat(stage.inHost(stage.all(ORGANIZATION).get(0).ref(), OrganizationFields.NAME))
                .isEqualTo("Acme");
    }

    @Test
    @DisplayName("SET-2, SET-10: so it does when they change after it had begun to read")
    void keepsSettingsOfARunThatReads() {
        stage.company("Acme");
        stage.selecting().engine.run();
        RemoteRef beta = stage.company("Beta");
        stage.later(Duration.ofMinutes(5));
        Interruption interruption = new Interruption();
        interruption.after(() -> stage.configure(SettingsPreviewTest::noCustomers));
        SyncEngine running =
                stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "changes"));

        running.run();

        assertThat(stage.state().byRemote(beta).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("SET-1: settings that let nothing more in wait for a run too")
    void waitsForARunAfterAnyChange() {
        stage.company("Acme");
        stage.selecting().engine.run();
        assertThat(stage.engine.status().runWanted()).isFalse();

        stage.configure(settings -> settings.matchingIgnoresCase(true));

        assertThat(stage.engine.status().runWanted()).isTrue();
    }

    @Test
    @DisplayName("PULL-3: settings that let more in ask for a full check, others do not")
    void asksForAFullCheckWhenTheGateOpensWider() {
        stage.company("Acme");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.matchingIgnoresCase(true));
        assertThat(stage.later(Duration.ofMinutes(10)).engine.run().fullCheck()).isFalse();

        stage.configure(settings -> settings.organizations(o -> o.types("Customer", "Vendor")));

        assertThat(stage.later(Duration.ofMinutes(10)).engine.run().fullCheck()).isTrue();
    }

    @Test
    @DisplayName("FIELD-8: two-way is not turned on where nothing can be written")
    void refusesTwoWayWithoutWrites() {
        Stage mute = new Stage(psa -> psa.everyKind(kind -> kind.readOnly()), host -> {});
        assertThatThrownBy(() -> mute.configure(settings -> settings.twoWay(true)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("cannot be written");
        assertThat(mute.engine.settings().twoWay()).isFalse();
    }

    @Test
    @DisplayName("SET-7: choices that active records use are recommended, the most used first, and none is selected")
    void recommendsWhatIsUsed() {
        stage.company("Acme", "Customer");
        stage.company("Beta", "Vendor");
        stage.company("Gamma", "Vendor");

        Connection.Accepted accepted =
                (Connection.Accepted) stage.engine.as(MANAGER).connect();

        assertThat(accepted.recommended())
                .filteredOn(each -> each.field().equals(OrganizationFields.TYPES))
                .extracting(each -> each.choice().name() + " " + each.usedBy())
                .containsExactly("Vendor 2", "Customer 1");
        assertThat(stage.engine.settings().organizations().types().isNone()).isTrue();
    }

    @Test
    @DisplayName("PUSH-3: two-way that is turned on by a preview counts from when it is saved")
    void countsTwoWayFromTheSave() {
        stage.selecting().engine.run();
        SettingsPreview preview = preview(settings -> settings.twoWay(true));
        stage.later(Duration.ofMinutes(10));

        SyncSettings saved = stage.engine.as(MANAGER).save(preview);

        assertThat(saved.twoWaySince()).isEqualTo(stage.clock.instant());
    }

    @Test
    @DisplayName("DATA-8: looking at and saving settings takes a manager")
    void takesAManager() {
        stage.selecting();
        SettingsPreview preview = preview(settings -> settings.contacts(false));
        var user = stage.engine.as(Actor.user("ursula"));

        assertThatThrownBy(() -> user.preview(settings -> {})).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> user.save(preview)).isInstanceOf(NotAllowedException.class);
    }

    @Test
    @DisplayName("SPEC 3: times that are negative or leave the calendar are faults, all named at once")
    void refusesTimesThatLeaveTheCalendar() {
        Stage fresh = new Stage();
        Duration forever = java.time.temporal.ChronoUnit.FOREVER.getDuration();

        assertThatThrownBy(() -> fresh.configure(settings -> settings.keepEvents(forever)
                        .interval(Duration.ofSeconds(-1))
                        .fullCheckInterval(forever)
                        .tickets(tickets -> tickets.changedWithin(Duration.ofDays(-1)))))
                .isInstanceOf(org.psasync.engine.InvalidSettingsException.class)
                .hasMessageContaining("events stay")
                .hasMessageContaining("from one run")
                .hasMessageContaining("full check")
                .hasMessageContaining("tickets");
    }

    private List<RemoteRef> servers(int count) {
        RemoteRef acme = stage.company("Acme");
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return servers;
    }

    @Test
    @DisplayName("SET-1: a preview made on a node whose clock is a little ahead can be saved on another one")
    void toleratesClocks() {
        SettingsPreview preview = preview(settings -> settings.contacts(false));
        stage.clock.set(stage.clock.instant().minusSeconds(2));

        stage.engine.as(MANAGER).save(preview);

        assertThat(stage.engine.settings().contacts()).isFalse();
    }

    @Test
    @DisplayName("SET-1: of two forms that were opened together the second one saved is told, and changes nothing")
    void tellsTheSecondForm() {
        stage.selecting();
        long shown = stage.engine.settingsVersion();
        stage.engine
                .as(MANAGER)
                .configure(shown, settings -> settings.organizations(o -> o.types("Customer", "Prospect")));

        assertThatThrownBy(() -> stage.engine.as(MANAGER).configure(shown, settings -> settings.contacts(false)))
                .isInstanceOf(StaleStateException.class);
        assertThatThrownBy(() -> stage.engine.as(MANAGER).preview(shown, settings -> settings.contacts(false)))
                .isInstanceOf(StaleStateException.class);

        assertThat(stage.engine.settings().organizations().types().chosen()).hasSize(2);
    }

    @Test
    @DisplayName("SET-3, SET-4: a selected type that the PSA does not know any more can stay selected beside others")
    void keepsWhatVanished() {
        stage.selecting();
        Setup setup = stage.state().setup();
        ReferenceData known = requireNonNull(setup.reference());
        Map<Field<?>, List<ReferenceData.Entry>> choices = new HashMap<>(known.choices());
        choices.put(
                OrganizationFields.TYPES,
                known.choices().get(OrganizationFields.TYPES).stream()
                        .filter(entry -> !entry.choice().name().equals("Customer"))
                        .toList());
        ReferenceData without = new ReferenceData(choices, known.optionChoices(), known.users());
        stage.state()
                .commit(Commit.builder()
                        .setup(setup.withReference(without, stage.clock.instant()))
                        .build());

        stage.configure(settings -> settings.organizations(o -> o.types("Customer", "Prospect")));

        assertThat(stage.engine.settings().organizations().types().chosen()).hasSize(2);
        assertThatThrownBy(() -> stage.configure(settings -> settings.organizations(o -> o.types("Nobody"))))
                .isInstanceOf(org.psasync.engine.InvalidSettingsException.class);
    }

    @Test
    @DisplayName("SET-1, MATCH-5: a change of what happens on doubt says how many records come in by it")
    void countsDoubts() {
        servers(1);
        RemoteRef acme = stage.state()
                .pairs(new PairQuery.OfKind(ORGANIZATION), null, 1)
                .get(0)
                .remoteRef();
        LocalRef org = stage.localOf(requireNonNull(acme));
        for (int i = 0; i < 3; i++) {
            stage.creates(
                    stage.serverValues(org, "D-" + i).with(ConfigurationFields.SERIAL_NUMBER, "S" + i), Origin.IMPORT);
            stage.psa.put(stage.serverValues(acme, "D-" + i));
        }
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(preview(settings -> settings.onDoubt(OnDoubt.CREATE))
                        .kind(CONFIGURATION)
                        .pulled())
                .isEqualTo(3);
        assertThat(preview(settings -> settings.contacts(false))
                        .kind(CONFIGURATION)
                        .pulled())
                .isZero();
    }

    @Test
    @DisplayName("SET-1, MERGE-5: a change of who wins conflicts says how many local records lose one")
    void countsConflicts() {
        List<RemoteRef> servers = servers(3);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        for (RemoteRef server : servers) {
            stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
            stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
        }
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(preview(settings -> settings.conflicts(ConflictPolicy.PSA_WINS))
                        .kind(CONFIGURATION)
                        .overwritten())
                .isEqualTo(3);
        assertThat(preview(settings -> settings.conflicts(ConflictPolicy.LOCAL_WINS))
                        .kind(CONFIGURATION)
                        .overwritten())
                .isZero();
    }

    @Test
    @DisplayName("SET-1: records that come back with newer values of the PSA count as overwritten")
    void countsWhatReturnsChanged() {
        List<RemoteRef> servers = servers(3);
        stage.engine.as(MANAGER).save(preview(settings -> settings.configurations(c -> c.types("Printer"))));
        stage.later(Duration.ofMinutes(5)).engine.run();
        stage.psaEdits(servers.get(0), ConfigurationFields.NOTES, "changed meanwhile");
        stage.later(Duration.ofMinutes(5)).engine.run();

        SettingsPreview preview = preview(settings -> settings.configurations(c -> c.types("Server")));

        assertThat(preview.kind(CONFIGURATION).returning()).isEqualTo(3);
        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(1);
    }
}
