package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;
import org.psasync.testkit.TestScheduler;

class SchedulingTest {
    private final Fleet fleet = new Fleet();

    private static List<Duration> gaps(List<Instant> times) {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        return gaps;
    }

    @Test
    @DisplayName("RUN-1: runs begin at the interval of the settings, counted from the last beginning")
    void runsAtTheInterval() {
        Fleet.Ship acme = fleet.ran("acme");
        acme.engine.as(Stage.MANAGER).configure(settings -> settings.interval(Duration.ofMinutes(20)));
        acme.engine.run();
        acme.added();

        fleet.advance(Duration.ofMinutes(65));

        assertThat(acme.starts()).hasSize(5);
        assertThat(gaps(acme.starts().subList(1, 5))).containsOnly(Duration.ofMinutes(20));
        assertThat(fleet.scheduler.status("acme").nextRun())
                .isEqualTo(acme.starts().get(4).plus(Duration.ofMinutes(20)));
    }

    @Test
    @DisplayName("SET-1, PULL-3: a wish for a full check queues a run, and the log says whose it was")
    void queuesARunForAFullCheck() {
        Fleet.Ship acme = fleet.ran("acme");
        acme.added();
        fleet.advance(Duration.ofMinutes(61));
        int before = acme.starts().size();

        acme.engine.as(Stage.MANAGER).fullCheck();
        assertThat(acme.engine.status().runWanted()).isTrue();
        fleet.advance(Duration.ofMinutes(1));

        assertThat(acme.starts()).hasSize(before + 1);
        assertThat(acme.engine.status().runWanted()).isFalse();
        assertThat(acme.engine.events(EventQuery.ALL.ofType(Event.Type.FULL_CHECK_WANTED)))
                .singleElement()
                .satisfies(event -> assertThat(event.actor()).isEqualTo("mia"));
    }

    @Test
    @DisplayName("RUN-1: integrations that come due together after a restart are spread over the interval")
    void spreads() {
        for (int i = 0; i < 12; i++) {
            fleet.ran("tenant " + i);
        }
        fleet.clock.advance(Duration.ofHours(5));
        fleet.ships.values().forEach(Fleet.Ship::added);

        assertThat(fleet.threads.runAll()).as("nothing at once").isZero();
        List<Instant> next = fleet.ships.keySet().stream()
                .map(name -> fleet.scheduler.status(name).nextRun())
                .sorted()
                .toList();
        assertThat(next).doesNotHaveDuplicates();
        assertThat(Duration.between(next.get(0), next.get(11))).isGreaterThan(Duration.ofMinutes(25));
        fleet.advance(Duration.ofHours(1));
        assertThat(fleet.ships.values())
                .allSatisfy(ship -> assertThat(ship.starts()).hasSize(2));
    }

