package org.psasync.cluster;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport.Status;

/** P14: the PostgreSQL of the nodes crashes in the midst of their runs, recovers, and everything goes on. */
class ServerRestartTest {
    @Test
    @DisplayName(
            "P14, SAFE-6: a crash of PostgreSQL stops runs; when it is back they are done again, and nothing is doubled")
    void theServerRestarts() throws Exception {
        Databases.database(); // skips where no PostgreSQL can run
        Tenants tenants = new Tenants();
        List<String> names = tenants.make(6, 3);
        tenants.watched = connector -> Watched.before(connector, () -> Thread.sleep(200));
        try (EmbeddedPostgres server = durable()) {
            Databases.Line line = new Databases.Line(server.getPostgresDatabase());
            try (ClusterScheduler one = ClusterScheduler.builder(line.source(), tenants.factory("one"), Tenants::thread)
                            .name("one")
                            .slice(Duration.ofSeconds(1))
                            .build();
                    ClusterScheduler two = ClusterScheduler.builder(
                                    new Databases.Line(server.getPostgresDatabase()).source(),
                                    tenants.factory("two"),
                                    Tenants::thread)
                            .name("two")
                            .slice(Duration.ofSeconds(1))
                            .build()) {
                names.forEach(one::add);
                names.forEach(each -> one.engine(each)
                        .as(Tenants.MANAGER)
                        .configure(settings -> settings.organizations(
                                        o -> o.types("Customer").statuses("Active"))
                                .interval(Duration.ofSeconds(15))));
                Tenants.await("some run", Duration.ofSeconds(30), () -> tenants.starts.size() >= 3);
                crash(line);
                try {
                    Tenants.await(
                            "all are done",
                            Duration.ofMinutes(2),
                            () -> names.stream()
                                    .allMatch(each -> tenants.inHost(each).size() >= 3 && isDone(two, each)));
                } catch (AssertionError notDone) {
                    String states = names.stream()
                            .map(each -> each + " has " + tenants.inHost(each).size() + ": " + two.status(each))
                            .collect(joining("\n"));
                    throw new AssertionError(states + "\n" + rows(line), notDone);
                }
                assertThat(names)
                        .allSatisfy(each -> assertThat(tenants.inHost(each))
                                .containsExactly("Company 0", "Company 1", "Company 2"));
            }
        }
    }

    /** The test server would lose what it had just acknowledged. */
    private static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private static boolean isDone(ClusterScheduler node, String name) {
        try {
            return node.status(name).status() == Status.OK;
        } catch (RuntimeException away) {
            return false;
        }
    }

    private static String rows(Databases.Line line) {
        List<String> rows = new Db(line.source())
                .in(connection -> Db.query(
                        connection,
                        "select r::text || ' ' || l::text from psacluster_runs r join psacluster_lanes l"
                                + " on l.integration = r.task_instance",
                        row -> row.getString(1)));
        return String.join("\n", rows);
    }

    /** One process of the server is killed, upon which it ends all others and recovers. */
    private static void crash(Databases.Line line) {
        Db db = new Db(line.source());
        int backend = db.in(connection -> Db.query(connection, "select pg_backend_pid()", row -> row.getInt(1)))
                .get(0);
        boolean killed =
                ProcessHandle.of(backend).map(ProcessHandle::destroyForcibly).orElse(false);
        Assumptions.assumeTrue(killed, "The server's processes cannot be reached here");
    }
}
