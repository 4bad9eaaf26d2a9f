package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.store.Event;
import org.psasync.testkit.Call;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** A run in slices does what a run in one piece does. */
class SlicesTest {
    private final Stage stage = new Stage();

    private static RunReport inSlices(SyncEngine engine) {
        return inSlices(engine, () -> {});
    }

    /** In the shortest slices there are, and something happens after each. */
    private static RunReport inSlices(SyncEngine engine, Runnable between) {
        OngoingRun run = engine.begin();
        int slices = 0;
        while (run.step(Duration.ZERO).isPresent()) {
            between.run();
            assertThat(++slices).as("slices").isLessThan(5000);
        }
        return run.report().orElseThrow();
    }

    private static SyncEngine smallPages(Stage stage, Executor executor) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(Between.smallPages(stage.psa, 3))
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .executor(executor)
                .build();
    }

    private static Stage populated(Reading way, Consumer<InMemoryAssetRepositoryBuilder> host) {
        Stage stage = new Stage(
                psa -> psa.idsPerPage(4)
                        .kind(CONFIGURATION, kind -> kind.reading(way))
                        .kind(LOCATION, kind -> kind.reading(Reading.LIST_PER_PARENT)),
                host);
        for (int i = 0; i < 7; i++) {
            RemoteRef company = stage.company("Company " + i);
            stage.site(company, "Main", "Tampa");
            stage.contact(company, "Ada", "Lovelace " + i);
            for (int j = 0; j < 3; j++) {
                stage.server(company, "SRV-" + j);
            }
        }
        stage.selecting();
        return stage;
    }

    private static List<String> calls(Stage stage) {
        List<String> result = stage.psa.journal().calls().stream()
                .map(SlicesTest::withoutRecords)
                .toList();
        stage.psa.journal().clear();
        return result;
    }

    /** Identifiers of pairs are drawn by chance, and with them the order of records. */
    private static String withoutRecords(Call call) {
        return call.operation() + " " + call.kind();
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    @DisplayName("RUN-7: the shortest slices ask the PSA for what one piece asks, do the same, and report the same")
    void doesTheSame(Reading way) {
        Stage whole = populated(way, host -> {});
        Stage sliced = populated(way, host -> {});
        List<String> story = new ArrayList<>();
        for (Consumer<Stage> chapter : List.<Consumer<Stage>>of(
                each -> {},
                each -> {},
                each -> each.psaEdits(each.psa.all(CONFIGURATION).get(4).ref(), ConfigurationFields.NOTES, "new"),
                each -> each.engine.as(Stage.MANAGER).fullCheck(),
                each -> {
                    each.psa.delete(each.psa.all(CONFIGURATION).get(5).ref());
                    each.engine.as(Stage.MANAGER).fullCheck();
                })) {
            chapter.accept(whole);
            chapter.accept(sliced);
            calls(whole);
            calls(sliced);

            RunReport expected = smallPages(whole, Runnable::run).run();
            RunReport report = inSlices(smallPages(sliced, Runnable::run));

            assertThat(calls(sliced)).as("chapter %s", story.size()).isEqualTo(calls(whole));
            assertThat(report.kinds()).isEqualTo(expected.kinds());
            assertThat(report.requests()).isEqualTo(expected.requests());
            assertThat(report.status()).isEqualTo(expected.status());
            assertThat(report.problems()).isEqualTo(expected.problems());
            assertThat(report.fullCheck()).isEqualTo(expected.fullCheck());
            story.add(report.print());
            whole.later(Duration.ofHours(1));
            sliced.later(Duration.ofHours(1));
        }
        assertThat(sliced.all(CONFIGURATION)).hasSize(21);
    }

    @Test
    @DisplayName("RUN-7, PUSH-6: a host without a change feed is listed page by page to its end")
    void listsTheHost() {
        Stage stage = populated(Reading.DELTA, host -> host.withoutChangeFeed());

        RunReport report = inSlices(smallPages(stage, Runnable::run));

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONTACT)).hasSize(7);
    }

    @Test
    @DisplayName("RUN-7: one run is one in the log, however many slices it has")
    void isOneRun() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();

        RunReport report = inSlices(stage.engine, () -> stage.later(Duration.ofMinutes(1)));

        assertThat(stage.events(Event.Type.RUN_STARTED)).hasSize(1);
        assertThat(stage.events(Event.Type.RUN_ENDED)).extracting(Event::run).containsExactly(report.id());
        assertThat(report.duration()).isGreaterThan(Duration.ofMinutes(3));
        assertThat(stage.engine.lastRun()).contains(report);
    }

    @Test
    @DisplayName("RUN-7, SAFE-4: a pause that the PSA wants is told and not slept; the run then goes on")
    void tellsThePause() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(2)).on(Operation.CHANGES));
        OngoingRun run = stage.engine.begin();
        Instant before = stage.clock.instant();

        Optional<Instant> next = run.step(Duration.ofHours(1));

        assertThat(next).contains(before.plus(Duration.ofMinutes(2)));
        assertThat(stage.clock.instant()).isEqualTo(before);
        stage.later(Duration.ofMinutes(2));
        assertThat(run.step(Duration.ofHours(1))).isEmpty();
        assertThat(run.report().orElseThrow().status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-1, RUN-7: between slices nobody else runs")
    void keepsItsRight() {
        stage.company("Acme");
        stage.selecting();
        OngoingRun run = stage.engine.begin();
        run.step(Duration.ZERO);
        stage.later(Duration.ofMinutes(9));

        RunReport other = stage.newEngine().run();

        assertThat(other.status()).isEqualTo(Status.SYNCING);
        assertThat(stage.engine.status().status()).isEqualTo(Status.SYNCING);
        run.step(Duration.ofHours(1));
        assertThat(stage.engine.status().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("SAFE-6, PULL-5: after a death between slices the next run goes on from the stored page")
    void survivesADeath() {
        Stage stage = populated(Reading.DELTA, host -> {});
        OngoingRun dead = smallPages(stage, task -> {
                    throw new java.util.concurrent.RejectedExecutionException();
                })
                .begin();
        while (stage.psa.journal().calls().stream()
                        .filter(call -> call.kind() == CONFIGURATION)
                        .count()
                < 3) {
            dead.step(Duration.ZERO);
        }
        stage.psa.journal().clear();
        stage.later(Duration.ofMinutes(11));

        RunReport report = smallPages(stage, Runnable::run).run();

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(21);
        assertThat(stage.psa.journal().calls().stream()
                        .filter(call -> call.kind() == CONFIGURATION && call.operation() == Operation.CHANGES)
                        .count())
                .as("pages of 3 that were left of 21 records")
                .isLessThan(7);
        assertThat(dead.step(Duration.ofHours(1))).isEmpty();
        assertThat(dead.report().orElseThrow().message()).contains("taken over");
        assertThat(stage.engine.lastRun()).contains(report);
    }

    @Test
    @DisplayName("RUN-7: a run that is given up says so, and the next one goes on")
    void canBeGivenUp() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting();
        OngoingRun run = stage.engine.begin();
        run.step(Duration.ZERO);

        run.close();
        run.close();

        assertThat(run.report().orElseThrow().status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.engine.lastRun()).isEqualTo(run.report());
        assertThat(run.step(Duration.ofHours(1))).isEmpty();
        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-7: a run that breaks off gives its right back and does not go on")
    void breaksOffOnce() {
        stage.company("Acme");
        stage.selecting();
        OngoingRun run = stage.newEngine(Between.with(stage.psa, (method, arguments, call) -> {
                    if (method.equals("changes")) {
                        throw new StackOverflowError("deep");
                    }
                    return call.call(arguments);
                }))
                .begin();

        assertThatThrownBy(() -> run.step(Duration.ofHours(1))).isInstanceOf(StackOverflowError.class);

        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
        Optional<RunReport> last = stage.engine.lastRun();
        run.close();
        assertThat(run.step(Duration.ofHours(1))).isEmpty();
        assertThat(run.report().orElseThrow().message()).contains("broke off");
        assertThat(stage.engine.lastRun()).isEqualTo(last);
    }

    @Test
    @DisplayName("RUN-7: an edit between slices is not lost")
    void takesEditsBetween() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofHours(25));
        int[] edits = {0};

        inSlices(stage.engine, () -> {
            stage.later(Duration.ofSeconds(1));
            if (++edits[0] % 2 == 0) {
                stage.psaEdits(server, ConfigurationFields.NOTES, "psa " + edits[0]);
            } else {
                stage.userSaves(stage.localOf(server), ConfigurationFields.ASSET_TAG, "tag " + edits[0]);
            }
        });
        stage.later(Duration.ofMinutes(5)).engine.run();

        String tag = stage.inPsa(server, ConfigurationFields.ASSET_TAG);
        assertThat(tag)
                .startsWith("tag ")
                .isEqualTo(stage.inHost(stage.localOf(server), ConfigurationFields.ASSET_TAG));
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .startsWith("psa ")
                .isEqualTo(stage.inPsa(server, ConfigurationFields.NOTES));
    }
}
