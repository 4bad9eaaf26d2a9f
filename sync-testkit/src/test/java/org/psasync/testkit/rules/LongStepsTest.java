package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;

/** A step of a run that takes long pauses within, and keeps the right to run (RUN-7, DATA-7). */
class LongStepsTest {
    private final Stage stage = new Stage();

    /** Memory in which something happens after each commit of many pairs. */
    private IntegrationState slow(Runnable then) {
        IntegrationState state = stage.state();
        return (IntegrationState) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IntegrationState.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(state, arguments);
                        if (arguments != null
                                && arguments[0] instanceof Commit commit
                                && commit.put().size() > 400) {
                            then.run();
                        }
                        return answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void servers(int count) {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < count; i++) {
            stage.server(acme, "SRV-" + i);
        }
    }

    @Test
    @DisplayName("RUN-1, RUN-7: marking many records does not lose the right to run, however slow the memory is")
    void keepsTheLease() {
        servers(3500);
        stage.selecting().engine.run();
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        List<Status> others = new ArrayList<>();

        var report = stage.newEngine(slow(() -> {
                    stage.later(Duration.ofMinutes(4));
                    others.add(stage.newEngine().run().status());
                }))
                .run();

        assertThat(others).hasSizeGreaterThanOrEqualTo(4).containsOnly(Status.SYNCING);
        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("RUN-7: a run pauses after each page of records that it marks, and goes on behind it")
    void pausesWhileMarking() {
        servers(2500);
        stage.selecting().engine.run();
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        int[] commits = {0};
        OngoingRun run = stage.newEngine(slow(() -> commits[0]++)).begin();

        int slices = 0;
        while (run.step(Duration.ZERO).isPresent()) {
            assertThat(commits[0]).as("pages in one slice").isLessThanOrEqualTo(1);
            commits[0] = 0;
            assertThat(++slices).isLessThan(5000);
        }

        assertThat(run.report().orElseThrow().status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(2500);
    }

    @Test
    @DisplayName("RUN-7: a first run pauses after each page of organizations that it pulls")
    void pausesWhilePullingOrganizations() {
        for (int i = 0; i < 450; i++) {
            stage.company("Company " + i);
        }
        OngoingRun run = stage.selecting().engine.begin();

        int known = 0;
        while (run.step(Duration.ZERO).isPresent()) {
            int now = stage.all(ORGANIZATION).size();
            assertThat(now - known).as("pulled in one slice").isLessThanOrEqualTo(200);
            known = now;
        }

        assertThat(stage.all(ORGANIZATION)).hasSize(450);
        assertThat(run.report().orElseThrow().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("DATA-7, RUN-7: a first run that is cancelled while it pulls organizations stops after the page")
    void stopsWhilePullingOrganizations() {
        for (int i = 0; i < 450; i++) {
            stage.company("Company " + i);
        }
        OngoingRun run = stage.selecting().engine.begin();
        while (stage.all(ORGANIZATION).isEmpty()) {
            run.step(Duration.ZERO);
        }

        stage.engine.as(Stage.MANAGER).cancel();
        run.step(Duration.ofHours(1));

        assertThat(run.report().orElseThrow().message()).contains("cancelled by mia");
        assertThat(stage.all(ORGANIZATION)).hasSize(200);
        stage.later(Duration.ofMinutes(10)).engine.run();
        assertThat(stage.all(ORGANIZATION)).hasSize(450);
    }
}
