package org.psasync.engine.run;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
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
import org.psasync.store.Lease;
import org.psasync.store.Setup;
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
        PlannedItems items = new PlannedItems(plan);
        return run(actor, items, List.of(items));
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
        return new RunReport(name, status, message, at, at, false, Map.of(), 0, List.of());
    }

    /** Returns what a run would do; writes nothing, anywhere (RUN-4). */
    public SyncPlan plan() {
        Desk desk = parties.rehearsalDesk(parties.newName());
        long requests = desk.psa().requests();
        String message = "";
        String refusal = desk.setup().refusal();
        if (refusal != null) {
            message = refusal;
        } else {
            try {
                RunSteps steps = new RunSteps(parties, desk);
                steps.prepare();
                steps.all(Permit.ALL);
            } catch (ConnectorException | RunStopped failure) {
                message = requireNonNullElse(failure.getMessage(), failure.toString());
            }
        }
        return new SyncPlan(
                desk.now(),
                desk.tally().items(),
                desk.tally().reports(),
                desk.psa().requests() - requests,
                message);
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
            PsaConnector psa = parties.psa().get();
            long requests = psa.requests();
            Desk desk = parties.desk(name, actor, parties.state().setup(), lease);
            RunSteps steps = new RunSteps(parties, desk);
            Status status = Status.ERROR;
            String message = "";
            boolean completed = false;
            try {
                desk = steps.prepare();
                steps.all(permit);
                completed = true;
                status = desk.tally().incomplete() || steps.somethingMissing() ? Status.INCOMPLETE : Status.OK;
            } catch (ConnectorException.Unauthorized refused) {
                message = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
                refuse(message);
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
            desk = steps.desk();
            planned.forEach(plan -> plan.nameStale(steps.desk()));
            RunReport report = new RunReport(
                    name,
                    status,
                    message,
                    began,
                    desk.now(),
                    steps.isFullCheck(),
                    desk.tally().reports(),
                    psa.requests() - requests,
                    desk.tally().problems());
            conclude(desk, report, completed);
            return report;
        }

        private void refuse(String reason) {
            Setup setup = parties.state().setup();
            parties.state()
                    .commit(Commit.builder().setup(setup.withRefusal(reason)).build());
        }

        private void conclude(Desk desk, RunReport report, boolean completed) {
            Event event = new Event(
                    0,
                    desk.now(),
                    name,
                    actor,
                    Event.Type.RUN_ENDED,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    report.status() + (report.message().isEmpty() ? "" : ": " + report.message()));
            try {
                new Ledger(desk).log(event);
                desk.progress(progress -> progress.ranUntil(report, completed ? desk.now() : null));
            } catch (StaleStateException lost) {
                // The lease went to another run, whose report counts.
                desk.tally().problem("The run was taken over before its report was stored");
            }
        }
    }
}
