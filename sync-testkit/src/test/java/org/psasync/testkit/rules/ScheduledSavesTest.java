package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.Operation;

/** What the host and the PSA tell a scheduler. */
class ScheduledSavesTest {
    private final Fleet fleet = new Fleet();
    private final Fleet.Ship acme = fleet.ran("acme");

    @BeforeEach
    void add() {
        acme.added();
    }

    private static PushResult now(CompletionStage<PushResult> answer) {
        CompletableFuture<PushResult> future = answer.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    // Saves ----------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("PUSH-2: a save is pushed at once on the host's executor, and not in the call")
    void pushesOnTheExecutor() {
        LocalRef server = acme.edits(0, "mine");

        CompletionStage<PushResult> answer = fleet.scheduler.saved("acme", server);
        assertThat(acme.notesInPsa(0)).isNull();
        fleet.threads.runAll();

        assertThat(now(answer)).isInstanceOf(PushResult.Pushed.class);
        assertThat(acme.notesInPsa(0)).isEqualTo("mine");
        assertThat(acme.starts()).as("runs").hasSize(1);
    }

    @Test
    @DisplayName("PUSH-9: several saves of a record while one waits become one push of the latest, and all hear of it")
    void joinsSaves() {
        List<CompletionStage<PushResult>> answers = new ArrayList<>();
        for (String text : List.of("one", "two", "three")) {
            answers.add(fleet.scheduler.saved("acme", acme.edits(0, text)));
        }
        acme.psa.journal().clear();

        fleet.threads.runAll();

        assertThat(acme.psa.journal().count(Operation.UPDATE)).isEqualTo(1);
        assertThat(acme.notesInPsa(0)).isEqualTo("three");
        assertThat(answers).allSatisfy(answer -> assertThat(now(answer)).isInstanceOf(PushResult.Pushed.class));
    }

    @Test
    @DisplayName("PUSH-2: the revision that was named last counts")
    void takesTheLastRevision() {
        LocalRef server = acme.edits(0, "mine");
        Revision shown = acme.host.get(server).orElseThrow().revision();
        fleet.scheduler.saved("acme", server, shown);
        CompletionStage<PushResult> newer = fleet.scheduler.saved("acme", server, new Revision("later"));

        fleet.threads.runAll();

        assertThat(now(newer)).isInstanceOf(PushResult.Waiting.class);
        assertThat(now(newer).text()).contains("does not show the saved revision yet");
    }

    @Test
    @DisplayName("PUSH-2, PUSH-9: of saves that are told in the other order the latest goes out within a minute")
    void pushesSavesToldInTheOtherOrder() {
        Revision first = acme.host.get(acme.edits(0, "first")).orElseThrow().revision();
        LocalRef server = acme.edits(0, "second");
        fleet.scheduler.saved(
                "acme", server, acme.host.get(server).orElseThrow().revision());
        CompletionStage<PushResult> late = fleet.scheduler.saved("acme", server, first);
        fleet.threads.runAll();
        assertThat(now(late)).isInstanceOf(PushResult.Waiting.class);

        fleet.advance(Duration.ofMinutes(1));

        assertThat(acme.notesInPsa(0)).isEqualTo("second");
    }

    @Test
    @DisplayName("PUSH-2: a later save that names no revision does not take back the one that was named")
    void keepsTheNamedRevision() {
        LocalRef server = acme.edits(0, "mine");
        CompletionStage<PushResult> named = fleet.scheduler.saved("acme", server, new Revision("later"));
        fleet.scheduler.saved("acme", server);

        fleet.threads.runAll();

        assertThat(now(named).text()).contains("does not show the saved revision yet");
    }

    @Test
    @DisplayName("PUSH-2: a save after the scheduler was closed is waiting; the next run finds it")
    void answersAfterTheEnd() {
        LocalRef server = acme.edits(0, "mine");
        fleet.scheduler.close();

        assertThat(now(fleet.scheduler.saved("acme", server))).isInstanceOf(PushResult.Waiting.class);

        acme.engine.run();
        assertThat(acme.notesInPsa(0)).isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-2: saves go before runs, even those that a person asked for")
    void goesFirst() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1));
        Fleet.Ship ship = one.ran("acme").added();
        LocalRef server = ship.edits(0, "mine");
        one.scheduler.runNow("acme", Stage.MANAGER);
        CompletionStage<PushResult> answer = one.scheduler.saved("acme", server);
        one.log.clear();

        one.threads.runOne();

