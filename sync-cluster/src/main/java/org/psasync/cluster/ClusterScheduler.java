package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.schedule.Timetable;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.IntegrationState;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many integrations on many nodes, which share one PostgreSQL database (RUN-1). Each node has one of these, with the
 * same integrations.
 *
 * <pre>{@code
 * ClusterScheduler scheduler = ClusterScheduler.builder(dataSource, this::open, Thread::new).name("node-1").build();
 * scheduler.add("contoso/connectwise");
 * scheduler.saved("contoso/connectwise", record).thenAccept(result -> show(result.text()));
 *
 * SyncEngine open(String integration, StateStore state, InstantSource clock) {
 *     return SyncEngine.builder().integration(integration).state(state).clock(clock)
 *             .connector(connectorOf(integration)).assets(recordsOf(integration)).build();
 * }
 * }</pre>
 *
 * <p>The schedule is in the database: what was added, asked for, or told on one node is done by whichever node has time.
 * What a person asks for goes first. Saves are pushed by the node that was told of them, in threads of their own; should it
 * die, by another. When a node dies, its runs are taken over within a minute. That nothing is done twice does not rest on the
 * schedule but on the leases and claims of the state.
 *
 * <p>The nodes' own clocks may differ: all go by the database's. Safe for use by several threads.
 */
