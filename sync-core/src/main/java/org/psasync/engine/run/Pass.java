package org.psasync.engine.run;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PreviewAge;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.desk.SliceOver;
import org.psasync.engine.desk.Tally;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.Progress;
import org.psasync.store.StaleStateException;
import org.psasync.store.StoreException;

/**
 * One run under its lease, in one piece or in slices (RUN-7): one id, one report, and what was done is done once. Not for
 * use by several threads at a time.
 */
public final class Pass {
    /** No run takes as long; a longer time could not be counted with. */
    private static final Duration LONGEST_SLICE = Duration.ofDays(365);

    /** Brakes and confirmations look at the events of the last hour (BRAKE-3, DATA-5). */
    private static final Duration COUNTED_ON = Duration.ofHours(2);

    /** So long can what a plan shows as held be approved: longer, and it may look the same and be something else (BRAKE-1). */
    private static final Duration APPROVED_WITHIN = Duration.ofDays(1);

    private static final String BRAKED =
            "A brake holds what would be too much at once. Look at the plan and approve what"
                    + " it holds, or put right what caused it.";

    private final Parties parties;
    private final @Nullable String actor;
    private final Permit permit;
    private final List<PlannedItems> planned;
    private final @Nullable SyncPlan approving;
    private final String name;
    private Instant began;
    private @Nullable Lease lease;
    private @Nullable RunSteps steps;
    private @Nullable RunReport report;
    private boolean started;
    private long requests;

    Pass(Parties parties, @Nullable String actor, Permit permit, List<PlannedItems> planned) {
        this(parties, actor, permit, planned, null);
    }

    /** @param approving the plan of which what it shows as held is approved; it is so once, when the run came to its end */
    Pass(
            Parties parties,
            @Nullable String actor,
            Permit permit,
            List<PlannedItems> planned,
            @Nullable SyncPlan approving) {
        this.approving = approving;
        this.parties = parties;
        this.actor = actor;
        this.permit = permit;
        this.planned = planned;
        this.name = parties.newName();
        this.began = parties.clock().instant();
    }

    /** Returns the name of the run, which its events bear. */
    public String name() {
        return name;
    }

    /** Runs to the end; waits in this thread where the PSA wants a pause. */
    RunReport toTheEnd() {
        work(RunSteps::toTheEnd, null);
        if (report == null) {
            throw new IllegalStateException("The run did not come to its end"); // it paused although it was to wait
        }
        return report;
    }

    /**
     * Goes on with the run until it ends or the time is over; the last thing begun is always brought to its end.
     *
     * @return when to go on at the earliest; empty when the run has ended
     */
    public Optional<Instant> step(Duration time) {
        Duration most = time.compareTo(LONGEST_SLICE) > 0 ? LONGEST_SLICE : time;
        return work(RunSteps::goOn, parties.clock().instant().plus(most));
    }

    /** Returns the report, once the run has ended. */
    public Optional<RunReport> report() {
        return Optional.ofNullable(report);
    }

    /** Ends a run that was begun and does not go on here; the next one goes on where it stopped. */
    public RunReport stop(String why) {
        if (report == null) {
            try {
                if (steps == null) {
                    report = empty(Status.INCOMPLETE, why);
                } else {
                    end(steps, Status.INCOMPLETE, why, false, null);
                }
            } catch (StoreException failure) {
                brokeOff(failure);
            } finally {
                release();
            }
        }
        return requireNonNull(report);
    }

    /** The work of one slice. */
    @FunctionalInterface
    private interface Work {
        void on(RunSteps steps);
    }

    private Optional<Instant> work(Work work, @Nullable Instant until) {
        Optional<Instant> pause = Optional.empty();
        try {
            if (report == null && (steps != null || begin())) {
                pause = slice(requireNonNull(steps), work, until);
            }
        } catch (StoreException failure) {
            brokeOff(failure);
        } finally {
            if (pause.isEmpty()) {
                release();
                if (report == null) { // thrown is what nobody expected; nothing goes on from here
                    report = empty(Status.ERROR, "The run broke off.");
                }
            }
        }
        return pause;
    }

