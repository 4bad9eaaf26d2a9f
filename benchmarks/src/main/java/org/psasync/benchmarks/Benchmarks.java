package org.psasync.benchmarks;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prints one table with what was measured, the target, and whether it was met. The fake ConnectWise runs in a process of
 * its own. With {@code --quick} everything is ten times smaller, to try the program out; {@code --idle} measures nothing but
 * idle integrations.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs every benchmark; exits with 1 when a target was missed. */
    public static void main(String[] arguments) throws Exception {
        int scale = List.of(arguments).contains("--quick") ? 10 : 1;
        Table table = new Table();
        if (List.of(arguments).contains("--idle")) {
            new IdleIntegrations().measure(table, 1_000, 20);
            System.exit(table.allMet() ? 0 : 1);
        }
        int companies = 2_000 / scale;
        int configurations = 100_000 / scale;
        double once;
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (FakeProcess fake = FakeProcess.start(companies, configurations)) {
            FirstPull pull = new FirstPull(fake, threads);
            once = pull.measure(table);
            new OnePush(fake, pull).measure(table, 200);
        }
        try (FakeProcess fake = FakeProcess.start(companies, 2 * configurations)) {
            double twice = new FirstPull(fake, threads).medianSeconds(3);
            table.ratio("first pull of twice as many configurations : of one", twice / once, 2.2);
        }
        table.rate("planner: unchanged pairs per second and core", PlannerBenchmark.pairsPerSecond(), 500_000);
        new IdleIntegrations().measure(table, 1_000, 20);
        System.out.println(table);
        System.exit(table.allMet() ? 0 : 1);
    }
}
