package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.testkit.FakePsa;

/** What Manage Data does with local records that another integration has taken, or that the host shows elsewhere. */
class SharedRecordsTest {
    private static final String SECOND = "contoso/second";

    private final Stage stage = new Stage();
    private final FakePsa second = FakePsa.builder(stage.clock).tenant("second").build();
    private final SyncEngine other = SyncEngine.builder()
            .integration(SECOND)
            .connector(second)
            .assets(stage.host)
            .state(stage.store)
            .clock(stage.clock)
            .pause(stage.clock)
            .random(new Random(99))
            .build();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private ManageData data() {
        return stage.engine.as(MANAGER).manageData();
    }

    private Row servers() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    private Row customers() {
        return Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"));
    }

    /** The other integration takes Acme, and its server if wished. */
    private void otherTakes(boolean serverToo) {
        RemoteRef there = second.put(stage.psa.get(acme).orElseThrow().values());
        if (serverToo) {
            second.put(stage.serverValues(there, "SRV-1"));
        }
        other.as(MANAGER)
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .configurations(c -> c.types("Server").statuses("Active")));
        other.run();
        stage.later(Duration.ofMinutes(1));
    }

    private void otherTakesWhileDisconnected(boolean serverToo) {
        stage.selecting().engine.run();
        stage.engine.as(MANAGER).disconnect();
        otherTakes(serverToo);
        stage.engine.as(MANAGER).connect();
        stage.engine.run();
    }

    private DataEntry orphan() {
        return data().orphaned(ORGANIZATION, null, null, 10).entries().get(0);
    }

    @Test
    @DisplayName(
            "SET-9, DATA-3, DATA-5: an orphan whose record another integration has is not deleted, nor preselected")
    void deletesNothingOfOthers() {
        otherTakesWhileDisconnected(true);
        LocalRef local = stage.localOf(acme);

        DataEntry entry = orphan();
        assertThat(entry.preselected()).isFalse();
        assertThat(entry.reasons()).contains("its local record belongs to the integration \"contoso/second\"");
        BulkPreview all = data().previewDeleteOrphans(ORGANIZATION, null);
        BulkPreview picked = data().previewDelete(ORGANIZATION, Set.of(entry.pair()));
        BulkPreview row = data().previewDelete(servers());
        assertThat(all.count() + all.childCount() + picked.count() + row.count())
                .isZero();
        assertThat(all.left()).containsOnlyKeys("its local record belongs to the integration \"contoso/second\"");
        assertThat(data().confirm(all).count()
                        + data().confirm(picked).count()
                        + data().confirm(row).count())
                .isZero();

        assertThat(stage.host.get(local)).isPresent();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(other.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SET-9, DATA-5: an organization stays while another integration has something that belongs to it")
    void keepsWhatHoldsOthers() {
        stage.selecting().engine.run();
        data().confirm(data().previewDisconnect(servers()));
        RemoteRef there = second.put(
                stage.serverValues(second.put(stage.psa.get(acme).orElseThrow().values()), "SRV-1"));
        assertThat(there).isNotNull();
        var theirs = stage.store.integration(SECOND);
        LocalRef local = stage.localOf(server);
        var pair = stage.state().byRemote(server).orElseThrow();
        theirs.commit(Commit.builder()
                .put(pair.toBuilder().state(SyncState.SYNCING).build().versioned(0))
                .build());

        BulkPreview preview = data().previewDelete(customers());
        BulkReport report = data().confirm(preview);

        assertThat(preview.left())
                .containsOnlyKeys("below it: its local record belongs to the integration \"contoso/second\"");
        assertThat(report.count()).isZero();
        assertThat(stage.host.get(local)).isPresent();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("SET-9: what another integration takes between the look and the delete is left")
    void looksAgainBeforeTheDelete() {
        stage.selecting().engine.run();
        data().confirm(data().previewDisconnect(servers()));
        var pair = stage.state().byRemote(server).orElseThrow();
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "claim"));
        BulkPreview preview = data().previewDelete(customers());
        assertThat(preview.children()).isEqualTo(Map.of(CONFIGURATION, 1L));
        interruption.before(() -> stage.store
                .integration(SECOND)
                .commit(Commit.builder()
                        .put(pair.toBuilder().state(SyncState.SYNCING).build().versioned(0))
                        .build()));

        BulkReport report = data().confirm(preview);

        assertThat(report.count()).isZero();
        assertThat(stage.host.get(pair.localRef())).isPresent();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("SET-9, STATE-9: the marks of what another integration has are that one's")
    void leavesTheMarks() {
        otherTakesWhileDisconnected(true);
        LocalRef local = stage.localOf(server);
        LocalRef organization = stage.localOf(acme);
        stage.later(Duration.ofHours(25)).engine.run();
        other.run();
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.SYNCING);

        data().confirm(data().previewDisconnect(servers()));
        assertThat(stage.host.mark(local).orElseThrow().state()).isEqualTo(SyncState.SYNCING);

        stage.engine.as(MANAGER).disconnect();
        assertThat(stage.host.mark(organization).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName(
            "SET-9, DATA-4: a record that another integration took meanwhile is not reconnected, and the owner named")
    void reconnectsNothingOfOthers() {
        stage.selecting().engine.run();
        data().confirm(data().previewDisconnect(servers()));
        LocalRef local = stage.localOf(server);
        data().confirm(data().previewDisconnect(customers()));
        otherTakes(true);

        RecordResult result = data().reconnect(server);

        assertThat(result.done()).isFalse();
        assertThat(result.text()).contains("contoso/second");
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.DISCONNECTED);
        assertThat(stage.engine.explain(local).print()).contains("contoso/second");
        other.as(MANAGER).disconnect();
        assertThat(data().reconnect(server).done()).isTrue();
    }

    @Test
    @DisplayName("DATA-5, FIELD-10: deleting an organization leaves what the host shows under another one")
    void leavesWhatIsShownElsewhere() {
        RemoteRef vendor = stage.company("Vendor", "Vendor", "Customer");
        stage.selecting().configure(settings -> settings.organizations(o -> o.types("Customer", "Vendor")));
        stage.engine.run();
        RemoteRef below = stage.server(vendor, "SRV-2");
        stage.later(Duration.ofMinutes(1)).engine.run();
        stage.configure(settings -> settings.organizations(o -> o.types("Customer")));
        stage.later(Duration.ofMinutes(1)).engine.run();
        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, vendor);
        stage.later(Duration.ofMinutes(1)).engine.run();
        LocalRef moved = stage.localOf(server);
        LocalRef ofVendor = stage.localOf(below);
        assertThat(stage.inHost(moved, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(acme));

        BulkPreview preview = data().previewDeleteOrphans(ORGANIZATION, null);
        BulkReport report = data().confirm(preview);

        assertThat(preview.children()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(preview.left()).containsOnlyKeys("the host shows it under another organization");
        assertThat(report.done()).isEqualTo(Map.of(ORGANIZATION, 1L, CONFIGURATION, 1L));
        assertThat(report.left()).extracting(BulkReport.Left::title).containsExactly("SRV-1");
        assertThat(stage.host.get(moved)).isPresent();
        assertThat(stage.host.get(ofVendor)).isEmpty();
    }

    @Test
    @DisplayName("DATA-1, DATA-6: while the integration is disconnected, the lists are those that the rows count")
    void listsWhatItCounts() {
        RemoteRef printer = stage.server(acme, "PRN-1");
        RemoteRef disabled = stage.server(acme, "SRV-3");
        stage.selecting().engine.run();
        stage.psaEdits(printer, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        stage.later(Duration.ofMinutes(1)).engine.run();
        data().disable(disabled);

        stage.engine.as(MANAGER).disconnect();

        assertThat(data().orphaned(CONFIGURATION, null, null, 10).entries()).isEmpty();
        assertThat(data().view(servers(), null, 10).entries())
                .extracting(DataEntry::state)
                .containsExactlyInAnyOrder(SyncState.DISCONNECTED, SyncState.DISABLED);
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries())
                .hasSize(3)
                .allMatch(entry -> entry.reasons().isEmpty());
    }

    @Test
    @DisplayName("DATA-2, DATA-6: nothing is previewed or confirmed while the integration is disconnected")
    void refusesWhileDisconnected() {
        stage.selecting().engine.run();
        BulkPreview delete = data().previewDelete(servers());
        BulkPreview cut = data().previewDisconnect(servers());
        stage.engine.as(MANAGER).disconnect();

        assertThatThrownBy(() -> data().previewDelete(servers())).isInstanceOf(IllegalStateException.class);
        for (BulkPreview preview : Set.of(delete, cut)) {
            assertThatThrownBy(() -> data().confirm(preview))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Connect it first");
        }

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.settings().configurations().types().isNone()).isFalse();
    }

    @Test
    @DisplayName("DATA-3: an orphan that is selected again, and about to return, is not deleted")
    void sparesWhatReturns() {
        stage.selecting().engine.run();
        data().pause(servers());
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(data().previewDeleteOrphans(CONFIGURATION, null).count()).isEqualTo(1);
        stage.configure(settings -> settings.configurations(c -> c.types("Server")));

        BulkPreview preview = data().previewDeleteOrphans(CONFIGURATION, null);

        assertThat(preview.count()).isZero();
        assertThat(preview.left()).containsOnlyKeys("it is selected again, and returns to the sync with the next run");
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("DATA-9: sync now that makes a record in the PSA says so")
    void tellsWhatItMade() {
        stage.twoWay();
        LocalRef made = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-9"), Origin.USER)
                .ref();

        RecordResult result = data().syncNow(made);

        assertThat(result.done()).as(result.text()).isTrue();
        assertThat(result.steps()).extracting(RecordResult.Step::verb).containsExactly(Verb.CREATE_IN_PSA);
    }

    @Test
    @DisplayName("STATE-1: an orphan that returns keeps its link: the same pair and the same local record")
    void keepsTheLink() {
        stage.selecting().engine.run();
        var before = stage.state().byRemote(server).orElseThrow();
        data().pause(servers());
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.ORPHANED);
        stage.configure(settings -> settings.configurations(c -> c.types("Server")));
        stage.later(Duration.ofMinutes(1)).engine.run();

        var after = stage.state().byRemote(server).orElseThrow();
        assertThat(after.state()).isEqualTo(SyncState.SYNCING);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.local()).isEqualTo(before.local());
        assertThat(stage.state().pairs(new PairQuery.OfKind(CONFIGURATION), null, 10))
                .hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("STATE-2: a record that the PSA deletes, with its organization, stays in the host through all checks")
    void neverDeletesLocally() {
        stage.selecting().engine.run();
        LocalRef organization = stage.localOf(acme);
        LocalRef configuration = stage.localOf(server);
        FieldValues values = stage.host.get(configuration).orElseThrow().values();

        stage.psa.delete(server);
        stage.psa.delete(acme);
        for (int i = 0; i < 3; i++) {
            stage.later(Duration.ofHours(25)).engine.run();
        }

        assertThat(stage.host.get(organization)).isPresent();
        assertThat(stage.host.get(configuration).orElseThrow().values()).isEqualTo(values);
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.ORPHANED);
    }

    @Test
    @DisplayName("DATA-4, DATA-5: a record that is deleted while it is being reconnected does not come back by that")
    void bringsNothingBack() {
        stage.selecting().engine.run();
        data().disable(server);
        ManageData healthy = data();
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "read"));
        interruption.after(() -> healthy.confirm(healthy.previewDelete(customers())));

        RecordResult result = data().reconnect(server);

        assertThat(result.done()).isFalse();
        assertThat(stage.state().byRemote(server)).isEmpty();
        assertThat(stage.all(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName("SET-9, SET-10: what the other integration takes once this one is cut is not deleted after all")
    void deletesNothingOnceDisconnected() {
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(acme);
        stage.psa.faults().hide(acme);
        stage.later(Duration.ofHours(25)).engine.run();
        IntegrationState real = stage.state();
        AtomicBoolean taken = new AtomicBoolean();
        IntegrationState watched = (IntegrationState) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IntegrationState.class}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    boolean begun =
                            real.byLocal(local).filter(Pair::isBeingDeleted).isPresent();
                    if (method.getName().equals("ownedElsewhere") && begun && taken.compareAndSet(false, true)) {
                        stage.engine.as(MANAGER).disconnect();
                        otherTakes(false);
                    }
                    return answer;
                });
        ManageData data = stage.newEngine(watched).as(MANAGER).manageData();

        data.confirm(data.previewDelete(ORGANIZATION, Set.of(orphan().pair())));

        assertThat(taken).isTrue();
        assertThat(other.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.host.get(local)).isPresent();
    }
}
