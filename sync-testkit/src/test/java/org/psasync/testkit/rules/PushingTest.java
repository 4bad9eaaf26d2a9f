package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.model.Asset;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class PushingTest {
    private final Stage stage = new Stage();

    private RemoteRef server() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return server;
    }

    @Test
    @DisplayName("PUSH-1: with two-way off a save of a mapped field is refused by name, and what slips in is put back")
    void protectsWhatIsReadOnly() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        FieldValues change = FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "mine");

        assertThat(stage.engine.editable(local).refuse(change))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(ConfigurationFields.NOTES));
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "mine", "theirs")));
        assertThat(stage.psa.journal().writes()).as("P8: one-way never writes").isEmpty();
    }

    @Test
    @DisplayName("PUSH-2: a record older than the saved revision means not yet")
    void waitsForTheSavedRevision() {
        LocalRef local = stage.localOf(server());
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);

        PushResult result = stage.engine.saved(local, new Revision("of the future"));

        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("PUSH-3: which origins confirm a change of a configuration")
    @EnumSource(Origin.class)
    void confirmsByOrigin(Origin origin) {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);

        stage.engine.saved(
                stage.edits(local, ConfigurationFields.NOTES, "mine", origin).ref());

        String expected = origin == Origin.USER ? "mine" : null;
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo(expected);
    }

    @Test
    @DisplayName("PUSH-3: the API confirms new contacts only, and all of this is settable")
    void confirmsNewContactsOfTheApi() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        Asset contact = stage.creates(stage.contactValues(stage.localOf(acme), "Ada", "Lovelace"), Origin.API);
        Asset device = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.API);

        assertThat(stage.engine.saved(contact.ref())).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.engine.saved(device.ref())).isNotInstanceOf(PushResult.Pushed.class);
        stage.configure(settings -> settings.confirming(Origin.RMM, Confirms.ALWAYS));
        stage.engine.saved(stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "rmm", Origin.RMM)
                .ref());
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("rmm");
    }

    @Test
    @DisplayName("PUSH-3: saves from before two-way was turned on are confirmed only by saving again")
    void doesNotConfirmTheOld() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting()
                .configure(settings -> settings.exclude(ConfigurationFields.NOTES, true))
                .engine
                .run();
        LocalRef local = stage.localOf(server);
        stage.later(Duration.ofMinutes(5));
        stage.edits(local, ConfigurationFields.NOTES, "old", Origin.USER);
        stage.later(Duration.ofMinutes(5));
        stage.configure(
                settings -> settings.exclude(ConfigurationFields.NOTES, false).twoWay(true));
        stage.engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).as("PUSH-4").isNull();
        assertThat(stage.engine.explain(local).disposition())
                .as("FIELD-11: a field that enters the mapping later starts without a base")
                .isEqualTo(Disposition.AWAITING_CONFIRMATION);
        stage.later(Duration.ofMinutes(1));
        assertThat(stage.userSaves(local, FieldValues.empty(CONFIGURATION))).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("old");
    }

    @Test
    @DisplayName("PUSH-5: what an import wrote after the save is not covered by it")
    void pushesOnlyWhatWasConfirmed() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));
        stage.userSaves(local, ConfigurationFields.NOTES, "confirmed");
        stage.later(Duration.ofMinutes(1));
        stage.edits(local, ConfigurationFields.NOTES, "imported", Origin.IMPORT);

        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("PUSH-6: a save whose notification was lost is found by the feed, or at the full check without one")
    void findsALostNotification() {
        RemoteRef server = server();
        stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");

        Stage mute = new Stage(psa -> {}, host -> host.withoutChangeFeed());
        RemoteRef other = mute.server(mute.company("Acme"), "SRV-1");
        mute.twoWay().engine.run();
        mute.later(Duration.ofMinutes(5));
        mute.edits(mute.localOf(other), ConfigurationFields.NOTES, "mine", Origin.USER);
        mute.later(Duration.ofMinutes(5)).engine.run();
        assertThat(mute.inPsa(other, ConfigurationFields.NOTES)).isNull();
        mute.later(Duration.ofHours(25)).engine.run();
        assertThat(mute.inPsa(other, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-8, FIELD-2: everything that is missing or too long is said at once, and nothing is sent")
    void saysAllThatIsMissing() {
        Stage strict = new Stage(
                psa -> psa.kind(
                        CONFIGURATION,
                        kind -> kind.required(ConfigurationFields.SERIAL_NUMBER)
                                .maxLength(ConfigurationFields.ASSET_TAG, 3)),
                host -> {});
        RemoteRef acme = strict.company("Acme");
        strict.twoWay().engine.run();
        strict.later(Duration.ofMinutes(5));
        Asset made = strict.creates(
                strict.serverValues(strict.localOf(acme), "SRV-1").with(ConfigurationFields.ASSET_TAG, "too long"),
                Origin.USER);

        PushResult result = strict.engine.saved(made.ref());

        assertThat(result)
                .isInstanceOfSatisfying(
                        PushResult.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::field)
                                .containsExactlyInAnyOrder(
                                        ConfigurationFields.SERIAL_NUMBER, ConfigurationFields.ASSET_TAG));
        assertThat(strict.psa.journal().writes()).isEmpty();
        assertThat(strict.psa.all(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName("PUSH-9: what is saved while a record is an orphan is pushed when it syncs again")
    void keepsSavesOfAnOrphan() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));
        stage.engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).as("STATE-4").isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-11: the primary location goes with its organization and is linked at once")
    void createsPartsTogether() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef organization = LocalRef.of(ORGANIZATION, "acme");
        Asset site = stage.creates(
                FieldValues.of(LOCATION)
                        .set(LocationFields.ORGANIZATION, organization)
                        .set(LocationFields.NAME, "Head office")
                        .set(LocationFields.CITY, "Tampa")
                        .build(),
                Origin.USER);
        stage.edits(
                organization,
                FieldValues.of(ORGANIZATION)
                        .set(OrganizationFields.NAME, "Acme")
                        .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                        .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                        .set(OrganizationFields.PRIMARY_LOCATION, site.ref())
                        .build(),
                Origin.USER);

        PushResult result = stage.engine.saved(organization);
        assertThat(stage.psa.journal().writes()).as("one request").hasSize(1);
        assertThat(stage.state().byLocal(site.ref()).orElseThrow().linked())
                .as("at once")
                .isTrue();
        for (int i = 0; i < 3; i++) {
            stage.later(Duration.ofMinutes(5)).engine.run();
        }

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.psa.all(LOCATION)).hasSize(1);
        assertThat(stage.all(LOCATION)).as("never pulled as new").hasSize(1);
        assertThat(stage.engine.explain(site.ref()).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("PUSH-12: a field that fails stays open, the others are written")
    void reportsPerField() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.fails(ConfigurationFields.NOTES, Problem.Code.REFUSED));

        PushResult result = stage.userSaves(
                local,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "mine")
                        .set(ConfigurationFields.ASSET_TAG, "T-1")
                        .build());

        assertThat(result).isInstanceOf(PushResult.Refused.class);
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
    }

    @Test
    @DisplayName("PUSH-13: what was refused is not sent again unchanged, a changed value is")
    void doesNotRepeatARefusal() {
        RemoteRef server = server();
        LocalRef local = stage.localOf(server);
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.of(ConfigurationFields.NOTES, Problem.Code.INVALID, "no"))
                        .on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "bad");
        stage.psa.journal().clear();

        stage.later(Duration.ofMinutes(5)).engine.run();
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.psa.journal().writes()).isEmpty();
        stage.userSaves(local, ConfigurationFields.NOTES, "good");

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("good");
    }

    @Test
    @DisplayName("PUSH-14: nothing to push, waiting, refused and pushed are told apart")
    void answersWhatHappened() {
        LocalRef local = stage.localOf(server());

        assertThat(stage.userSaves(local, FieldValues.empty(CONFIGURATION)))
                .isInstanceOf(PushResult.NothingToPush.class);
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(2)).on(Operation.UPDATE));
        assertThat(stage.userSaves(local, ConfigurationFields.NOTES, "mine"))
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.until())
                                .isEqualTo(stage.clock.instant().plus(Duration.ofMinutes(2))));
        assertThat(stage.later(Duration.ofMinutes(5)).userSaves(local, ConfigurationFields.NOTES, "mine"))
                .isInstanceOf(PushResult.Pushed.class);
    }
}
