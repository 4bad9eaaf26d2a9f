package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.EventListener;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncMetrics;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.testkit.Fault;

/** What a host hears while it happens. */
class ListeningTest {
    private final Stage stage = new Stage();
    private final List<Event> heard = new ArrayList<>();
    private final Map<String, Double> figures = new TreeMap<>();

    private SyncEngine engine(EventListener listener, SyncMetrics metrics) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .events(listener)
                .metrics(metrics)
                .build();
    }

    @Test
    @DisplayName(
            "RUN-6: a listener hears each event of the log, with its number, once it is stored, and none of a plan")
    void hearsEvents() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();
        int before = stage.engine.events(EventQuery.ALL).size();
        SyncEngine engine = engine(
                (integration, event) -> {
                    assertThat(integration).isEqualTo("contoso/fake");
                    heard.add(event);
                },
                SyncMetrics.NONE);
        engine.plan();
        assertThat(heard).isEmpty();

        engine.run();

        List<Event> logged = stage.engine.events(EventQuery.ALL);
        assertThat(heard).isEqualTo(logged.subList(before, logged.size()));
        assertThat(heard).extracting(Event::type).contains(Event.Type.RUN_STARTED, Event.Type.CREATED_LOCALLY);
    }

    @Test
    @DisplayName("RUN-6: a listener that throws harms nothing, and who has left hears nothing")
    void survivesListeners() {
        stage.company("Acme");
        stage.selecting();
        EventListener left = (integration, event) -> heard.add(event);
        SyncEngine engine = engine(
                (integration, event) -> {
                    throw new IllegalStateException("I am broken");
                },
                new Broken(new AssertionError("I am broken")));
        engine.subscribe(left);
        engine.unsubscribe(left);

        assertThat(engine.run().status()).isEqualTo(Status.OK);
        assertThat(heard).isEmpty();
    }

    @Test
    @DisplayName("RUN-6, RUN-3: not even an error of a listener ends a run or a save that took place")
    void survivesErrors() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay();
        stage.engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .events((integration, event) -> {
                    throw new AssertionError("I am wrong");
                })
                .progress(progress -> {
                    throw new LinkageError("I am of another version");
                })
                .metrics(new Broken(new NoClassDefFoundError("I am not there")))
                .build();

        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
        assertThat(stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine"))
                .isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    private static final class Broken implements SyncMetrics {
        private final Error failure;

        Broken(Error failure) {
            this.failure = failure;
        }

        @Override
        public void count(String name, long amount, Map<String, String> tags) {
            throw failure;
        }

        @Override
        public void time(String name, Duration time, Map<String, String> tags) {
            throw failure;
        }

        @Override
        public void gauge(String name, double value, Map<String, String> tags) {
            throw failure;
        }
    }

    private final class Kept implements SyncMetrics {
        private void add(String name, double value, Map<String, String> tags) {
            figures.merge(name + new TreeMap<>(tags), value, Double::sum);
        }

        @Override
        public void count(String name, long amount, Map<String, String> tags) {
            add(name, (double) amount, tags);
        }

        @Override
        public void time(String name, Duration time, Map<String, String> tags) {
            add(name, 1, tags);
        }

        @Override
        public void gauge(String name, double value, Map<String, String> tags) {
            add(name, value, tags);
        }
    }

    @Test
    @DisplayName("RUN-2: runs and pushes tell what they came to in figures")
    void tellsFigures() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();
        stage.engine = engine((integration, event) -> {}, new Kept());

        RunReport report = stage.engine.run();
        stage.configure(settings -> settings.twoWay(true)).later(Duration.ofMinutes(1));
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        assertThat(figures)
                .containsEntry("psasync.run{integration=contoso/fake, status=ok}", 1.0)
                .containsEntry("psasync.requests{integration=contoso/fake}", (double) report.requests())
                .containsEntry(
                        "psasync.records{integration=contoso/fake, kind=configuration, verb=create_locally}", 1.0)
                .containsEntry("psasync.push{integration=contoso/fake, result=pushed}", 1.0);
    }

    @Test
    @DisplayName("RUN-2: the status names the last run, the counts, and whether settings wait for a run")
    void tellsTheStatus() {
        assertThat(stage.engine.status().runWanted()).as("nobody set it up").isFalse();
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();
        assertThat(stage.engine.status().status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.engine.status().message()).contains("No run");
        assertThat(stage.engine.status().runWanted()).isTrue();

        RunReport report = stage.engine.run();

        assertThat(stage.engine.status().status()).isEqualTo(Status.OK);
        assertThat(stage.engine.status().lastRun()).isEqualTo(report);
        assertThat(stage.engine.status().nextRun()).isNull();
        assertThat(stage.engine.status().counts()).isEqualTo(stage.engine.counts());
        assertThat(stage.engine.status().runWanted()).isFalse();
        stage.psa.faults().next(Fault.unauthorized(null));
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.engine.status().status()).isEqualTo(Status.ERROR);
        assertThat(stage.engine.status().message()).contains("Replace the credentials");
    }
}
