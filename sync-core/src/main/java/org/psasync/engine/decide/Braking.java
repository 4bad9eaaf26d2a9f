package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/**
 * Says what of a decision the brakes count, and what is left of it while they are on. Pure, so that a run, the look before
 * it and {@code explain} agree (WHY-3).
 */
public final class Braking {
    private final Planner planner;
    private final Gate gate;
    private final @Nullable Planner plannerBefore;
    private final Gate gateBefore;

    /** Makes the braking of a policy that is no other than in the last run. */
    public Braking(Policy policy) {
        this(policy, null);
    }

    /**
     * Makes the braking of a policy.
     *
     * @param before the policy with which the last run came to its end; null when it is the same. What would not be done with
     *     it comes of the settings that a manager saved since, and is not counted
     */
    public Braking(Policy policy, @Nullable Policy before) {
        this.planner = new Planner(policy);
        this.gate = new Gate(policy);
        this.plannerBefore = before == null ? null : new Planner(before);
        this.gateBefore = before == null ? gate : new Gate(before);
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

    /** Returns what a decision comes to; a new set. */
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

    /** Returns whether a brake counts that of a decision; what a manager caused or was shown is not counted (BRAKE-2). */
    public boolean counts(PairFacts facts, Decision decision, Verb verb) {
        Grant grant = facts.pair().grant();
        return switch (verb) {
            case CREATE_IN_PSA, UPDATE_IN_PSA -> grant == null || !grant.held() && !grant.approved();
            case UPDATE_LOCALLY -> updatesWhatWasAgreed(facts, decision) && updatesItBefore(facts);
            case ORPHAN -> facts.owner() == null && isFoundInPsa(facts.pair(), facts.links());
            case DISABLE -> true;
            case CREATE_LOCALLY, LINK, RETURN -> false;
        };
    }

    private static boolean updatesWhatWasAgreed(PairFacts facts, Decision decision) {
        return decision instanceof Decision.Keep keep
                && keep.merge().pull().fields().stream().anyMatch(facts.pair().baseOrNone()::has);
    }

    private boolean updatesItBefore(PairFacts facts) {
        return plannerBefore == null || updatesWhatWasAgreed(facts, plannerBefore.decide(facts.asIfFresh()));
    }

    /**
     * Returns whether a link leaves because of what the PSA shows: it, or its organization, would leave too if the settings
     * and what the engine itself wrote to the PSA were as before.
     */
    private boolean isFoundInPsa(Pair pair, LinkTable links) {
        Observation observed = pair.observed();
        if (observed == null || observed.deleted() || !observed.visible()) {
            return true;
        }
        if (!gateBefore.judge(unwritten(pair, observed.values()), true).isEmpty()) {
            return true;
        }
        Field<AssetRef> field = Fields.organization(pair.kind());
        AssetRef ref = field == null ? null : observed.values().get(field);
        Pair organization = ref == null ? null : links.pair(ref);
        if (organization != null && organization.disposition() == Disposition.OWNED_ELSEWHERE) {
            return false;
        }
        if (organization != null && organization.state() == SyncState.ORPHANED) {
            return isFoundInPsa(organization, links);
        }
        if (field != null && organization != null && organization.leftAlone()) {
            boolean moved = !Objects.equals(ref, pair.baseOrNone().remote().get(field));
            return moved || organization.trouble().localGone();
        }
        return gate.judge(observed.values(), true).isEmpty();
    }

    /** Returns what the PSA showed before the engine wrote the values that a person had saved. */
    private static FieldValues unwritten(Pair pair, FieldValues shown) {
        FieldValues.Builder before = FieldValues.of(shown.kind());
        pair.trouble().rewrites().forEach((write, rewrite) -> {
            Field<?> field = write.field();
            if (write.side() == Side.PSA && shown.has(field) && Objects.equals(shown.get(field), rewrite.written())) {
                Translation.set(before, field, rewrite.replaced());
            }
        });
        return shown.overlaidWith(before.build());
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
