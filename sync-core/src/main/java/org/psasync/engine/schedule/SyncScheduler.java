package org.psasync.engine.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.desk.Figures;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many integrations in one process, on the host's threads only (RUN-1).
 *
 * <pre>{@code
 * try (SyncScheduler scheduler = SyncScheduler.builder(executor).build()) {
 *     scheduler.add(contoso);
 *     scheduler.add(fabrikam);
 *     scheduler.saved("contoso/connectwise", assetId).thenAccept(result -> show(result.text()));
 * }
 * }</pre>
 *
 * <p>Each integration runs at the interval of its settings, counted from the beginning of the last run, and soon after its
 * settings changed or it was connected. What a person asks for goes to the head of the queue. Long runs take turns in
 * slices; pushes of saves go before them. After a run that ended in an error the pauses grow, up to a day. An integration
 * that is idle costs nothing: there is one timer for the next one that is due.
 *
 * <p>Several processes may schedule the same integrations, if they share the store: one of them runs, the others look
 * again later. The executor should have more threads than {@link SyncSchedulerBuilder#workers}, so that pushes find one.
 *
 * <p>Safe for use by several threads.
 */
public final class SyncScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncScheduler.class);
    private static final String CLOSED = "The scheduler was closed; the next run goes on where it stopped.";
    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TRY_LATER = 503;

    private final Workers workers;
    private final InstantSource clock;
    private final Duration slice;
    private final int mostRuns;
    private final int mostPushes;
    private final Figures figures;
    private final Object lock = new Object();
    private final Lanes lanes;
    private int runs;
    private boolean closed;
    private long lanesAdded;

    SyncScheduler(SyncSchedulerBuilder builder) {
        this.workers = new Workers(builder.executor, builder.clock);
        this.clock = builder.clock;
        this.slice = builder.slice;
        this.mostRuns = builder.workers;
        this.mostPushes = builder.pushes;
        this.figures = new Figures(builder.metrics);
        this.lanes = new Lanes((long) mostRuns * turnsWithinALease(slice));
    }

    /** A run must have its next turn while its right to run lasts, or another node takes it over. */
    private static int turnsWithinALease(Duration slice) {
        long turns = Duration.ofMinutes(5).toSeconds() / Math.max(1, slice.toSeconds());
        return (int) Math.max(1, Math.min(30, turns));
    }

    /**
     * Starts to put a scheduler together.
     *
     * @param executor whose threads do everything; the scheduler never shuts it down
     */
    public static SyncSchedulerBuilder builder(ScheduledExecutorService executor) {
        return new SyncSchedulerBuilder(executor);
    }

    // Integrations ---------------------------------------------------------------------------------------------------

    /**
     * Begins to run an integration; an engine of the same integration that was added before takes its leave.
     *
     * @throws IllegalStateException when the scheduler was closed
     */
    public void add(SyncEngine engine) {
        requireNonNull(engine, "engine");
        IntegrationStatus status = engine.status();
        Duration interval = engine.settings().schedule().interval();
        Instant now = clock.instant();
        String name = engine.integration();
        Lane before;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The scheduler was closed");
            }
            Lane lane = new Lane(
                    engine, mostPushes, ++lanesAdded, interval, Timetable.first(name, status.lastRun(), interval, now));
            lane.listening((integration, event) -> heard(lane, event));
            if (status.dueAt() != null) {
                lane.due(status.dueAt());
            }
            before = lanes.add(name, lane, now);
            engine.subscribe(lane.ear());
        }
        leave(before, "The engine was replaced; the next run goes on where it stopped.");
        if (engine.status().runWanted()) {
            wake(name); // it changed before it was listened to
        }
        dispatch();
    }

    /** Ends to run an integration; what is being done for it comes to the next point where it can stop. */
    public void remove(String integration) {
        Lane lane;
        synchronized (lock) {
            lane = lanes.remove(integration);
        }
        leave(lane, "The integration is scheduled no more; the next run goes on where it stopped.");
    }

    private void leave(@Nullable Lane lane, String why) {
        if (lane == null) {
            return;
        }
        lane.engine.unsubscribe(lane.ear());
        OngoingRun ongoing;
        List<Saves.Save> waiting;
        synchronized (lock) {
            ongoing = lane.remove(why);
            waiting = lane.saves.takeAll();
        }
        if (ongoing != null) {
            stop(ongoing, why);
        }
        waiting.forEach(save -> save.answer().complete(later()));
    }

    private static PushResult later() {
        return new PushResult.Waiting(
                Disposition.CHANGE_WAITING, "Not pushed yet; the next run sees to it.", null, PushResult.Done.NOTHING);
    }

    private static void stop(OngoingRun run, String why) {
        try {
            run.stop(why);
        } catch (RuntimeException failure) {
            LOG.warn("A run could not be ended; its right to run ends by itself", failure);
        }
    }

    /** Looks at an integration now, as after a change: for one that another process set up. */
    public void wake(String integration) {
        synchronized (lock) {
            Lane lane = require(integration);
            lane.changed(clock.instant());
            lanes.place(lane, clock.instant());
        }
        dispatch();
    }

    private void heard(Lane lane, Event event) {
        boolean ofIntegration = event.kind() == null && event.run() == null;
        if (ofIntegration) {
            synchronized (lock) {
                lane.changed(clock.instant());
                lanes.place(lane, clock.instant());
            }
            dispatch();
        }
    }

    /** @throws IllegalArgumentException when it was not added */
    private Lane require(String integration) {
        Lane lane = lanes.named(requireNonNull(integration, "integration"));
        if (lane == null) {
            throw new IllegalArgumentException("No engine was added for the integration \"" + integration + "\"");
        }
        return lane;
    }

    private Lane laneOf(String integration) {
        synchronized (lock) {
            return require(integration);
        }
    }

    // What people want -----------------------------------------------------------------------------------------------

    /**
     * Lets an integration run at the head of the queue; after the one that is going on, if one is. Nothing is queued while
     * its runs are paused, or it is disconnected.
     *
     * @return how the integration is now, with the reason where no run is queued
     * @throws org.psasync.engine.NotAllowedException when the person may not start runs; nothing happens
     */
    public IntegrationStatus runNow(String integration, Actor actor) {
        Lane lane = laneOf(integration);
        lane.engine.as(actor).begin().close(); // refuses who may not; without a slice nothing is begun
        if (lane.engine.status().mayRun()) {
            synchronized (lock) {
                lane.ask(actor);
                lanes.place(lane, clock.instant());
            }
            dispatch();
        }
        return status(integration);
    }

    /**
     * Stops the run that is going on, on whatever node, and takes back a wish for one that did not begin (DATA-7).
     *
     * @return whether a run is going on
     * @throws org.psasync.engine.NotAllowedException when the person may not; nothing happens
     */
    public boolean cancel(String integration, Actor actor) {
        Lane lane = laneOf(integration);
        boolean going = lane.engine.as(actor).cancel();
        synchronized (lock) {
            lane.cancelled(clock.instant());
            lanes.place(lane, clock.instant());
        }
        dispatch();
        return going;
    }

    /** Returns how an integration is, with what waits for it here (RUN-2). */
    public IntegrationStatus status(String integration) {
        Lane lane = laneOf(integration);
        IntegrationStatus status = lane.engine.status();
        synchronized (lock) {
            Instant now = clock.instant();
            boolean queued = status.mayRun() && status.status() != Status.SYNCING && lanes.isReady(lane);
            return status.scheduled(
                    queued ? Status.QUEUED : status.status(), status.mayRun() ? lane.nextRun(now) : null);
        }
    }

    // What the host and the PSA tell ---------------------------------------------------------------------------------

    /**
     * Takes notice that a record was saved, and pushes it on the executor (PUSH-2); {@link SyncEngine#saved(LocalRef)} does
     * it in the call. Saves of a record that wait become one push (PUSH-9); one record is pushed once at a time.
     *
     * @return what came of it, in the thread that pushed; fails only when the host or the store did. Where the scheduler
     *     is closed before, it is <i>waiting</i>, and the next run finds the save
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
        CompletionStage<PushResult> answer;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.completedStage(later());
            }
            Lane lane = require(integration);
            answer = lane.saves.add(record, revision).minimalCompletionStage();
            lanes.saves(lane);
        }
        if (!dispatch()) {
            push(); // better here than not at all
            dispatch();
        }
        return answer;
    }

    /**
     * Verifies a request that claims to come from the PSA, notes the records that it names, and lets a run look at them
     * when no more come for a moment (PSA-ALL-3). Of very many, not each is noted: the run finds them.
     *
     * @return the HTTP status to answer with: 202 for a genuine request, 403 for another one, 404 for an integration that
     *     was not added or whose connector knows no webhooks, 503 when it cannot be verified or noted now
     */
    public int webhook(String integration, WebhookRequest request) {
        requireNonNull(request, "request");
        Lane lane;
        boolean stores;
        synchronized (lock) {
            lane = lanes.named(integration);
            stores = lane != null && lane.storesHints();
        }
        if (lane == null) {
            return NOT_FOUND;
        }
        try {
            if (!(stores ? lane.engine.webhook(request) : lane.engine.isGenuine(request))) {
                return FORBIDDEN;
            }
        } catch (UnsupportedOperationException unknown) {
            return NOT_FOUND;
        } catch (RuntimeException failure) {
            LOG.warn("A webhook of {} could not be taken", integration, failure);
            return TRY_LATER;
        }
        synchronized (lock) {
            lane.hinted(clock.instant());
            lanes.place(lane, clock.instant());
        }
        dispatch();
        return ACCEPTED;
    }

    // Work -----------------------------------------------------------------------------------------------------------

    /** Asks for threads for what can be done now; returns whether the host gave them. */
    private boolean dispatch() {
        int wanted;
        Instant next;
        int readyRuns;
        int waitingSaves;
        synchronized (lock) {
            lanes.makeReady(clock.instant());
            wanted = lanes.savesReady() + Math.min(mostRuns - runs, lanes.ready());
            next = lanes.nextTime();
            readyRuns = lanes.ready();
            waitingSaves = lanes.savesWaiting();
        }
        figures.waiting("runs", readyRuns);
        figures.waiting("pushes", waitingSaves);
        workers.wake(next, this::dispatch);
        return workers.lend(wanted, this::work, this::dispatch);
    }

    /** Does the most important thing that can be done now. */
    private void work() {
        if (!push()) {
            run();
        }
        dispatch();
    }

    /** Pushes one save; returns whether there was one. */
    private boolean push() {
        Lanes.Turn turn;
        synchronized (lock) {
            turn = lanes.takeSave();
        }
        if (turn == null) {
            return false;
        }
        Saves.Save save = turn.save();
        SyncEngine engine = turn.lane().engine;
        PushResult result = null;
        Throwable failure = null;
        try {
            result = save.revision() == null
                    ? engine.saved(save.record())
                    : engine.saved(save.record(), save.revision());
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
        synchronized (lock) {
            turn.lane().saves.done(save);
            Instant again = result == null ? null : Timetable.again(result, clock.instant());
            if (again != null) {
                turn.lane().due(again);
                lanes.place(turn.lane(), clock.instant());
            }
        }
        if (failure == null) {
            save.answer().complete(requireNonNull(result));
        } else {
            save.answer().completeExceptionally(failure);
        }
        return true;
    }

    private void run() {
        Lane lane;
        Lane.Turn turn;
        synchronized (lock) {
            lanes.makeReady(clock.instant());
            lane = runs < mostRuns ? lanes.takeReady() : null;
            if (lane == null) {
                return;
            }
            runs++;
            turn = lane.begin(clock.instant());
        }
        Runnable outcome = failed(lane, turn);
        try {
            outcome = new Work(lane, turn, clock, slice).go();
        } catch (RuntimeException | Error failure) {
            LOG.error("A run of {} broke off", lane.engine.integration(), failure);
        }
        boolean leaves;
        synchronized (lock) {
            runs--;
            outcome.run();
            leaves = lane.isRemoved();
            lanes.place(lane, clock.instant());
        }
        if (leaves) {
            leave(lane, lane.removedBecause());
        }
    }

    private Runnable failed(Lane lane, Lane.Turn turn) {
        return () -> lane.failed(turn, clock.instant());
    }

    /** Ends all; runs that are going on stop at the next point where they can, and go on with the next run. */
    @Override
    public void close() {
        workers.close();
        List<Lane> all;
        synchronized (lock) {
            closed = true;
            all = lanes.all();
            all.forEach(lane -> lanes.remove(lane.engine.integration()));
        }
        all.forEach(lane -> leave(lane, CLOSED));
    }
}
