package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.Connection;
import org.psasync.engine.ConnectorSource;
import org.psasync.engine.Entitlements;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;

/** What no host and no connector should answer stops a run or is part of an answer, and is never thrown (PULL-4). */
class BadAnswersTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    private static <T> T answering(Class<T> port, T real, String method, Callable<?> answer) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, called, args) -> {
            if (called.getName().equals(method)) {
                return answer.call();
            }
            if (called.getName().equals("forPushes")) {
                return proxy;
            }
            try {
                return called.invoke(real, args);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }

    private LocalRef edited() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofHours(25));
        LocalRef local = stage.localOf(acme);
        stage.edits(local, OrganizationFields.NAME, "Acme Ltd", Origin.USER);
        return local;
    }

    private void goesOn(LocalRef local) {
        stage.later(Duration.ofDays(2)).engine.run();
        stage.engine.saved(local);
        assertThat(stage.inPsa(acme, OrganizationFields.NAME)).isEqualTo("Acme Ltd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"find", "match", "changes", "write", "hasChangeFeed"})
    @DisplayName("PULL-4: a host that answers null, or cannot even tell what it can do, stops the run with the cause")
    void hostAnswersNothing(String method) {
        LocalRef local = edited();
        stage.server(acme, "SRV");
        AssetRepository broken = answering(AssetRepository.class, stage.host, method, () -> {
            if (method.equals("hasChangeFeed")) {
                throw new IllegalStateException("it answered null");
            }
            return null;
        });
        SyncEngine engine = stage.newEngine(stage.psa, broken);

        RunReport report = engine.run();

        assertThat(report.status()).isEqualTo(Status.ERROR);
        assertThat(report.message()).startsWith("The host could not").contains("it answered null");
        assertThat(engine.saved(local).text()).isNotEmpty();
        goesOn(local);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "reference", "ids", "changes"})
    @DisplayName("PULL-4: a connector that answers null stops the run with the cause")
    void connectorAnswersNothing(String method) {
        LocalRef local = edited();

        RunReport report = stage.newEngine(answering(PsaConnector.class, stage.psa, method, () -> null))
                .run();

        assertThat(report.status()).isEqualTo(Status.ERROR);
        assertThat(report.message()).startsWith("The connector could not");
        goesOn(local);
    }

    @Test
    @DisplayName("PUSH-14: a connector that prepares nothing is part of the answer to a save")
    void preparesNothing() {
        edited();
        LocalRef made = stage.creates(stage.serverValues(stage.localOf(acme), "NEW"), Origin.USER)
                .ref();
        SyncEngine engine = stage.newEngine(answering(PsaConnector.class, stage.psa, "prepare", () -> null));

        assertThat(engine.saved(made).text()).contains("The connector could not prepare a record");
    }

    @Test
    @DisplayName("PUSH-13: a PSA that wants a pause of centuries is asked again")
    void throttledForEver() {
        LocalRef local = edited();
        SyncEngine engine = stage.newEngine(answering(PsaConnector.class, stage.psa, "update", () -> {
            throw new ConnectorException.Throttled("later", Duration.ofSeconds(Long.MAX_VALUE));
        }));

        PushResult result = engine.saved(local);

        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        assertThat(((PushResult.Waiting) result).until())
                .isEqualTo(stage.clock.instant().plus(Duration.ofHours(24)));
        goesOn(local);
    }

    private SyncEngine engine(ConnectorSource source, Callable<Entitlements> entitlements) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(source)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .entitlements(() -> {
                    try {
                        return entitlements.call();
                    } catch (Exception impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .build();
    }

    @Test
    @DisplayName("PUSH-14, RUN-2: while no connector can be opened, a save waits, a run says why, lists can be read")
    void cannotBeOpened() {
        LocalRef local = edited();
        List<ConnectorSource> sources = List.of(
                () -> null,
                () -> {
                    throw new IllegalStateException("The vault is closed");
                },
                () -> {
                    throw new IllegalArgumentException("There is no key");
                });
        for (ConnectorSource source : sources) {
            SyncEngine engine = engine(source, () -> Entitlements.ALL);

            assertThat(engine.saved(local)).isInstanceOf(PushResult.Waiting.class);
            RunReport report = engine.run();
            assertThat(report.status()).isEqualTo(Status.ERROR);
            assertThat(report.message()).contains("could not be opened");
            assertThat(engine.as(Stage.MANAGER).manageData().syncedItems()).isNotEmpty();
            assertThat(engine.as(Stage.MANAGER).connect()).isInstanceOf(Connection.Refused.class);
        }
        goesOn(local);
    }

    @Test
    @DisplayName("CONN-3: a connector that cannot be closed is replaced all the same")
    void cannotBeClosed() {
        LocalRef local = edited();
        List<PsaConnector> opened = new ArrayList<>();
        SyncEngine engine = engine(
                () -> {
                    opened.add(answering(PsaConnector.class, stage.psa, "close", () -> {
                        throw new IllegalStateException("It is stuck");
                    }));
                    return opened.get(opened.size() - 1);
                },
                () -> Entitlements.ALL);
        engine.run();

        assertThat(engine.as(Stage.MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
        assertThat(opened).hasSize(2);
        assertThat(engine.run().status()).isEqualTo(Status.OK);
        assertThat(opened).as("the new one is used").hasSize(2);
        engine.close();
        goesOn(local);
    }

    @Test
    @DisplayName("SET-6: a host that answers null when asked what is allowed lets nothing go to the PSA")
    void entitledToNothing() {
        LocalRef local = edited();
        SyncEngine engine = engine(() -> stage.psa, () -> null);

        engine.saved(local);
        assertThat(engine.run().status()).isNotEqualTo(Status.ERROR);
        assertThat(stage.inPsa(acme, OrganizationFields.NAME)).isEqualTo("Acme");
    }

    @Test
    @DisplayName("DATA-5: a host that answers null for a delete has not deleted")
    void deletesNothing() {
        RemoteRef server = stage.server(acme, "SRV");
        edited();
        LocalRef local = stage.localOf(server);
        AssetRepository broken =
                answering(AssetRepository.class, stage.host, "delete", () -> Collections.singletonList(null));
        var data = stage.newEngine(stage.psa, broken).as(Stage.MANAGER).manageData();
        var row = Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));

        var report = data.confirm(data.previewDelete(row));

        assertThat(report.message()).contains("0 of 1 deletes");
        assertThat(report.done()).isEmpty();
        assertThat(stage.host.get(local)).isPresent();
        stage.later(Duration.ofMinutes(10)).engine.run();
        assertThat(stage.localOf(server)).as("the link is kept").isEqualTo(local);
    }
}
