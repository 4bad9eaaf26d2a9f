package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;

/** Nodes whose clocks differ by minutes. */
class ClocksOfNodesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DataSource database = Databases.database();
    private final Tenants tenants = new Tenants();

    private ClusterScheduler node(String name, Duration ahead) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return ClusterScheduler.builder(new Databases.Line(database).source(), tenants.factory(name), Tenants::thread)
                .name(name)
                .ownClock(clock)
                .slice(Duration.ofSeconds(1))
                .build();
    }

    @Test
    @DisplayName(
            "RUN-1, SAFE-1: nodes whose clocks are minutes ahead or behind take nothing from one another, and run all once")
    void nodesAgreeAboutTheTime() throws Exception {
        List<String> names = tenants.make(10, 2);
        CountDownLatch hold = new CountDownLatch(1);
        try (ClusterScheduler one = node("one", Duration.ofMinutes(-9));
                ClusterScheduler two = node("two", Duration.ofMinutes(7))) {
            tenants.watched = connector -> Watched.before(connector, () -> hold.await(60, TimeUnit.SECONDS));
            one.add(names.get(0));
            Tenants.await("it begins", SOON, () -> tenants.runs(names.get(0)) == 1);
            two.runNow(names.get(0), Tenants.MANAGER);
            tenants.watched = connector -> connector;
            names.subList(1, 10).forEach(two::add);
            Tenants.await(
                    "the others ran",
                    SOON,
                    () -> names.subList(1, 10).stream().allMatch(each -> tenants.runs(each) == 1));
            assertThat(tenants.runs(names.get(0))).as("nobody took it over").isEqualTo(1);
            assertThat(one.nodes()).hasSize(2);
            hold.countDown();
            Tenants.await("it ended, and the wish came after it", SOON, () -> tenants.runs(names.get(0)) == 2);
            assertThat(names.subList(1, 10))
                    .allSatisfy(each -> assertThat(tenants.runs(each)).isEqualTo(1));
            Instant next = one.status(names.get(1)).nextRun();
            assertThat(next)
                    .isBetween(
                            Instant.now().plus(Duration.ofMinutes(58)),
                            Instant.now().plus(Duration.ofMinutes(61)));
        }
    }

    @Test
    @DisplayName("A node's clock that is set, or stands still, is told from the database's at once")
    void theClockIsSet() {
        TestClock own = TestClock.at("2026-03-01T08:00:00Z");
        TestClock steady = TestClock.at("1970-01-01T00:00:00Z");
        ClusterClock clock = new ClusterClock(new Db(new Databases.Line(database).source()), own, steady);
        clock.read();
        requireRight(clock);
        own.advance(Duration.ofHours(3));
        requireRight(clock);
        steady.advance(Duration.ofMinutes(5));
        requireRight(clock);
        own.advance(Duration.ofMinutes(1));
        steady.advance(Duration.ofMinutes(1));
        assertThat(Duration.between(Instant.now(), clock.instant()))
                .as("while both agree, nobody is asked")
                .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(61));
    }

    private static void requireRight(InstantSource clock) {
        assertThat(Duration.between(Instant.now(), clock.instant()).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("While the database is away, the later of a node's two clocks counts")
    void theDatabaseIsAway() {
        TestClock own = TestClock.at("2026-03-01T08:00:00Z");
        TestClock steady = TestClock.at("1970-01-01T00:00:00Z");
        Databases.Line line = new Databases.Line(database);
        ClusterClock clock = new ClusterClock(new Db(line.source()), own, steady);
        clock.read();
        line.cut();
        Instant before = clock.instant();
        own.advance(Duration.ofMinutes(3)); // the machine slept
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofMinutes(3));
    }
}
