package org.psasync.engine.decide;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision.Standing;
import org.psasync.model.SyncState;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

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
            return leftAlone(pair, facts.owner());
        }
        InFlight inFlight = pair.inFlight();
        if (inFlight != null) {
            return new Decision.Settle(inFlight(pair, inFlight), inFlight);
        }
        if (facts.owner() != null) {
            return ownedElsewhere(pair, facts.owner());
        }
        if (pair.linked()) {
            return links.decide(facts);
        }
        return pair.remote() != null ? remotes.decide(facts) : locals.decide(facts);
    }

    /**
     * Returns whether the PSA need not be searched for the like of a local record: something is missing for a new one, and
     * a person is told that first (PUSH-7). What is known of the PSA is compared all the same.
     */
    public boolean isIncomplete(PairFacts facts) {
        return locals.isIncomplete(facts);
    }

    /** A link is out of the sync then, and what hangs on it too. */
    private static Decision ownedElsewhere(Pair pair, String owner) {
        Verdict verdict = Verdict.of(
                        Situation.OWNED_ELSEWHERE,
                        Disposition.OWNED_ELSEWHERE,
                        "SET-9",
                        "the local record belongs to the integration \"" + owner + "\"")
                .remedy("Disconnect it there.");
        return pair.linked()
                ? new Decision.Keep(verdict, new Standing(SyncState.ORPHANED, Set.of()), Merge.nothing(pair.kind()))
                : new Decision.Leave(verdict, Set.of(), Set.of());
    }

    private static Verdict inFlight(Pair pair, InFlight inFlight) {
        Trouble.Review review = pair.trouble().review();
        Verdict verdict = Verdict.of(
                Situation.WRITE_IN_FLIGHT,
                Disposition.UNCERTAIN,
                rule(inFlight),
                review == null ? "a write was begun whose outcome is not known; it is looked for" : review.reason());
        return review == null
                ? verdict
                : verdict.remedy(
                        "Look in the PSA whether it was made; then link it or let it be made, in the review queue.");
    }

    private static String rule(InFlight write) {
        if (write instanceof InFlight.DeletingLocal) {
            return "DATA-5";
        }
        if (write instanceof InFlight.UpdatingLocal) {
            return "SAFE-6";
        }
        return write instanceof InFlight.UpdatingRemote ? "MERGE-9" : "SAFE-1";
    }

    private static Decision leftAlone(Pair pair, @Nullable String owner) {
        boolean disabled = pair.state() == SyncState.DISABLED;
        Verdict verdict = Verdict.of(
                        Situation.LEFT_ALONE,
                        disabled ? Disposition.DISABLED : Disposition.DISCONNECTED,
                        "STATE-7",
                        (disabled ? "it was taken out of the sync" : "it was cut from the PSA")
                                + (owner == null
                                        ? ""
                                        : "; the local record belongs to the integration \"" + owner + "\" (SET-9)"))
                .remedy(owner == null ? "Reconnect it." : "Disconnect it there; then reconnect it.");
        return new Decision.Keep(
                verdict,
                new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                Merge.nothing(pair.kind()));
    }
}
