package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class SettlingTest {
    private Stage stage;
    private RemoteRef acme;
    private RemoteRef server;

    SettlingTest() {
        begin(new Stage());
    }

    private void begin(Stage other) {
        stage = other;
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
    }

    @Test
    @DisplayName("MERGE-9, SET-10: what became of an update is found out with two-way off too, and pulls go on")
    void settlesAnUpdate() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.UNCERTAIN);
        stage.configure(settings -> settings.twoWay(false));
        stage.later(Duration.ofMinutes(20));
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "theirs");

        stage.engine.run();
        stage.later(Duration.ofMinutes(20)).engine.run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("theirs");
    }

    @Test
    @DisplayName(
            "SAFE-1, SET-10: the result of a create is found and linked with two-way off too, and not pulled as new")
    void settlesACreate() {
        stage.twoWay().engine.run();
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        LocalRef made = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.engine.saved(made);
        stage.configure(settings -> settings.twoWay(false));

        for (int i = 0; i < 3; i++) {
            stage.later(Duration.ofMinutes(20)).engine.run();
        }

        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.all(AssetKind.CONFIGURATION)).hasSize(2);
        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("MERGE-8, P6, P3: a read-back from a copy that lags makes no later save lose to our own write")
    void doesNotBelieveAReadBackThatLags() {
        begin(new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), host -> {}));
        stage.psaEdits(server, ConfigurationFields.NOTES, "A");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        PsaConnector[] lagging = new PsaConnector[1];
        lagging[0] = Between.with(stage.psa, (method, arguments, real) -> {
            if (method.equals("forPushes")) {
                return lagging[0];
            }
            Object answer = real.call(arguments);
            if (method.equals("update")) {
                stage.psa.faults().next(Fault.staleRead().on(Operation.READ).of(CONFIGURATION));
            }
            return answer;
        });
        stage.engine = stage.newEngine(lagging[0]);

        PushResult first = stage.userSaves(local, ConfigurationFields.NOTES, "B");
        stage.later(Duration.ofMinutes(1));
        PushResult second = stage.userSaves(local, ConfigurationFields.NOTES, "C");

        assertThat(first).isInstanceOf(PushResult.Pushed.class);
        assertThat(second).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("C");
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("C");
        assertThat(stage.events(Event.Type.STORED_DIFFERENTLY)).isEmpty();
    }

    @Test
    @DisplayName(
            "MERGE-8, MERGE-7: while reads show the record as before a write that the PSA took, it is looked again")
    void looksAgainWhileCopiesLag() {
        begin(new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), host -> {}));
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        PsaConnector[] ignoring = new PsaConnector[1];
        ignoring[0] = Between.with(stage.psa, (method, arguments, real) -> switch (method) {
            case "forPushes" -> ignoring[0];
            case "update" -> new WriteResult(server.id(), null, List.of(), List.of());
            default -> real.call(arguments);
        });
        stage.engine = stage.newEngine(ignoring[0]);

        stage.userSaves(local, ConfigurationFields.NOTES, "ignored");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.UNCERTAIN);
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.engine.explain(local).print()).contains("ignored");
        assertThat(stage.events(Event.Type.STORED_DIFFERENTLY)).hasSize(1);
    }

    @Test
    @DisplayName("MERGE-9, MERGE-6: the read that settles a lost update is the one before the next write")
    void readsOnceToSettleAndSend() {
        stage.psaEdits(server, ConfigurationFields.NOTES, "A");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "B");
        stage.later(Duration.ofMinutes(1));
        stage.psa.faults().next(Fault.staleRead().on(Operation.READ).of(CONFIGURATION));

        stage.userSaves(local, ConfigurationFields.NOTES, "C");

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("C");
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("C");
    }

    private LocalRef savedWithoutAnswer() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(5));
        return local;
    }

    @Test
    @DisplayName("MERGE-6: who else wrote a record beside an update without an answer is named where the PSA tells")
    void namesWhoWroteBesideALostUpdate() {
        LocalRef local = savedWithoutAnswer();
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "theirs");

        stage.engine.run();
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.POSSIBLY_OVERWRITTEN))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.changes())
                            .extracting(Event.Change::field)
                            .containsExactly(ConfigurationFields.ASSET_TAG);
                    assertThat(event.reason()).contains("MERGE-6", "last changed in Fake PSA by psa-user");
                });
    }

    @Test
    @DisplayName("MERGE-6, MERGE-9: who wrote another value over an update without an answer is named with both values")
    void namesWhoWroteOverALostUpdate() {
        LocalRef local = savedWithoutAnswer();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        stage.engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("last changed in Fake PSA by psa-user"));
    }

    @Test
    @DisplayName("MERGE-6, MERGE-4: who changed a record that a stale update would have replaced is named")
    void namesWhoMadeAnUpdateStale() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        PsaConnector[] checking = new PsaConnector[1];
        boolean[] once = {true};
        checking[0] = Between.with(stage.psa, (method, arguments, real) -> {
            if (method.equals("update") && once[0]) {
                once[0] = false;
                stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
                throw new ConnectorException.Stale("The record was changed.");
            }
            return method.equals("forPushes") ? checking[0] : real.call(arguments);
        });

        PushResult saved = stage.newEngine(checking[0])
                .saved(stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER)
                        .ref());

        assertThat(saved).isInstanceOf(PushResult.PsaHadNewer.class);
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("last changed in Fake PSA by psa-user"));
    }

    @ParameterizedTest(name = "the first read fails: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("MERGE-2, MERGE-7: what the PSA made of a new record is agreed once it is read, late or at once")
    void settlesWithWhatWasMade(boolean readFails) {
        begin(new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), host -> {}));
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa
                .faults()
                .next(Fault.reformats(ConfigurationFields.NOTES, text -> text.toUpperCase(Locale.ROOT))
                        .on(Operation.CREATE));
        if (readFails) {
            stage.psa.faults().next(Fault.unavailable().on(Operation.READ).of(CONFIGURATION));
            stage.psa.faults().next(Fault.unavailable().on(Operation.READ).of(CONFIGURATION));
        }
        LocalRef local = stage.creates(
                        stage.serverValues(stage.localOf(acme), "SRV-2").with(ConfigurationFields.NOTES, "abc"),
                        Origin.USER)
                .ref();

        stage.engine.saved(local);
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("abc");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.events(Event.Type.STORED_DIFFERENTLY)).hasSize(1);
    }

    @Test
    @DisplayName(
            "P7, MERGE-9: what somebody wrote before a new record could be read is not taken for what the PSA made")
    void tellsALaterEditFromWhatWasMade() {
        begin(new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), host -> {}));
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ).of(CONFIGURATION));
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ).of(CONFIGURATION));
        LocalRef local = stage.creates(
                        stage.serverValues(stage.localOf(acme), "SRV-2").with(ConfigurationFields.NOTES, "ours"),
                        Origin.USER)
                .ref();
        stage.engine.saved(local);
        stage.later(Duration.ofMinutes(1));
        RemoteRef made = stage.psa.all(CONFIGURATION).get(1).ref();
        stage.psaEdits(made, ConfigurationFields.NOTES, "theirs");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isNotEmpty();
    }
}
