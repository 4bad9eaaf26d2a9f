package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.ProgressListener.RunProgress;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.testkit.Fault;

class ReportingTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("GATE-5, RUN-5: a second run counts what is turned away by reason too, orphans included")
    void countsReasonsInEveryRun() {
        stage.company("Vendor", "Vendor");
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.psaEdits(acme, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        stage.later(Duration.ofMinutes(10)).engine.run();

        RunReport rest = stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(rest.kind(ORGANIZATION).count(Disposition.NOT_SELECTED)).isEqualTo(1);
        assertThat(rest.kind(ORGANIZATION).count(Disposition.ORPHANED)).isEqualTo(1);
        assertThat(rest.kind(ORGANIZATION).turnedAway()).containsOnlyKeys("its type is not selected");
        assertThat(rest.kind(ORGANIZATION).turnedAway()).containsValue(2L);
        assertThat(rest.kind(CONFIGURATION).turnedAway()).containsEntry("its organization does not sync", 1L);
    }

    @Test
    @DisplayName("RUN-5: two records that become one count once")
    void countsAbsorbedRecordsOnce() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay();
        stage.server(acme, "SRV-1");
        stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.USER);

        RunReport report = stage.engine.run();

        assertThat(report.kind(CONFIGURATION).seen()).isEqualTo(1);
        assertThat(report.kind(CONFIGURATION).count(Disposition.IN_SYNC)).isEqualTo(1);
    }

    @Test
    @DisplayName("RUN-2: a record that failed earlier keeps a run incomplete that had nothing to do")
    void staysIncompleteWhileSomethingIsRefused() {
        boolean[] refuses = {true};
        Stage narrow = new Stage(
                psa -> {},
                host -> host.refusing(change -> refuses[0]
                        ? List.of(Problem.ofRecord(Problem.Code.INVALID, "The name is taken."))
                        : List.of()));
        narrow.company("Acme");
        assertThat(narrow.selecting().engine.run().status()).isEqualTo(RunReport.Status.INCOMPLETE);

        assertThat(narrow.later(Duration.ofMinutes(10)).engine.run().status()).isEqualTo(RunReport.Status.INCOMPLETE);

        refuses[0] = false;
        assertThat(narrow.later(Duration.ofDays(2)).engine.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName("RUN-3: progress tells kind, records seen, how many are expected, how fast and how long still")
    void tellsProgress() {
        List<RunProgress> heard = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stage.company("Company " + i);
        }
        stage.selecting();
        stage.psa.faults().next(Fault.slow(Duration.ofSeconds(10)));
        engine(heard::add).run();

        assertThat(heard)
                .filteredOn(progress -> progress.phase() == Phase.OBSERVING && progress.kind() == ORGANIZATION)
                .last()
                .satisfies(progress -> {
                    assertThat(progress.records()).isEqualTo(5);
                    assertThat(progress.expected()).hasValue(5);
                    assertThat(progress.left()).isNotNull();
                });
        assertThat(heard)
                .filteredOn(progress -> progress.phase() == Phase.APPLYING)
                .isNotEmpty();
    }

    @Test
    @DisplayName("RUN-3: a listener that throws does not end the run")
    void outlivesItsListener() {
        stage.company("Acme");
        stage.selecting();

        RunReport report = engine(progress -> {
                    throw new IllegalStateException("the screen is gone");
                })
                .run();

        assertThat(report.status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-6: a run logs its beginning and its end, and a new record with its values")
    void logsRunsAndNewRecords() {
        stage.company("Acme");
        stage.selecting();

        RunReport report = stage.engine.as(Stage.MANAGER).run();

        List<Event> events = stage.engine.events(EventQuery.ALL.ofRun(report.id()));
        assertThat(events).first().extracting(Event::type).isEqualTo(Event.Type.RUN_STARTED);
        assertThat(events).last().extracting(Event::type).isEqualTo(Event.Type.RUN_ENDED);
        assertThat(events).allSatisfy(event -> assertThat(event.actor()).isEqualTo("mia"));
        assertThat(events)
                .filteredOn(event -> event.type() == Event.Type.CREATED_LOCALLY)
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .contains(new Event.Change(OrganizationFields.NAME, null, "Acme"))
                        .allSatisfy(change -> assertThat(change.before()).isNull()));
    }

    @Test
    @DisplayName("RUN-6: events are found by time, in pages")
    void findsEventsByTime() {
        stage.company("Acme");
        stage.selecting().engine.run();
        Instant noon = stage.later(Duration.ofHours(1)).clock.instant();
        stage.company("Globex");
        stage.engine.run();

        List<Event> before = stage.engine.events(EventQuery.ALL.until(noon));
        List<Event> after = stage.engine.events(EventQuery.ALL.since(noon));

        assertThat(before)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.at()).isBefore(noon));
        assertThat(after)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.at()).isAfterOrEqualTo(noon));
        List<Event> first = stage.engine.events(EventQuery.ALL.limit(2));
        assertThat(stage.engine.events(EventQuery.ALL.after(first.get(1).number())))
                .hasSize(before.size() + after.size() - 2);
    }

    @Test
    @DisplayName("RUN-6: the log opens with its latest page and goes back from there, also that of one record")
    void readsTheLogBackwards() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay();
        LocalRef local = stage.localOf(acme);
        stage.userSaves(local, OrganizationFields.SHORT_NAME, "AC");
        List<Event> all = new ArrayList<>(stage.engine.events(EventQuery.ALL));
        Collections.reverse(all);

        EventQuery latest = EventQuery.ALL.fromLatest().limit(3);
        List<Event> first = stage.engine.events(latest);
        List<Event> second = stage.engine.events(latest.before(first.get(2).number()));

        assertThat(first).isEqualTo(all.subList(0, 3));
        assertThat(second).isEqualTo(all.subList(3, 6));
        assertThat(stage.engine.events(local))
                .isEqualTo(all.stream()
                        .filter(event ->
                                local.id().equals(event.local()) || acme.id().equals(event.remote()))
                        .toList())
                .first()
                .extracting(Event::type)
                .isEqualTo(Event.Type.UPDATED_IN_PSA);
    }

    @Test
    @DisplayName("RUN-6: what happened to a record before it was linked is found too")
    void findsEventsOfAbsorbedPairs() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay();
        LocalRef twin = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.IMPORT)
                .ref();
        stage.server(acme, "SRV-1");
        RemoteRef second = stage.server(acme, "SRV-1");
        stage.engine.run();
        assertThat(stage.engine.events(twin)).isNotNull();
        assertThat(stage.engine.events(second)).extracting(Event::type).contains(Event.Type.IN_REVIEW);
        stage.psa.all(CONFIGURATION).stream()
                .map(record -> record.ref())
                .filter(ref -> !ref.equals(second))
                .forEach(ref -> stage.psaEdits(ref, ConfigurationFields.NAME, "another"));
        stage.psaEdits(second, ConfigurationFields.NOTES, "the one");
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.localOf(second)).isEqualTo(twin);
        assertThat(stage.engine.events(twin)).extracting(Event::type).contains(Event.Type.IN_REVIEW, Event.Type.LINKED);
    }

    @Test
    @DisplayName("RUN-6: old events are forgotten at the end of a run, as the settings say")
    void forgetsOldEvents() {
        stage.company("Acme");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.keepEvents(Duration.ofDays(30)));
        Instant then = stage.later(Duration.ofMinutes(1)).clock.instant();
        stage.later(Duration.ofDays(29)).engine.run();
        assertThat(stage.engine.events(EventQuery.ALL.until(then))).isNotEmpty();

        stage.later(Duration.ofDays(2)).engine.run();

        assertThat(stage.engine.events(EventQuery.ALL.until(then))).isEmpty();
        assertThat(stage.engine.events(EventQuery.ALL)).isNotEmpty();
    }

    private SyncEngine engine(ProgressListener listener) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .progress(listener)
                .build();
    }
}
