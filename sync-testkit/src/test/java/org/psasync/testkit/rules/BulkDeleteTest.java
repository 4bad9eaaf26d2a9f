package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.ManageData;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class BulkDeleteTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private Row customers() {
        return Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"));
    }

    private Row servers() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    private BulkReport delete(Row row) {
        return data().confirm(data().previewDelete(row));
    }

    private void turnsInto(RemoteRef server, String type) {
        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, type));
    }

    private PairId pair(RemoteRef ref) {
        return stage.state().byRemote(ref).orElseThrow().id();
    }

    @Test
    @DisplayName("DATA-2: deleting a row deletes its local records and pairs; selecting it again pulls them anew")
    void deletesARow() {
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef printer = stage.server(acme, "PRN-1");
        turnsInto(printer, "Printer");
        stage.selecting().configure(settings -> settings.configurations(c -> c.types("Server", "Printer")));
        stage.engine.run();
        LocalRef old = stage.localOf(server);

        BulkReport report = delete(servers());

        assertThat(report.done()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(report.ended()).isTrue();
        assertThat(report.left()).isEmpty();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.state().byRemote(server)).isEmpty();
        assertThat(stage.psa.get(server)).as("P13").isPresent();
        List<Event> events = stage.engine.events(EventQuery.ALL.ofRun(report.id()));
        assertThat(events).extracting(Event::type).containsExactly(Event.Type.BULK_ACTION, Event.Type.DELETED_LOCALLY);
        assertThat(events).extracting(Event::actor).containsOnly("mia");
        assertThat(events.get(1).local()).isEqualTo(old.id());

        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(stage.all(CONFIGURATION)).as("not selected, so not pulled").hasSize(1);
        stage.configure(settings -> settings.configurations(c -> c.types("Server", "Printer")));
        RunReport anew = stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(anew.status()).as(anew.print()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.localOf(server)).isNotEqualTo(old);
    }

    @Test
    @DisplayName("DATA-5: deleting organizations deletes what belongs to them first")
    void deletesChildrenFirst() {
        stage.server(acme, "SRV-1");
        stage.contact(acme, "Ada", "Lovelace");
        stage.site(acme, "Main", "Tampa");
        stage.selecting().engine.run();
        List<AssetKind> order = new ArrayList<>();
        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> {
            order.add(kind);
            return real.delete(kind, records);
        }));

        BulkReport report = delete(customers());

        assertThat(order).containsExactly(CONFIGURATION, CONTACT, LOCATION, ORGANIZATION);
        assertThat(report.count()).isEqualTo(4);
        for (AssetKind kind : AssetKind.values()) {
            assertThat(stage.all(kind)).isEmpty();
        }
        assertThat(stage.state().links().values()).allMatch(counts -> counts.total() == 0);
        RunReport run = stage.later(Duration.ofHours(25)).engine.run();
        assertThat(run.status()).as(run.print()).isEqualTo(Status.OK);
        assertThat(stage.all(ORGANIZATION)).isEmpty();
    }

    /** A host whose deletes are done otherwise. */
    private interface Deletes {
        List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records, AssetRepository real);
    }

    @SuppressWarnings("unchecked") // the second argument of delete
    private AssetRepository host(Deletes deletes) {
        return (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, arguments) -> method.getName().equals("delete")
                        ? deletes.delete((AssetKind) arguments[0], (List<LocalDelete>) arguments[1], stage.host)
                        : method.invoke(stage.host, arguments));
    }

    @Test
    @DisplayName("DATA-5: a record that the host keeps is reported with the reason; it and its organization stay whole")
    void reportsWhatTheHostKeeps() {
        RemoteRef kept = stage.server(acme, "SRV-1");
        RemoteRef gone = stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        LocalId keptId = stage.localOf(kept).id();
        stage.engine = stage.newEngine(
                stage.psa,
                host((kind, records, real) -> records.stream()
                        .map(record -> record.id().equals(keptId)
                                ? DeleteResult.Refused.of("It is part of a contract.")
                                : real.delete(kind, List.of(record)).get(0))
                        .toList()));

        BulkReport report = delete(customers());

        assertThat(report.done()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(report.left())
                .extracting(BulkReport.Left::title, BulkReport.Left::reason)
                .containsExactly(
                        tuple("SRV-1", "the host refused to delete it: It is part of a contract."),
                        tuple("Acme", "something that belongs to it was not deleted"));
        assertThat(report.leftCount()).isEqualTo(2);
        assertThat(stage.state().byRemote(gone)).isEmpty();
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(stage.state().byRemote(kept).orElseThrow().state()).isEqualTo(SyncState.ORPHANED);
        assertThat(stage.state().byRemote(kept).orElseThrow().inFlight()).isNull();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "DATA-5: a host that throws for one record does not keep the others; one that answers too little stops it")
    void survivesBadHosts() {
        RemoteRef bad = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        LocalId badId = stage.localOf(bad).id();
        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> List.of()));
        BulkReport halved = delete(servers());
        assertThat(halved.ended()).isFalse();
        assertThat(halved.message()).contains("answered 0 of 2 deletes");
        assertThat(halved.count()).isZero();

        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> {
            if (records.stream().anyMatch(record -> record.id().equals(badId))) {
                throw new IllegalStateException("broken");
            }
            return real.delete(kind, records);
        }));
        BulkReport rest = delete(servers());
        assertThat(rest.count()).isEqualTo(1);
        assertThat(rest.left().get(0).reason()).contains("broken");

        stage.engine = stage.newEngine();
        assertThat(delete(servers()).count()).isEqualTo(1);
        assertThat(stage.all(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName(
            "DATA-5: a local record that somebody edited after the preview is not deleted, and the preview expires")
    void keepsWhatWasEditedAfterThePreview() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        BulkPreview preview = data().previewDelete(servers());
        stage.edits(stage.localOf(server), ConfigurationFields.SERIAL_NUMBER, "S-2", Origin.USER);

        assertThatThrownBy(() -> data().confirm(preview)).isInstanceOf(PreviewExpiredException.class);

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("DATA-5: a local record that somebody edits or moves in the moment of its delete stays, and is named")
    void keepsWhatIsEditedMeanwhile() {
        RemoteRef edited = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(edited);
        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> {
            stage.edits(local, ConfigurationFields.SERIAL_NUMBER, "S-2", Origin.USER);
            return real.delete(kind, records);
        }));

        BulkReport report = delete(servers());

        assertThat(report.count()).isEqualTo(1);
        assertThat(report.left())
                .extracting(BulkReport.Left::title, BulkReport.Left::reason)
                .containsExactly(tuple("SRV-1", "it changed since it was shown; make a new preview"));
        assertThat(stage.host.get(local)).isPresent();
        assertThat(stage.state().byRemote(edited).orElseThrow().inFlight()).isNull();
    }

    @Test
    @DisplayName("DATA-5: a host that does not let the engine delete is not asked to")
    void respectsTheHost() {
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        AssetRepository strict = (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, arguments) ->
                        method.getName().equals("deletes") ? false : method.invoke(stage.host, arguments));
        stage.engine = stage.newEngine(stage.psa, strict);

        assertThatThrownBy(() -> data().previewDelete(servers())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("DATA-3, DATA-5: orphans are deleted all at once or picked; a record that syncs is not")
    void deletesOrphans() {
        RemoteRef printer = stage.server(acme, "PRN-1");
        RemoteRef second = stage.server(acme, "PRN-2");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        turnsInto(printer, "Printer");
        turnsInto(second, "Printer");
        stage.engine.run();

        BulkPreview picked = data().previewDelete(CONFIGURATION, Set.of(pair(printer), pair(server)));
        assertThat(picked.count()).isEqualTo(1);
        assertThat(picked.left()).containsOnlyKeys("only orphans are deleted here; this record is SYNCING");
        assertThat(data().confirm(picked).done()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(stage.state().byRemote(printer)).isEmpty();
        BulkPreview syncing = data().previewDelete(CONFIGURATION, Set.of(pair(server)));
        assertThat(data().confirm(syncing).count()).isZero();
        assertThat(data().previewDeleteOrphans(CONFIGURATION, OrphanReason.INACTIVE)
                        .count())
                .isZero();

        assertThat(data().confirm(data().previewDeleteOrphans(CONFIGURATION, null))
                        .count())
                .isEqualTo(1);
        assertThat(stage.all(CONFIGURATION)).extracting(asset -> asset.ref()).containsExactly(stage.localOf(server));
    }

    @Test
    @DisplayName("STATE-5: what is only not visible is in no bulk delete unless it is picked or named")
    void sparesWhatIsNotVisible() {
        RemoteRef hidden = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.psa.faults().hide(hidden);
        stage.later(Duration.ofHours(25)).engine.run();
        DataEntry entry =
                data().orphaned(CONFIGURATION, null, null, 10).entries().get(0);
        assertThat(entry.remote()).isEqualTo(hidden);
        assertThat(entry.preselected()).isFalse();

        assertThat(data().previewDeleteOrphans(CONFIGURATION, null).count()).isZero();
        BulkPreview row = data().previewDelete(servers());
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.left()).hasSize(1);
        assertThat(data().previewDelete(CONFIGURATION, Set.of(entry.pair())).count())
                .isEqualTo(1);
        BulkPreview named = data().previewDeleteOrphans(CONFIGURATION, OrphanReason.NOT_VISIBLE);
        assertThat(data().confirm(named).count()).isEqualTo(1);
    }

    @Test
    @DisplayName("DATA-2: what goes on syncing by another selected type is not deleted with a row")
    void sparesWhatGoesOnSyncing() {
        RemoteRef both = stage.company("Both", "Customer", "Prospect");
        stage.selecting()
                .configure(settings -> settings.organizations(
                        o -> o.types("Customer", "Prospect").typeMode(TypeMode.ANY)));
        stage.engine.run();

        BulkReport report = delete(customers());

        assertThat(report.count()).isEqualTo(1);
        assertThat(report.left().get(0).reason()).contains("another of its types");
        assertThat(stage.localOf(both)).isNotNull();
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(stage.state().byRemote(both).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("STATE-7: what is disabled is not deleted with its row")
    void sparesWhatIsDisabled() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        data().disable(server);

        BulkReport report = delete(servers());

        assertThat(report.count()).isZero();
        assertThat(report.left().get(0).reason()).contains("disabled or disconnected");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("DATA-2: a record with a write under way is left for later, and so is its organization")
    void waitsForWrites() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        BulkReport row = delete(servers());
        BulkReport organization = delete(customers());

        assertThat(row.count() + organization.count()).isZero();
        assertThat(row.left().get(0).reason()).contains("under way");
        assertThat(organization.left().get(0).reason()).contains("below it");
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(delete(customers()).count()).isEqualTo(2);
        assertThat(stage.all(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName(
            "SET-2, DATA-2: nothing is deleted while a run goes on that could pull it again; the preview stays valid")
    void waitsForRuns() {
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        BulkPreview preview = data().previewDelete(servers());
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"));
        AtomicReference<BulkReport> during = new AtomicReference<>();
        interruption.before(() -> during.set(data().confirm(preview)));

        slow.run();

        assertThat(during.get().message()).contains("A run is going on");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.settings().configurations().types().isNone()).isFalse();
        assertThat(data().confirm(preview).count()).isEqualTo(1);
    }

    @Test
    @DisplayName("DATA-2: no run begins while a delete goes on")
    void keepsRunsAway() {
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        List<Status> runs = new ArrayList<>();
        SyncEngine other = stage.engine;
        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> {
            runs.add(other.run().status());
            return real.delete(kind, records);
        }));

        assertThat(delete(servers()).count()).isEqualTo(1);

        assertThat(runs).containsExactly(Status.SYNCING);
        assertThat(other.run().status()).isEqualTo(Status.OK);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static void killAfter(Interruption interruption, int calls) {
        interruption.after(() -> {
            if (calls == 0) {
                throw new Killed();
            }
            killAfter(interruption, calls - 1);
        });
    }

    @Test
    @DisplayName("DATA-5, P14: a crash at any commit leaves no record half deleted, and the rest can be deleted again")
    void survivesCrashes() {
        boolean died = true;
        for (int commit = 0; died; commit++) {
            assertThat(commit).isLessThan(50);
            died = crashesAfter(commit, IntegrationState.class, "commit");
        }
        died = true;
        for (int call = 0; died; call++) {
            died = crashesAfter(call, AssetRepository.class, "delete");
        }
    }

    private static boolean crashesAfter(int calls, Class<?> port, String method) {
        BulkDeleteTest test = new BulkDeleteTest();
        Stage stage = test.stage;
        stage.server(test.acme, "SRV-1");
        stage.server(test.acme, "SRV-2");
        stage.contact(test.acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        Interruption interruption = new Interruption();
        killAfter(interruption, calls);
        SyncEngine dying = port == IntegrationState.class
                ? stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), method))
                : stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, method));
        boolean died = false;
        try {
            ManageData data = dying.as(Stage.MANAGER).manageData();
            data.confirm(data.previewDelete(test.customers()));
        } catch (Killed killed) {
            died = true;
        }
        // The lease is given back only where the process lives; else it runs out.
        RunReport run = stage.later(Duration.ofMinutes(15)).engine.run();
        assertThat(run.status()).as(run.print()).isEqualTo(Status.OK);
        for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION, CONTACT)) {
            for (Pair pair : stage.state().pairs(new PairQuery.OfKind(kind), null, 100)) {
                assertThat(pair.inFlight()).isNull();
                assertThat(pair.linked())
                        .as("%s after %s %s", pair, calls, method)
                        .isEqualTo(pair.local() != null
                                && stage.host.get(pair.localRef()).isPresent());
                assertThat(pair.leftAlone()).isFalse();
            }
        }
        stage.later(Duration.ofMinutes(1));
        BulkReport rest = test.delete(test.customers());
        assertThat(rest.left()).isEmpty();
        for (AssetKind kind : AssetKind.values()) {
            assertThat(stage.all(kind))
                    .as("%s after %s %s", kind, calls, method)
                    .isEmpty();
        }
        return died;
    }

    @Test
    @DisplayName("DATA-5: what a person saves between the look and the delete is not deleted unseen")
    void deletesNothingUnseen() {
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef other = stage.server(acme, "SRV-2");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        SyncEngine healthy = stage.engine;
        LocalRef local = stage.localOf(server);
        Interruption interruption = new Interruption();
        stage.engine = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        BulkPreview preview = data().previewDelete(servers());
        interruption.after(() -> {
            SyncEngine slow = stage.engine;
            stage.engine = healthy;
            stage.userSaves(local, ConfigurationFields.NOTES, "just saved");
            stage.engine = slow;
        });

        BulkReport report = data().confirm(preview);

        assertThat(report.count()).isEqualTo(1);
        assertThat(report.left().get(0).reason()).contains("changed since");
        assertThat(stage.state().byRemote(other)).isEmpty();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("just saved");
    }

    @Test
    @DisplayName("DATA-7: a delete that is cancelled stops where all that it did is stored, and says how far it got")
    void canBeCancelled() {
        stage.server(acme, "SRV-1");
        stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        SyncEngine other = stage.engine;
        stage.engine = stage.newEngine(stage.psa, host((kind, records, real) -> {
            assertThat(other.as(Stage.MANAGER).cancel()).isEqualTo(kind == CONFIGURATION);
            return real.delete(kind, records);
        }));

        BulkReport report = delete(customers());

        assertThat(report.done()).isEqualTo(Map.of(CONFIGURATION, 1L));
        assertThat(report.message()).contains("cancelled by mia after 1 of 3 records");
        assertThat(stage.all(CONTACT)).hasSize(1);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-6: the event log names in words what was done to many records")
    void logsInWords() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        delete(servers());
        data().confirm(data().previewDelete(CONFIGURATION, Set.of()));

        assertThat(stage.events(Event.Type.BULK_ACTION))
                .extracting(Event::reason)
                .allMatch(reason -> reason.startsWith("delete of ") && !reason.contains("["));
        assertThat(stage.state().byRemote(server)).isEmpty();
    }
}
