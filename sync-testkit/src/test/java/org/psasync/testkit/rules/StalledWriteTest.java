package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.InFlight;
import org.psasync.store.IntegrationState;
import org.psasync.testkit.Operation;

/** A process that stands still between noting a write and sending it, while others go on. */
class StalledWriteTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    /** An engine that does something right after it has noted its first write to the PSA. */
    private SyncEngine stalling(Runnable meanwhile) {
        boolean[] stalled = {false};
        IntegrationState real = stage.state();
        return stage.newEngine((IntegrationState) Proxy.newProxyInstance(
                StalledWriteTest.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, method, values) -> {
                    Object answer;
                    try {
                        answer = method.invoke(real, values);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (method.getName().equals("commit") && !stalled[0] && notesAWrite((Commit) values[0])) {
                        stalled[0] = true;
                        meanwhile.run();
                    }
                    return answer;
                }));
    }

    private static boolean notesAWrite(Commit commit) {
        return commit.put().stream()
                .map(pair -> pair.inFlight())
                .anyMatch(
                        write -> write instanceof InFlight.CreatingRemote || write instanceof InFlight.UpdatingRemote);
    }

    private void begin() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
    }

    private void othersGoOn() {
        SyncEngine other = stage.newEngine();
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(10));
            other.run();
        }
    }

    @Test
    @DisplayName(
            "SAFE-1: a create that is not sent before its claim ends is not sent at all once another node settled it")
    void aStalledCreateIsNotSent() {
        begin();
        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "srv"), Origin.USER)
                .ref();
        stalling(this::othersGoOn).saved(local);
        stage.later(Duration.ofMinutes(10)).engine.run();
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isEqualTo(1);
        assertThat(stage.state().byLocal(local).orElseThrow().linked()).isTrue();
    }

    @Test
    @DisplayName("SAFE-1: a create whose process only was slow is sent under a new claim")
    void aSlowCreateIsSent() {
        begin();
        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "srv"), Origin.USER)
                .ref();
        PushResult result = stalling(() -> stage.later(Duration.ofMinutes(6))).saved(local);
        assertThat(result).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "MERGE-9: an update that is not sent before its claim ends does not undo what was saved and pushed meanwhile")
    void aStalledUpdateIsNotSent() {
        begin();
        RemoteRef server = stage.server(acme, "srv");
        stage.engine.run();
        stage.later(Duration.ofMinutes(1));
        LocalRef local = stage.localOf(server);
        stage.edits(local, ConfigurationFields.SERIAL_NUMBER, "one", Origin.USER);
        stalling(() -> {
                    othersGoOn();
                    stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "two");
                    stage.later(Duration.ofMinutes(10));
                })
                .saved(local);
        String inPsa = stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER);
        assertThat(inPsa).isEqualTo("two");
    }
}
