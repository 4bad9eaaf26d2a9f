package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.store.StateStore;

/**
 * The whole engine under random edits of both sides, a manager's actions, and random faults. One seed owns every choice, so a
 * failure is repeated with {@code -Dpsasync.seed=}. Few values are drawn from, so that equal ones meet often. A failure is
 * shrunk to the steps that are needed for it, and told with a test that repeats it.
 */
class SimulationTest {
    private static final int TRACES = Integer.getInteger("psasync.traces", 400);
    private static final int SECONDS = Integer.getInteger("psasync.seconds", 0);
    private static final int WORKERS = Integer.getInteger("psasync.workers", 1);
    private static final List<Integer> STEPS = IntStream.range(0, 50).boxed().toList();

    private final Coverage coverage = new Coverage();

    /** Returns a new memory for a trace. */
    StateStore memory() {
        return StateStore.inMemory();
    }

    /** Returns how many traces are played. */
    int traces() {
        return TRACES;
    }

    @Test
    @DisplayName(
            "P1, P2, P4, P5, P8, P10, P13, P14, P17, P18: under every fault the two sides end the same, without duplicates and deletions")
    void endsTheSameUnderFaults() throws InterruptedException {
        Long only = Long.getLong("psasync.seed");
        AtomicLong next = new AtomicLong(only == null ? 1 : only);
        long last = only != null ? only : SECONDS > 0 ? Long.MAX_VALUE : traces();
        long start = System.nanoTime();
        long end = SECONDS > 0 ? start + SECONDS * 1_000_000_000L : Long.MAX_VALUE;
        Queue<Long> failed = new ConcurrentLinkedQueue<>();
        AtomicLong busy = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Thread worker = new Thread(() -> {
                for (long seed = next.getAndIncrement();
                        seed <= last && System.nanoTime() < end && failed.isEmpty();
                        seed = next.getAndIncrement()) {
                    if (failure(seed, STEPS) != null) {
                        failed.add(seed);
                    }
                }
                busy.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
            });
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!failed.isEmpty()) {
            throw told(failed.remove());
        }
        long traces = next.get() - WORKERS - (only == null ? 1 : only);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %d traces of %d steps, %.0f a second, %.0f a second of processor time%n%s%n",
                getClass().getSimpleName(),
                traces,
                STEPS.size(),
                traces / seconds,
                traces / (busy.get() / 1e9),
                coverage.text());
        if (traces >= 2000) {
            assertThat(coverage.missingFaults(DrawnFaults.all()))
                    .as("faults that never met an operation")
                    .isEmpty();
        }
        if (traces >= 20_000) {
            assertThat(coverage.missingSituations()).as("situations never met").isEmpty();
            assertThat(coverage.missingDecisions()).as("decisions never taken").isEmpty();
        }
    }

    @Test
    @DisplayName("P20: the same seed gives the same trace")
    void repeatsItself() {
        for (long seed = 1; seed <= Math.min(20, traces() / 6); seed++) {
            List<String> first = said(seed);
            assertThat(said(seed)).as("seed %d", seed).isEqualTo(first);
        }
    }

    private List<String> said(long seed) {
        try (StateStore memory = memory()) {
            SimulatedTrace trace = new SimulatedTrace(seed, STEPS, new Coverage(), memory);
            trace.play();
            return trace.said();
        }
    }

    /** Plays one trace again, such as a failure names it: the seed and the numbers of the steps that are left. */
    static void replay(long seed, Integer... steps) {
        new SimulatedTrace(seed, List.of(steps), new Coverage(), StateStore.inMemory()).play();
    }

    private Throwable failure(long seed, List<Integer> steps) {
        try (StateStore memory = memory()) {
            new SimulatedTrace(seed, steps, coverage, memory).play();
            return null;
        } catch (AssertionError | RuntimeException failure) {
            return failure;
        }
    }

    /** Leaves out whatever is not needed for the failure: halves, quarters, and at last single steps. */
    private AssertionError told(long seed) {
        List<Integer> needed = STEPS;
        for (int size = needed.size() / 2; size >= 1; size /= 2) {
            for (int from = 0; from < needed.size(); ) {
                List<Integer> fewer = new ArrayList<>(needed);
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                if (failure(seed, fewer) != null) {
                    needed = fewer;
                } else {
                    from += size;
                }
            }
        }
        List<String> said = List.of();
        Throwable cause = null;
        try (StateStore memory = memory()) {
            SimulatedTrace shrunk = new SimulatedTrace(seed, needed, coverage, memory);
            said = shrunk.said();
            shrunk.play();
        } catch (AssertionError | RuntimeException failure) {
            cause = failure;
        }
        String numbers = needed.stream().map(step -> ", " + step).collect(Collectors.joining());
        return new AssertionError(
                "Seed " + seed + ", shrunk to " + needed.size() + " steps:\n" + String.join("\n", said)
                        + "\n\nThe same as a test, in the package of SimulationTest:\n\n    @Test\n    void seed" + seed
                        + "() {\n        SimulationTest.replay(" + seed + "L" + numbers + ");\n    }\n",
                cause);
    }
}
