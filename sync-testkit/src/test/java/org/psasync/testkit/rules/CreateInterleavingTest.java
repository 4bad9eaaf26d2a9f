package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Another node works while a create has not returned. */
class CreateInterleavingTest {
    private final Stage stage = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.marking()), host -> {});
    private final RemoteRef acme = stage.company("Acme");
    private Runnable before = () -> {};
    private Runnable after = () -> {};

    private SyncEngine slowlyCreating() {
        return stage.newEngine((PsaConnector) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PsaConnector.class}, (proxy, method, arguments) -> {
                    boolean create = method.getName().equals("create");
                    try {
                        if (method.getName().equals("forPushes")) {
                            return proxy;
                        }
                        if (create) {
                            before.run();
                        }
                        Object answer = method.invoke(stage.psa, arguments);
                        if (create) {
                            after.run();
                        }
                        return answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private LocalRef newServer() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        return stage.creates(stage.serverValues(stage.localOf(acme), "SRV-9"), Origin.USER)
                .ref();
    }

    private void otherNodeRuns(int seconds, int times) {
        for (int i = 0; i < times; i++) {
            stage.later(Duration.ofSeconds(seconds));
            stage.newEngine().run();
        }
    }

    @Test
    @DisplayName("SAFE-1: another node that looks before the request really goes out does not give the record up")
    void waitsForWhoeverIsCreating() {
        LocalRef local = newServer();
        before = () -> {
            otherNodeRuns(35, 4);
            stage.psa.faults().next(Fault.reformats(ConfigurationFields.NAME, name -> name + "!"));
            stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        };

        slowlyCreating().saved(local);
        otherNodeRuns(600, 3);

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a record that another node read before the create was answered becomes part of the link")
    void takesWhatAnotherNodeRead() {
        LocalRef local = newServer();
        after = () -> otherNodeRuns(35, 2);

        slowlyCreating().saved(local);
        otherNodeRuns(600, 1);

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: what another node held during a create is let go when the create is answered")
    void letsGoWhenAnswered() {
        LocalRef local = newServer();
        RemoteRef[] other = new RemoteRef[1];
        before = () -> {
            other[0] = stage.server(acme, "SRV-10");
            otherNodeRuns(5, 1);
            assertThat(stage.all(CONFIGURATION)).as("held").hasSize(1);
        };

        slowlyCreating().saved(local);
        otherNodeRuns(60, 1);

        assertThat(stage.engine.explain(other[0]).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: what another node held during a create is let go when the create is refused")
    void letsGoWhenRefused() {
        LocalRef local = newServer();
        RemoteRef[] other = new RemoteRef[1];
        before = () -> {
            other[0] = stage.server(acme, "SRV-10");
            otherNodeRuns(5, 1);
            stage.psa
                    .faults()
                    .next(Fault.rejected(Problem.ofRecord(Problem.Code.INVALID, "no"))
                            .on(Operation.CREATE));
        };

        slowlyCreating().saved(local);
        otherNodeRuns(60, 1);

        assertThat(stage.engine.explain(other[0]).disposition()).isEqualTo(Disposition.IN_SYNC);
    }
}
