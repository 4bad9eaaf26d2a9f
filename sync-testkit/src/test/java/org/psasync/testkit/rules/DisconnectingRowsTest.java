package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

/** Rows that are disconnected, and what forbids while something is going on. */
class DisconnectingRowsTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private Row servers() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    private BulkReport disconnect(Row row) {
        return data().confirm(data().previewDisconnect(row));
    }

    private Pair pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow();
    }

    @Test
    @DisplayName("SET-1, DATA-2: a row that stops is a change of the settings: it is logged as one and queues a run")
    void changesTheSettings() {
        stage.twoWay().engine.run();
        int before = stage.events(Event.Type.SETTINGS_CHANGED).size();

        disconnect(servers());

        assertThat(stage.events(Event.Type.SETTINGS_CHANGED))
                .hasSize(before + 1)
                .last()
                .satisfies(event -> {
                    assertThat(event.reason()).contains("configuration types");
                    assertThat(event.actor()).isEqualTo("mia");
                    assertThat(event.kind()).isNull();
                    assertThat(event.run()).isNull();
                });
        assertThat(stage.engine.status().runWanted()).isTrue();
    }

    @Test
    @DisplayName(
            "DATA-2, STATE-7, STATE-9: a disconnected row stops, its records stay, and neither side changes the other")
    void cutsARow() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);

        BulkReport report = disconnect(servers());

        assertThat(report.done()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(pair(server).state()).isEqualTo(SyncState.DISCONNECTED);
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.DISCONNECTED);
        assertThat(stage.engine.settings().configurations().types().isNone()).isTrue();
        assertThat(stage.engine.events(EventQuery.ALL.ofRun(report.id())))
                .extracting(Event::type)
                .containsExactly(Event.Type.BULK_ACTION, Event.Type.DISCONNECTED);
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries())
                .extracting(entry -> entry.remote())
                .containsExactly(server);

        stage.configure(settings -> settings.configurations(c -> c.types("Server")));
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        PushResult pushed = stage.userSaves(local, ConfigurationFields.ASSET_TAG, "mine");
        stage.engine.run();
        stage.later(Duration.ofHours(25)).engine.run();

        assertThat(pushed).isInstanceOf(PushResult.NothingToPush.class);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isNull();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.DISCONNECTED);
        assertThat(stage.engine.explain(local).remedy()).isEqualTo("Reconnect it.");
    }

    @Test
    @DisplayName("DATA-5, STATE-3: what belongs to a disconnected organization becomes an orphan, and returns with it")
    void leavesChildrenAsOrphans() {
        stage.selecting().engine.run();
        Row customers = Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"));
        BulkPreview preview = data().previewDisconnect(customers);
        assertThat(preview.children()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(String.join(" ", preview.warnings())).contains("leaves the sync as orphans");

        assertThat(data().confirm(preview).done()).isEqualTo(Map.of(ORGANIZATION, 1L));
        stage.configure(settings -> settings.organizations(o -> o.types("Customer")));
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(pair(server).reasons()).isEqualTo(Set.of(OrphanReason.ORGANIZATION_NOT_SYNCING));

        assertThat(data().reconnect(acme).done()).isTrue();
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("DATA-2, STATE-9: a row is disconnected though the host cannot be shown it; the full check shows it")
    void disconnectsUnshown() {
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        SyncEngine healthy = stage.engine;
        stage.engine = BrokenHost.engine(stage, "mark");

        BulkReport report = disconnect(servers());

        assertThat(report.ended()).isTrue();
        assertThat(report.count()).isEqualTo(2);
        stage.engine = healthy;
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries()).hasSize(2);
        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(stage.host.mark(stage.localOf(server)).orElseThrow().state())
                .as("STATE-9: shown again by the full check")
                .isEqualTo(SyncState.DISCONNECTED);
    }

    // What forbids, while something is going on ----------------------------------------------------------------------

    @Test
    @DisplayName("SET-10: a record that is disabled between the decision and the write to the host is not written")
    void holdsForAPullThatHasNotStarted() {
        boolean happened = true;
        for (int calls = 0; happened; calls++) {
            happened = isNotWrittenOnceDisabled(calls);
        }
    }

    private static boolean isNotWrittenOnceDisabled(int calls) {
        DisconnectingRowsTest test = new DisconnectingRowsTest();
        Stage stage = test.stage;
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(test.server);
        stage.psaEdits(test.server, ConfigurationFields.NOTES, "theirs");
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "find"));
        List<String> held = new ArrayList<>();
        beforeCall(interruption, calls, () -> {
            test.disabled(test.server);
            held.add("" + stage.inHost(local, ConfigurationFields.NOTES));
        });

        slow.run();
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(held).allMatch(each -> each.equals("" + stage.inHost(local, ConfigurationFields.NOTES)));
        assertThat(test.pair(test.server).state()).isEqualTo(held.isEmpty() ? SyncState.SYNCING : SyncState.DISABLED);
        return !held.isEmpty();
    }

    private void disabled(AssetRef ref) {
        assertThat(data().disable(ref).done()).isTrue();
    }

    @Test
    @DisplayName("SET-10: a record that is disabled between the read and the write to the PSA is not written")
    void holdsForAPushThatHasNotStarted() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        SyncEngine healthy = stage.engine;
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "read"));
        interruption.after(() -> {
            assertThat(healthy.as(Stage.MANAGER).manageData().disable(server).done())
                    .isTrue();
        });

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(result.done().pushed()).isEmpty();
        assertThat(pair(server).state()).isEqualTo(SyncState.DISABLED);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("SET-10: a write that had started ends and is noted, and the record stays out all the same")
    void letsAWriteEnd() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        SyncEngine healthy = stage.engine;
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "update"));
        interruption.before(() -> assertThat(
                        healthy.as(Stage.MANAGER).manageData().disable(local).done())
                .isTrue());

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        Pair pair = pair(server);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(pair.state()).isEqualTo(SyncState.DISABLED);
        assertThat(pair.inFlight()).isNull();
        assertThat(pair.baseOrNone().remote().get(ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.DISABLED);
    }

    @Test
    @DisplayName("SET-10, STATE-7: whatever commit of a run it comes before, what is disabled or disconnected stays so")
    void winsAgainstARun() {
        boolean happened = true;
        for (int commit = 0; happened; commit++) {
            happened = staysOut(commit, true, DisconnectingRowsTest::bothSidesChange)
                    && staysOut(commit, false, DisconnectingRowsTest::bothSidesChange);
        }
        happened = true;
        for (int commit = 0; happened; commit++) {
            happened = staysOut(commit, true, DisconnectingRowsTest::organizationLeaves)
                    && staysOut(commit, false, DisconnectingRowsTest::organizationLeaves);
        }
    }

    private void bothSidesChange() {
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "theirs");
        stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
    }

    private void organizationLeaves() {
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
    }

    private static boolean staysOut(int commits, boolean disables, Consumer<DisconnectingRowsTest> change) {
        DisconnectingRowsTest test = new DisconnectingRowsTest();
        Stage stage = test.stage;
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(test.server);
        change.accept(test);
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        List<String> held = new ArrayList<>();
        beforeCall(interruption, commits, () -> {
            held.add("out");
            if (disables) {
                test.disabled(test.server);
            } else {
                assertThat(test.disconnect(test.servers()).count()).isEqualTo(1);
            }
        });

        slow.run();
        SyncState out = test.pair(test.server).state();
        String inHost = stage.inHost(local, ConfigurationFields.ASSET_TAG);
        String inPsa = stage.inPsa(test.server, ConfigurationFields.NOTES);
        stage.later(Duration.ofHours(25)).engine.run();

        if (held.isEmpty()) {
            return false; // the run had fewer commits than this
        }
        assertThat(out)
                .as("before commit %s", commits)
                .isEqualTo(disables ? SyncState.DISABLED : SyncState.DISCONNECTED);
        assertThat(test.pair(test.server).state()).isEqualTo(out);
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo(inHost);
        assertThat(stage.inPsa(test.server, ConfigurationFields.NOTES)).isEqualTo(inPsa);
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(out);
        return true;
    }

    private static void beforeCall(Interruption interruption, int calls, Runnable once) {
        interruption.before(() -> {
            if (calls == 0) {
                once.run();
            } else {
                beforeCall(interruption, calls - 1, once);
            }
        });
    }

    @Test
    @DisplayName("STATE-6: a record that was deleted locally comes back by reconnecting it, and by nothing else")
    void takesBackWhatWasDeletedLocally() {
        stage.selecting().engine.run();
        stage.host.delete(stage.localOf(server));
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(data().syncNow(server).done()).isFalse();
        assertThat(stage.all(CONFIGURATION)).isEmpty();

        RecordResult back = data().reconnect(server);

        assertThat(back.done()).as(back.text()).isTrue();
        assertThat(back.steps()).extracting(RecordResult.Step::verb).containsExactly(Verb.CREATE_LOCALLY);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        RunReport run = stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(run.count(Verb.CREATE_LOCALLY)).isZero();
        assertThat(pair(server).state()).isEqualTo(SyncState.SYNCING);
    }
}
