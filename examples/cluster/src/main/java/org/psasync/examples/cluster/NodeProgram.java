package org.psasync.examples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.psasync.cluster.ClusterScheduler;

/**
 * One node. It is told what to do by lines: {@code edit} lets people edit records at this node, {@code stop} ends that,
 * {@code add} with a number puts so many integrations into the schedule, and {@code close} ends the node.
 */
final class NodeProgram {
    private NodeProgram() {}

    /** Takes the address of the database, the node's name, the number of integrations, and how many ms the PSAs take. */
    public static void main(String[] given) throws IOException {
        PrintWriter voice = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        Records records = Records.at(given[0], 40);
        Duration answering = Duration.ofMillis(Long.parseLong(given[3]));
        ClusterScheduler scheduler = ClusterScheduler.builder(
                        records.source,
                        (integration, state, clock) -> Town.engine(records, integration, state, clock, answering),
                        Thread::new)
                .name(given[1])
                .slice(Duration.ofSeconds(2))
                .build();
        int integrations = Integer.parseInt(given[2]);
        add(scheduler, integrations);
        voice.println("ready");
        Users users = new Users(records, scheduler, integrations, given[1]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals("close"); line = lines.readLine()) {
            if (line.equals("edit")) {
                users.start();
            } else if (line.startsWith("add ")) {
                add(scheduler, Integer.parseInt(line.substring(4)));
            } else {
                users.stop();
            }
            voice.println(line + " done");
        }
        users.stop();
        scheduler.close();
        voice.println("closed");
        System.exit(0);
    }

    private static void add(ClusterScheduler scheduler, int integrations) {
        for (int i = 0; i < integrations; i++) {
            scheduler.add(Town.name(i));
        }
    }
}
