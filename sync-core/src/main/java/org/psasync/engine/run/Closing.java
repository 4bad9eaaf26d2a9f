package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.psasync.engine.decide.Verdict;
import org.psasync.model.OrphanReason;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.store.Event;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** What a pair is once a decision is carried out that writes nothing more: its state, its troubles, its disposition. */
final class Closing {
    /** The names of each set of reasons, once: a million records are turned away for the same few. */
    private static final Map<Set<GateReason>, Set<String>> NAMES = new ConcurrentHashMap<>();

    private Closing() {}

    private static Set<String> names(Set<GateReason> reasons) {
        return reasons.stream().map(GateReason::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The link stays or becomes what was decided. */
    static Pair kept(Pair pair, Decision.Keep keep) {
        Merge merge = keep.merge();
        Standing standing = keep.standing();
        Pair agreed = After.agreed(pair, merge.agreed());
        boolean settled = standing.state() == SyncState.SYNCING
                && !merge.writes()
                && merge.frozen().isEmpty()
                && merge.awaited().isEmpty()
                && merge.refusals().isEmpty();
        Pair.Builder result = agreed.toBuilder()
                .awaited(merge.awaited())
                .trouble(trouble(pair, merge))
                .disposition(keep.verdict().disposition())
                .dirty(false)
                .mustRead(false);
        if (standing.state() == SyncState.ORPHANED) {
            result.orphaned(standing.reasons());
        } else {
            result.state(standing.state());
        }
        if (settled) {
            result.grant(null);
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

    private static Trouble trouble(Pair pair, Merge merge) {
        Trouble trouble = pair.trouble().withReview(null).withFrozen(merge.frozen());
        boolean over = !merge.writes() && merge.refusals().isEmpty();
        return over ? trouble.withFailure(null) : trouble;
    }

    /** Nothing is linked and nothing is done for now. */
    static Pair left(Pair pair, Decision.Leave leave) {
        boolean refused = leave.verdict().disposition() == Disposition.REFUSED_BY_HOST
                || leave.verdict().disposition() == Disposition.REFUSED_BY_PSA;
        Trouble trouble = pair.trouble().withReview(null);
        return pair.toBuilder()
                .awaited(leave.awaited())
                .trouble(refused ? trouble : trouble.withFailure(null))
                .disposition(leave.verdict().disposition())
                .turnedAway(NAMES.computeIfAbsent(leave.gate(), Closing::names))
                .dirty(false)
                .mustRead(false)
                .dueAt(null)
                .build();
    }

    /** A person must decide. */
    static Pair inReview(Pair pair, Decision.Doubt doubt) {
        return pair.toBuilder()
                .trouble(pair.trouble().withReview(doubt.review()))
                .disposition(Disposition.IN_REVIEW)
                .dirty(false)
                .mustRead(false)
                .build();
    }

    /** Returns what to log about a link that left the sync, came back, or has other reasons; null for nothing. */
    static Event.@Nullable Type movement(Pair before, Standing after) {
        if (before.state() == after.state() && before.reasons().equals(after.reasons())) {
            return null;
        }
        if (after.state() == SyncState.ORPHANED) {
            return Event.Type.ORPHANED;
        }
        return before.state() == SyncState.ORPHANED && after.state() == SyncState.SYNCING ? Event.Type.RETURNED : null;
    }

    static @Nullable Verb verb(Pair before, Standing after) {
        Event.Type movement = movement(before, after);
        if (movement == Event.Type.RETURNED) {
            return Verb.RETURN;
        }
        return movement == Event.Type.ORPHANED && before.state() != SyncState.ORPHANED ? Verb.ORPHAN : null;
    }

    /** Returns what the host shows beside the record. */
    static SyncMark mark(Pair pair) {
        SyncState state = pair.state() == null ? SyncState.SYNCING : pair.state();
        Set<OrphanReason> reasons = pair.reasons();
        Trouble.Failure failure = pair.trouble().failure();
        return new SyncMark(state, reasons, failure == null ? null : failure.text());
    }

    static String reason(Verdict verdict) {
        List<String> texts = new ArrayList<>();
        for (Because because : verdict.because()) {
            texts.add(because.text() + " (" + because.rule() + ")");
        }
        return String.join("; ", texts);
    }
}
