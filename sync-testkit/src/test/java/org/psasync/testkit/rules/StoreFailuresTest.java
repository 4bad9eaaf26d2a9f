package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.testkit.rules.CrashAtEachCommitTest.after;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.StoreException;

/** P14, SAFE-6: a memory that fails ends what is going on with a word of it, and the same engine goes on later. */
class StoreFailuresTest {
    private static final int STEP = 5;

    /** A memory that works for so many calls, then fails for some time; or once, just after it did what was asked. */
    private static final class Failing {
        private final IntegrationState state;
        private final int works;
        private final int fails;
        private final boolean doneAlready;
        private int calls;
        private boolean failed;

        Failing(IntegrationState state, int works, int fails, boolean doneAlready) {
            this.state = state;
            this.works = works;
            this.fails = fails;
            this.doneAlready = doneAlready;
        }

        IntegrationState watched() {
            return (IntegrationState) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {IntegrationState.class},
                    (proxy, method, arguments) -> {
                        int call = calls++;
                        boolean fails = call >= works && call < works + this.fails;
                        failed |= fails;
                        if (fails && !doneAlready) {
                            throw new StoreException("The disk is full\nsecret of line two", null);
                        }
                        try {
                            Object answer = method.invoke(state, arguments);
                            if (fails) {
                                throw new StoreException("The connection was lost", null);
                            }
                            return answer;
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
        }
    }

    private static void holds(Consumer<Stage> before, Consumer<Stage> failing, Consumer<Stage> again) {
        Stage calm = new Stage();
        before.accept(calm);
        failing.accept(calm);
        Set<String> end = after(calm);
        for (int fails : new int[] {1, 40}) {
            boolean failed = true;
            for (int works = 0; failed; works += STEP) {
                Stage stage = new Stage();
                before.accept(stage);
                Failing memory = new Failing(stage.state(), works, fails, fails == 1 && works % 2 == 0);
                stage.engine = stage.newEngine(memory.watched());
                boolean thrown = false;
                try {
                    failing.accept(stage);
                } catch (StoreException told) {
                    thrown = true;
                }
                memory.calls = Integer.MAX_VALUE / 2; // all is well again
                if (thrown) {
                    again.accept(stage);
                }
                assertThat(after(stage))
                        .as("after %s calls the memory failed for %s", works, fails)
                        .isEqualTo(end);
                failed = memory.failed;
            }
        }
    }

    private static void company(Stage stage) {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.contact(acme, "Ada", "Lovelace");
    }

    private static LocalRef server(Stage stage) {
        return stage.all(AssetKind.CONFIGURATION).get(0).ref();
    }

    @Test
    @DisplayName(
            "P14, SAFE-6: a first run that the memory fails reports it, and the next run of the same engine goes on")
    void aFirstRun() {
        holds(
                stage -> {
                    company(stage);
                    stage.selecting();
                },
                stage -> {
                    RunReport report = stage.engine.run();
                    if (report.status() != RunReport.Status.OK) {
                        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
                        assertThat(report.message())
                                .containsAnyOf("The disk is full", "The connection was lost")
                                .doesNotContain("secret");
                    }
                },
                stage -> {
                    throw new AssertionError("A run throws nothing");
                });
    }

    @Test
    @DisplayName("P14, PUSH-2: whoever tells of a save hears that it could not be noted, and tells it again")
    void aSave() {
        holds(
                stage -> {
                    company(stage);
                    stage.twoWay();
                    stage.edits(server(stage), ConfigurationFields.NOTES, "mine", Origin.USER);
                },
                stage -> stage.engine.saved(server(stage)),
                stage -> stage.engine.saved(server(stage)));
    }

    @Test
    @DisplayName("P4, SAFE-1: a create that the memory fails in its midst is made once")
    void aCreate() {
        holds(
                stage -> {
                    company(stage);
                    stage.twoWay();
                    LocalRef acme = stage.all(AssetKind.ORGANIZATION).get(0).ref();
                    stage.creates(stage.serverValues(acme, "SRV-2"), Origin.USER);
                },
                StoreFailuresTest::pushAll,
                StoreFailuresTest::pushAll);
    }

    private static void pushAll(Stage stage) {
        for (Asset server : stage.all(AssetKind.CONFIGURATION)) {
            stage.engine.saved(server.ref());
        }
    }

    @Test
    @DisplayName("RUN-2: what else is called throws, and says what failed")
    void managersHearOfIt() {
        Stage stage = new Stage();
        company(stage);
        SyncEngine engine = stage.newEngine(new Failing(stage.state(), 0, 1000, false).watched());
        assertThatThrownBy(() -> engine.as(Stage.MANAGER).pause())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The disk is full");
        assertThatThrownBy(engine::status).isInstanceOf(StoreException.class);
    }
}
