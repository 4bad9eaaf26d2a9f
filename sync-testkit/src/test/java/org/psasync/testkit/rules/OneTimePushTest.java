package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OneTimePushPreview.Covered;
import org.psasync.engine.OneTimePushPreview.Step;
import org.psasync.engine.OneTimePushReport;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** All local records go to the PSA once, just as they were previewed. */
class OneTimePushTest {
    private final Stage stage = new Stage();

    private OneTimePush push() {
        return stage.engine.as(Stage.MANAGER).oneTimePush();
    }

    /** Everything selected and two-way, before any run. */
    private void adopted() {
        stage.selecting().configure(settings -> settings.twoWay(true));
        stage.later(Duration.ofMinutes(1));
    }

    private LocalRef organization(String name) {
        return stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, name)
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .set(OrganizationFields.ACTIVE, true)
                                .build(),
                        Origin.IMPORT)
                .ref();
    }

    private LocalRef server(LocalRef organization, String name) {
        return stage.creates(
                        stage.serverValues(organization, name).with(ConfigurationFields.ACTIVE, true), Origin.IMPORT)
                .ref();
    }

    private String everything() {
        StringBuilder text = new StringBuilder();
        for (AssetKind kind : AssetKind.values()) {
            text.append(stage.state().pairs(new PairQuery.OfKind(kind), null, 10_000))
                    .append(stage.all(kind))
                    .append(stage.psa.all(kind));
        }
        return text.append(stage.state().setup())
                .append(stage.state().progress())
                .append(stage.engine.events(EventQuery.ALL))
                .toString();
    }

    @Test
    @DisplayName("ALL-1: a preview counts creates, links, updates, doubts and what is skipped, and writes nothing")
    void previews() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef linked = stage.server(acme, "SRV-1");
        stage.psaEdits(linked, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(linked, ConfigurationFields.ASSET_TAG, "T-1");
        LocalRef here = organization("Acme");
        LocalRef server = server(here, "SRV-1");
        stage.edits(server, ConfigurationFields.NOTES, "ours", Origin.IMPORT);
        server(here, "SRV-NEW");
        server(here, "SRV-TWICE");
        server(here, "SRV-TWICE");
        stage.server(acme, "SRV-TWICE");
        LocalRef printer = server(here, "PRT");
        stage.edits(
                printer, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"), Origin.IMPORT);
        server(organization("Brand new"), "SRV-OF-NEW");
        adopted();
        String before = everything();
        stage.psa.journal().clear();

        OneTimePushPreview preview = push().preview();

        assertThat(preview.message()).isEmpty();
        assertThat(everything()).isEqualTo(before);
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(preview.kind(ORGANIZATION).creates()).as(preview.print()).isEqualTo(1);
        assertThat(preview.kind(ORGANIZATION).links()).isEqualTo(1);
        assertThat(preview.kind(CONFIGURATION).creates()).isEqualTo(2);
        assertThat(preview.kind(CONFIGURATION).links()).isEqualTo(1);
        assertThat(preview.kind(CONFIGURATION).updates()).isEqualTo(1);
        assertThat(preview.kind(CONFIGURATION).doubts()).isEqualTo(2);
        assertThat(preview.kind(CONFIGURATION).skipped()).hasSize(1).containsValue(1L);
        assertThat(preview.overwritten()).isEqualTo(1);
        assertThat(preview.records())
                .filteredOn(covered -> covered.record().equals(server))
                .singleElement()
                .satisfies(covered -> assertThat(covered.overwritten())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "ours")));
        assertThat(preview.requests()).isGreaterThan(4);
        assertThat(preview.time(preview.requests())).isEqualTo(Duration.ofHours(1));
        assertThat(preview.print()).contains("configuration", "create 2, link 1");
    }

    @Test
    @DisplayName("ALL-1: for records that it links the local value wins, blank ones excepted, and the loss is logged")
    void letsTheLocalValueWin() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef remote = stage.server(acme, "SRV-1");
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(remote, ConfigurationFields.ASSET_TAG, "T-1");
        LocalRef server = server(organization("Acme"), "SRV-1");
        stage.edits(server, ConfigurationFields.NOTES, "ours", Origin.IMPORT);
        adopted();

        OneTimePushReport report = push().confirm(push().preview());

        assertThat(report.leftOut()).isEmpty();
        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("ours");
        assertThat(stage.inPsa(remote, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inHost(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.events(Event.Type.OVERWRITTEN)).singleElement().satisfies(event -> {
            assertThat(event.changes()).containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "ours"));
            assertThat(event.reason()).contains("ALL-1");
        });
    }

    @Test
    @DisplayName("ALL-1, MERGE-3: an address goes to the PSA as a whole")
    void pushesAddressesAsAWhole() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef site =
                stage.psa.put(stage.siteValues(acme, "Main", "Berlin").with(LocationFields.POSTAL_CODE, "10115"));
        LocalRef here = stage.creates(
                        stage.siteValues(organization("Acme"), "Main", "Berlin")
                                .with(LocationFields.POSTAL_CODE, "10999"),
                        Origin.IMPORT)
                .ref();
        adopted();

        push().confirm(push().preview());

        assertThat(stage.localOf(site)).isEqualTo(here);
        assertThat(stage.inPsa(site, LocationFields.POSTAL_CODE)).isEqualTo("10999");
    }

    @Test
    @DisplayName("ALL-2: parents go before children, in one run, and each record has its own result")
    void worksInDependencyOrder() {
        LocalRef parent = organization("Parent");
        LocalRef child = organization("Child");
        stage.edits(child, OrganizationFields.PARENT, parent, Origin.IMPORT);
        LocalRef server = server(child, "SRV-1");
        stage.creates(stage.contactValues(child, "Ada", "Lovelace"), Origin.IMPORT);
        adopted();
        OneTimePushPreview preview = push().preview();

        OneTimePushReport report = push().confirm(preview);

        assertThat(report.run().count(Verb.CREATE_IN_PSA)).isEqualTo(4);
        assertThat(preview.records()).extracting(Covered::step).containsOnly(Step.CREATE);
        assertThat(push().results(preview, 0, 100))
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.standing()).isEqualTo(Disposition.IN_SYNC))
                .allSatisfy(result -> assertThat(result.remote()).isNotNull())
                .anySatisfy(result -> assertThat(result.record()).isEqualTo(server));
        assertThat(stage.psa.all(CONTACT)).hasSize(1);
        assertThat(stage.engine.events(EventQuery.ALL.ofRun(preview.id()).ofType(Event.Type.CONFIRMED)))
                .hasSize(4);
    }

    @Test
    @DisplayName("ALL-2: a record that changed since the preview is left out and named, and new ones are not included")
    void coversOnlyWhatWasPreviewed() {
        LocalRef here = organization("Acme");
        LocalRef changed = server(here, "SRV-1");
        server(here, "SRV-2");
        adopted();
        OneTimePushPreview preview = push().preview();
        stage.edits(changed, ConfigurationFields.NOTES, "later", Origin.IMPORT);
        LocalRef later = server(here, "SRV-LATER");

        OneTimePushReport report = push().confirm(preview);

        assertThat(report.leftOut()).containsExactly(changed);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.events(Event.Type.PLAN_ITEM_STALE)).hasSize(1);
        assertThat(stage.engine.explain(later).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("ALL-2: a value of the PSA that was not previewed is not overwritten")
    void overwritesOnlyWhatWasShown() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef remote = stage.server(acme, "SRV-1");
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs");
        LocalRef server = server(organization("Acme"), "SRV-1");
        stage.edits(server, ConfigurationFields.NOTES, "ours", Origin.IMPORT);
        stage.edits(server, ConfigurationFields.ASSET_TAG, "T-OURS", Origin.IMPORT);
        adopted();
        OneTimePushPreview preview = push().preview();
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs, later");
        stage.psaEdits(remote, ConfigurationFields.ASSET_TAG, "T-THEIRS");

        push().confirm(preview);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("theirs, later");
        assertThat(stage.inPsa(remote, ConfigurationFields.ASSET_TAG)).isEqualTo("T-THEIRS");
        assertThat(stage.inHost(server, ConfigurationFields.NOTES)).isEqualTo("theirs, later");
    }

    @Test
    @DisplayName("ALL-2: what an import writes after the confirmation is not pushed")
    void doesNotCoverLaterEdits() {
        LocalRef here = organization("Acme");
        LocalRef server = server(here, "SRV-1");
        adopted();
        OneTimePushPreview preview = push().preview();
        stage.psa.faults().next(Fault.unavailable().on(Operation.CREATE));

        push().confirm(preview);
        stage.edits(server, ConfigurationFields.NOTES, "later", Origin.IMPORT);
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.psa.all(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName("ALL-2, SAFE-6: what a crash interrupted goes on in the next run, each record once")
    void goesOnAfterACrash() {
        LocalRef here = organization("Acme");
        for (int i = 0; i < 30; i++) {
            server(here, "SRV-" + i);
        }
        adopted();
        OneTimePushPreview preview = push().preview();
        stage.psa.faults().next(Fault.unavailable().on(Operation.CREATE).times(3));
        push().confirm(preview);

        stage.engine = stage.newEngine();
        for (int i = 0; i < 5; i++) {
            stage.later(Duration.ofMinutes(61)).engine.run();
        }

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(30);
        assertThat(push().results(preview, 1, 30))
                .allSatisfy(result -> assertThat(result.standing()).isEqualTo(Disposition.IN_SYNC));
    }

    @Test
    @DisplayName("ALL-2: a preview is kept as a text; one that is cut, or was changed by hand, is refused")
    void isKeptAsText() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef linked = stage.server(acme, "SRV-1");
        stage.psaEdits(linked, ConfigurationFields.NOTES, "theirs\twith \\ and\nlines");
        LocalRef here = organization("Acme");
        stage.edits(server(here, "SRV-1"), ConfigurationFields.NOTES, "ours", Origin.IMPORT);
        stage.edits(
                server(here, "PRT"),
                ConfigurationFields.TYPE,
                stage.choice(ConfigurationFields.TYPE, "Printer"),
                Origin.IMPORT);
        adopted();
        OneTimePushPreview preview = push().preview();
        String text = preview.toText();

        assertThat(OneTimePushPreview.parse(text)).isEqualTo(preview);
        assertThat(preview.overwritten()).isPositive();
        String cut = text.substring(0, text.lastIndexOf("record"));
        String changed = text.replace("SRV-1", "SRV-2");
        assertThat(changed).isNotEqualTo(text);
        for (String wrong : List.of("", "psa-sync plan 2\n", "psa-sync one-time push 2\n", cut, changed)) {
            assertThatThrownBy(() -> OneTimePushPreview.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one-time push");
        }
    }

    @Test
    @DisplayName("ALL-3, BRAKE-2: the brakes do not stop what was previewed")
    void isNotBraked() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 20; i++) {
            stage.server(acme, "THEIRS-" + i);
        }
        stage.twoWay().engine.run();
        LocalRef here = stage.localOf(acme);
        for (int i = 0; i < 60; i++) {
            server(here, "OURS-" + i);
        }
        stage.later(Duration.ofMinutes(5));

        RunReport report = push().confirm(push().preview(CONFIGURATION)).run();

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.count(Verb.CREATE_IN_PSA)).isEqualTo(60);
    }

    @Test
    @DisplayName("ALL-1: of records that are linked already, what nobody confirmed is pushed too")
    void pushesWhatIsLinkedAlready() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef remote = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.edits(stage.localOf(remote), ConfigurationFields.NOTES, "imported", Origin.IMPORT);
        stage.later(Duration.ofMinutes(5)).engine.run();

        OneTimePushPreview preview = push().preview();
        assertThat(preview.kind(CONFIGURATION).updates()).isEqualTo(1);
        assertThat(preview.kind(ORGANIZATION).unchanged()).isEqualTo(1);
        push().confirm(preview);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("imported");
    }

    @Test
    @DisplayName("ALL-3, DATA-8: it takes two-way and a manager")
    void takesTwoWayAndAManager() {
        stage.selecting();

        assertThatThrownBy(() -> push().preview())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Two-way is off");
        assertThatThrownBy(() -> stage.engine.as(Actor.user("uwe")).oneTimePush())
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    @DisplayName("ALL-2: a preview is confirmed once, within an hour, and by the integration it is of")
    void isConfirmedOnce() {
        organization("Acme");
        adopted();
        OneTimePushPreview used = push().preview();
        push().confirm(used);
        OneTimePushPreview old = push().preview();
        OneTimePushPreview foreign = new OneTimePushPreview(
                old.id(),
                "other/fake",
                old.settingsVersion(),
                old.madeAt(),
                old.kinds(),
                old.records(),
                old.requests(),
                "");
        stage.later(Duration.ofMinutes(61));

        assertThatThrownBy(() -> push().confirm(used))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("before");
        assertThatThrownBy(() -> push().confirm(old))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("older than an hour");
        assertThatThrownBy(() -> push().confirm(foreign))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("other/fake");
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("ALL-1: a preview that fails for any cause says so, and cannot be confirmed")
    void saysWhyItFailed() {
        organization("Acme");
        adopted();
        SyncEngine broken = stage.newEngine(Broken.connector(stage.psa, "changes"));

        OneTimePushPreview preview = broken.as(Stage.MANAGER).oneTimePush().preview();

        assertThat(preview.message()).contains("broken");
        assertThatThrownBy(() -> push().confirm(preview)).isInstanceOf(PreviewExpiredException.class);
        assertThat(stage.psa.all(LOCATION)).isEmpty();
    }

    @Test
    @DisplayName("ALL-2: a host that fails while a preview is confirmed is in the report, and the same call goes on")
    void reportsAHostThatFails() {
        organization("Acme");
        adopted();
        OneTimePushPreview preview = push().preview();
        SyncEngine broken = BrokenHost.engine(stage, "find");

        OneTimePushReport report = broken.as(Stage.MANAGER).oneTimePush().confirm(preview);

        assertThat(report.run().status()).isNotEqualTo(Status.OK);
        assertThat(report.run().message()).contains("confirm the same preview again");
        assertThat(stage.psa.all(ORGANIZATION)).isEmpty();
        push().confirm(preview);
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("ALL-2, SET-10: a disconnected or paused integration uses up no preview")
    void keepsThePreviewWhileHeld() {
        organization("Acme");
        adopted();
        OneTimePushPreview preview = push().preview();
        stage.engine.as(Stage.MANAGER).pause();

        assertThatThrownBy(() -> push().confirm(preview))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("paused");

        stage.engine.as(Stage.MANAGER).resume();
        push().confirm(preview);
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("ALL-2: of two managers who confirm a preview at once, one is refused")
    void isConfirmedByOneOnly() {
        organization("Acme");
        adopted();
        OneTimePushPreview preview = push().preview();
        Runnable[] first = {() -> push().confirm(preview)};
        SyncEngine second = stage.newEngine((IntegrationState) Proxy.newProxyInstance(
                IntegrationState.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        Runnable now = first[0];
                        first[0] = () -> {};
                        now.run();
                    }
                    try {
                        return method.invoke(stage.state(), arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));

        assertThatThrownBy(() -> second.as(Stage.MANAGER).oneTimePush().confirm(preview))
                .isInstanceOf(PreviewExpiredException.class);

        assertThat(stage.events(Event.Type.ONE_TIME_PUSH)).as("begun and ended").hasSize(2);
    }

    @Test
    @DisplayName("ALL-2: results are asked for from a record on, and at least one")
    void refusesResultsOfNothing() {
        organization("Acme");
        adopted();
        OneTimePushPreview preview = push().preview();

        assertThatThrownBy(() -> push().results(preview, -1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> push().results(preview, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("ALL-2: a preview expires when the settings are changed, so that no field goes out that was not shown")
    void expiresWithTheSettings() {
        adopted();
        organization("Bolt");
        OneTimePushPreview preview = push().preview(ORGANIZATION);
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));

        assertThatThrownBy(() -> push().confirm(preview))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("settings were changed");
    }
}
