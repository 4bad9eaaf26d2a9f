package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;

/** A host that stores texts and phones its own way, and an engine that dies at its write to the host. */
class CrashAfterHostWriteTest {
    private final Stage stage = new Stage();
    private RemoteRef acme;
    private RemoteRef server;
    private boolean dies;

    private void begin(ConflictPolicy policy) {
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
        stage.twoWay().configure(settings -> settings.conflicts(policy));
        stage.engine = stage.newEngine(stage.psa, itsOwnWay(new Mortal()));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private AssetRepository itsOwnWay(Mortal life) {
        return (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AssetRepository.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("write")) {
                        return call(method, arguments);
                    }
                    Object answer = call(method, new Object[] {
                        ((List<?>) arguments[0])
                                .stream()
                                        .map(change -> itsOwnWay((LocalChange) change))
                                        .toList()
                    });
                    if (dies) {
                        throw life.die();
                    }
                    return answer;
                });
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(stage.host, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static LocalChange itsOwnWay(LocalChange change) {
        FieldValues values = change.values();
        String notes = values.get(ConfigurationFields.NOTES);
        Set<ContactPoint> phones = values.get(ContactFields.PHONES);
        if (notes != null) {
            values = values.with(ConfigurationFields.NOTES, notes.toUpperCase(Locale.ROOT));
        }
        if (phones != null) {
            values = values.with(
                    ContactFields.PHONES,
                    phones.stream()
                            .map(phone -> new ContactPoint(
                                    phone.value().replace("-", ""), phone.extension(), phone.primary(), null, null))
                            .collect(Collectors.toSet()));
        }
        return new LocalChange(change.pair(), change.id(), change.expected(), values);
    }

    /** Runs an engine that dies once the host has written; then a new one comes, of which nothing is asked yet. */
    private void runDies() {
        Mortal life = new Mortal();
        dies = true;
        SyncEngine dying = stage.newEngine(stage.psa, itsOwnWay(life), new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                return life.memory(stage.state());
            }

            @Override
            public void close() {}
        });
        assertThatThrownBy(dying::run).isInstanceOf(Mortal.Died.class);
        dies = false;
        stage.engine = stage.newEngine(stage.psa, itsOwnWay(new Mortal()));
        stage.later(Duration.ofMinutes(11));
    }

    private void runs() {
        stage.engine.run();
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private @Nullable String notes(LocalRef local) {
        return stage.inHost(local, ConfigurationFields.NOTES);
    }

    @ParameterizedTest(
            name = "P14, MERGE-7, {0}: what the host made of the engine''s last write is no change of anybody''s")
    @EnumSource(ConflictPolicy.class)
    @DisplayName("P14, MERGE-7, SAFE-6: a crash after the host stored a value its own way asks and tells nobody")
    void settles(ConflictPolicy policy) {
        begin(policy);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        runDies();
        LocalRef local = stage.localOf(server);
        assertThat(notes(local)).isEqualTo("THEIRS");
        assertThat(stage.engine.explain(server).print()).contains("SAFE-6");
        Revision before = stage.host.get(local).orElseThrow().revision();

        runs();

        assertThat(stage.engine.explain(server).disposition())
                .as(stage.engine.explain(server).print())
                .isEqualTo(Disposition.IN_SYNC);
        assertThat(notes(local)).isEqualTo("THEIRS");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.host.get(local).orElseThrow().revision()).isEqualTo(before);
    }

    @Test
    @DisplayName("P14, MERGE-3: nor does a phone that it stored its own way come back as another one")
    void settlesLists() {
        begin(ConflictPolicy.PSA_WINS);
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        runs();
        stage.psaEdits(ada, ContactFields.PHONES, Set.of(ContactPoint.primary("555-1234")));
        runDies();

        runs();

        assertThat(stage.inHost(stage.localOf(ada), ContactFields.PHONES))
                .extracting(ContactPoint::value)
                .containsExactly("5551234");
        assertThat(stage.engine.explain(ada).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("P3, P14: what a person saved after the crash is the person's")
    void keepsALaterSave() {
        begin(ConflictPolicy.PSA_WINS);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        runDies();
        LocalRef local = stage.localOf(server);

        stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "S-1");

        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-1");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("P14, SAFE-6: a write to the host that was begun and never arrived is made")
    void writesWhatNeverArrived() {
        begin(ConflictPolicy.ASK);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        Interruption interruption = new Interruption();
        interruption.before(() -> {
            throw new IllegalStateException("not now");
        });
        stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "write"))
                .run();
        assertThat(stage.state().byRemote(server).orElseThrow().inFlight()).isNotNull();

        runs();

        assertThat(notes(stage.localOf(server))).isEqualTo("THEIRS");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName(
            "P3, SAFE-6: what a person saved before a write that never arrived is a conflict, and not taken for ours")
    void asksAboutWhatWasSavedBefore() {
        begin(ConflictPolicy.ASK);
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        Interruption interruption = new Interruption();
        interruption.before(() -> {
            stage.edits(local, FieldValues.empty(local.kind()).with(ConfigurationFields.NOTES, "mine"), Origin.USER);
            throw new IllegalStateException("not now");
        });
        stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "write"))
                .run();

        runs();

        assertThat(notes(local)).isEqualTo("mine");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.CONFLICT_TO_DECIDE);
    }

    @Test
    @DisplayName("MERGE-4, RUN-6: the log tells of the write that the crash kept out of it, once")
    void logsTheWrite() {
        begin(ConflictPolicy.PSA_WINS);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        runDies();
        runs();

        assertThat(stage.events(Event.Type.UPDATED_LOCALLY))
                .flatExtracting(Event::changes)
                .filteredOn(change -> change.field().equals(ConfigurationFields.NOTES))
                .extracting(Event.Change::after)
                .containsExactly("theirs");
    }

    /** A host that carries out a batch and then fails, as one does whose answer times out. */
    private AssetRepository failingAfterBatches() {
        AssetRepository own = itsOwnWay(new Mortal());
        return (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AssetRepository.class}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(own, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (method.getName().equals("write") && ((List<?>) arguments[0]).size() > 1) {
                        throw new IllegalStateException("timed out after it wrote");
                    }
                    return answer;
                });
    }

    @ParameterizedTest
    @EnumSource(ConflictPolicy.class)
    @DisplayName("SAFE-6, P14: a batch that the host carried out before it failed settles, and is nobody's edit")
    void batchesThatFailedAfterwards(ConflictPolicy policy) {
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
        RemoteRef other = stage.server(acme, "SRV-2");
        stage.twoWay().configure(settings -> settings.conflicts(policy));
        stage.engine = stage.newEngine(stage.psa, itsOwnWay(new Mortal()));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.engine = stage.newEngine(stage.psa, failingAfterBatches());
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(other, ConfigurationFields.NOTES, "theirs");
        stage.engine.run();
        stage.engine = stage.newEngine(stage.psa, itsOwnWay(new Mortal()));
        runs();
        for (RemoteRef each : List.of(server, other)) {
            assertThat(stage.engine.explain(each).disposition()).isEqualTo(Disposition.IN_SYNC);
            assertThat(stage.inPsa(each, ConfigurationFields.NOTES)).isEqualTo("theirs");
        }
        assertThat(stage.events(Event.Type.UPDATED_LOCALLY)).hasSize(2);
        assertThat(stage.events(Event.Type.NOTED)).isEmpty();
    }

    @Test
    @DisplayName(
            "MERGE-4: what a write was to replace is not told as overwritten for good when the write never arrived")
    void takesBackWhatWasNotOverwritten() {
        begin(ConflictPolicy.PSA_WINS);
        LocalRef local = stage.localOf(server);
        stage.edits(local, ConfigurationFields.NOTES, "MINE", Origin.USER);
        stage.psaEdits(server, ConfigurationFields.NOTES, "THEIRS");
        Interruption interruption = new Interruption();
        interruption.before(() -> {
            throw new IllegalStateException("not now");
        });
        stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "write"))
                .run();
        assertThat(stage.events(Event.Type.OVERWRITTEN)).hasSize(1);
        stage.psaEdits(server, ConfigurationFields.NOTES, "MINE");
        runs();
        assertThat(stage.events(Event.Type.NOTED))
                .extracting(Event::reason)
                .anyMatch(reason -> reason.contains("nothing was overwritten"));
        assertThat(notes(local)).isEqualTo("MINE");
    }
}
