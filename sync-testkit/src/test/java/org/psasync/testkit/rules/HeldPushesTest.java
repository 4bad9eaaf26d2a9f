package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.HeldPushes;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/** Who saves too much within an hour is held, and nobody else. */
class HeldPushesTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers = new ArrayList<>();

    /** Servers that sync, of which an actor may change three an hour. */
    private void servers(int count) {
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().configure(settings -> settings.pushesPerHour(3));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private PushResult saves(String actor, int server, String notes) {
        stage.later(Duration.ofSeconds(1));
        LocalRef ref = stage.localOf(servers.get(server));
        Asset saved = stage.host.save(
                ref,
                FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, notes),
                new Edit(Origin.USER, actor, stage.clock.instant()));
        return stage.engine.saved(saved.ref());
    }

    private void savesThree(String actor) {
        for (int i = 0; i < 3; i++) {
            assertThat(saves(actor, i, actor)).isInstanceOf(PushResult.Pushed.class);
        }
    }

    private String notes(int server) {
        return stage.inPsa(servers.get(server), ConfigurationFields.NOTES);
    }

    private static void assertHeld(PushResult result) {
        assertThat(result).isInstanceOfSatisfying(PushResult.Waiting.class, waiting -> {
            assertThat(waiting.disposition()).isEqualTo(Disposition.HELD_BY_BRAKE);
            assertThat(waiting.text()).contains("in an hour");
        });
    }

    @Test
    @DisplayName("BRAKE-3: what an actor saves beyond the limit waits, whatever runs, and other people's saves go on")
    void holdsTheRestOfOneActor() {
        servers(6);
        savesThree("ursula");

        assertHeld(saves("ursula", 3, "too much"));

        assertThat(saves("otto", 4, "otto")).isInstanceOf(PushResult.Pushed.class);
        RunReport report = stage.later(Duration.ofHours(2)).engine.run();
        assertThat(notes(3)).isNull();
        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(report.kind(CONFIGURATION).count(Disposition.HELD_BY_BRAKE)).isEqualTo(1);
        assertThat(stage.engine.explain(servers.get(3)).print()).contains("BRAKE-3", "ursula", "approves or discards");
    }

    @Test
    @DisplayName("BRAKE-3: the count outlasts a restart, and is over after an hour")
    void countsOverARestart() {
        servers(6);
        savesThree("ursula");
        stage.engine = stage.newEngine();
        assertHeld(saves("ursula", 3, "held"));

        stage.later(Duration.ofMinutes(61));

        assertThat(saves("ursula", 4, "next hour")).isInstanceOf(PushResult.Pushed.class);
        assertThat(notes(3)).isNull();
    }

    @Test
    @DisplayName("BRAKE-3: new records count too")
    void countsCreates() {
        servers(6);
        LocalRef organization = stage.localOf(acme);
        for (int i = 0; i < 3; i++) {
            Asset made = stage.creates(stage.serverValues(organization, "NEW-" + i), Origin.USER);
            assertThat(stage.engine.saved(made.ref())).isInstanceOf(PushResult.Pushed.class);
        }
        Asset fourth = stage.creates(stage.serverValues(organization, "NEW-3"), Origin.USER);

        assertHeld(stage.engine.saved(fourth.ref()));

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(9);
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(9);
    }

    @Test
    @DisplayName("BRAKE-3, PUSH-14: sending mine after all counts too")
    void countsSendingMine() {
        servers(6);
        stage.psaEdits(servers.get(5), ConfigurationFields.NOTES, "theirs");
        PushResult newer = saves("ursula", 5, "mine");
        savesThree("ursula");

        PushResult result = stage.engine.sendMine(
                stage.localOf(servers.get(5)), (PushResult.PsaHadNewer) newer, Actor.user("ursula"));

        assertHeld(result);
        assertThat(notes(5)).isEqualTo("theirs");
    }

    @Test
    @DisplayName("BRAKE-3: a save over a held one is held with it, whoever makes it and however it is noticed")
    void holdsASaveOverAHeldOne() {
        servers(6);
        savesThree("ursula");
        saves("ursula", 3, "held");

        assertHeld(saves("otto", 3, "over it"));
        stage.later(Duration.ofSeconds(1));
        stage.edits(stage.localOf(servers.get(3)), ConfigurationFields.ASSET_TAG, "T-1", Origin.USER);
        stage.engine.run();

        assertThat(notes(3)).isNull();
        assertThat(stage.inPsa(servers.get(3), ConfigurationFields.ASSET_TAG)).isNull();
        assertThat(stage.engine.as(Stage.MANAGER).heldPushes())
                .containsExactly(new HeldPushes("ursula", 1, List.of(stage.localOf(servers.get(3)))));
    }

    @Test
    @DisplayName("BRAKE-3: what the PSA changed of a held record is pulled all the same")
    void pullsIntoHeldRecords() {
        servers(6);
        savesThree("ursula");
        saves("ursula", 3, "held");
        stage.psaEdits(servers.get(3), ConfigurationFields.ASSET_TAG, "theirs");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.inHost(stage.localOf(servers.get(3)), ConfigurationFields.ASSET_TAG))
                .isEqualTo("theirs");
        assertThat(notes(3)).isNull();
        assertThat(stage.engine.explain(servers.get(3)).disposition()).isEqualTo(Disposition.HELD_BY_BRAKE);
    }

    @Test
    @DisplayName("BRAKE-3, DATA-8: a manager lets the held saves of an actor go, and no other brake stops them")
    void letsThemGo() {
        servers(60);
        savesThree("ursula");
        for (int i = 3; i < 60; i++) {
            assertHeld(saves("ursula", i, "held"));
        }
        assertThat(stage.engine.as(Stage.MANAGER).heldPushes().get(0).count()).isEqualTo(57);
        assertThatThrownBy(() -> stage.engine.as(Actor.user("uwe")).approvePushes("ursula"))
                .isInstanceOf(NotAllowedException.class);

        assertThat(stage.engine.as(Stage.MANAGER).approvePushes("ursula")).isEqualTo(57);

        RunReport report = stage.engine.run();
        assertThat(report.count(Verb.UPDATE_IN_PSA)).isEqualTo(57);
        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(notes(59)).isEqualTo("held");
        assertThat(stage.engine.as(Stage.MANAGER).heldPushes()).isEmpty();
    }

    @Test
    @DisplayName("BRAKE-3: what a manager discards awaits confirmation, and a new save confirms it again")
    void discardsThem() {
        servers(6);
        savesThree("ursula");
        saves("ursula", 3, "held");

        assertThat(stage.engine.as(Stage.MANAGER).discardPushes("ursula")).isEqualTo(1);

        stage.engine.run();
        assertThat(notes(3)).isNull();
        assertThat(stage.engine.explain(servers.get(3)).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
        stage.later(Duration.ofHours(1));
        assertThat(saves("ursula", 3, "again")).isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName("BRAKE-3: what is pushed in runs is not counted for an actor, and held saves not by the run's brakes")
    void keepsTheTwoCountsApart() {
        servers(40);
        stage.configure(settings -> settings.brake(Brake.PSA_WRITES, 5, 0));
        savesThree("ursula");
        for (int i = 3; i < 12; i++) {
            saves("ursula", i, "held");
        }
        stage.edits(stage.localOf(servers.get(30)), ConfigurationFields.NOTES, "unnoticed", Origin.USER);

        RunReport report = stage.engine.run();

        assertThat(report.brakes()).isEmpty();
        assertThat(notes(30)).isEqualTo("unnoticed");
    }

    @Test
    @DisplayName("BRAKE-3: what a manager's own run pushed is not counted among the manager's saves")
    void doesNotCountAManagersRun() {
        servers(10);
        for (int i = 0; i < 5; i++) {
            stage.edits(stage.localOf(servers.get(i)), ConfigurationFields.NOTES, "unnoticed", Origin.USER);
        }
        stage.engine.as(Stage.MANAGER).run();
        assertThat(notes(4)).isEqualTo("unnoticed");

        assertThat(saves(Stage.MANAGER.name(), 9, "mine")).isInstanceOf(PushResult.Pushed.class);
    }
}