public final class ClusterScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);
    private static final int MOST_HINTS = 100;
    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TRY_LATER = 503;
    private static final int LONGEST_NAME = 500;

    private final Node node;
    private final HintBursts hints;

    private ClusterScheduler(Node node) {
        this.node = node;
        this.hints = new HintBursts(node.clock);
    }

    /**
     * Starts to put the scheduler of a node together.
     *
     * @param source of a PostgreSQL database, the same for all nodes; its connections should be pooled, as many as runs and
     *     pushes go on at the same time and ten more. It is not closed with the scheduler
     * @param engines opens the engine of an integration
     * @param threads makes the threads of the node, which end when the scheduler is closed
     */
    public static ClusterSchedulerBuilder builder(DataSource source, EngineFactory engines, ThreadFactory threads) {
        return new ClusterSchedulerBuilder(source, engines, threads);
    }

    static ClusterScheduler open(ClusterSchedulerBuilder settings) {
        Db db = new Db(settings.source);
        Tables.migrate(db);
        ClusterClock clock = new ClusterClock(db, settings.ownClock);
        clock.read();
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        Membership membership = new Membership(db, clock, settings.name + "/" + suffix, settings.version);
        membership.seen(false);
        Node node;
        try {
            awaitOlderNodes(membership, settings.patience);
            node = new Node(settings, db, clock, membership);
        } catch (RuntimeException failure) {
            membership.leave();
            throw failure;
        }
        node.start();
        return new ClusterScheduler(node);
    }

    /** Nodes of several versions must not work at the same time; older ones step aside when they see a newer one. */
    private static void awaitOlderNodes(Membership membership, Duration patience) {
        List<ClusterNode> newer = membership.newer();
        if (!newer.isEmpty()) {
            throw new IllegalStateException("The node " + newer.get(0).name() + " runs version "
                    + newer.get(0).version() + " of the library, this one " + membership.version()
                    + "; start this node with the same version");
        }
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<ClusterNode> older = membership.olderAtWork();
            if (older.isEmpty()) {
                return;
            }
            if (System.nanoTime() - until >= 0) {
                throw new IllegalStateException("The node " + older.get(0).name() + " still works with version "
                        + older.get(0).version() + " of the library; stop it, then start this one, which has "
                        + membership.version());
            }
            membership.seen(false);
            try {
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for older nodes", interrupted);
            }
        }
    }

    // Integrations ---------------------------------------------------------------------------------------------------

    /**
     * Puts an integration into the schedule of all nodes; harmless when it is there, so each node may add all when it starts.
     *
     * @param integration its name: no control characters, at most 500 characters
     */
    public void add(String integration) {
        requireName(integration);
        IntegrationState state = node.state.integration(integration);
        Setup setup = state.setup();
        Progress progress = state.progress();
        Duration interval = setup.settings().schedule().interval();
        Instant now = node.clock.instant();
        boolean changed = progress.settingsSeen() != setup.settingsVersion();
        Instant first = changed ? now : Timetable.first(integration, progress.lastRun(), interval, now);
        Lane lane = Lane.added(integration, first, interval);
        RunReport last = progress.lastRun();
        Instant dueAt = last == null ? null : state.nextDue(last.started()).orElse(null);
        node.lanes.add(dueAt == null ? lane : lane.due(dueAt));
    }

    private static void requireName(String integration) {
        boolean fits = !integration.isBlank()
                && integration.length() <= LONGEST_NAME
                && integration.chars().noneMatch(each -> Character.isISOControl(each) || isSurrogate(each));
        if (!fits) {
            throw new IllegalArgumentException("An integration of a cluster needs a name of up to " + LONGEST_NAME
                    + " characters, without control characters");
        }
    }

    private static boolean isSurrogate(int unit) {
        return Character.isSurrogate((char) unit);
    }

    /**
     * Takes an integration out of the schedule, on all nodes; a run that is going on stops at the next point where it can.
     * Its state stays. Harmless when it is not there.
     */
    public void remove(String integration) {
        requireNonNull(integration, "integration");
        if (node.lanes.remove(integration)) {
            node.state.integration(integration).cancel("schedule", node.clock.instant());
        }
        node.queue.remove(integration);
        node.engines.close(integration);
    }

    /** Returns the names of all integrations in the schedule. */
    public List<String> integrations() {
        return node.lanes.names();
    }

    /**
     * Returns this node's engine of an integration, for settings and all else that people do; other nodes hear of it. It is
     * closed when the integration is removed, or the scheduler closed.
     *
     * @throws IllegalArgumentException when it was not added
     */
    public SyncEngine engine(String integration) {
        require(integration);
        return node.engines.of(integration);
    }

    /** Returns the nodes that are there, this one among them. */
    public List<ClusterNode> nodes() {
        return node.membership.all();
    }

    /** Runs an integration soon, as after a change: for one that was changed through another engine than this scheduler's. */
    public void wake(String integration) {
        require(integration);
        node.changed(integration);
    }

    private Lane require(String integration) {
        return node.lanes
                .find(requireNonNull(integration, "integration"))
                .orElseThrow(() -> LaneTable.notAdded(integration));
    }

    // What people want -----------------------------------------------------------------------------------------------

    /**
     * Lets an integration run before all that the schedule wants; after the run that is going on, if one is. Nothing is queued
     * while its runs are paused, or it is disconnected.
     *
     * @return how the integration is now, with the reason where no run is queued
     * @throws IllegalArgumentException when it was not added
     * @throws org.psasync.engine.NotAllowedException when the person may not start runs; nothing happens
     */
    public IntegrationStatus runNow(String integration, Actor actor) {
        require(integration);
        node.engines.of(integration).as(actor).begin().close(); // refuses who may not; without a slice nothing is begun
        if (node.engines.of(integration).status().mayRun()) {
            node.lanes.change(integration, lane -> lane.askedBy(actor, node.clock.instant()));
            node.hurry();
        }
        return status(integration);
    }

    /**
     * Stops the run that is going on, on whatever node, and takes back a wish for one that did not begin (DATA-7).
     *
     * @return whether a run is going on
     * @throws IllegalArgumentException when it was not added
     * @throws org.psasync.engine.NotAllowedException when the person may not; nothing happens
     */
    public boolean cancel(String integration, Actor actor) {
        require(integration);
        boolean going = node.engines.of(integration).as(actor).cancel();
        node.lanes.change(integration, Lane::cancelled);
        return going;
    }

    /**
     * Returns how an integration is, with what waits for it on whatever node (RUN-2).
     *
     * @throws IllegalArgumentException when it was not added
     */
    public IntegrationStatus status(String integration) {
        Lane lane = require(integration);
        IntegrationStatus status = node.engines.of(integration).status();
        if (!status.mayRun()) {
            return status;
        }
        Instant now = node.clock.instant();
        boolean due = !lane.dueAt().isAfter(now);
        if (status.status() == Status.SYNCING) {
            return status.scheduled(Status.SYNCING, due ? now.plus(lane.interval()) : lane.dueAt());
        }
        return status.scheduled(due ? Status.QUEUED : status.status(), due ? now : lane.dueAt());
    }

    // What the host and the PSA tell ---------------------------------------------------------------------------------

    /**
     * Takes notice that a record was saved, and pushes it on a thread of this node (PUSH-2). Saves of a record that wait
     * become one push (PUSH-9). The save is kept in the database until it is pushed, so that another node pushes it if this
     * one dies.
     *
     * @return what came of it, in the thread that pushed; fails only when the host or the store did. <i>Waiting</i> where
     *     the node does not work any more
     * @throws IllegalArgumentException when the integration was not added
     */
    public CompletionStage<PushResult> saved(String integration, LocalRef record) {
        return save(integration, record, null);
    }

    /** Does the same, and takes another revision than the one saved for <i>not yet</i>. */
    public CompletionStage<PushResult> saved(String integration, LocalRef record, Revision revision) {
        return save(integration, record, requireNonNull(revision, "revision"));
    }

    private CompletionStage<PushResult> save(String integration, LocalRef record, @Nullable Revision revision) {
        requireNonNull(record, "record");
        requireNonNull(integration, "integration");
        if (node.isAside()) {
            return CompletableFuture.completedStage(PushQueue.later());
        }
        return node.queue.add(new PushOrder(integration, record, revision));
    }

    /** Notes a save in the host's own transaction, as {@link JdbcStateStore#saved} does. */
    public void saved(Connection transaction, String integration, LocalRef record) {
        node.store.saved(transaction, integration, record);
    }

    /**
     * Verifies a request that claims to come from the PSA, notes the records that it names, and lets some node look at them
     * when no more come for a moment (PSA-ALL-3). Of very many, not each is noted: the run finds them.
     *
     * @return the HTTP status to answer with: 202 for a genuine request, 403 for another one, 404 for an integration that
     *     was not added or whose connector knows no webhooks, 503 when it cannot be verified or noted now
     */
    public int webhook(String integration, WebhookRequest request) {
        requireNonNull(integration, "integration");
        requireNonNull(request, "request");
        try {
            Lane lane = node.lanes.find(integration).orElse(null);
            if (lane == null) {
                return NOT_FOUND;
            }
            SyncEngine engine = node.engines.of(integration);
            Lane.Hints before = lane.hints();
            boolean stores = before == null || before.count() < MOST_HINTS;
            if (!(stores ? engine.webhook(request) : engine.isGenuine(request))) {
                return FORBIDDEN;
            }
            int more = hints.add(integration);
            if (more > 0) {
                node.lanes.change(integration, each -> each.hinted(more, node.clock.instant()));
            }
            return ACCEPTED;
        } catch (UnsupportedOperationException unknown) {
            return NOT_FOUND;
        } catch (RuntimeException failure) {
            LOG.warn("A webhook of {} could not be taken", integration, failure);
            return TRY_LATER;
        }
    }

    /**
     * Ends the work of this node; the other nodes go on with it at once. Runs stop at the next point where they can, which
     * takes as long as a slice.
     */
    @Override
    public void close() {
        node.close();
    }
}
