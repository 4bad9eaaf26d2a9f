package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The executor that runs by a test's clock. */
class TestSchedulerTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    private final TestScheduler scheduler = new TestScheduler(clock);
    private final List<String> ran = new ArrayList<>();

    private ScheduledFuture<?> later(int minutes, Runnable task) {
        return scheduler.schedule(task, minutes, TimeUnit.MINUTES);
    }

    private void note(String what) {
        ran.add(what + "@"
                + Duration.between(TestClock.at("2026-03-01T12:00:00Z").instant(), clock.instant()));
    }

    @Test
    @DisplayName("nothing runs before the test says so")
    void waitsForTheTest() {
        scheduler.execute(() -> note("now"));
        assertThat(ran).isEmpty();
        assertThat(scheduler.runAll()).isEqualTo(1);
        assertThat(ran).containsExactly("now@PT0S");
    }

    @Test
    @DisplayName("moving the clock on stops at each task that comes due, those that tasks give included")
    void stopsAtEachTask() {
        List<ScheduledFuture<?>> tasks = new ArrayList<>();
        tasks.add(later(20, () -> note("second")));
        tasks.add(later(10, () -> {
            note("first");
            tasks.add(later(15, () -> note("third")));
        }));
        assertThat(scheduler.advance(Duration.ofHours(1))).isEqualTo(3);
        assertThat(ran).containsExactly("first@PT10M", "second@PT20M", "third@PT25M");
        assertThat(tasks).allMatch(ScheduledFuture::isDone);
        assertThat(clock.instant()).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    @DisplayName("a cancelled task does not run and is not the next one due")
    void forgetsCancelledTasks() {
        ScheduledFuture<?> cancelled = later(1, () -> note("cancelled"));
        ScheduledFuture<?> kept = later(2, () -> note("kept"));
        cancelled.cancel(false);
        assertThat(scheduler.nextDue()).isEqualTo("2026-03-01T12:02:00Z");
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(ran).containsExactly("kept@PT2M");
        assertThat(kept.isDone()).isTrue();
    }

    @Test
    @DisplayName("after its shutdown it takes nothing more")
    void takesNothingAfterShutdown() {
        scheduler.shutdown();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> scheduler.execute(() -> {}));
        assertThat(scheduler.isTerminated()).isTrue();
    }
}
