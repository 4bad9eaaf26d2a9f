package org.psasync.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterTest {
    @Test
    @DisplayName("RUN-1, SAFE-1, SAFE-6, P14: of two processes one is killed; nothing is lost, doubled or stuck")
    void aSmallCluster() throws Exception {
        StringWriter text = new StringWriter();
        Cluster cluster = new Cluster(new PrintWriter(text, true));
        cluster.loseANode(6, 2, Duration.ofSeconds(3));
        System.out.println(text);
        assertThat(cluster.faults()).as("%s", text).isEmpty();
    }
}
