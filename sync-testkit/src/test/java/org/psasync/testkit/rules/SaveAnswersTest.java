package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What a save is answered, and what a person can do with the answer. */
class SaveAnswersTest {
    private final Stage stage = new Stage(
            psa -> psa.kind(CONFIGURATION, kind -> kind.maxLength(ConfigurationFields.ASSET_TAG, 3)), host -> {});
    private final RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");

    private LocalRef synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return stage.localOf(server);
    }

    private static FieldValues notesAndTag(String notes, String tag) {
        return FieldValues.of(CONFIGURATION)
                .set(ConfigurationFields.NOTES, notes)
                .set(ConfigurationFields.ASSET_TAG, tag)
                .build();
    }

    /** A save that lost against the PSA. */
    private PushResult.PsaHadNewer lost(LocalRef local) {
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        return (PushResult.PsaHadNewer) stage.userSaves(local, ConfigurationFields.NOTES, "mine");
    }

    @Test
    @DisplayName("PUSH-14, FIELD-2: one answer tells what was pushed and what is too long")
    void tellsPushedAndRefusedTogether() {
        LocalRef local = synced();

        PushResult result = stage.userSaves(local, notesAndTag("mine", "too long"));

        assertThat(result).isInstanceOf(PushResult.Refused.class);
        assertThat(result.done().pushed()).isEqualTo(List.of(ConfigurationFields.NOTES));
        assertThat(result.done().refused())
                .extracting(Problem::field)
                .isEqualTo(List.of(ConfigurationFields.ASSET_TAG));
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.host.mark(local).orElseThrow().problem()).as("STATE-9").isNotNull();
    }

    @Test
    @DisplayName("PUSH-14: one answer tells what was pushed and where the PSA had a newer value")
    void tellsPushedAndNewerTogether() {
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        PushResult result = stage.userSaves(local, notesAndTag("mine", "T-1"));

        assertThat(result).isInstanceOf(PushResult.PsaHadNewer.class);
        assertThat(result.done().pushed()).isEqualTo(List.of(ConfigurationFields.ASSET_TAG));
        assertThat(result.done().newer())
                .containsExactly(new PushResult.Newer(ConfigurationFields.NOTES, "mine", "theirs"));
    }

    @Test
    @DisplayName("PUSH-12, PUSH-14: a record made without one of its fields is said to be made")
    void tellsCreatedAndRefusedTogether() {
        synced();
        LocalRef fresh = stage.creates(
                        stage.serverValues(
                                        stage.all(AssetKind.ORGANIZATION).get(0).ref(), "SRV-2")
                                .with(ConfigurationFields.NOTES, "mine"),
                        Origin.USER)
                .ref();
        stage.psa.faults().next(Fault.fails(ConfigurationFields.NOTES, Problem.Code.REFUSED));

        PushResult result = stage.engine.saved(fresh);

        assertThat(result).isInstanceOf(PushResult.Refused.class);
        assertThat(result.done().created()).isTrue();
        assertThat(result.text()).contains("Created in the PSA");
    }

    @Test
    @DisplayName("PUSH-14, P3: sending mine does not write over what somebody saved meanwhile")
    void sendsMineOnlyOverTheirs() {
        LocalRef local = synced();
        PushResult.PsaHadNewer newer = lost(local);
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.NOTES, "of another person");

        PushResult result = stage.engine.sendMine(local, newer, Stage.MANAGER);

        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("of another person");
    }

    @Test
    @DisplayName("PUSH-14, RUN-6: sending mine is logged with both values and with who wanted it")
    void logsSendingMine() {
        LocalRef local = synced();
        PushResult.PsaHadNewer newer = lost(local);

        stage.engine.sendMine(local, newer, Stage.MANAGER);

        assertThat(stage.events(Event.Type.CONFIRMED)).last().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("mia");
            assertThat(event.changes()).containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "mine"));
        });
    }

    @Test
    @DisplayName("SET-10, P8: nothing is sent or written for sending mine once two-way is off")
    void sendsNothingOneWay() {
        LocalRef local = synced();
        PushResult.PsaHadNewer newer = lost(local);
        stage.configure(settings -> settings.twoWay(false));

        stage.engine.sendMine(local, newer, Stage.MANAGER);

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }

    @Test
    @DisplayName(
            "SAFE-3: refused credentials are an answer, also when settings change meanwhile, and are not tried again")
    void asksNothingWithRefusedCredentials() {
        LocalRef local = synced();
        PushResult.PsaHadNewer newer = lost(local);
        stage.psa.faults().next(Fault.unauthorized(null).on(Operation.READ));
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "read"));
        interruption.before(() -> stage.configure(settings -> settings.interval(Duration.ofHours(2))));
        stage.later(Duration.ofMinutes(1));
        assertThat(slow.saved(stage.edits(local, ConfigurationFields.ASSET_TAG, "T-1", Origin.USER)
                        .ref()))
                .isInstanceOf(PushResult.Waiting.class);
        long requests = stage.psa.requests();

        assertThat(stage.engine.sendMine(local, newer, Stage.MANAGER)).isInstanceOf(PushResult.Waiting.class);
        stage.engine.explain(RemoteRef.of(CONFIGURATION, "unheard of"));

        assertThat(stage.psa.requests()).isEqualTo(requests);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }

    @Test
    @DisplayName("PUSH-13: what failed for the moment is tried again by the next run, however long the pause has grown")
    void triesAgainAtTheNextRun() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.unavailable().on(Operation.UPDATE).times(5));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofSeconds(1)).engine.run();
        }

        stage.later(Duration.ofSeconds(1)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.host.mark(local).orElseThrow().problem()).as("STATE-9").isNull();
    }

    @Test
    @DisplayName("PUSH-13, SAFE-4: a pause that the PSA asked for is kept")
    void keepsThePauseAskedFor() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(20)).on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        stage.later(Duration.ofMinutes(10)).engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        stage.later(Duration.ofMinutes(11)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-1: fields that are only pulled are read-only with two-way on, and for orphans; others are not")
    void tellsWhatCanBeEdited() {
        LocalRef local = synced();
        stage.configure(settings -> settings.pullOnly(ConfigurationFields.NOTES, true));

        assertThat(stage.engine.editable(local).allows(ConfigurationFields.NOTES))
                .isFalse();
        assertThat(stage.engine.editable(local).allows(ConfigurationFields.ASSET_TAG))
                .isTrue();
        stage.configure(
                settings -> settings.organizations(o -> o.types("Vendor").statuses("Active"))
                        .twoWay(false));
        stage.engine.run();
        assertThat(stage.engine.editable(local).allows(ConfigurationFields.NOTES))
                .isFalse();
        assertThat(stage.engine.editable(local).allows(ConfigurationFields.ASSET_TAG))
                .isTrue();
    }

    @Test
    @DisplayName("MERGE-4, RUN-6: all values of a record that lose are in one event")
    void logsLossesInOneEvent() {
        LocalRef local = synced();
        stage.psa.edit(server, notesAndTag("theirs", "T-2"));

        stage.userSaves(local, notesAndTag("mine", "T-1"));

        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.changes()).hasSize(2));
    }

    @Test
    @DisplayName("RUN-6: a record of which no field was taken is not said to be updated")
    void logsNoUpdateThatWasNone() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.fails(ConfigurationFields.NOTES, Problem.Code.REFUSED));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(stage.events(Event.Type.UPDATED_IN_PSA)).isEmpty();
        assertThat(stage.events(Event.Type.FAILED)).hasSize(1);
    }

    @Test
    @DisplayName("PULL-4: one record that makes the host throw does not keep the others from being written")
    void writesTheOthers() {
        Stage picky = new Stage(
                psa -> {},
                host -> host.refusing(change -> {
                    if (change.kind() == CONFIGURATION
                            && "poison".equals(change.values().get(ConfigurationFields.NAME))) {
                        throw new IllegalStateException("no room");
                    }
                    return List.of();
                }));
        RemoteRef acme = picky.company("Acme");
        picky.server(acme, "SRV-1");
        picky.server(acme, "poison");
        picky.server(acme, "SRV-2");

        picky.selecting().engine.run();

        assertThat(picky.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("PUSH-14, PUSH-9: a save of an orphan waits until it comes back, and goes out then")
    void orphansWait() {
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Inactive"));
        stage.later(Duration.ofMinutes(5)).engine.run();

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        assertThat(((PushResult.Waiting) result).text()).contains("status");
        stage.psaEdits(server, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Active"));
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
    }
}
