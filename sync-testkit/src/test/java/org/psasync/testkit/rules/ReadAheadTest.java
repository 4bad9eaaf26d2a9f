package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;

/** With threads of the host's a page is read while the one before is stored. */
class ReadAheadTest {
    private final Stage stage = new Stage();
    private final List<Long> known = new ArrayList<>();
    private int failingRequest = Integer.MAX_VALUE;

    private List<RemoteRef> servers(int count) {
        RemoteRef acme = stage.company("Acme");
        List<RemoteRef> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(stage.server(acme, "SRV-" + i));
        }
        return result;
    }

    /** The PSA in pages of two; it notes how many records the engine knows at each request for a page of servers. */
    private PsaConnector inSmallPages() {
        return (PsaConnector) Proxy.newProxyInstance(
                PsaConnector.class.getClassLoader(),
                new Class<?>[] {PsaConnector.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("changes")) {
                        arguments[3] = 2;
                        if (arguments[0] == CONFIGURATION) {
                            known.add(knownServers());
                            if (known.size() == failingRequest) {
                                throw new ConnectorException.Unavailable("It is away", false, null);
                            }
                        }
                    }
                    try {
                        return method.invoke(stage.psa, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private long knownServers() {
        return stage.engine.counts().getOrDefault(CONFIGURATION, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private SyncEngine engine(Executor executor, ProgressListener listener) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(inSmallPages())
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .executor(executor)
                .progress(listener)
                .build();
    }

    @Test
    @DisplayName("P16: reading ahead comes to the same, and asks for a page before the one before is stored")
    void readsAhead() {
        servers(5);
        stage.selecting();

        RunReport report = engine(Runnable::run, ProgressListener.NONE).run();

        assertThat(report.status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(5);
        assertThat(known).startsWith(0L, 0L, 2L);
    }

    @Test
    @DisplayName("MERGE-8: a page that was read ahead of a push and stored after it brings nothing old back")
    void countsFromItsOwnRequest() {
        RemoteRef last = servers(4).get(3);
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(last);
        stage.later(Duration.ofMinutes(5));
        stage.engine.as(Stage.MANAGER).fullCheck();
        for (RemoteRef each : stage.psa.all(CONFIGURATION).stream()
                .map(record -> record.ref())
                .toList()) {
            stage.psaEdits(each, ConfigurationFields.ASSET_TAG, "T-" + each.id());
        }
        List<String> pushed = new ArrayList<>();
        ProgressListener saver = progress -> {
            if (progress.kind() == CONFIGURATION && pushed.isEmpty()) {
                stage.later(Duration.ofMinutes(1));
                pushed.add(stage.userSaves(local, ConfigurationFields.NOTES, "mine")
                        .text());
                stage.later(Duration.ofMinutes(1));
            }
        };

        engine(Runnable::run, saver).run();

        assertThat(pushed).hasSize(1);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inPsa(last, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("T-" + last.id());
    }

    @Test
    @DisplayName("PULL-5: what goes wrong with a page that is read ahead keeps no earlier page from being stored")
    void saysItWhenThePageIsAskedFor() {
        servers(5);
        stage.selecting();
        failingRequest = 2;

        SyncEngine engine = engine(Runnable::run, ProgressListener.NONE);
        RunReport failed = engine.run();
        RunReport then = engine.run();

        assertThat(failed.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(then.status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(5);
    }

    @Test
    @DisplayName("RUN-1: an executor that takes nothing leaves the work to the calling thread")
    void goesOnWithoutThreads() {
        servers(3);
        stage.selecting();

        RunReport report = engine(
                        task -> {
                            throw new RejectedExecutionException("busy");
                        },
                        ProgressListener.NONE)
                .run();

        assertThat(report.status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(3);
    }

    @Test
    @DisplayName(
            "RUN-7: a page that no thread has begun is read by the one that wants it, so nobody waits for a thread")
    void waitsForNoThread() {
        servers(5);
        stage.selecting();
        Executor busyForEver = work -> {};

        RunReport report = engine(busyForEver, ProgressListener.NONE).run();

        assertThat(report.status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(5);
    }
}
