package org.psasync.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor that does what it was given when a test says so, by the test's clock; nothing runs by itself.
 *
 * <p>For one thread: tasks run in the thread that calls {@link #runAll} or {@link #advance}, in the order they were due,
 * those due at the same time in the order they were given.
 */
public final class TestScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final TestClock clock;
    private final Queue<Runnable> now = new ArrayDeque<>();
    private final PriorityQueue<Timed<?>> later = new PriorityQueue<>(
            Comparator.<Timed<?>, Instant>comparing(task -> task.at).thenComparingLong(task -> task.number));
    private long number;
    private boolean shutdown;

    /** Makes an executor that goes by this clock. */
    public TestScheduler(TestClock clock) {
        this.clock = clock;
    }

    /** Runs what was given for now and what is due, and what those give, until nothing is left for now; returns how many. */
    public int runAll() {
        int count = 0;
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
            count++;
        }
        return count;
    }

    /** Runs one task; returns whether there was one. */
    public boolean runOne() {
        Runnable task = next();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Moves the clock on, stopping at each task that comes due on the way and running it; returns how many ran. */
    public int advance(Duration duration) {
        Instant end = clock.instant().plus(duration);
        int count = runAll();
        for (Timed<?> task = later.peek(); task != null && !task.at.isAfter(end); task = later.peek()) {
            if (task.at.isAfter(clock.instant())) {
                clock.set(task.at);
            }
            count += runAll();
        }
        if (end.isAfter(clock.instant())) { // a task may have taken longer
            clock.set(end);
        }
        return count + runAll();
    }

    /** Returns when the next task is due; null when none waits. */
    public @Nullable Instant nextDue() {
        dropCancelled();
        return !now.isEmpty() ? clock.instant() : later.isEmpty() ? null : later.peek().at;
    }

    private @Nullable Runnable next() {
        dropCancelled();
        if (!now.isEmpty()) {
            return now.remove();
        }
        Timed<?> first = later.peek();
        return first == null || first.at.isAfter(clock.instant()) ? null : later.remove();
    }

    private void dropCancelled() {
        while (!later.isEmpty() && later.peek().isCancelled()) {
            later.remove();
        }
    }

    @Override
    public void execute(Runnable task) {
        requireOpen();
        now.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(Executors.callable(task), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        requireOpen();
        Timed<V> timed = new Timed<>(task, clock.instant().plus(Duration.of(delay, unit.toChronoUnit())), number++);
        later.add(timed);
        return timed;
    }

    /** Not offered: who repeats a task gives it again. */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("Schedule the task again at its end");
    }

    /** Not offered: who repeats a task gives it again. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("Schedule the task again at its end");
    }

    private void requireOpen() {
        if (shutdown) {
            throw new RejectedExecutionException("This executor was shut down");
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = new ArrayList<>(now);
        left.addAll(later);
        now.clear();
        later.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && now.isEmpty() && later.isEmpty();
    }

    /** Answers at once whether nothing is left; waiting would not help, because nothing runs by itself. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    /** A task with its time. */
    private final class Timed<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Instant at;
        private final long number;

        Timed(Callable<V> task, Instant at, long number) {
            super(task);
            this.at = at;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), at));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