    /** Nothing more can be stored, so this report is told and not kept. */
    private void brokeOff(StoreException failure) {
        RunReport ended = empty(Status.ERROR, unkept(failure));
        report = ended;
        parties.figures().ran(parties.integration(), ended);
    }

    private static String unkept(StoreException failure) {
        return "The state could not be read or stored; the next run goes on where this one stopped. "
                + FailureText.of(failure);
    }

    private void release() {
        if (lease == null) {
            return;
        }
        try {
            parties.state().release(lease);
        } catch (StoreException unreachable) {
            // The report tells of it; the lease ends by itself.
        }
        lease = null;
    }

    // The beginning --------------------------------------------------------------------------------------------------

    /** Returns whether there is something to go on with; otherwise the report says why not. */
    private boolean begin() {
        began = parties.clock().instant();
        lease = parties.state().lease(name, Desk.LEASE, began).orElse(null);
        if (lease == null) {
            report = empty(Status.SYNCING, "Another run is going on.");
            return false;
        }
        if (approving != null) {
            requireOpen(approving);
        }
        Held held = Held.run(parties.state().setup());
        if (held != null) {
            new Disconnection(parties).showMarks();
            report = empty(held.status(), held.text());
            return false;
        }
        try {
            steps = new RunSteps(
                    parties, parties.desk(name, actor, parties.state().setup(), lease), permit);
        } catch (ConnectorException.Unauthorized refused) {
            String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            parties.refuse(reason); // to open is to log in, which is not repeated with these credentials (SAFE-3)
            return unopened(reason);
        } catch (IllegalArgumentException | ConnectorException failure) {
            // Nothing can be asked without a connector; the next run tries to open it again.
            return unopened(FailureText.of(failure));
        }
        return true;
    }

    /** The lease is held, so of two that approve a plan at once the second is told. */
    private void requireOpen(SyncPlan plan) {
        if (parties.state().progress().approved().containsKey(plan.id())) {
            throw new PreviewExpiredException("What the plan shows as held was approved before.");
        }
        if (plan.madeAt().isBefore(began.minus(APPROVED_WITHIN))
                || plan.madeAt().isAfter(began.plus(PreviewAge.CLOCKS))) {
            throw new PreviewExpiredException(
                    "The plan was made at " + plan.madeAt() + "; what it shows as held can be approved for a day.");
        }
    }

    private boolean unopened(String why) {
        RunReport ended = empty(Status.ERROR, why, Brakes.leftOn(parties.state()));
        report = ended;
        conclude(ended, false, List.of());
        parties.figures().ran(parties.integration(), ended);
        return false;
    }

    private RunReport empty(Status status, String message) {
        return empty(status, message, List.of());
    }

    private RunReport empty(Status status, String message, List<TrippedBrake> brakes) {
        return new RunReport(name, status, message, began, began, false, Map.of(), 0, List.of(), brakes, null);
    }

    // A slice --------------------------------------------------------------------------------------------------------

    private Optional<Instant> slice(RunSteps going, Work work, @Nullable Instant until) {
        Desk desk = going.desk();
        PsaConnector psa = desk.psa();
        long before = psa.requests();
        desk.slice().begin(until);
        Status status = Status.ERROR;
        String message = "";
        boolean completed = false;
        Instant goesOnAt = null;
        try {
            try {
                start(desk);
                work.on(going);
            } finally {
                requests += psa.requests() - before; // those of pushes between the slices are not the run's
            }
            completed = true;
            status = Tally.incomplete(desk.state()) || going.somethingMissing() ? Status.INCOMPLETE : Status.OK;
            if (!going.brakes().isEmpty()) {
                status = Status.STOPPED;
                message = BRAKED + " Everything else was done.";
            }
        } catch (SliceOver pause) {
            return Optional.of(pause.notBefore());
        } catch (ConnectorException.Unauthorized refused) {
            message = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            if (!parties.refuse(message)) {
                status = Status.INCOMPLETE;
                message = "The credentials were replaced while it was going on; the next run goes on.";
            }
        } catch (ConnectorException.Throttled throttled) {
            status = Status.INCOMPLETE;
            goesOnAt = parties.over(throttled);
            message = "The PSA wants a pause; the next run goes on where this one stopped. " + throttled.getMessage();
            if (!going.brakes().isEmpty()) {
                status = Status.STOPPED;
                message = BRAKED + " " + message;
            }
        } catch (ConnectorException failure) {
            message = requireNonNullElse(failure.getMessage(), failure.toString());
        } catch (RunStopped stopped) {
            status = stopped.status();
            message = requireNonNullElse(stopped.getMessage(), "");
        } catch (StaleStateException lost) {
            message = "The run was taken over: " + lost.getMessage();
        } catch (StoreException failure) {
            message = unkept(failure);
        }
        end(going, status, message, completed, goesOnAt);
        return Optional.empty();
    }

