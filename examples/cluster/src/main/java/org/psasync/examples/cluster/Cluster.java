package org.psasync.examples.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Starts some nodes on one PostgreSQL, lets people edit records at all of them, kills one node, and looks whether anything
 * was lost, doubled or is stuck in the end. With {@code --due 1000} it lets so many integrations come due at once instead.
 */
public final class Cluster {
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);

    private final PrintWriter out;
    private final List<String> faults = new ArrayList<>();

    Cluster(PrintWriter out) {
        this.out = out;
    }

    /** Runs the example; ends with 1 when something was not as it should be. */
    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Cluster cluster = new Cluster(out);
        if (args.length == 2 && args[0].equals("--due")) {
            cluster.comeDueAtOnce(Integer.parseInt(args[1]), 2);
        } else {
            cluster.loseANode(30, 3, Duration.ofSeconds(15));
        }
        System.exit(cluster.faults.isEmpty() ? 0 : 1);
    }

    /** Returns what was not as it should be; empty when all is well. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .start();
    }

    private static String address(EmbeddedPostgres server) {
        return server.getJdbcUrl("postgres", "postgres");
    }

    private void say(String text, Object... values) {
        out.printf(text + "%n", values);
    }

    private static boolean await(Duration most, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            Thread.sleep(200);
        }
        return true;
    }

    private void check(boolean right, String fault) {
        if (!right) {
            faults.add(fault);
            say("NOT SO: %s", fault);
        }
    }

    // A node dies ----------------------------------------------------------------------------------------------------

    void loseANode(int integrations, int nodes, Duration editing) throws IOException, InterruptedException {
        List<Child> children = new ArrayList<>();
        try (EmbeddedPostgres server = start()) {
            try {
                Records records = Records.at(address(server), 10);
                records.makeTables();
                Town town = new Town(records, integrations);
                town.setUp(20, Duration.ofSeconds(5));
                for (int i = 1; i <= nodes; i++) {
                    children.add(new Child("node-" + i, address(server), integrations, 200));
                }
                for (Child child : children) {
                    child.awaitAnswer("ready");
                }
                say("%d nodes work on %d integrations", nodes, integrations);
                check(await(Duration.ofSeconds(60), town::haveAllRun), "all integrations ran for the first time");
                loseOne(town, children, editing);
            } finally {
                for (Child child : children) {
                    child.close();
                }
            }
        }
    }

    private void loseOne(Town town, List<Child> children, Duration editing) throws IOException, InterruptedException {
        for (Child child : children) {
            child.tell("edit");
        }
        for (int round = 0; round < 5; round++) {
            town.editInPsa(round);
            Thread.sleep(editing.toMillis() / 5);
        }
        Child victim = children.get(0);
        await(Duration.ofSeconds(10), () -> !town.workedOnBy(victim.name).isEmpty());
        List<String> orphaned = town.workedOnBy(victim.name);
        victim.kill();
        Instant killed = Instant.now();
        say("%s was killed in the midst of %d runs", victim.name, orphaned.size());
        boolean takenOver = await(
                TAKE_OVER,
                () -> orphaned.stream()
                        .allMatch(each -> town.starts(each).stream().anyMatch(start -> start.isAfter(killed))));
        check(takenOver, "all of its runs were taken over within a minute");
        Instant last = orphaned.stream()
                .flatMap(each -> town.starts(each).stream()
                        .filter(start -> start.isAfter(killed))
                        .limit(1))
                .max(Comparator.naturalOrder())
                .orElse(killed);
        say("take-over: %d runs, the last of them after %.1f s", orphaned.size(), seconds(killed, last));
        for (Child child : children.subList(1, children.size())) {
            child.tell("stop");
        }
        settle(town);
    }

    private void settle(Town town) throws InterruptedException {
        Instant stopped = Instant.now();
        boolean settled = await(
                Duration.ofSeconds(100),
                () -> town.names().stream()
                        .allMatch(each -> town.unsettled(each).isEmpty()));
        say("settled %.1f s after the last edit", seconds(stopped, Instant.now()));
        if (!settled) {
            town.names().forEach(each -> town.unsettled(each).ifPresent(why -> check(false, each + " has " + why)));
        }
        List<String> lost = town.lost();
        List<String> doubled = town.doubled();
        check(lost.isEmpty(), "nothing is lost: " + lost);
        check(doubled.isEmpty(), "nothing is doubled: " + doubled);
        say(
                "of %d edits %d were lost; %d records are double; %s",
                town.edits(), lost.size(), doubled.size(), settled ? "nothing is stuck" : "something is stuck");
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    // Many are due at once -------------------------------------------------------------------------------------------

    void comeDueAtOnce(int integrations, int nodes) throws IOException, InterruptedException {
        List<Child> children = new ArrayList<>();
        try (EmbeddedPostgres server = start()) {
            try {
                Records records = Records.at(address(server), 10);
                records.makeTables();
                Town town = new Town(records, integrations);
                town.setUp(5, Duration.ofHours(1));
                for (int i = 1; i <= nodes; i++) {
                    children.add(new Child("node-" + i, address(server), 0, 20));
                }
                for (Child child : children) {
                    child.awaitAnswer("ready");
                }
                Instant from = Instant.now();
                children.get(0).tell("add " + integrations); // each is due at once, since its settings are new
                boolean ran = await(Duration.ofMinutes(3), town::haveAllRun);
                List<Instant> starts = town.names().stream()
                        .flatMap(each -> town.starts(each).stream())
                        .sorted()
                        .toList();
                check(ran, "all ran");
                check(starts.size() == integrations, "each ran once: " + starts.size() + " runs of " + integrations);
                double first = seconds(from, starts.get(0));
                double last = seconds(from, starts.get(starts.size() - 1));
                check(last <= 60, "all began within a minute");
                say("%d integrations due at once on %d nodes: %d runs", integrations, nodes, starts.size());
                say("the first began after %.1f s, the last after %.1f s", first, last);
            } finally {
                for (Child child : children) {
                    child.close();
                }
            }
        }
    }
}