        assertThat(now(answer)).isInstanceOf(PushResult.Pushed.class);
        assertThat(one.log).isEmpty();
        one.threads.runAll();
        assertThat(one.log).containsExactly("start acme", "end acme");
    }

    @Test
    @DisplayName("PUSH-2: a save while its record is being pushed is pushed after that, never beside it")
    void keepsTheOrder() {
        LocalRef server = acme.edits(0, "first");
        List<String> order = new ArrayList<>();
        CompletionStage<PushResult> first = fleet.scheduler.saved("acme", server);
        first.thenRun(() -> order.add("first"));
        Interruption interruption = new Interruption();
        fleet.scheduler.remove("acme");
        acme.engine = acme.newEngine(interruption.watching(PsaConnector.class, acme.psa, "update"));
        acme.added();
        CompletionStage<PushResult> again = fleet.scheduler.saved("acme", server);
        again.thenRun(() -> order.add("again"));
        interruption.before(() -> {
            acme.edits(0, "second");
            fleet.scheduler.saved("acme", server).thenRun(() -> order.add("second"));
            assertThat(fleet.threads.runAll()).as("it waits for its turn").isZero();
        });

        fleet.threads.runAll();

        assertThat(order).containsExactly("first", "again", "second");
        assertThat(now(first)).as("removed before its turn").isInstanceOf(PushResult.Waiting.class);
        assertThat(acme.notesInPsa(0)).isEqualTo("second");
    }

    private static PsaConnector failing(PsaConnector psa, boolean[] broken) {
        return Between.with(psa, (method, arguments, call) -> {
            if (method.equals("forPushes")) {
                return failing(psa, broken);
            }
            if (method.equals("read") && broken[0]) {
                throw new StackOverflowError("deep");
            }
            return call.call(arguments);
        });
    }

    @Test
    @DisplayName(
            "PUSH-2: what fails in the host or the store reaches who saved, and the next save of the record is pushed")
    void tellsFailures() {
        LocalRef server = acme.edits(0, "mine");
        boolean[] broken = {true};
        fleet.scheduler.remove("acme");
        acme.engine = acme.newEngine(failing(acme.psa, broken));
        acme.added();
        CompletionStage<PushResult> failed = fleet.scheduler.saved("acme", server);
        fleet.threads.runAll();
        assertThatThrownBy(() -> failed.toCompletableFuture().join()).hasRootCauseInstanceOf(StackOverflowError.class);
        broken[0] = false;
        fleet.clock.advance(Duration.ofMinutes(10));

        CompletionStage<PushResult> answer = fleet.scheduler.saved("acme", server);
        fleet.threads.runAll();

        assertThat(now(answer)).isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName(
            "PUSH-2, PUSH-6: without threads the caller pushes; when the scheduler closes, the next run finds the save")
    void losesNothing() {
        Rejecting threads = new Rejecting(fleet);
        SyncScheduler scheduler =
                SyncScheduler.builder(threads.executor).clock(fleet.clock).build();
        scheduler.add(acme.engine);
        threads.rejecting = true;
        CompletionStage<PushResult> here = scheduler.saved("acme", acme.edits(0, "mine"));
        assertThat(now(here)).isInstanceOf(PushResult.Pushed.class);
        threads.rejecting = false;

        CompletionStage<PushResult> later = scheduler.saved("acme", acme.edits(1, "too"));
        scheduler.close();
        assertThat(now(later)).isInstanceOf(PushResult.Waiting.class);
        assertThat(now(later).text()).contains("next run");
        fleet.clock.advance(Duration.ofMinutes(5));
        acme.engine.run();

        assertThat(acme.notesInPsa(1)).isEqualTo("too");
    }

    // Webhooks -------------------------------------------------------------------------------------------------------

    private WebhookRequest hook(int server) {
        return acme.psa.hook(acme.servers.get(server));
    }

    @Test
    @DisplayName("PSA-ALL-3: a webhook is answered at once, and a run looks at its record a moment later")
    void takesHints() {
        acme.psa.edit(
                acme.servers.get(0),
                FieldValues.empty(AssetKind.CONFIGURATION).with(ConfigurationFields.NOTES, "theirs"));

        assertThat(fleet.scheduler.webhook("acme", hook(0))).isEqualTo(202);
        assertThat(acme.starts()).hasSize(1);
        fleet.advance(Duration.ofSeconds(4));
        assertThat(acme.starts()).hasSize(1);
        fleet.advance(Duration.ofSeconds(1));

        assertThat(acme.starts()).hasSize(2);
        assertThat(acme.host.get(acme.local(0)).orElseThrow().values().get(ConfigurationFields.NOTES))
                .isEqualTo("theirs");
    }

    @Test
    @DisplayName("PSA-ALL-3: a burst of hints becomes few runs, and above a rate they are not stored one by one")
    void joinsHints() {
        fleet.advance(Duration.ofMinutes(10));
        int[] commits = {0};
        for (int i = 0; i < 600; i++) {
            long before =
                    acme.state().byRemote(acme.servers.get(i % 2)).orElseThrow().version();
            assertThat(fleet.scheduler.webhook("acme", hook(i % 2))).isEqualTo(202);
            long after =
                    acme.state().byRemote(acme.servers.get(i % 2)).orElseThrow().version();
            commits[0] += (int) (after - before);
            fleet.advance(Duration.ofMillis(200));
        }
        fleet.advance(Duration.ofMinutes(2));

        assertThat(acme.starts().size() - 1).as("runs in four minutes").isBetween(2, 3);
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.OK);
        assertThat(commits[0]).isLessThanOrEqualTo(6);
    }

    @Test
    @DisplayName("PSA-ALL-3: many hints about many records write few of them down")
    void storesFewOfMany() {
        Fleet.Ship big = fleet.fresh("big", 300);
        big.setUp();
        big.engine.run();
        big.added();
        for (int i = 0; i < 300; i++) {
            fleet.scheduler.webhook("big", big.psa.hook(big.servers.get(i)));
        }

        long hinted = big.servers.stream()
                .filter(ref -> big.state().byRemote(ref).orElseThrow().mustRead())
                .count();

        assertThat(hinted).isEqualTo(100);
        big.psa.journal().clear();
        fleet.advance(Duration.ofMinutes(1));
        assertThat(big.starts()).hasSize(2);
    }

    @Test
    @DisplayName("PSA-ALL-3: what is not genuine is refused and starts nothing")
    void refusesForgeries() {
        WebhookRequest forged = new WebhookRequest("", Map.of(), new byte[0]);

        assertThat(fleet.scheduler.webhook("acme", forged)).isEqualTo(403);
        assertThat(fleet.scheduler.webhook("nobody", hook(0))).isEqualTo(404);
        fleet.advance(Duration.ofMinutes(5));

        assertThat(acme.starts()).hasSize(1);
    }
}
