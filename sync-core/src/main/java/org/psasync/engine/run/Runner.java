package org.psasync.engine.run;

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
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.Progress;
import org.psasync.store.StaleStateException;

/** One pass: observe the PSA and the host, then decide and write, parents before children. */
public final class Runner {
    private final Parties parties;

    /** Makes a runner. */
    public Runner(Parties parties) {
        this.parties = parties;
    }

    /**
     * Runs, unless another run is going on.
     *
     * @param actor who asked for it; null when it was the schedule
     */
    public RunReport run(@Nullable String actor) {
        return run(actor, Permit.ALL, List.of());
    }

    /** Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4). */
    public RunReport apply(SyncPlan plan, @Nullable String actor) {
        PlannedItems items = new PlannedItems(plan.items());
        return run(actor, items, List.of(items));
    }

    /** Runs, and does what a plan showed as held whatever the brakes say; what changed since is left out and named. */
    public RunReport approve(SyncPlan plan, @Nullable String actor) {
        PlannedItems items = new PlannedItems(plan.held());
        return run(actor, new Approval(items), List.of(items));
    }

    private RunReport run(@Nullable String actor, Permit permit, List<PlannedItems> planned) {
        String name = parties.newName();
        Instant began = parties.clock().instant();
        Optional<Lease> lease = parties.state().lease(name, RunSteps.LEASE, began);
        if (lease.isEmpty()) {
            return empty(name, Status.SYNCING, "Another run is going on.", began);
        }
        try {
            String refusal = parties.state().setup().refusal();
            if (refusal != null) {
                return empty(
                        name, Status.ERROR, refusal + " Replace the credentials; nothing is tried until then.", began);
            }
            return new Pass(name, actor, lease.get(), began).run(permit, planned);
        } finally {
            parties.state().release(lease.get());
        }
    }

    private static RunReport empty(String name, Status status, String message, Instant at) {
        return new RunReport(name, status, message, at, at, false, Map.of(), 0, List.of(), List.of());
    }

    /** One run under its lease. */
    private final class Pass {
        private final String name;
        private final @Nullable String actor;
        private final Lease lease;
        private final Instant began;

        Pass(String name, @Nullable String actor, Lease lease, Instant began) {
            this.name = name;
            this.actor = actor;
            this.lease = lease;
            this.began = began;
        }

        RunReport run(Permit permit, List<PlannedItems> planned) {
            Desk desk;
            try {
                desk = parties.desk(name, actor, parties.state().setup(), lease);
            } catch (IllegalArgumentException | ConnectorException failure) {
                return notOpened(FailureText.of(failure));
            }
            return run(desk, permit, planned);
        }

        /** Nothing can be asked without a connector; the next run tries to open it again. */
        private RunReport notOpened(String message) {
            RunReport report = new RunReport(
                    name,
                    Status.ERROR,
                    message,
                    began,
                    began,
                    false,
                    Map.of(),
                    0,
                    List.of(),
                    Brakes.leftOn(parties.state()));
            conclude(report, false, List.of());
            return report;
        }

        private RunReport run(Desk first, Permit permit, List<PlannedItems> planned) {
            PsaConnector psa = first.psa();
            long requests = psa.requests();
            RunSteps steps = new RunSteps(parties, first);
            Status status = Status.ERROR;
            String message = "";
            boolean completed = false;
            try {
                log(event(Event.Type.RUN_STARTED, ""));
                steps.prepare();
                steps.all(permit);
                completed = true;
                status = Tally.incomplete(first.state()) || steps.somethingMissing() ? Status.INCOMPLETE : Status.OK;
                if (!steps.brakes().isEmpty()) {
                    status = Status.STOPPED;
                    message = "A brake holds what would be too much at once. Look at the plan and approve what it"
                            + " holds, or put right what caused it; everything else was done.";
                }
            } catch (ConnectorException.Unauthorized refused) {
                message = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
                if (!parties.refuse(message)) {
                    status = Status.INCOMPLETE;
                    message = "The credentials were replaced while it was going on; the next run goes on.";
                }
            } catch (ConnectorException.Throttled throttled) {
                status = Status.INCOMPLETE;
                message =
                        "The PSA wants a pause; the next run goes on where this one stopped. " + throttled.getMessage();
            } catch (ConnectorException failure) {
                message = requireNonNullElse(failure.getMessage(), failure.toString());
            } catch (RunStopped stopped) {
                status = stopped.status();
                message = requireNonNullElse(stopped.getMessage(), "");
            } catch (StaleStateException lost) {
                message = "The run was taken over: " + lost.getMessage();
            }
            Desk desk = steps.desk();
            List<Event> leftOut = new ArrayList<>();
            for (PlannedItems plan : planned) {
                leftOut.addAll(plan.leftOut(desk, completed));
            }
            RunReport report = new RunReport(
                    name,
                    status,
                    message,
                    began,
                    desk.now(),
                    steps.isFullCheck(),
                    desk.tally().reports(desk.state()),
                    psa.requests() - requests,
                    desk.tally().problems(),
                    steps.brakes());
            conclude(report, completed, leftOut);
            return report;
        }

        private Event event(Event.Type type, String reason) {
            return new Event(
                    0, parties.clock().instant(), name, actor, type, null, null, null, null, List.of(), reason);
        }

        private void log(Event event) {
            parties.state().commit(Commit.builder().lease(lease).event(event).build());
        }

        private void conclude(RunReport report, boolean completed, List<Event> leftOut) {
            IntegrationState state = parties.state();
            String reason = report.status() + (report.message().isEmpty() ? "" : ": " + report.message());
            try {
                state.commit(Commit.builder()
                        .lease(lease)
                        .events(leftOut)
                        .event(event(Event.Type.RUN_ENDED, reason))
                        .build());
                store(state, report, completed);
                forgetOldEvents(report.ended());
            } catch (StaleStateException lost) {
                // The lease went to another run, whose report counts.
            }
        }

        /** People may ask for a full check meanwhile, which is noted in the progress too. */
        private void store(IntegrationState state, RunReport report, boolean completed) {
            while (true) {
                Progress progress = state.progress().ranUntil(report, completed ? report.ended() : null);
                try {
                    state.commit(
                            Commit.builder().lease(lease).progress(progress).build());
                    return;
                } catch (StaleStateException stale) {
                    state.renew(lease, RunSteps.LEASE, parties.clock().instant()); // throws when it was lost
                }
            }
        }

        private void forgetOldEvents(Instant now) {
            Duration kept = parties.state().setup().settings().schedule().eventsKept();
            parties.state().forgetEventsBefore(now.minus(kept));
        }
    }
}
