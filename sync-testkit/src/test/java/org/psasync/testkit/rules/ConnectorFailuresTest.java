package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/** Connectors that do not keep their contract. */
class ConnectorFailuresTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private void connector(Between.Detour detour) {
        stage.engine = stage.newEngine(between(detour));
    }

    private PsaConnector between(Between.Detour detour) {
        return Between.with(
                stage.psa,
                (method, arguments, real) ->
                        method.equals("forPushes") ? between(detour) : detour.call(method, arguments, real));
    }

    private static boolean ofConfigurations(Object[] arguments) {
        return arguments != null && arguments[0] == AssetKind.CONFIGURATION;
    }

    @Test
    @DisplayName("SAFE-5, RUN-2: a connector that throws what no connector should ends the run with a reason")
    void endsTheRun() {
        stage.selecting();
        connector((method, arguments, real) -> {
            if (method.equals("changes")) {
                throw new IllegalStateException("broken\npassword");
            }
            return real.call(arguments);
        });

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("IllegalStateException: broken").doesNotContain("password");
        assertThat(stage.engine.lastRun()).contains(report);
    }

    @Test
    @DisplayName("SAFE-6: a connector that throws what no connector should is an answer to a save, and to explain")
    void answersASave() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        connector((method, arguments, real) -> {
            if (method.equals("read")) {
                throw new IllegalStateException("broken");
            }
            return real.call(arguments);
        });

        PushResult answer = stage.later(Duration.ofMinutes(5)).userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(answer).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.engine
                        .explain(RemoteRef.of(AssetKind.CONFIGURATION, "nobody"))
                        .disposition())
                .isNotNull();
    }

    @Test
    @DisplayName("SAFE-1: a create at which the connector breaks is uncertain, and the record is made once")
    void isUncertainAboutABrokenCreate() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef company = stage.localOf(acme);
        connector((method, arguments, real) -> {
            Object answer = real.call(arguments);
            if (method.equals("create")) {
                throw new IllegalStateException("broken");
            }
            return answer;
        });
        LocalRef made =
                stage.creates(stage.serverValues(company, "SRV-2"), Origin.USER).ref();

        stage.engine.saved(made);

        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.UNCERTAIN);
        stage.engine = stage.newEngine();
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(30)).engine.run();
        }
        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(2);
    }

    @Test
    @Timeout(20)
    @DisplayName("PULL-5: a reading that repeats the same records under ever new cursors is ended")
    void endsAReadingWithoutEnd() {
        stage.selecting();
        AtomicInteger pages = new AtomicInteger();
        connector((method, arguments, real) -> {
            if (method.equals("changes") && ofConfigurations(arguments)) {
                RemotePage page = (RemotePage) real.call(arguments);
                RemotePage first = (RemotePage)
                        real.call(new Object[] {arguments[0], arguments[1], RemoteCursor.start(), arguments[3]});
                if (pages.incrementAndGet() > 100) {
                    return page;
                }
                return new RemotePage(
                        first.records(), List.of(), new RemoteCursor("p" + pages.get()), false, OptionalLong.empty());
            }
            return real.call(arguments);
        });

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(pages).hasValueLessThan(10);
    }

    @Test
    @DisplayName("PULL-4: a page with records of another kind stops the run and links nothing")
    void refusesRecordsOfAnotherKind() {
        stage.selecting();
        connector((method, arguments, real) -> {
            if (method.equals("changes") && ofConfigurations(arguments)) {
                return real.call(
                        new Object[] {AssetKind.ORGANIZATION, arguments[1], RemoteCursor.start(), arguments[3]});
            }
            return real.call(arguments);
        });

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
    }

    @Test
    @DisplayName("PULL-4: an answer with records that were not asked for stops the run")
    void refusesForeignRecords() {
        stage.selecting().engine.run();
        RemoteRef other = stage.server(acme, "SRV-2");
        stage.later(Duration.ofMinutes(5)).engine.run();
        RemoteRecord foreign = stage.psa.get(other).orElseThrow();
        connector((method, arguments, real) -> {
            if (method.equals("read")) {
                Map<Object, RemoteRead> answers = new HashMap<>();
                ((Map<?, ?>) real.call(arguments))
                        .forEach((id, read) -> answers.put(id, new RemoteRead.Found(foreign)));
                return answers;
            }
            return real.call(arguments);
        });
        stage.psa.delete(server);

        stage.later(Duration.ofHours(25)).engine.run();

        assertThat(stage.engine.lastRun().orElseThrow().status()).isEqualTo(RunReport.Status.ERROR);
    }

    @Test
    @DisplayName("SAFE-4: a pause that lies in the past is no pause")
    void takesANegativePause() {
        stage.selecting();
        List<String> thrown = new ArrayList<>();
        connector((method, arguments, real) -> {
            if (method.equals("changes") && thrown.isEmpty()) {
                thrown.add(method);
                throw new ConnectorException.Throttled("slow", Duration.ofSeconds(-30));
            }
            return real.call(arguments);
        });

        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName("PULL-2: a page that names a record twice takes it once")
    void takesDuplicatesOnce() {
        stage.selecting();
        connector((method, arguments, real) -> {
            Object answer = real.call(arguments);
            if (answer instanceof RemotePage page) {
                List<RemoteRecord> twice = new ArrayList<>(page.records());
                twice.addAll(page.records());
                return new RemotePage(twice, page.unreadable(), page.next(), page.last(), page.expected());
            }
            return answer;
        });

        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(AssetKind.CONFIGURATION)).hasSize(1);
    }
}
