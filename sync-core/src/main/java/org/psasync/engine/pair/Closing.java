package org.psasync.engine.pair;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Because;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Decision.Standing;
import org.psasync.engine.decide.GateReason;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Situation;
import org.psasync.engine.decide.Verdict;
import org.psasync.model.Field;
import org.psasync.model.FieldGroup;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.SyncState;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Side;

/** What a pair is once a decision is carried out that writes nothing more: its state, its troubles, its disposition. */
public final class Closing {
    /** The names of each set of reasons, once: a million records are turned away for the same few. */
    private static final Map<Set<GateReason>, Set<String>> NAMES = new ConcurrentHashMap<>();

    private Closing() {}

    private static Set<String> names(Set<GateReason> reasons) {
        return reasons.stream().map(GateReason::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The link stays or becomes what was decided. */
    public static Pair kept(Pair pair, Decision.Keep keep) {
        Merge merge = keep.merge();
        Standing standing = keep.standing();
        Pair agreed = After.agreed(pair, merge);
        boolean aside = keep.verdict().situation() == Situation.LINKED_NOT_UNDERSTOOD;
        boolean settled = standing.state() == SyncState.SYNCING
                && !aside
                && !merge.writes()
                && merge.frozen().isEmpty()
                && merge.awaited().isEmpty()
                && merge.refusals().isEmpty();
        Pair.Builder result = agreed.toBuilder()
                .awaited(merge.awaited())
                .trouble(trouble(pair, keep))
                .disposition(keep.verdict().disposition())
                .dirty(false)
                .mustRead(aside);
        if (standing.state() == SyncState.ORPHANED) {
            result.orphaned(standing.reasons());
        } else {
            result.state(standing.state());
        }
        if (agreed.grant() != null) {
            result.grant(
                    settled ? onlyLeftOut(agreed, agreed.grant(), merge) : stillOpen(agreed, agreed.grant(), merge));
        }
        Observation observed = pair.observed();
        boolean waitsForProof = observed != null
                && observed.absence() != null
                && !observed.absence().proven();
        if (!waitsForProof) {
            result.dueAt(null);
        }
        return result.build();
    }

    /** A reference that cannot be sent now goes out once its record can be named (FIELD-6). */
    private static Grant onlyLeftOut(Pair pair, Grant grant, Merge merge) {
        FieldValues agreed = pair.baseOrNone().local();
        return grant.without(field -> !merge.leavesOut(field)
                || Objects.equals(agreed.get(field), grant.values().get(field)));
    }

    /** Returns what of a grant was neither agreed nor replaced; the lines of one address stay together (MERGE-3). */
    private static Grant stillOpen(Pair pair, Grant grant, Merge merge) {
        Base base = pair.baseOrNone();
        List<Field<?>> open = grant.values().fields().stream()
                .filter(field -> !merge.unconfirmed().contains(field))
                .filter(field -> !base.has(field)
                        || !Objects.equals(
                                base.local().get(field), grant.values().get(field))
                        || !Objects.equals(
                                base.remote().get(field), pair.remoteValues().get(field)))
                .toList();
        Set<FieldGroup> groups = new HashSet<>();
        open.forEach(field -> {
            if (field.group() != null) {
                groups.add(field.group());
            }
        });
        return grant.without(
                field -> !open.contains(field) && (field.group() == null || !groups.contains(field.group())));
    }

    private static Trouble trouble(Pair pair, Decision.Keep keep) {
        if (keep.verdict().situation() == Situation.LINKED_NOT_UNDERSTOOD) {
            return pair.trouble().withReview(null);
        }
        Merge merge = keep.merge();
        Trouble trouble = pair.trouble().withReview(null).withFrozen(merge.frozen());
        if (merge.writes()) {
            return trouble;
        }
        if (keep.verdict().situation() != Situation.LINKED_GATE_OPEN) {
            // The fields were not judged: what was refused, and what a person decided, counts when they are.
            return trouble.withFailure(null);
        }
        if (merge.refusals().isEmpty()) {
            Trouble calm = trouble.withFailure(null).withoutRefusal();
            return merge.frozen().isEmpty() ? calm.withWinners(Map.of()) : calm;
        }
        // The host shows the problems, also of what does not fit and was never sent (FIELD-2).
        Trouble.Failure last = trouble.failure();
        return last != null && last.refused() != null
                ? trouble
                : trouble.withFailure(
                        new Trouble.Failure(Side.PSA, merge.refusals(), 1, FieldValues.empty(pair.kind())));
    }

    /** Returns why values of a merge are not written to the PSA. */
    public static List<Problem> refusals(Pair pair, Merge merge) {
        Trouble.Failure failure = pair.trouble().failure();
        return failure == null || failure.side() == Side.PSA
                ? merge.refusals()
                : merge.refusals().stream()
                        .filter(problem -> !failure.problems().contains(problem))
                        .toList();
    }

    /** Returns what the two sides hold in some fields, the PSA's value first. */
    public static List<Event.Change> bothValues(PairFacts facts, List<Field<?>> fields) {
        FieldValues local = Objects.requireNonNull(facts.local()).values();
        FieldValues remote = facts.pair().remoteValues();
        return fields.stream()
                .map(field -> new Event.Change(field, remote.get(field), local.get(field)))
                .toList();
    }

    /** Nothing is linked and nothing is done for now. */
    public static Pair left(Pair pair, Decision.Leave leave) {
        boolean refused = leave.verdict().disposition() == Disposition.REFUSED_BY_HOST
                || leave.verdict().disposition() == Disposition.REFUSED_BY_PSA;
        Trouble trouble = pair.trouble().withReview(null);
        return pair.toBuilder()
                .awaited(leave.awaited())
                .trouble(refused ? shown(trouble) : calm(trouble))
                .disposition(leave.verdict().disposition())
                .turnedAway(NAMES.computeIfAbsent(leave.gate(), Closing::names))
                .dirty(false)
                .mustRead(false)
                .dueAt(null)
                .build();
    }

    private static Trouble shown(Trouble trouble) {
        return trouble.failure() == null ? trouble.withFailure(trouble.refusal()) : trouble;
    }

    /** What was refused counts when it may be sent again, but a doubt is gone, so the PSA is to raise it anew (PUSH-7). */
    private static Trouble calm(Trouble trouble) {
        Trouble.Failure refusal = trouble.refusal();
        Trouble calm = trouble.withFailure(null);
        return refusal != null && refusal.isDuplicate() ? calm.withoutRefusal() : calm;
    }

    /** A brake holds it; it stays to be decided, so that it goes on by itself once the reason is gone (BRAKE-1). */
    public static Pair held(Pair pair) {
        return pair.disposition() == Disposition.HELD_BY_BRAKE && pair.dirty()
                ? pair
                : pair.toBuilder()
                        .disposition(Disposition.HELD_BY_BRAKE)
                        .dirty(true)
                        .build();
    }

    /** A person must decide. What was decided before is kept: the record is not linked by itself because of it. */
    public static Pair inReview(Pair pair, Decision.Doubt doubt, Instant now) {
        return pair.toBuilder()
                .awaited(doubt.awaited())
                .trouble(pair.trouble()
                        .withReview(doubt.review().asked(pair.trouble().review(), now)))
                .disposition(Disposition.IN_REVIEW)
                .dirty(false)
                .mustRead(false)
                .build();
    }

    /** Returns what to log about a link that left the sync, came back, or has other reasons; null for nothing. */
    public static Event.@Nullable Type movement(Pair before, Standing after) {
        if (before.state() == after.state() && before.reasons().equals(after.reasons())) {
            return null;
        }
        if (after.state() == SyncState.ORPHANED) {
            return Event.Type.ORPHANED;
        }
        return before.state() == SyncState.ORPHANED && after.state() == SyncState.SYNCING ? Event.Type.RETURNED : null;
    }

    public static @Nullable Verb verb(Pair before, Standing after) {
        Event.Type movement = movement(before, after);
        if (movement == Event.Type.RETURNED) {
            return Verb.RETURN;
        }
        return movement == Event.Type.ORPHANED && before.state() != SyncState.ORPHANED ? Verb.ORPHAN : null;
    }

    public static String reason(Verdict verdict) {
        List<String> texts = new ArrayList<>();
        for (Because because : verdict.because()) {
            texts.add(because.text() + " (" + because.rule() + ")");
        }
        return String.join("; ", texts);
    }
}
