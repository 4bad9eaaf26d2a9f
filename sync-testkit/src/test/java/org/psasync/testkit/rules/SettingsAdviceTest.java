package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.TICKET;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Origin;
import org.psasync.spi.ConnectorOption;

/** SPEC 3: settings that contradict each other are said, and saved all the same. */
class SettingsAdviceTest {
    private final Stage stage = new Stage();

    private static List<String> advice(Stage stage, Consumer<SettingsChange> change) {
        return stage.engine.as(MANAGER).preview(change).advice();
    }

    private List<String> advice(Consumer<SettingsChange> change) {
        return advice(stage, change);
    }

    @Test
    @DisplayName("SET-1: settings that nobody has touched, and those that go well together, need no advice")
    void isSilentOtherwise() {
        assertThat(advice(settings -> {})).isEmpty();
        stage.twoWay();
        assertThat(advice(settings -> {})).isEmpty();
        assertThat(advice(settings -> settings.conflicts(ConflictPolicy.ASK)
                        .conflicts(ConfigurationFields.NOTES, ConflictPolicy.LOCAL_WINS)))
                .isEmpty();
    }

    @Test
    @DisplayName("SET-1, GATE-1: a gate that lets nothing through is said, and saved all the same")
    void tellsClosedGates() {
        Consumer<SettingsChange> typesOnly =
                settings -> settings.organizations(o -> o.types("Customer")).configurations(c -> c.statuses("Active"));

        SettingsPreview preview = stage.engine.as(MANAGER).preview(typesOnly);

        assertThat(preview.advice())
                .containsExactly(
                        "No organization syncs, because no status is selected;"
                                + " what belongs to organizations stays out with them.",
                        "No configuration syncs, because no type is selected.");
        assertThat(preview.print()).contains("? No organization syncs");
        assertThat(preview.needsConfirmation()).isFalse();
        stage.configure(typesOnly);
        assertThat(advice(settings ->
                        settings.organizations(o -> o.statuses("Active")).configurations(c -> c.types("Server"))))
                .isEmpty();
        assertThat(advice(settings ->
                        settings.configurations(c -> c.types("Server").statuses())))
                .contains("No configuration syncs, because no status is selected.");
        assertThat(advice(settings -> settings.organizations(o -> o.types().statuses("Active"))))
                .anyMatch(each -> each.startsWith("No organization syncs, because no type is selected"));
    }

    @Test
    @DisplayName("FIELD-8: two-way for a kind that cannot be written, or only in part, is said")
    void tellsWhatCannotBeWritten() {
        Stage limited = new Stage(
                psa -> psa.kind(LOCATION, kind -> kind.withoutCreate().withoutUpdate())
                        .kind(CONTACT, kind -> kind.withoutCreate()),
                host -> {});
        limited.selecting();
        assertThat(advice(limited, settings -> {})).isEmpty();

        assertThat(advice(limited, settings -> settings.twoWay(true)))
                .containsExactly(
                        "Two-way does not hold for locations: Fake PSA cannot be given any through this connector.",
                        "New contacts stay here: Fake PSA cannot make any through this connector.");
    }

    @Test
    @DisplayName("MERGE-1, FIELD-1: who wins has no effect for what is only pulled, or without two-way")
    void tellsPoliciesWithoutEffect() {
        stage.selecting();
        assertThat(advice(settings -> settings.conflicts(ConflictPolicy.LOCAL_WINS)))
                .containsExactly("Who wins conflicts is set, but without two-way the PSA's value always counts.");
        stage.twoWay();

        assertThat(advice(settings -> settings.pullOnly(ConfigurationFields.NOTES, true)
                        .exclude(ContactFields.TITLE, true)
                        .conflicts(ConfigurationFields.NOTES, ConflictPolicy.LOCAL_WINS)
                        .conflicts(ContactFields.TITLE, ConflictPolicy.ASK)
                        .conflicts(TICKET, ConflictPolicy.NEWEST_WINS)))
                .containsExactlyInAnyOrder(
                        "LOCAL_WINS has no effect for the field \"notes\" of configurations: it is only pulled.",
                        "ASK has no effect for the field \"title\" of contacts: it is left out of the sync.",
                        "NEWEST_WINS has no effect for tickets: they are only pulled.");
    }

    @Test
    @DisplayName("PUSH-3: two-way under which no edit confirms is said")
    void tellsThatNothingConfirms() {
        stage.twoWay();

        assertThat(advice(settings -> {
                    for (Origin origin : Origin.values()) {
                        settings.confirming(origin, Confirms.NEVER);
                    }
                }))
                .containsExactly("Two-way is on, but no edit confirms a record, so nothing is sent to Fake PSA.");
    }

    @Test
    @DisplayName("PULL-3, BRAKE-2: full checks more often than runs, and brakes that stop everything, are said")
    void tellsTimesAndBrakes() {
        stage.selecting();

        assertThat(advice(settings -> settings.interval(Duration.ofHours(2))
                        .fullCheckInterval(Duration.ofHours(1))
                        .brake(Brake.PSA_WRITES, 0, 0)))
                .containsExactly(
                        "Every run is a full check, because those are due more often than runs.",
                        "The brake PSA_WRITES lets nothing pass of a kind with 20 links or more.");
    }

    @Test
    @DisplayName("PSA-ALL-2: as long as the type of pushed e-mails is not set, that is said")
    void namesUnsetContactTypes() {
        Stage typed = new Stage(
                psa -> psa.option(new ConnectorOption(
                        ConnectorOption.CONTACT_EMAIL_TYPE, "E-mail type", ConnectorOption.Form.TEXT, null)),
                host -> {});
        typed.company("Acme");
        typed.twoWay();

        assertThat(typed.engine
                        .as(MANAGER)
                        .preview(settings -> settings.contacts(true))
                        .advice())
                .containsExactly("Added e-mail addresses of contacts stay here until \"E-mail type\" is set.");
    }
}
