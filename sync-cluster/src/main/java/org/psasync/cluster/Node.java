package org.psasync.cluster;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncMetrics;
import org.psasync.engine.schedule.Timetable;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a node and what they do for ever: look for tasks that are due, say that the node is alive, renew what it
 * holds, and step aside when a node with a newer version of the library appears.
 */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);
    private static final String CLOSED =
            "The node was closed; the run goes on at another one, or when it is opened again.";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_GOODBYE = Duration.ofMinutes(1);
    private static final int BACKUP_THREADS = 2;
    private static final int BEATS_PER_LOOK_AROUND = 6;

    final Db db;
    final ClusterClock clock;
    final Membership membership;
    final JdbcStateStore store;
    final NodeStore state;
    final LaneTable lanes;
    final Engines engines;
    final PushQueue queue;
    private final ClusterSchedulerBuilder settings;
    private final Holdings holdings;
    private final Room room;
    private final Ending ending = new Ending();
    private final ThreadPoolExecutor pushing;
    private final ScheduledExecutorService beats;
    private final Scheduler runs;
    private final Scheduler pushes;
    private boolean aside;
    private int looks;

    Node(ClusterSchedulerBuilder settings, Db db, ClusterClock clock, Membership membership) {
        this.settings = settings;
        this.db = db;
        this.clock = clock;
        this.membership = membership;
        this.store = JdbcStateStore.postgres(settings.source);
        this.holdings = new Holdings(clock);
        this.state = new NodeStore(store, holdings, clock);
        this.lanes = new LaneTable(db);
        this.engines = new Engines(settings.engines, state, clock, this::changed);
        this.room = new Room(lanes, clock, settings.runs, settings.workers);
        this.pushing = new ThreadPoolExecutor(
                settings.pushes,
                settings.pushes,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                settings.threads,
                new ThreadPoolExecutor.DiscardPolicy());
        this.queue =
                new PushQueue(engines, new PushTable(db, clock), pushing, Math.min(2, settings.pushes), this::pushed);
        this.beats = Executors.newScheduledThreadPool(2, settings.threads);
        this.runs = scheduler(
                "psacluster_runs",
                settings.runs,
                new RunTask(lanes, engines, state, room, ending, clock, settings.slice));
        this.pushes = scheduler(
                "psacluster_pushes", BACKUP_THREADS, new PushTask(lanes, engines, ending, clock, this::pushed));
    }

    private Scheduler scheduler(String table, int threads, Task<?> task) {
        ThreadFactory factory = settings.threads;
        SchedulerBuilder builder = Scheduler.create(settings.source, task)
                .tableName(table)
                .schedulerName(new SchedulerName.Fixed(membership.node()))
                .clock(clock::instant)
                .threads(threads)
                .executorService(Executors.newFixedThreadPool(threads, factory))
                .dueExecutor(Executors.newSingleThreadExecutor(factory))
                .housekeeperExecutor(Executors.newScheduledThreadPool(2, factory))
                .serializer(PushOrder.SERIALIZER)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLL)
                .heartbeatInterval(Holdings.BEAT)
                .missedHeartbeatsLimit(4)
                .enablePriority()
                .commitWhenAutocommitDisabled(true)
                .shutdownMaxWait(LONGEST_GOODBYE);
        return builder.build();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what throws is logged, and is done again
    void start() {
        membership.seen(true);
        long beat = Holdings.BEAT.toMillis();
        beats.scheduleWithFixedDelay(() -> guarded(holdings::beat), beat, beat, TimeUnit.MILLISECONDS);
        if (settings.metrics != SyncMetrics.NONE) {
            beats.scheduleWithFixedDelay(() -> guarded(this::tellWaiting), beat, beat, TimeUnit.MILLISECONDS);
        }
        beats.scheduleWithFixedDelay(() -> guarded(this::lookAround), beat, beat, TimeUnit.MILLISECONDS);
        runs.start();
        pushes.start();
    }

    /** Looks for runs that are due now, without waiting for the next time that it would. */
    void hurry() {
        runs.triggerCheckForDueExecutions();
    }

    boolean isAside() {
        return ending.hasBegun();
    }

    /** Somebody changed something of an integration through an engine of this node. */
    void changed(String integration) {
        guarded(() -> {
            lanes.change(integration, lane -> lane.changed(clock.instant()));
            hurry();
        });
    }

    /** What a push left undone is looked at by a run. */
    private void pushed(String integration, PushResult result) {
        Instant again = Timetable.again(result, clock.instant());
        if (again != null) {
            guarded(() -> lanes.change(integration, lane -> lane.due(again)));
        }
    }

    /** Tells how much waits; of runs on all nodes, of saves on this one. */
    private void tellWaiting() {
        settings.metrics.gauge("psasync.queue", lanes.waiting(), Map.of("what", "runs"));
        settings.metrics.gauge("psasync.queue", queue.waiting(), Map.of("what", "pushes"));
    }

    /** The database may be away for a while; nothing that goes on for ever ends for that. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreException unreachable) {
            LOG.warn("The nodes' database failed; it is tried again: {}", unreachable.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("A node's own work failed; it is tried again", failure);
        }
    }

    private void lookAround() {
        stepAsideForNewer();
        membership.seen(!aside);
        if (!ending.hasBegun()) {
            lanes.misplaced().forEach(each -> lanes.change(each, lane -> lane));
        }
        if (++looks % BEATS_PER_LOOK_AROUND == 0) {
            clock.read();
            Set<String> scheduled = new HashSet<>(lanes.names());
            engines.open().stream().filter(each -> !scheduled.contains(each)).forEach(engines::close);
        }
    }

    // Versions -------------------------------------------------------------------------------------------------------

    private void stepAsideForNewer() {
        List<ClusterNode> newer = membership.newer();
        if (!newer.isEmpty() && !ending.hasBegun()) {
            String why = "The node " + newer.get(0).name() + " runs version "
                    + newer.get(0).version() + " of the library, this one " + membership.version()
                    + "; start this node with the same version.";
            LOG.warn("This node stops to work. {}", why);
            runs.pause();
            pushes.pause();
            queue.close();
            ending.begin(why);
        }
        if (ending.hasBegun() && !ending.isForGood()) {
            if (!aside && isQuiet()) {
                state.shut(ending.why());
                aside = true;
            } else if (aside && newer.isEmpty()) {
                workAgain();
            }
        }
    }

    private boolean isQuiet() {
        return room.isEmpty()
                && queue.isIdle()
                && runs.getCurrentlyExecuting().isEmpty()
                && pushes.getCurrentlyExecuting().isEmpty();
    }

    /** The newer node is gone. If it changed the tables, the store refuses them, and this node stays aside. */
    private void workAgain() {
        JdbcStateStore.postgres(settings.source).close();
        Tables.migrate(db);
        LOG.warn("The node with a newer version of the library is gone; this node works again");
        state.open();
        ending.takeBack();
        aside = false;
        queue.open();
        runs.resume();
        pushes.resume();
    }

    // The end --------------------------------------------------------------------------------------------------------

    void close() {
        ending.beginForGood(CLOSED);
        queue.close();
        pushing.shutdown();
        runs.stop();
        pushes.stop();
        try {
            pushing.awaitTermination(LONGEST_GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        beats.shutdownNow();
        guarded(membership::leave);
        engines.closeAll();
        store.close();
    }
}