    private void start(Desk desk) {
        if (!started) {
            desk.state()
                    .commit(Commit.builder()
                            .lease(lease)
                            .event(event(Event.Type.RUN_STARTED, ""))
                            .build());
            started = true;
        } else if (parties.replaced(desk.state().setup())) {
            throw new RunStopped(
                    Status.INCOMPLETE,
                    "The credentials were replaced while it was going on; the next run goes on.",
                    null,
                    null);
        } else {
            desk.keepLease();
            desk.slice().requireNotCancelled();
        }
    }

    // The end --------------------------------------------------------------------------------------------------------

    private void end(RunSteps going, Status status, String message, boolean completed, @Nullable Instant goesOnAt) {
        Desk desk = going.desk();
        List<Event> leftOut = new ArrayList<>();
        for (PlannedItems plan : planned) {
            leftOut.addAll(plan.leftOut(desk, completed));
        }
        RunReport ended = new RunReport(
                name,
                status,
                message,
                began,
                desk.now(),
                going.isFullCheck(),
                desk.tally().reports(desk.state()),
                requests,
                desk.tally().problems(),
                going.brakes(),
                goesOnAt);
        report = ended;
        conclude(ended, completed, leftOut);
        parties.figures().ran(parties.integration(), ended);
    }

    private Event event(Event.Type type, String reason) {
        return new Event(0, parties.clock().instant(), name, actor, type, null, null, null, null, List.of(), reason);
    }

    private void conclude(RunReport ended, boolean completed, List<Event> leftOut) {
        IntegrationState state = parties.state();
        String reason = ended.status() + (ended.message().isEmpty() ? "" : ": " + ended.message());
        try {
            state.commit(Commit.builder()
                    .lease(lease)
                    .events(leftOut)
                    .event(event(Event.Type.RUN_ENDED, reason))
                    .build());
            store(state, ended, completed);
            forgetOldEvents(ended.ended());
        } catch (StaleStateException lost) {
            // The lease went to another run, whose report counts.
        }
    }

    /** People may ask for a full check meanwhile, which is noted in the progress too. */
    private void store(IntegrationState state, RunReport ended, boolean completed) {
        while (true) {
            Progress progress = progress(state.progress(), ended, completed);
            try {
                state.commit(Commit.builder().lease(lease).progress(progress).build());
                return;
            } catch (StaleStateException stale) {
                state.renew(requireNonNull(lease), Desk.LEASE, parties.clock().instant()); // throws when it was lost
            }
        }
    }

    private Progress progress(Progress before, RunReport ended, boolean completed) {
        Progress after = before.ranUntil(ended, completed ? ended.ended() : null);
        if (completed && approving != null) {
            Instant oldest = ended.ended().minus(APPROVED_WITHIN.multipliedBy(2)); // clocks differ
            after = after.withApproved(approving.id(), approving.madeAt(), oldest);
        }
        boolean didAll = completed && permit.braked(); // a plan that is applied leaves what it did not show
        return didAll
                ? after.withSettingsDone(requireNonNull(steps).desk().setup().settings())
                : after;
    }

    private void forgetOldEvents(Instant now) {
        Duration kept = parties.state().setup().settings().schedule().eventsKept();
        Duration least = kept.compareTo(COUNTED_ON) < 0 ? COUNTED_ON : kept;
        parties.state().forgetEventsBefore(now.minus(least));
    }
}
