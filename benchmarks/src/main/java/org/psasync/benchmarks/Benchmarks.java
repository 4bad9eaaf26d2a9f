package org.psasync.benchmarks;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prints one table with what was measured, the target, and whether it was met. The fake ConnectWise runs in a process of
 * its own. With {@code --quick} everything is ten times smaller, to try the program out; {@code --links} measures only what
 * is asked of very many links, {@code --idle} only integrations with nothing to do, {@code --store} only databases,
 * {@code --autotask} only Autotask PSA, {@code --pulseway} only Pulseway PSA.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** Measures everything; exits with 1 when a target was missed. */
    public static void main(String[] arguments) throws Exception {
        List<String> wishes = List.of(arguments);
        int scale = wishes.contains("--quick") ? 10 : 1;
        boolean all = wishes.stream()
                .noneMatch(List.of("--links", "--idle", "--store", "--autotask", "--pulseway")::contains);
        Table table = new Table();
        if (all) {
            measurePullAndPush(table, scale);
            table.rate("planner: unchanged pairs per second and core", PlannerBenchmark.pairsPerSecond(), 500_000);
        }
        if (all || wishes.contains("--autotask")) {
            measureAutotask(table, scale);
        }
        if (all || wishes.contains("--pulseway")) {
            try (FakeProcess fake = FakeProcess.pulseway(50, 6_000 / scale)) {
                new PulsewayPull(fake, readAhead()).measure(table);
            }
        }
        if (all || wishes.contains("--links")) {
            new ManyPairs(1_000_000 / scale).measure(table);
        }
        if (all || wishes.contains("--idle")) {
            new IdleIntegrations().measure(table, 1_000, 20);
        }
        if (all || wishes.contains("--store")) {
            new StoreSpeed().measure(table, 40_000 / scale, 1_000_000 / scale);
        }
        System.out.println(table);
        System.exit(table.allMet() ? 0 : 1);
    }

    private static void measurePullAndPush(Table table, int scale) throws Exception {
        int companies = 2_000 / scale;
        int configurations = 100_000 / scale;
        double once;
        ExecutorService threads = readAhead();
        try (FakeProcess fake = FakeProcess.start(companies, configurations)) {
            FirstPull pull = new FirstPull(fake, threads);
            once = pull.measure(table);
            new OnePush(fake, pull).measure(table, 1000);
        }
        try (FakeProcess fake = FakeProcess.start(companies, 2 * configurations)) {
            double twice = new FirstPull(fake, threads).medianSeconds(3);
            table.ratio("first pull of twice as many configurations : of one", twice / once, 2.2);
        }
    }

    private static void measureAutotask(Table table, int scale) throws Exception {
        try (FakeProcess fake = FakeProcess.autotask(2_000 / scale, 1, 100_000 / scale)) {
            new AutotaskPull(fake, readAhead()).measure(table);
        }
        try (FakeProcess fake = FakeProcess.autotask(1_000 / scale, 5, 50_000 / scale)) {
            new AutotaskPull(fake, readAhead()).measureThreshold(table);
        }
    }

    private static ExecutorService readAhead() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "read-ahead");
            thread.setDaemon(true); // it must not keep a program alive that fails
            return thread;
        });
    }
}
