package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.ManageData;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** SET-9: two integrations of one host. */
class OwnedElsewhereTest {
    private final Stage stage = new Stage();
    private final FakePsa second = FakePsa.builder(stage.clock).tenant("second").build();
    private final SyncEngine other = engine(second, stage.host);

    private SyncEngine engine(PsaConnector psa, AssetRepository host) {
        return engine(psa, host, stage.store);
    }

    private SyncEngine engine(PsaConnector psa, AssetRepository host, StateStore store) {
        return SyncEngine.builder()
                .integration("contoso/second")
                .connector(psa)
                .assets(host)
                .state(store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(99))
                .build();
    }

    private void selectingInBoth(boolean twoWay) {
        stage.twoWay();
        select(other);
        other.run();
        if (twoWay) {
            other.as(MANAGER).configure(settings -> settings.twoWay(true));
            stage.later(Duration.ofMinutes(1));
        }
    }

    private static void select(SyncEngine engine) {
        engine.as(MANAGER)
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .configurations(c -> c.types("Server").statuses("Active"))
                        .contacts(true)
                        .locations(true));
    }

    private RemoteRef inSecond(String name) {
        return second.put(stage.psa.get(stage.company(name)).orElseThrow().values());
    }

    @Test
    @DisplayName("SET-9: a local record that another integration has linked is not matched")
    void matchesNothingOfOthers() {
        RemoteRef there = inSecond("Acme");

        selectingInBoth(false);

        assertThat(stage.all(ORGANIZATION)).hasSize(2);
        assertThat(stage.state().byRemote(there))
                .isNotEqualTo(stage.store.integration("contoso/second").byRemote(there));
    }

    @Test
    @DisplayName("SET-9: it is not pushed either, and explain names the integration that has it")
    void pushesNothingOfOthers() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        selectingInBoth(true);
        LocalRef local = stage.localOf(acme);
        stage.edits(local, FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, "Acme Ltd"), Origin.USER);

        PushResult elsewhere = other.saved(local);
        PushResult own = stage.engine.saved(local);

        assertThat(elsewhere)
                .isInstanceOfSatisfying(
                        PushResult.NothingToPush.class,
                        nothing -> assertThat(nothing.disposition()).isEqualTo(Disposition.OWNED_ELSEWHERE));
        assertThat(own).isInstanceOf(PushResult.Pushed.class);
        assertThat(second.all(ORGANIZATION)).isEmpty();
        Explanation why = other.explain(local);
        assertThat(why.disposition()).isEqualTo(Disposition.OWNED_ELSEWHERE);
        assertThat(why.print()).contains("contoso/fake");
        assertThat(other.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName(
            "SET-9: two integrations linking the same record at the same moment: one is first, the other decides again")
    void oneIsFirst() {
        selectingInBoth(false);
        var values = stage.psa.get(stage.company("Acme")).orElseThrow().values();
        RemoteRef there = second.put(values);
        LocalRef local = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "Acme")
                                .set(OrganizationFields.TYPES, values.get(OrganizationFields.TYPES))
                                .set(OrganizationFields.STATUS, values.get(OrganizationFields.STATUS))
                                .build(),
                        Origin.USER)
                .ref();
        IntegrationState theirs = stage.store.integration("contoso/second");
        SyncEngine racing = engine(second, stage.host, only(beforeLinking(theirs, local, stage.engine::run)));

        RunReport report = racing.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.state().byLocal(local)).get().matches(pair -> pair.linked());
        assertThat(theirs.byLocal(local)).isEmpty();
        assertThat(theirs.byRemote(there)).get().matches(pair -> pair.linked());
        assertThat(stage.all(ORGANIZATION)).hasSize(2);
    }

    @Test
    @DisplayName("SET-9: a record being made in one PSA, whose answer was lost, is not made in the other")
    void makesItOnce() {
        stage.company("Acme");
        selectingInBoth(true);
        LocalRef local = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "New")
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.USER)
                .ref();
        stage.psa.faults().choose((operation, kind) -> operation == Operation.CREATE ? Fault.answerLost() : null);

        PushResult uncertain = stage.engine.saved(local);
        PushResult elsewhere = other.saved(local);

        assertThat(uncertain).isInstanceOf(PushResult.Waiting.class);
        assertThat(elsewhere).isInstanceOf(PushResult.NothingToPush.class);
        assertThat(second.all(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName(
            "SET-9, DATA-6: a disconnected integration gives its records free; connected again it finds them taken")
    void givesFree() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay();
        LocalRef local = stage.localOf(acme);
        LocalRef configuration = stage.localOf(server);
        stage.engine.as(MANAGER).disconnect();
        RemoteRef there = second.put(stage.psa.get(acme).orElseThrow().values());
        other.as(MANAGER)
                .configure(settings ->
                        settings.organizations(o -> o.types("Customer").statuses("Active")));

        other.run();

        assertThat(stage.store.integration("contoso/second").byRemote(there))
                .get()
                .matches(pair -> local.equals(pair.localRef()));
        stage.engine.as(MANAGER).connect();
        stage.psaEdits(acme, OrganizationFields.NAME, "Renamed");
        stage.engine.run();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.OWNED_ELSEWHERE);
        assertThat(stage.engine.explain(configuration).disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(stage.inHost(local, OrganizationFields.NAME)).isEqualTo("Acme");
        assertThat(other.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);

        other.as(MANAGER).disconnect();
        stage.later(Duration.ofHours(25)).engine.run();
        stage.engine.run();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(local, OrganizationFields.NAME)).isEqualTo("Renamed");
        assertThat(stage.engine.explain(configuration).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(configuration, ConfigurationFields.NAME)).isEqualTo("SRV-1");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    /** The moment between the last question and the commit. */
    private static IntegrationState beforeLinking(IntegrationState state, LocalRef local, Runnable once) {
        Runnable[] left = {once};
        return (IntegrationState) Proxy.newProxyInstance(
                OwnedElsewhereTest.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")
                            && ((Commit) arguments[0]).put().stream().anyMatch(pair -> local.equals(pair.localRef()))) {
                        Runnable now = left[0];
                        left[0] = () -> {};
                        now.run();
                    }
                    try {
                        return method.invoke(state, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static StateStore only(IntegrationState state) {
        return new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                return state;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    @DisplayName("SET-9, PUSH-11: a location that another integration has does not go as a part")
    void sendsNoPartOfOthers() {
        selectingInBoth(false);
        FieldValues company = FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build();
        RemoteRef there = second.put(company);
        RemoteRef siteThere = second.put(stage.siteValues(there, "Main", "Tampa"));
        other.run();
        IntegrationState theirs = stage.store.integration("contoso/second");
        LocalRef acme = theirs.byRemote(there).orElseThrow().localRef();
        LocalRef site = theirs.byRemote(siteThere).orElseThrow().localRef();
        ManageData data = other.as(MANAGER).manageData();
        data.confirm(data.previewDisconnect(
                Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"))));
        stage.edits(site, LocationFields.CITY, "Miami", Origin.USER);
        stage.edits(acme, OrganizationFields.PRIMARY_LOCATION, site, Origin.USER);

        stage.engine.saved(acme);
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.psa.all(LOCATION)).isEmpty();
        assertThat(stage.all(LOCATION)).hasSize(1);
    }

    @Test
    @DisplayName("SET-9, BRAKE-2: records that another integration has taken leave together, and trip no brake")
    void tripsNoBrakeForWhatOthersHave() {
        for (int i = 0; i < 60; i++) {
            stage.server(stage.company("Company " + i), "SRV-" + i);
        }
        stage.selecting().engine.run();
        stage.engine.as(MANAGER).disconnect();
        stage.psa.all(ORGANIZATION).forEach(each -> second.put(each.values()));
        select(other);
        other.run();
        stage.engine.as(MANAGER).connect();

        RunReport report = stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.state().counts().get(ORGANIZATION)).containsOnlyKeys(Disposition.OWNED_ELSEWHERE);
        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.ORPHANED);
    }

    @Test
    @DisplayName("SET-9, BRAKE-2: what people save of another integration's records trips no brake here")
    void doesNotCountTheSavesOfOthers() {
        for (int i = 0; i < 60; i++) {
            stage.company("First " + i);
        }
        stage.twoWay().engine.run();
        FieldValues model = stage.psa.all(ORGANIZATION).get(0).values();
        for (int i = 0; i < 30; i++) {
            second.put(model.with(OrganizationFields.NAME, "Second " + i));
        }
        select(other);
        other.run();
        other.as(MANAGER).configure(settings -> settings.twoWay(true));
        stage.later(Duration.ofMinutes(5));
        other.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa
                .all(ORGANIZATION)
                .forEach(each -> stage.edits(
                        stage.localOf(each.ref()), OrganizationFields.SHORT_NAME, "s" + each.id(), Origin.USER));
        stage.later(Duration.ofMinutes(5));

        assertThat(other.run().status()).isEqualTo(RunReport.Status.OK);
    }
}
