package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Which saves confirm, and what becomes of values that two people wrote. */
class ConfirmingTest {
    private final Stage stage = new Stage(
            psa -> psa.option(
                            new ConnectorOption(
                                    ConnectorOption.CONTACT_EMAIL_TYPE,
                                    "E-mail type",
                                    ConnectorOption.Form.CHOICE,
                                    null),
                            Entry.of("1", "Work"))
                    .option(
                            new ConnectorOption(
                                    ConnectorOption.CONTACT_PHONE_TYPE,
                                    "Phone type",
                                    ConnectorOption.Form.CHOICE,
                                    null),
                            Entry.of("1", "Work")),
            host -> {});
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");
    private final RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");

    private void ready() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @DisplayName("PUSH-3: a directory confirms contacts only, and only if the contact types are set")
    @EnumSource(names = {"ACTIVE_DIRECTORY", "MICROSOFT_365"})
    void confirmsFromADirectory(Origin directory) {
        ready();
        LocalRef contact = stage.localOf(ada);

        stage.engine.saved(
                stage.edits(contact, ContactFields.TITLE, "Countess", directory).ref());
        assertThat(stage.inPsa(ada, ContactFields.TITLE)).as("without types").isNull();
        stage.configure(settings -> settings.option(ConnectorOption.CONTACT_EMAIL_TYPE, "1")
                .option(ConnectorOption.CONTACT_PHONE_TYPE, "1"));
        stage.engine.saved(
                stage.edits(contact, ContactFields.TITLE, "Lady", directory).ref());
        stage.engine.saved(stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "theirs", directory)
                .ref());

        assertThat(stage.inPsa(ada, ContactFields.TITLE)).isEqualTo("Lady");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("PUSH-3: a save from before the first run has completed is confirmed only by saving again")
    void doesNotConfirmBeforeTheFirstRun() {
        Stage early = new Stage();
        RemoteRef company = early.company("Acme");
        RemoteRef device = early.server(company, "SRV-1");
        early.selecting().configure(settings -> settings.twoWay(true));
        LocalRef made = early.creates(
                        early.serverValues(LocalRef.of(AssetKind.ORGANIZATION, "organization-1"), "SRV-1")
                                .with(ConfigurationFields.NOTES, "mine"),
                        Origin.USER)
                .ref();
        early.engine.saved(made);
        early.later(Duration.ofMinutes(5)).engine.run();
        early.later(Duration.ofMinutes(5)).engine.run();

        assertThat(early.inPsa(device, ConfigurationFields.NOTES)).isNull();
        assertThat(early.engine.explain(made).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @ParameterizedTest
    @DisplayName("MERGE-4, MERGE-5: under every policy the losing value can be read back, with the rule")
    @EnumSource(names = {"PSA_WINS", "LOCAL_WINS", "NEWEST_WINS"})
    void keepsTheLosingValue(ConflictPolicy policy) {
        ready();
        stage.configure(settings -> settings.conflicts(policy));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        boolean localWins = policy == ConflictPolicy.LOCAL_WINS;
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo(localWins ? "mine" : "theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).singleElement().satisfies(event -> {
            assertThat(event.changes())
                    .containsExactly(
                            localWins
                                    ? new Event.Change(ConfigurationFields.NOTES, "theirs", "mine")
                                    : new Event.Change(ConfigurationFields.NOTES, "mine", "theirs"));
            assertThat(event.reason())
                    .contains(policy == ConflictPolicy.NEWEST_WINS ? "within two minutes" : policy.name());
        });
    }

    @Test
    @DisplayName("MERGE-5: under ASK both values are in the event log, also when another field is written")
    void logsAConflictToDecide() {
        ready();
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(server, ConfigurationFields.SERIAL_NUMBER, "S-1");

        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        assertThat(stage.events(Event.Type.IN_REVIEW))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "mine")));
    }

    @Test
    @DisplayName("MERGE-7: what is written back and forth is in the event log with both values")
    void logsWhatOscillates() {
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(5));
            stage.edits(local, ConfigurationFields.NOTES, "robot's", Origin.RMM);
            stage.psaEdits(server, ConfigurationFields.SERIAL_NUMBER, "S-" + i);
            stage.engine.run();
        }

        assertThat(stage.events(Event.Type.OSCILLATING))
                .first()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "robot's")));
    }

    @Test
    @DisplayName("MERGE-7, P6: a webhook about our own write, twice and late, causes no write")
    void ignoresAHintAboutItsOwnWrite() {
        ready();
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");
        stage.psa.journal().clear();
        for (int i = 0; i < 2; i++) {
            stage.engine.webhook(stage.psa.hook(server));
            stage.later(Duration.ofMinutes(5)).engine.run();
        }

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("mine");
    }

    @Test
    @DisplayName("MERGE-9: a save made while the answer to an update is missing is pushed after it is settled")
    void pushesASaveBehindALostAnswer() {
        ready();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "first");
        stage.engine = stage.newEngine();
        stage.later(Duration.ofSeconds(5));
        stage.userSaves(local, ConfigurationFields.NOTES, "second");

        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("second");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("second");
    }

    @Test
    @DisplayName("PUSH-12: a PSA that answers without the record is read back, and what it stored is the base")
    void readsBackWhatItWrote() {
        Stage terse = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), host -> {});
        RemoteRef device = terse.server(terse.company("Acme"), "SRV-1");
        terse.twoWay().engine.run();
        terse.later(Duration.ofMinutes(5));
        terse.psa.faults().next(Fault.reformats(ConfigurationFields.NOTES, text -> text.substring(0, 2)));

        terse.userSaves(terse.localOf(device), ConfigurationFields.NOTES, "mine");
        terse.psa.journal().clear();
        terse.later(Duration.ofMinutes(5)).engine.run();

        assertThat(terse.psa.journal().writes()).isEmpty();
        assertThat(terse.inHost(terse.localOf(device), ConfigurationFields.NOTES))
                .isEqualTo("mine");
        assertThat(terse.events(Event.Type.STORED_DIFFERENTLY)).hasSize(1);
    }

    @Test
    @DisplayName(
            "STATE-9: the host is shown the state at once, a problem when something is refused, and when it is over")
    void showsWhereARecordStands() {
        ready();
        LocalRef local = stage.localOf(server);
        assertThat(stage.host.mark(local).orElseThrow().problem()).isNull();
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.of(ConfigurationFields.NOTES, Problem.Code.INVALID, "not so"))
                        .on(Operation.UPDATE));

        stage.userSaves(local, ConfigurationFields.NOTES, "bad");
        assertThat(stage.host.mark(local).orElseThrow().problem()).contains("not so");
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.NOTES, "good");

        assertThat(stage.host.mark(local).orElseThrow().problem()).isNull();
        assertThat(stage.host.mark(stage.all(CONTACT).get(0).ref())).isPresent();
    }
}
