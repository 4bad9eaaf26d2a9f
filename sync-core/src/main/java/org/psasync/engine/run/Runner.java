package org.psasync.engine.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.manage.PreviewExpiredException;

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
        return inSlices(actor).toTheEnd();
    }

    /** Returns a run that is to be worked on in slices; nothing is begun yet. */
    public Pass inSlices(@Nullable String actor) {
        return new Pass(parties, actor, Permit.ALL, List.of());
    }

    /**
     * Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4).
     *
     * @throws PreviewExpiredException when it is of another integration
     */
    public RunReport apply(SyncPlan plan, @Nullable String actor) {
        requireOwn(plan);
        PlannedItems items = new PlannedItems(plan.items());
        return new Pass(parties, actor, items, List.of(items)).toTheEnd();
    }

    /**
     * Runs, and does what a plan showed as held whatever the brakes say; what changed since is left out and named.
     *
     * @throws PreviewExpiredException when it is of another integration, too old, or was approved before
     */
    public RunReport approve(SyncPlan plan, @Nullable String actor) {
        requireOwn(plan);
        PlannedItems items = new PlannedItems(plan.held());
        return new Pass(parties, actor, new Approval(items), List.of(items), plan).toTheEnd();
    }

    private void requireOwn(SyncPlan plan) {
        if (!plan.integration().equals(parties.integration())) {
            throw new PreviewExpiredException("The plan was made for the integration \"" + plan.integration()
                    + "\", and this is \"" + parties.integration() + "\".");
        }
    }
}
