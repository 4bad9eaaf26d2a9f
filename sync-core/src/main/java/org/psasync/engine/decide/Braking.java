package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.Verb;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.SyncState;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

/**
 * Says what of a decision the brakes count, and what is left of it while they are on. Pure, so that a run, the look before
 * it and {@code explain} agree (WHY-3).
 */
public final class Braking {
    private final Planner planner;
    private final Gate gate;

    /** Makes the braking of a policy. */
    public Braking(Policy policy) {
        this.planner = new Planner(policy);
        this.gate = new Gate(policy);
    }

    /** The brakes that are on. */
    @FunctionalInterface
    public interface Holding {
        /** Returns why that must not be done to that record now; null when it may. */
        @Nullable
        Because holds(PairFacts facts, Verb verb);
    }

    /** Returns a decision as it will be once the PSA was read, should that show nothing new. */
    public Decision whole(PairFacts facts, Decision decision) {
        return decision instanceof Decision.Need need && need.what() == Decision.What.FRESH_REMOTE
                ? planner.decide(facts.asIfFresh())
                : decision;
    }

    /** Returns what a decision comes to, in this step or a later one; a new set. */
    public Set<Verb> verbs(PairFacts facts, Decision decision) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        if (decision instanceof Decision.Keep keep) {
            add(verbs, Verb.UPDATE_LOCALLY, !keep.merge().pull().isEmpty());
            add(verbs, Verb.UPDATE_IN_PSA, !keep.merge().push().isEmpty());
            add(verbs, Verb.ORPHAN, leaves(facts.pair(), keep));
        } else if (decision instanceof Decision.Disable) {
            verbs.add(Verb.DISABLE);
        } else if (decision instanceof Decision.CreateRemote) {
            verbs.add(Verb.CREATE_IN_PSA);
        }
        return verbs;
    }

    private static void add(Set<Verb> verbs, Verb verb, boolean wanted) {
        if (wanted) {
            verbs.add(verb);
        }
    }

    private static boolean leaves(Pair pair, Decision.Keep keep) {
        return pair.state() == SyncState.SYNCING && keep.standing().state() == SyncState.ORPHANED;
    }

    /** Returns what a decision does in this step; a link that follows the PSA's status leaves the sync in the next. */
    public Set<Verb> verbsNow(PairFacts facts, Decision decision) {
        Set<Verb> verbs = verbs(facts, decision);
        if (decision instanceof Decision.Keep keep && keep.merge().writes()) {
            verbs.remove(Verb.ORPHAN);
        }
        return verbs;
    }

    /** Returns whether a brake counts that of a decision; what a manager caused or was shown is not counted (BRAKE-2). */
    public boolean counts(PairFacts facts, Decision decision, Verb verb) {
        Grant grant = facts.pair().grant();
        return switch (verb) {
            case CREATE_IN_PSA, UPDATE_IN_PSA -> grant == null || !grant.held() && !grant.approved();
            case UPDATE_LOCALLY ->
                decision instanceof Decision.Keep keep
                        && keep.merge().pull().fields().stream()
                                .anyMatch(facts.pair().baseOrNone()::has);
            case ORPHAN -> facts.owner() == null && isFoundInPsa(facts.pair(), facts.links());
            case DISABLE -> true;
            case CREATE_LOCALLY, LINK, RETURN -> false;
        };
    }

    /**
     * Returns whether a link leaves because of what the PSA shows. The settings are the reason when even what was agreed
     * last does not pass them.
     */
    private boolean isFoundInPsa(Pair pair, LinkTable links) {
        FieldValues agreed = pair.baseOrNone().remote();
        if (!gate.judge(agreed, true).isEmpty()) {
            return false;
        }
        Field<AssetRef> field = Fields.organization(pair.kind());
        // After a reconnection nothing is agreed yet; the record belongs then where the PSA shows it.
        AssetRef ref = field == null ? null : (agreed.has(field) ? agreed : pair.remoteValues()).get(field);
        Pair organization = ref == null ? null : links.pair(ref);
        if (organization == null || organization.state() == SyncState.SYNCING) {
            return true;
        }
        if (organization.disposition() == Disposition.OWNED_ELSEWHERE) {
            return false;
        }
        return organization.leftAlone() ? organization.trouble().localGone() : isFoundInPsa(organization, links);
    }

    /** Returns what is left of a decision while brakes are on: the same one when they hold nothing of it. */
    public Decision under(Holding brakes, PairFacts facts, Decision decision) {
        Decision whole = whole(facts, decision);
        Set<Verb> verbs = verbs(facts, whole);
        if (verbs.isEmpty()) {
            return decision;
        }
        Map<Verb, Because> held = new EnumMap<>(Verb.class);
        for (Verb verb : verbs) {
            Because because = holds(brakes, facts, verb);
            if (because != null) {
                held.put(verb, because);
            }
        }
        if (held.isEmpty()) {
            return decision;
        }
        boolean onlyPush = held.size() == 1 && held.containsKey(Verb.UPDATE_IN_PSA) && verbs.size() > 1;
        if (onlyPush && whole instanceof Decision.Keep keep) {
            return new Decision.Keep(
                    keep.verdict(), keep.standing(), keep.merge().withoutPush());
        }
        Verb named = held.containsKey(Verb.ORPHAN)
                ? Verb.ORPHAN
                : held.keySet().iterator().next();
        return new Decision.Hold(verdict(facts, held, whole.verdict()), named, whole);
    }

    private static @Nullable Because holds(Holding brakes, PairFacts facts, Verb verb) {
        Grant grant = facts.pair().grant();
        if (grant == null || Brake.of(verb) != Brake.PSA_WRITES) {
            return brakes.holds(facts, verb);
        }
        if (grant.held() && grant.terms() instanceof Grant.Terms.Held by) {
            return new Because(
                    "BRAKE-3", "the saves of " + by.actor() + " wrote more to the PSA in an hour than is allowed");
        }
        return grant.approved() ? null : brakes.holds(facts, verb);
    }

    private static Verdict verdict(PairFacts facts, Map<Verb, Because> held, Verdict whole) {
        Grant grant = facts.pair().grant();
        List<Because> because = new ArrayList<>(held.values());
        because.addAll(whole.because());
        String remedy = grant != null && grant.held() && grant.terms() instanceof Grant.Terms.Held by
                ? "A manager approves or discards the held pushes of " + by.actor() + "."
                : "A manager looks at the plan and approves what it holds, or somebody puts right what caused it.";
        return new Verdict(whole.situation(), Disposition.HELD_BY_BRAKE, because, remedy);
    }
}
