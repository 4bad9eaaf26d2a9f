package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;

/** Somebody else acts between two steps of the engine. */
class InterleavingTest {
    /** Without change times nothing but the order of the requests tells what is older. */
    private final Stage stage =
            new Stage(psa -> psa.kind(AssetKind.CONFIGURATION, kind -> kind.withoutChangeTimes()), host -> {});

    private final RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
    private Runnable between = () -> {};

    /** Does something once, before or after a call of that name is carried out. */
    private PsaConnector interrupted(String call, boolean before) {
        return (PsaConnector) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PsaConnector.class}, (proxy, method, arguments) -> {
                    boolean wanted = method.getName().equals(call)
                            && (arguments.length == 1 || arguments[0] == AssetKind.CONFIGURATION);
                    try {
                        if (method.getName().equals("forPushes")) {
                            return proxy;
                        }
                        if (wanted && before) {
                            takeOnce();
                        }
                        Object answer = method.invoke(stage.psa, arguments);
                        if (wanted && !before) {
                            takeOnce();
                        }
                        return answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void takeOnce() {
        Runnable once = between;
        between = () -> {};
        once.run();
    }

    @ParameterizedTest(name = "{0} seconds apart")
    @ValueSource(ints = {0, 5})
    @DisplayName("MERGE-8: a page fetched before a push and stored after it does not undo the push")
    void dropsAPageOlderThanAPush(int seconds) {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "on the page");
        SyncEngine slow = stage.newEngine(interrupted("changes", false));
        between = () -> {
            stage.later(Duration.ofSeconds(seconds));
            stage.userSaves(local, ConfigurationFields.NOTES, "pushed meanwhile");
            stage.later(Duration.ofSeconds(seconds));
        };

        slow.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("pushed meanwhile");
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("pushed meanwhile");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("pushed meanwhile");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("on the page");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isEmpty();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-8: a page fetched before the record was read again as it was brings no value back in between")
    void dropsAPageOlderThanARead() {
        stage.psaEdits(server, ConfigurationFields.NOTES, "as ever");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5)).engine.run();
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "for a moment");
        SyncEngine slow = stage.newEngine(interrupted("changes", false));
        between = () -> {
            stage.psaEdits(server, ConfigurationFields.NOTES, "as ever");
            stage.later(Duration.ofSeconds(1));
            stage.newEngine().as(Stage.MANAGER).manageData().syncNow(server);
            stage.later(Duration.ofSeconds(1));
        };

        slow.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("as ever");
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-6: a write between our read and our write is named as possibly overwritten")
    void namesAWriteInBetween() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.engine = stage.newEngine(interrupted("update", true));
        between = () -> stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "in between");

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.events(Event.Type.POSSIBLY_OVERWRITTEN)).hasSize(1);
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("in between");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("SET-10: what is selected counts from the next run on, what forbids writing counts at once")
    void takesSettingsAtTheRightTime() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(server);
        stage.configure(settings -> settings.twoWay(false));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("RUN-1: a second run that begins while one goes on does nothing")
    void runsOneAtATime() {
        stage.selecting();
        SyncEngine slow = stage.newEngine(interrupted("changes", false));
        StringBuilder answer = new StringBuilder();
        between = () -> answer.append(stage.engine.run().message());

        slow.run();

        assertThat(answer).hasToString("Another run is going on.");
    }
}