    @Test
    @DisplayName("RUN-1: after the settings changed, and after connecting, a run begins soon")
    void runsAfterChanges() {
        Fleet.Ship acme = fleet.fresh("acme", 1).added();
        fleet.threads.runAll();
        assertThat(acme.starts()).as("nobody set it up").isEmpty();

        acme.setUp();
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.QUEUED);
        fleet.threads.runAll();
        assertThat(acme.starts()).hasSize(1);
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.OK);

        acme.engine.as(Stage.MANAGER).connect();
        fleet.threads.runAll();
        assertThat(acme.starts()).hasSize(2);
    }

    @Test
    @DisplayName("SET-1, RUN-1: settings that wait for a run when an engine is added get it soon")
    void runsForEarlierChanges() {
        Fleet.Ship acme = fleet.fresh("acme", 1);
        acme.setUp();

        acme.added();
        fleet.threads.runAll();

        assertThat(acme.starts()).hasSize(1);
    }

    @Test
    @DisplayName("SET-2: settings that change during a run are for the next one, which begins soon after it")
    void runsOnceMoreForChangesMeanwhile() {
        Fleet busy = new Fleet(scheduler -> scheduler.slice(Duration.ZERO));
        Fleet.Ship acme = busy.ran("acme");
        acme.added();
        busy.scheduler.runNow("acme", Stage.MANAGER);
        busy.threads.runOne();
        assertThat(busy.scheduler.status("acme").status()).isEqualTo(Status.SYNCING);
        acme.engine.as(Stage.MANAGER).configure(settings -> settings.contacts(true));

        busy.threads.runAll();

        assertThat(acme.starts()).hasSize(3);
        assertThat(busy.scheduler.status("acme").runWanted()).isFalse();
    }

    @Test
    @DisplayName("RUN-1: what a person asks for goes to the head of the queue, several wishes are one run")
    void putsPeopleFirst() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1));
        for (String name : List.of("a", "b", "c")) {
            one.ran(name).added();
        }
        one.log.clear();
        one.scheduler.wake("a");
        one.scheduler.wake("b");
        one.scheduler.runNow("c", Stage.MANAGER);
        one.scheduler.runNow("c", Stage.MANAGER);

        one.threads.runAll();

        assertThat(one.log).containsExactly("start c", "end c", "start a", "end a", "start b", "end b");
    }

    @Test
    @DisplayName("SET-2, RUN-2: who asks for a run while runs are paused is told so, and nothing is queued")
    void tellsThatItIsPaused() {
        Fleet.Ship acme = fleet.ran("acme");
        acme.added();
        fleet.advance(Duration.ofMinutes(61));
        acme.engine.as(Stage.MANAGER).pause();
        long before = acme.runs();

        IntegrationStatus status = fleet.scheduler.runNow("acme", Stage.MANAGER);

        assertThat(status.status()).isEqualTo(Status.PAUSED);
        assertThat(status.message()).isNotBlank();
        fleet.threads.runAll();
        assertThat(acme.runs()).isEqualTo(before);
    }

    @Test
    @DisplayName("DATA-8: running and cancelling need a manager; for others nothing is queued")
    void needsAManager() {
        fleet.ran("acme").added();
        Actor user = Actor.user("ursula");

        assertThatThrownBy(() -> fleet.scheduler.runNow("acme", user)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> fleet.scheduler.cancel("acme", user)).isInstanceOf(NotAllowedException.class);

        assertThat(fleet.threads.runAll()).isZero();
        assertThatThrownBy(() -> fleet.scheduler.runNow("nobody", user)).hasMessageContaining("\"nobody\"");
    }

    @Test
    @DisplayName("RUN-7: slices of different integrations alternate, and each run is one")
    void alternates() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1).slice(Duration.ZERO));
        Fleet.Ship a = one.ran("a").added();
        Fleet.Ship b = one.ran("b").added();
        one.log.clear();
        one.scheduler.wake("a");
        one.scheduler.wake("b");

        one.threads.runOne();
        one.threads.runOne();
        assertThat(one.log).containsExactly("start a", "start b");
        one.threads.runAll();

        assertThat(one.log).containsExactly("start a", "start b", "end a", "end b");
        assertThat(a.starts()).hasSize(2);
        assertThat(b.starts()).hasSize(2);
    }

    @Test
    @DisplayName(
            "RUN-7: so many runs go on at a time that each has its next slice before its lease ends; all come to an end")
    void beginsNotTooMany() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1).slice(Duration.ZERO));
        for (int i = 0; i < 50; i++) {
            one.ran("tenant " + i).added();
        }
        one.log.clear();
        one.ships.keySet().forEach(one.scheduler::wake);
        int most = 0;

        while (one.threads.runOne()) {
            long started =
                    one.log.stream().filter(line -> line.startsWith("start")).count();
            most = Math.max(most, (int) (2 * started) - one.log.size());
        }

        assertThat(most).isEqualTo(30);
        assertThat(one.log).hasSize(100);
    }

    @Test
    @DisplayName("RUN-7, SAFE-4: while the PSA wants a pause the thread is free, and others run")
    void freesTheThread() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1));
        Fleet.Ship a = one.ran("a").added();
        one.ran("b").added();
        one.log.clear();
        a.psa.faults().next(Fault.throttled(Duration.ofMinutes(3)).on(Operation.CHANGES));
        one.scheduler.wake("a");
        one.scheduler.wake("b");

        one.threads.runAll();
        assertThat(one.log).containsExactly("start a", "start b", "end b");
        assertThat(one.scheduler.status("a").status()).isEqualTo(Status.SYNCING);
        one.advance(Duration.ofMinutes(3));

        assertThat(one.log).containsExactly("start a", "start b", "end b", "end a");
        assertThat(one.scheduler.status("a").status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("RUN-1: while another node runs an integration it waits, and does not repeat what that one did")
    void leavesItToOthers() {
        Fleet.Ship acme = fleet.ran("acme").added();
        fleet.advance(Duration.ofMinutes(58));
        OngoingRun elsewhere = acme.newEngine(acme.psa).begin();
        elsewhere.step(Duration.ZERO);
        fleet.advance(Duration.ofMinutes(3));
        assertThat(acme.starts()).as("it waits").hasSize(2);
        elsewhere.step(Duration.ofHours(1));
        Instant began = acme.starts().get(1);

        fleet.advance(Duration.ofMinutes(30));
        assertThat(acme.starts()).as("the other one did it").hasSize(2);
        fleet.advance(Duration.ofMinutes(30));

        assertThat(acme.starts()).hasSize(3);
        assertThat(acme.starts().get(2)).isEqualTo(began.plus(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("RUN-1: what a person asks for while another node runs is done afterwards")
    void keepsAWishForLater() {
        Fleet.Ship acme = fleet.ran("acme").added();
        OngoingRun elsewhere = acme.newEngine(acme.psa).begin();
        elsewhere.step(Duration.ZERO);
        fleet.scheduler.runNow("acme", Stage.MANAGER);
        fleet.advance(Duration.ofSeconds(30));
        elsewhere.step(Duration.ofHours(1));

        fleet.advance(Duration.ofMinutes(1));

        assertThat(acme.starts()).hasSize(3);
        assertThat(acme.engine.events(EventQuery.ALL).stream()
                        .filter(event -> event.type() == Event.Type.RUN_STARTED)
                        .reduce((first, last) -> last)
                        .orElseThrow()
                        .actor())
                .isEqualTo("mia");
    }

    @Test
    @DisplayName(
            "RUN-2, SAFE-3: errors keep the schedule with growing pauses, and refused credentials are not tried again")
    void growsThePauses() {
        Fleet.Ship acme = fleet.ran("acme").added();
        acme.psa.faults().next(Fault.unavailable().forever());

        fleet.advance(Duration.ofHours(16));
        List<Instant> starts = acme.starts();

        assertThat(gaps(starts))
                .containsExactly(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4),
                        Duration.ofHours(8));
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.ERROR);
        acme.psa.faults().clear();
        fleet.advance(Duration.ofHours(16));
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.OK);
        int recovered = acme.starts().size();
        fleet.advance(Duration.ofHours(1));
        assertThat(acme.starts()).as("hourly again").hasSize(recovered + 1);

        acme.psa.faults().next(Fault.unauthorized("key").forever());
        fleet.advance(Duration.ofHours(2));
        acme.psa.journal().clear();
        fleet.advance(Duration.ofHours(200));
        assertThat(acme.psa.journal().calls()).isEmpty();
        acme.psa.faults().clear();
        acme.engine.as(Stage.MANAGER).connect();
        fleet.threads.runAll();
        assertThat(fleet.scheduler.status("acme").status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("DATA-7: a run that waits for the PSA is cancelled at once, and a queued wish is taken back")
    void cancels() {
        Fleet.Ship acme = fleet.ran("acme").added();
        acme.psa.faults().next(Fault.throttled(Duration.ofMinutes(4)).on(Operation.CHANGES));
        fleet.scheduler.runNow("acme", Stage.MANAGER);
        fleet.threads.runAll();
        fleet.scheduler.runNow("acme", Stage.MANAGER);

        assertThat(fleet.scheduler.cancel("acme", Stage.MANAGER)).isTrue();
        fleet.threads.runAll();

        IntegrationStatus status = fleet.scheduler.status("acme");
        assertThat(status.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(status.message()).contains("cancelled by mia");
        assertThat(acme.starts()).hasSize(2);
        assertThat(fleet.scheduler.cancel("acme", Stage.MANAGER)).isFalse();
    }

    @Test
    @DisplayName("RUN-2: the status tells queued, running, the last run, the next one, and the counts")
    void tellsTheStatus() {
        Fleet slow = new Fleet(scheduler -> scheduler.slice(Duration.ZERO));
        Fleet.Ship acme = slow.ran("acme").added();
        assertThat(slow.scheduler.status("acme").status()).isEqualTo(Status.OK);

        slow.scheduler.runNow("acme", Stage.MANAGER);
        assertThat(slow.scheduler.status("acme").status()).isEqualTo(Status.QUEUED);
        assertThat(slow.scheduler.status("acme").nextRun()).isEqualTo(slow.clock.instant());
        slow.threads.runOne();
        assertThat(slow.scheduler.status("acme").status()).isEqualTo(Status.SYNCING);
        slow.threads.runAll();

        IntegrationStatus status = slow.scheduler.status("acme");
        assertThat(status.status()).isEqualTo(Status.OK);
        assertThat(status.lastRun()).isEqualTo(acme.engine.lastRun().orElseThrow());
        assertThat(status.nextRun()).isEqualTo(status.lastRun().started().plus(Duration.ofHours(1)));
        assertThat(status.counts()).isEqualTo(acme.engine.counts());
    }

    @Test
    @DisplayName(
            "RUN-7: an integration that is removed, or a scheduler that is closed, ends its runs where they can stop")
    void leaves() {
        Fleet slow = new Fleet(scheduler -> scheduler.slice(Duration.ZERO));
        Fleet.Ship a = slow.ran("a").added();
        Fleet.Ship b = slow.ran("b").added();
        slow.scheduler.wake("a");
        slow.scheduler.wake("b");
        slow.threads.runOne();
        slow.threads.runOne();

        slow.scheduler.remove("a");
        assertThat(a.engine.status().message()).contains("scheduled no more");
        slow.scheduler.close();
        slow.scheduler.close();
        assertThat(b.engine.status().message()).contains("scheduler was closed");

        slow.advance(Duration.ofHours(5));
        assertThat(a.starts()).hasSize(2);
        assertThat(b.starts()).hasSize(2);
        assertThat(a.newEngine(a.psa).run().status()).isEqualTo(Status.OK);
        assertThatThrownBy(b::added).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("RUN-1: a run that breaks off, however, leaves neither it nor others stuck")
    void survivesErrors() {
        Fleet one = new Fleet(scheduler -> scheduler.workers(1));
        Fleet.Ship a = one.ran("a");
        boolean[] broken = {true};
        a.engine = a.newEngine(Between.with(a.psa, (method, arguments, call) -> {
            if (method.equals("changes") && broken[0]) {
                throw new StackOverflowError("deep");
            }
            return call.call(arguments);
        }));
        a.added();
        one.ran("b").added();
        one.scheduler.wake("a");
        one.scheduler.wake("b");
        one.log.clear();

        one.threads.runAll();
        assertThat(one.log).containsExactly("start a", "start b", "end b");
        broken[0] = false;
        one.advance(Duration.ofHours(1));

        assertThat(one.log).endsWith("start a", "end a", "start b", "end b");
        assertThat(one.scheduler.status("a").status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("RUN-1: what a person asked for, or settings wait for, is tried again when its turn broke off")
    void keepsWishes() {
        Fleet one = new Fleet();
        Fleet.Ship a = one.ran("a");
        Interruption interruption = new Interruption();
        a.engine = a.newEngine(a.psa, interruption.watching(IntegrationState.class, a.state(), "setup"));
        a.added();
        one.threads.runAll();
        one.log.clear();
        one.scheduler.runNow("a", Stage.MANAGER);
        interruption.before(() -> {
            throw new IllegalStateException("the database is away");
        });

        one.threads.runAll();
        assertThat(one.log).isEmpty();
        one.advance(Duration.ofMinutes(2));

        assertThat(one.log).startsWith("start a", "end a");
    }

    @Test
    @DisplayName(
            "RUN-1, RUN-7, PUSH-2: engines that read ahead on the scheduler's own few threads do not block each other")
    void sharesItsThreads() throws Exception {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        Fleet one = new Fleet();
        try (SyncScheduler scheduler =
                SyncScheduler.builder(threads).clock(one.clock).workers(2).build()) {
            List<CompletionStage<PushResult>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Fleet.Ship ship = one.ran("tenant " + i);
                ship.engine = ship.readingAhead(threads);
                scheduler.add(ship.engine);
                scheduler.runNow(ship.name, Stage.MANAGER);
                answers.add(scheduler.saved(ship.name, ship.edits(0, "mine")));
            }
            for (CompletionStage<PushResult> answer : answers) {
                assertThat(answer.toCompletableFuture().get(30, TimeUnit.SECONDS))
                        .as("a run may push it first, or have the record at that moment")
                        .isInstanceOfAny(
                                PushResult.Pushed.class, PushResult.Waiting.class, PushResult.NothingToPush.class);
            }
            assertThat(one.ships.values()).allSatisfy(ship -> {
                await(() -> ship.runs() >= 2);
                await(() -> "mine".equals(ship.notesInPsa(0)));
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    @DisplayName("RUN-1: an executor that takes nothing for a while loses no run")
    void survivesRejection() {
        Rejecting threads = new Rejecting(fleet);
        SyncScheduler scheduler =
                SyncScheduler.builder(threads.executor).clock(fleet.clock).build();
        Fleet.Ship acme = fleet.ran("acme");
        scheduler.add(acme.engine);
        threads.rejecting = true;
        scheduler.runNow("acme", Stage.MANAGER);
        fleet.advance(Duration.ofSeconds(30));
        assertThat(acme.starts()).hasSize(1);
        threads.rejecting = false;

        fleet.advance(Duration.ofSeconds(30));

        assertThat(acme.starts()).hasSize(2);
    }

    @Test
    @DisplayName("RUN-1: one timer serves all integrations that are idle")
    void setsOneTimer() {
        for (int i = 0; i < 50; i++) {
            fleet.ran("tenant " + i).added();
        }
        TestScheduler threads = fleet.threads;

        assertThat(threads.nextDue()).isNotNull();
        assertThat(threads.shutdownNow()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("RUN-1, PSA-ALL-3: a hint that waits while the integration is paused keeps no thread busy")
    void hintsWaitWhilePaused() {
        Fleet.Ship acme = fleet.ran("acme");
        acme.added();
        fleet.advance(Duration.ofMinutes(70));
        acme.engine.as(Stage.MANAGER).pause();
        fleet.threads.runAll();
        assertThat(fleet.scheduler.webhook("acme", acme.psa.hook(acme.servers.get(0))))
                .isEqualTo(202);
        fleet.clock.advance(Duration.ofMinutes(2));
        int tasks = 0;

        while (tasks < 50 && isDue() && fleet.threads.runOne()) {
            tasks++;
        }
        assertThat(tasks).isLessThan(50);

        acme.engine.as(Stage.MANAGER).resume();
        long before = acme.runs();
        fleet.advance(Duration.ofMinutes(2));
        assertThat(acme.runs()).isEqualTo(before + 1);
    }

    private boolean isDue() {
        Instant next = fleet.threads.nextDue();
        return next != null && !next.isAfter(fleet.clock.instant());
    }
}
