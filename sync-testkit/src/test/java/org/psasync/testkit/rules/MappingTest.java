package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.ManageData;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class MappingTest {
    private static final Choice DEFAULT_TYPE = Choice.named("Autotask Default");
    private final Stage stage = new Stage();

    private void next() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    @Test
    @DisplayName("FIELD-11: a field that comes back into the mapping starts without a base")
    void forgetsTheBaseOfAnExcludedField() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "x");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        next();
        stage.psaEdits(server, ConfigurationFields.NOTES, null);
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, false));
        next();

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .as("MATCH-8")
                .isEqualTo("x");
    }

    @Test
    @DisplayName("FIELD-11: so does one that left and came back between two runs, also of a record that was disabled")
    void forgetsTheBaseOfAFieldThatWasExcludedForAMoment() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef disabled = stage.server(acme, "SRV-2");
        List.of(server, disabled).forEach(each -> stage.psaEdits(each, ConfigurationFields.NOTES, "theirs"));
        stage.twoWay().engine.run();
        ManageData data = stage.engine.as(Stage.MANAGER).manageData();
        data.disable(disabled);
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        stage.later(Duration.ofMinutes(1));
        List.of(server, disabled)
                .forEach(each -> stage.edits(stage.localOf(each), ConfigurationFields.NOTES, "free", Origin.IMPORT));
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, false));

        next();
        data.reconnect(disabled);
        next();

        assertThat(List.of(server, disabled))
                .as("MATCH-8")
                .allSatisfy(each -> assertThat(stage.inHost(stage.localOf(each), ConfigurationFields.NOTES))
                        .isEqualTo("theirs"));
        assertThat(stage.state().progress().unmapped()).isEmpty();
    }

    @Test
    @DisplayName("FIELD-11: so does one that the connector did not map for a while")
    void forgetsTheBaseOfAFieldThatTheConnectorLeftOut() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.later(Duration.ofMinutes(5));
        stage.edits(local, ConfigurationFields.NOTES, "free", Origin.IMPORT);
        stage.newEngine(Between.without(stage.psa, ConfigurationFields.NOTES)).run();
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "T-1");
        next();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).as("MATCH-8").isEqualTo("theirs");
    }

    @Test
    @DisplayName("GATE-1, FIELD-1: leaving the type out of the mapping does not open the gate")
    void judgesByATypeThatIsNotSynced() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        stage.selecting()
                .configure(settings ->
                        settings.exclude(OrganizationFields.TYPES, true).exclude(OrganizationFields.STATUS, true));

        stage.engine.run();

        assertThat(stage.all(ORGANIZATION)).isEmpty();
        assertThat(stage.engine.explain(vendor).disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName("WHY-1: reasons and remedies name the record's own values, on the side where it is")
    void namesTheValuesInTheWay() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        stage.selecting().engine.run();

        Explanation why = stage.engine.explain(vendor);

        assertThat(why.reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.text()).isEqualTo("its type ‹Vendor› is not selected"));
        assertThat(why.remedy())
                .isEqualTo("Select its type ‹Vendor› in the settings, or change it in Fake PSA to ‹Customer›.");
    }

    @Test
    @DisplayName("GATE-5: two-way off does not hide the other reasons of a local record")
    void namesWhatElseIsInTheWay() {
        stage.selecting().engine.run();
        LocalRef mill = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "Paper Mill")
                                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.USER)
                .ref();

        Explanation why = stage.engine.explain(mill);

        assertThat(why.reasons()).extracting(Explanation.Reason::rule).containsExactly("PUSH-1", "GATE-1");
        assertThat(why.remedy()).contains("two-way").contains("‹Vendor›").doesNotContain("Fake PSA");
    }

    @Test
    @DisplayName("GATE-4: a configuration without type syncs under a type of its own, which is never sent")
    void syncsConfigurationsWithoutType() {
        Stage untyped = new Stage(psa -> psa.untyped(DEFAULT_TYPE), host -> {});
        RemoteRef acme = untyped.company("Acme");
        RemoteRef server = untyped.server(acme, "SRV-1");
        untyped.psaEdits(server, ConfigurationFields.TYPE, null);
        untyped.twoWay();
        assertThat(untyped.engine.explain(server).disposition()).isEqualTo(Disposition.NOT_SELECTED);

        untyped.configure(settings -> settings.configurations(c -> c.untyped(true)));
        untyped.later(Duration.ofMinutes(10)).engine.run();
        LocalRef local = untyped.localOf(server);
        assertThat(untyped.inHost(local, ConfigurationFields.TYPE)).isEqualTo(DEFAULT_TYPE);
        PushResult result = untyped.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(untyped.inPsa(server, ConfigurationFields.TYPE)).isNull();
        assertThat(untyped.inHost(local, ConfigurationFields.TYPE)).isEqualTo(DEFAULT_TYPE);
        assertThat(untyped.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("GATE-4: the setting is refused where the PSA has no such configurations")
    void refusesTheSettingForConfigurationsWithoutType() {
        assertThatThrownBy(() -> stage.configure(settings -> settings.configurations(c -> c.untyped(true))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("without a type");
    }

    @Test
    @DisplayName("PUSH-13: a field that was refused is left out when another one is sent")
    void leavesARefusedFieldOut() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.of(ConfigurationFields.NOTES, Problem.Code.INVALID, "No such notes."))
                        .on(Operation.UPDATE));
        PushResult refused = stage.userSaves(local, ConfigurationFields.NOTES, "bad");
        assertThat(refused).as(refused.text()).isInstanceOf(PushResult.Refused.class);

        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.ASSET_TAG, "T-1");
        stage.later(Duration.ofMinutes(1)).engine.run();

        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.NOTES, "good");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("good");
    }

    @Test
    @DisplayName("PUSH-1, MERGE-7: what a person saves in a read-only field is put back as often as it takes")
    void goesOnPuttingBack() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        for (int i = 0; i < 5; i++) {
            stage.later(Duration.ofMinutes(5));
            stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
            stage.engine.run();
            assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        }
    }

    @Test
    @DisplayName("PUSH-4: a save from before two-way was last turned on confirms nothing")
    void forgetsConfirmationsFromBefore() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.unavailable().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.configure(
                settings -> settings.pullOnly(ConfigurationFields.NOTES, false).twoWay(false));
        stage.later(Duration.ofMinutes(1));
        stage.configure(settings -> settings.twoWay(true));
        next();
        next();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("MATCH-5: candidates say why each is one; LINK takes the best, not the first")
    void ranksCandidates() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psa.edit(
                server,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.SERIAL_NUMBER, "S-1")
                        .set(ConfigurationFields.MAC_ADDRESS, "00:11:22:33:44:55")
                        .build());
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        FieldValues like = stage.serverValues(stage.localOf(acme), "SRV-1");
        stage.creates(like, Origin.USER);
        LocalRef best = stage.creates(
                        like.with(ConfigurationFields.SERIAL_NUMBER, "S-1")
                                .with(ConfigurationFields.MAC_ADDRESS, "00:11:22:33:44:66"),
                        Origin.USER)
                .ref();
        stage.selecting().engine.run();
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.state()
                        .byRemote(server)
                        .orElseThrow()
                        .trouble()
                        .review()
                        .candidates())
                .extracting(candidate -> candidate.why())
                .containsExactly(
                        "It has the same organization, type, name, serial number. It has another mac address.",
                        "It has the same organization, type, name. Only one of the two has a serial number, mac"
                                + " address.");

        stage.configure(settings -> settings.onDoubt(OnDoubt.LINK));
        next();

        assertThat(stage.localOf(server)).isEqualTo(best);
    }

    @Test
    @DisplayName("WHY-2, WHY-3: explain says that a push is being retried, and why")
    void explainsARetry() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(5)).on(Operation.UPDATE));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        Explanation why = stage.engine.explain(local);
        assertThat(why.disposition()).as(why.print()).isEqualTo(Disposition.RETRYING);
        LocalRef another = stage.creates(
                        stage.serverValues(stage.inHost(local, ConfigurationFields.ORGANIZATION), "SRV-2"), Origin.USER)
                .ref();
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(5)).on(Operation.CREATE));
        stage.engine.saved(another);
        assertThat(stage.engine.explain(another).disposition()).isEqualTo(Disposition.RETRYING);
    }

    @Test
    @DisplayName("MERGE-5, WHY-1: a conflict to decide ends as its remedy says: both sides hold the same value")
    void endsAConflictAsItsRemedySays() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        assertThat(stage.engine.explain(local).remedy())
                .isEqualTo("Decide in the review queue which side's value is right, or enter it on both sides.");

        stage.psaEdits(server, ConfigurationFields.NOTES, "mine");
        next();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }
}
