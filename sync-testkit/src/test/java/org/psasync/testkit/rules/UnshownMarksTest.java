package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;

/** A host that cannot be shown where records stand, when what is to be shown is stored already. */
class UnshownMarksTest {
    private final Stage stage = new Stage();
    private RemoteRef acme;
    private RemoteRef server;

    @BeforeEach
    void begin() {
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
    }

    private SyncEngine unshown() {
        AssetRepository host = (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AssetRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("mark")) {
                        throw new IllegalStateException("the list is locked");
                    }
                    return method.invoke(stage.host, arguments);
                });
        return stage.newEngine(stage.psa, host);
    }

    private SyncState state() {
        return stage.state().byRemote(server).orElseThrow().state();
    }

    @Test
    @DisplayName(
            "DATA-9, DATA-4: a record is disabled and reconnected, and is answered so, though the host is not shown it")
    void answersWhatIsStored() {
        RecordResult disabled = unshown().as(Stage.MANAGER).manageData().disable(server);
        assertThat(state()).isEqualTo(SyncState.DISABLED);
        assertThat(disabled.done()).isTrue();

        RecordResult reconnected = unshown().as(Stage.MANAGER).manageData().reconnect(server);
        assertThat(state()).isEqualTo(SyncState.SYNCING);
        assertThat(reconnected.done()).isTrue();
    }

    @Test
    @DisplayName("MATCH-5: what was linked is not answered as not linked, though the host is not shown it")
    void answersWhatWasLinked() {
        stage.creates(
                stage.serverValues(stage.localOf(acme), "D").with(ConfigurationFields.SERIAL_NUMBER, "S"),
                Origin.IMPORT);
        stage.psa.put(stage.serverValues(acme, "D"));
        stage.later(Duration.ofMinutes(5)).engine.run();
        ReviewQueue queue = unshown().as(Stage.MANAGER).reviews();
        ReviewItem item = queue.page(CONFIGURATION, null, 10).items().get(0);

        assertThat(queue.link(item, item.candidates().get(0).record()).decided())
                .isTrue();

        assertThat(stage.state().pair(item.pair()).orElseThrow().linked()).isTrue();
    }

    @Test
    @DisplayName("PUSH-14, STATE-9: a save is pushed and answered so; a full check shows the host again what it missed")
    void answersWhatWasPushed() {
        stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);

        PushResult result = unshown().saved(stage.localOf(server));

        assertThat(result).isInstanceOf(PushResult.Pushed.class);
        unshown().as(Stage.MANAGER).manageData().disable(server);
        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(stage.host.mark(stage.localOf(server)).orElseThrow().state()).isEqualTo(SyncState.DISABLED);
    }
}
