package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.store.Lease;

/** People save, and decide reviews, while a run makes local records. */
class HostCreateRaceTest {
    private static final Duration MINUTES = Duration.ofMinutes(10);

    private Stage stage = new Stage();
    private RemoteRef acme;
    private Runnable between = () -> {};

    private void begin(boolean pairIds) {
        stage = new Stage(psa -> {}, host -> {
            if (!pairIds) {
                host.withoutPairIds();
            }
        });
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    /** An engine on whose host something happens once, after or before the first call of that name. */
    private SyncEngine interrupted(String name, boolean after) {
        return stage.newEngine(stage.psa, (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AssetRepository.class}, (proxy, method, arguments) -> {
                    try {
                        boolean now = method.getName().equals(name) && aboutServers(arguments);
                        if (now && !after) {
                            once();
                        }
                        Object answer = method.invoke(stage.host, arguments);
                        if (now && after) {
                            once();
                        }
                        return answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private static boolean aboutServers(Object[] arguments) {
        return arguments[0] == CONFIGURATION
                || arguments[0] instanceof Collection<?> changes
                        && changes.stream()
                                .anyMatch(each -> each instanceof LocalChange change && change.kind() == CONFIGURATION);
    }

    private void once() {
        Runnable now = between;
        between = () -> {};
        now.run();
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(MINUTES).engine.run();
        }
    }

    @ParameterizedTest(name = "a host that keeps pair ids: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("P4, SAFE-7: what a push linked after the run had looked is not made a second time")
    void standsBackForALink(boolean pairIds) {
        begin(pairIds);
        RemoteRef server = stage.server(acme, "SRV-1");
        LocalRef[] saved = new LocalRef[1];
        between = () -> {
            saved[0] = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.USER)
                    .ref();
            stage.newEngine().saved(saved[0]);
            assertThat(stage.localOf(server)).as("linked by the push").isEqualTo(saved[0]);
        };

        interrupted("match", true).run();
        runs(2);

        assertThat(saved[0]).as("it came in between").isNotNull();
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.localOf(server)).isEqualTo(saved[0]);
    }

    @ParameterizedTest(name = "a host that keeps pair ids: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("P4, SAFE-7: a push links nothing with a PSA record whose local record is being made")
    void linksNothingThatIsBeingMade(boolean pairIds) {
        begin(pairIds);
        RemoteRef server = stage.server(acme, "SRV-1");
        between = () -> stage.newEngine()
                .saved(stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.USER)
                        .ref());

        interrupted("write", false).run();

        List<LocalRef> locals =
                stage.all(CONFIGURATION).stream().map(asset -> asset.ref()).toList();
        assertThat(locals).as("the user's, and the one that was on its way").hasSize(2);
        LocalRef made = stage.localOf(server);
        assertThat(stage.host.get(made).orElseThrow().lastEdit().origin())
                .as("the one that the run made has the link")
                .isEqualTo(Origin.SYNC);
    }

    @ParameterizedTest(name = "a host that keeps pair ids: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("SAFE-7, P4: a decision in the review queue leaves it to the run that is going on to make the record")
    void leavesItToTheRun(boolean pairIds) {
        begin(pairIds);
        stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.IMPORT);
        RemoteRef first = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-1");
        runs(1);
        ReviewQueue queue = stage.engine.as(Stage.MANAGER).reviews();
        Lease run = stage.state()
                .lease("another run", MINUTES, stage.clock.instant())
                .orElseThrow();

        ReviewAnswer answer = queue.create(queue.item(first).orElseThrow());

        assertThat(answer.decided()).isTrue();
        assertThat(answer.text()).contains("A run is going on");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        stage.state().release(run);
        runs(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.inHost(stage.localOf(first), ConfigurationFields.NAME)).isEqualTo("SRV-1");
    }
}
