package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncMetrics;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** RUN-1: many integrations on two nodes, which share one real PostgreSQL. */
class ClusterSchedulerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DataSource database = Databases.database();
    private final Tenants tenants = new Tenants();
    private final List<ClusterScheduler> nodes = new ArrayList<>();
    private final List<Databases.Line> lines = new ArrayList<>();

    private ClusterScheduler node(String name) {
        return node(name, SyncMetrics.NONE);
    }

    private ClusterScheduler node(String name, SyncMetrics metrics) {
        Databases.Line line = new Databases.Line(database);
        lines.add(line);
        ClusterScheduler node = ClusterScheduler.builder(line.source(), tenants.factory(name), Tenants::thread)
                .name(name)
                .slice(Duration.ofSeconds(1))
                .runs(6)
                .metrics(metrics)
                .build();
        nodes.add(node);
        return node;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (ClusterScheduler each : nodes) {
            each.close();
        }
        for (Databases.Line each : lines) {
            each.close();
        }
    }

    private void awaitRuns(List<String> names, int runs) {
        Tenants.await("runs", SOON, () -> names.stream().allMatch(each -> tenants.runs(each) >= runs));
    }

    private static void awaitIdle(ClusterScheduler node, String name) {
        Tenants.await(name + " is idle", SOON, () -> {
            Status status = node.status(name).status();
            return status != Status.SYNCING && status != Status.QUEUED;
        });
    }

    private Set<String> startersOf(List<String> names) {
        Set<String> starters = new HashSet<>();
        names.forEach(each -> starters.addAll(tenants.starters.getOrDefault(each, List.of())));
        return starters;
    }

    @Test
    @DisplayName("RUN-1: each integration runs once when it is due, on either node; what one node adds both work on")
    void nodesShareTheWork() {
        List<String> names = tenants.make(40, 2);
        AtomicBoolean together = new AtomicBoolean();
        tenants.watched = connector -> Watched.before(connector, () -> {
            if (together.get()) {
                Tenants.await(
                        "both nodes begin runs", SOON, () -> startersOf(names).size() == 2);
            }
        });
        ClusterScheduler one = node("one");
        names.forEach(one::add);
        names.forEach(each -> Tenants.configure(one, each, false));
        ClusterScheduler two = node("two");
        awaitRuns(names, 1);
        names.forEach(each -> awaitIdle(two, each));
        assertThat(names).allSatisfy(each -> {
            assertThat(tenants.inHost(each)).containsExactly("Company 0", "Company 1");
            IntegrationStatus status = two.status(each);
            assertThat(status.status()).isEqualTo(Status.OK);
            assertThat(status.nextRun()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        });
        tenants.starts.clear();
        tenants.starters.clear();
        together.set(true); // so that all places of a node are taken until the other one has begun
        names.forEach(each -> two.runNow(each, Tenants.MANAGER));
        awaitRuns(names, 1);
        names.forEach(each -> awaitIdle(one, each));
        assertThat(names).allSatisfy(each -> assertThat(tenants.runs(each)).isEqualTo(1));
        assertThat(startersOf(names)).containsExactlyInAnyOrder("one", "two");
        assertThat(one.integrations()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(one.nodes()).hasSize(2).allMatch(ClusterNode::working);
    }

    @Test
    @DisplayName("RUN-1: what a manager asks for on one node goes before what is merely due, and others may not ask")
    void manualFirst() throws Exception {
        List<String> names = tenants.make(3, 1);
        CountDownLatch hold = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        tenants.watched = connector -> Watched.before(connector, () -> hold.await(30, TimeUnit.SECONDS));
        Databases.Line line = new Databases.Line(database);
        lines.add(line);
        ClusterScheduler node = ClusterScheduler.builder(
                        line.source(),
                        (name, state, clock) -> {
                            var engine = tenants.factory("one").open(name, state, clock);
                            engine.subscribe((integration, event) -> {
                                if (event.type() == Event.Type.RUN_STARTED) {
                                    order.add(integration);
                                }
                            });
                            return engine;
                        },
                        Tenants::thread)
                .runs(1)
                .build();
        nodes.add(node);
        node.add(names.get(0));
        Tenants.await("the first begins", SOON, () -> order.size() == 1);
        node.add(names.get(1));
        node.add(names.get(2));
        node.wake(names.get(1));
        assertThatThrownBy(() -> node.runNow(names.get(2), Actor.user("ulf"))).isInstanceOf(NotAllowedException.class);
        node.runNow(names.get(2), Tenants.MANAGER);
        assertThat(node.status(names.get(2)).status()).isEqualTo(Status.QUEUED);
        hold.countDown();
        Tenants.await("all ran", SOON, () -> order.size() >= 3);
        assertThat(order.subList(0, 3)).containsExactly(names.get(0), names.get(2), names.get(1));
    }

    @Test
    @DisplayName("DATA-7: an integration is paused, resumed, cancelled and removed from any node")
    void pauseAndCancelFromAnyNode() {
        String name = tenants.make(1, 1).get(0);
        CountDownLatch hold = new CountDownLatch(1);
        tenants.watched = connector -> Watched.before(connector, () -> hold.await(30, TimeUnit.SECONDS));
        ClusterScheduler one = node("one");
        one.add(name);
        Tenants.await("it begins", SOON, () -> tenants.runs(name) == 1);
        ClusterScheduler two = node("two");
        assertThat(two.status(name).status()).isEqualTo(Status.SYNCING);
        assertThat(two.cancel(name, Tenants.MANAGER)).isTrue();
        hold.countDown();
        awaitIdle(two, name);
        assertThat(Objects.requireNonNull(one.status(name).lastRun()).message()).contains("mia");
        two.engine(name).as(Tenants.MANAGER).pause();
        Tenants.await("both see it", SOON, () -> one.status(name).status() == Status.PAUSED);
        int before = tenants.runs(name);
        one.runNow(name, Tenants.MANAGER);
        two.engine(name).as(Tenants.MANAGER).resume();
        Tenants.await("it runs again", SOON, () -> tenants.runs(name) > before);
        awaitIdle(one, name);
        two.remove(name);
        assertThat(one.integrations()).isEmpty();
        assertThatThrownBy(() -> one.status(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.saved(name, LocalRef.of(AssetKind.CONTACT, "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "PUSH-9: saves of a record that wait are one push; the node that was told pushes, and nothing is left to do")
    void savesArePushedAtOnce() throws Exception {
        String name = tenants.make(1, 3).get(0);
        ClusterScheduler one = node("one");
        node("two");
        one.add(name);
        Tenants.configure(one, name, true);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        tenants.psa(name).journal().clear();
        LocalRef record = tenants.edit(name, "Company 1", "Renamed");
        List<CompletionStage<PushResult>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(one.saved(name, record));
        }
        for (CompletionStage<PushResult> each : answers) {
            assertThat(each.toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isInstanceOfAny(PushResult.Pushed.class, PushResult.NothingToPush.class);
        }
        assertThat(tenants.inPsa(name)).containsExactly("Company 0", "Company 2", "Renamed");
        assertThat(tenants.psa(name).journal().writes()).hasSize(1);
        assertThat(rows("psacluster_pushes")).isZero();
    }

    private static SyncMetrics gauges(Set<String> told) {
        return new SyncMetrics() {
            @Override
            public void count(String name, long amount, Map<String, String> tags) {}

            @Override
            public void time(String name, Duration time, Map<String, String> tags) {}

            @Override
            public void gauge(String name, double value, Map<String, String> tags) {
                if (name.equals("psasync.queue")) {
                    told.add(String.valueOf(tags.get("what")));
                }
            }
        };
    }

    @Test
    @DisplayName("PUSH-13: what a push left for later has a run before its time, and what waits is counted")
    void pushesThatWait() throws Exception {
        String name = tenants.make(1, 2).get(0);
        Set<String> told = ConcurrentHashMap.newKeySet();
        ClusterScheduler one = node("one", gauges(told));
        one.add(name);
        Tenants.configure(one, name, true);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        tenants.psa(name).faults().next(Fault.unavailable().on(Operation.UPDATE));
        LocalRef record = tenants.edit(name, "Company 1", "Renamed");
        PushResult result = one.saved(name, record).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(PushResult.Waiting.class);
        Instant next = Objects.requireNonNull(one.status(name).nextRun());
        assertThat(next).isBefore(Instant.now().plus(Duration.ofMinutes(10)));
        Tenants.await("the metrics are told", SOON, () -> told.containsAll(Set.of("runs", "pushes")));
    }

    @Test
    @DisplayName("PUSH-2: what a node was told and did not push before it died is pushed by another one")
    void savesOutliveTheirNode() {
        String name = tenants.make(1, 2).get(0);
        ClusterScheduler one = node("one");
        one.add(name);
        Tenants.configure(one, name, true);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        LocalRef record = tenants.edit(name, "Company 1", "Renamed");
        Db db = new Db(lines.get(0).source());
        PushTable kept = new PushTable(db, () -> Instant.now().minus(PushTable.GRACE));
        kept.put(new PushOrder(name, record, null)); // as a node does that dies right after it
        Tenants.await("pushed", SOON, () -> tenants.inPsa(name).contains("Renamed"));
        Tenants.await("forgotten", SOON, () -> rows("psacluster_pushes") == 0);
    }

    @Test
    @DisplayName("PSA-ALL-3: many webhooks on both nodes become one run")
    void webhooksBecomeOneRun() {
        String name = tenants.make(1, 2).get(0);
        ClusterScheduler one = node("one");
        ClusterScheduler two = node("two");
        one.add(name);
        Tenants.configure(one, name, false);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        Db db = new Db(lines.get(0).source());
        db.in(connection -> Db.update(connection, "update psacluster_lanes set last_start = null"));
        tenants.starts.clear();
        Tenants.company(tenants.psa(name), "Company 2");
        WebhookRequest hook = tenants.psa(name)
                .hook(tenants.psa(name).all(AssetKind.ORGANIZATION).get(0).ref());
        for (int i = 0; i < 200; i++) {
            assertThat((i % 2 == 0 ? one : two).webhook(name, hook)).isEqualTo(202);
        }
        assertThat(one.webhook("nobody/here", hook)).isEqualTo(404);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        assertThat(tenants.inHost(name)).contains("Company 2");
        assertThat(tenants.runs(name)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "RUN-1, SAFE-6: the run of a node that dies is taken over within a minute; what it does later changes nothing")
    void takeOver() throws Exception {
        String name = tenants.make(1, 2).get(0);
        CountDownLatch hold = new CountDownLatch(1);
        AtomicBoolean blocking = new AtomicBoolean();
        tenants.watched = connector -> Watched.before(connector, () -> {
            if (blocking.get()) {
                hold.await(90, TimeUnit.SECONDS);
            }
        });
        ClusterScheduler one = node("one");
        one.add(name);
        Tenants.configure(one, name, false);
        awaitRuns(List.of(name), 1);
        awaitIdle(one, name);
        tenants.starts.clear();
        tenants.starters.clear();
        Tenants.company(tenants.psa(name), "Company 2");
        blocking.set(true);
        one.runNow(name, Tenants.MANAGER);
        Tenants.await("it begins", SOON, () -> tenants.runs(name) == 1);
        tenants.watched = connector -> connector;
        node("two");
        lines.get(0).cut();
        Instant died = Instant.now();
        Tenants.await("taken over", Duration.ofSeconds(60), () -> tenants.runs(name) >= 2);
        System.out.println("ClusterSchedulerTest: taken over after "
                + Duration.between(died, Instant.now()).toMillis() + " ms");
        assertThat(tenants.starters(name)).containsExactly("one", "two");
        awaitIdle(nodes.get(1), name);
        hold.countDown(); // the dead node's answer arrives
        assertThat(tenants.inHost(name)).containsExactly("Company 0", "Company 1", "Company 2");
        assertThat(nodes.get(1).status(name).status()).isEqualTo(Status.OK);
    }

    private int rows(String table) {
        return new Db(lines.get(0).source())
                .in(connection -> Db.query(connection, "select count(*) from " + table, row -> row.getInt(1)))
                .get(0);
    }
}
