package org.psasync.engine.decide;

import java.util.Objects;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision.Standing;
import org.psasync.model.SyncState;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;

/**
 * Decides what to do about a pair: first its situation, then, for a link, its fields.
 *
 * <p>A pure function of its arguments. A run, a push after a save, a rehearsal and {@code explain} all ask it, so they
 * cannot disagree (WHY-3). Immutable and safe for use by several threads.
 */
public final class Planner {
    private final LinkPlanner links;
    private final RemotePlanner remotes;
    private final LocalPlanner locals;

    /** Makes the planner of a policy. */
    public Planner(Policy policy) {
        Recognition recognition = new Recognition(policy);
        this.links = new LinkPlanner(policy);
        this.remotes = new RemotePlanner(policy, recognition);
        this.locals = new LocalPlanner(policy, recognition);
    }

    /** Decides one pair. */
    public Decision decide(PairFacts facts) {
        Pair pair = facts.pair();
        if (pair.leftAlone()) {
            return leftAlone(pair);
        }
        InFlight inFlight = pair.inFlight();
        if (inFlight != null) {
            return new Decision.Settle(
                    Verdict.of(
                            Situation.WRITE_IN_FLIGHT,
                            Disposition.UNCERTAIN,
                            rule(inFlight),
                            "a write was begun whose outcome is not known; it is looked for"),
                    inFlight);
        }
        if (pair.linked()) {
            return links.decide(facts);
        }
        return pair.remote() != null ? remotes.decide(facts) : locals.decide(facts);
    }

    private static String rule(InFlight write) {
        if (write instanceof InFlight.DeletingLocal) {
            return "DATA-5";
        }
        return write instanceof InFlight.UpdatingRemote ? "MERGE-9" : "SAFE-1";
    }

    private static Decision leftAlone(Pair pair) {
        boolean disabled = pair.state() == SyncState.DISABLED;
        Verdict verdict = Verdict.of(
                        Situation.LEFT_ALONE,
                        disabled ? Disposition.DISABLED : Disposition.DISCONNECTED,
                        "STATE-7",
                        disabled ? "it was taken out of the sync" : "it was cut from the PSA")
                .remedy("Reconnect it.");
        return new Decision.Keep(
                verdict,
                new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                Merge.nothing(pair.kind()));
    }
}
