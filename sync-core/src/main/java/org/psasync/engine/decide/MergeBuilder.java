package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.FieldDecision.Halves;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldGroup;
import org.psasync.model.FieldValues;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;
import org.psasync.store.Base;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Rewrite;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Write;

/** Collects what was decided field by field, and holds back what does not fit, was refused, or goes back and forth. */
final class MergeBuilder {
    /** So often in a row a value may be written over the same other value (MERGE-7). */
    private static final int MOST_REWRITES = 2;

    private final Policy policy;
    private final Pair pair;
    private final Asset local;
    private final FieldValues remote;

    private final FieldValues.Builder pull;
    private final FieldValues.Builder push;
    private final FieldValues.Builder agreedLocal;
    private final FieldValues.Builder agreedRemote;
    private final FieldValues.Builder partlyLocal;
    private final FieldValues.Builder partlyRemote;
    private final List<Field<?>> confirmedLists = new ArrayList<>();
    private final List<Field<?>> unmapped = new ArrayList<>();
    private final List<Merge.Loss> losses = new ArrayList<>();
    private final Map<FieldStanding, List<Field<?>>> standings = new EnumMap<>(FieldStanding.class);
    private final Set<AssetRef> awaited = new LinkedHashSet<>();
    private final List<Problem> refusals = new ArrayList<>();
    /** Addresses of which a line does not fit, so that the PSA gets no line of them (MERGE-3). */
    private final Set<FieldGroup> unfit = EnumSet.noneOf(FieldGroup.class);

    MergeBuilder(Policy policy, Pair pair, Asset local, FieldValues remote) {
        this.policy = policy;
        this.pair = pair;
        this.local = local;
        this.remote = remote;
        this.pull = FieldValues.of(pair.kind());
        this.push = FieldValues.of(pair.kind());
        this.agreedLocal = FieldValues.of(pair.kind());
        this.agreedRemote = FieldValues.of(pair.kind());
        this.partlyLocal = FieldValues.of(pair.kind());
        this.partlyRemote = FieldValues.of(pair.kind());
    }

    /** Notes a field that has a base but is not mapped any more. */
    void unmapped(Field<?> field) {
        unmapped.add(field);
    }

    /** Notes that a reference waits for that record; records of kinds that do not sync never come (FIELD-6). */
    void await(AssetRef missing) {
        if (policy.settings().enabled(missing.kind())) {
            awaited.add(missing);
        }
    }

    /**
     * Takes what was decided about a field.
     *
     * @param here what the host holds of it, as far as it counts
     * @param there what the PSA holds of it, as far as it counts
     */
    void take(FieldRule rule, FieldDecision decision, @Nullable Object here, @Nullable Object there) {
        Field<?> field = rule.field();
        if (decision instanceof FieldDecision.Agreed) {
            Translation.set(agreedLocal, field, here);
            Translation.set(agreedRemote, field, there);
        } else if (decision instanceof FieldDecision.Pull write) {
            pull(field, write);
        } else if (decision instanceof FieldDecision.Push write) {
            push(rule, write);
        } else if (decision instanceof FieldDecision.Unconfirmed) {
            standing(FieldStanding.UNCONFIRMED, field);
        } else if (decision instanceof FieldDecision.LeftAlone) {
            standing(FieldStanding.LEFT_ALONE, field);
        } else if (decision instanceof FieldDecision.Conflict) {
            standing(FieldStanding.FROZEN, field);
        } else if (decision instanceof FieldDecision.Awaits awaits) {
            if (policy.settings().enabled(awaits.missing().kind())) {
                await(awaits.missing());
            } else {
                standing(FieldStanding.KIND_OFF, field);
            }
        } else if (decision instanceof FieldDecision.Foreign foreign) {
            standing(FieldStanding.FOREIGN, field);
            await(foreign.ref());
        } else if (decision instanceof FieldDecision.InCircle circle) {
            standing(FieldStanding.IN_CIRCLE, field);
            await(circle.parent());
        }
    }

    private void standing(FieldStanding standing, Field<?> field) {
        standings.computeIfAbsent(standing, key -> new ArrayList<>()).add(field);
    }

    private void pull(Field<?> field, FieldDecision.Pull write) {
        Object replaced = local.values().get(field);
        // What a person saved is put back as often as it takes (PUSH-1).
        if (local.lastEdit().origin() != Origin.USER && writtenTooOften(field, Side.HOST, write.value(), replaced)) {
            standing(FieldStanding.OSCILLATING, field);
            return;
        }
        Translation.set(pull, field, write.value());
        Halves partly = write.partly();
        if (partly != null) {
            Translation.set(partlyLocal, field, partly.local());
            Translation.set(partlyRemote, field, partly.remote());
        }
        if (write.value() instanceof Set && policy.confirms(pair.grant(), field, local.values())) {
            confirmedLists.add(field);
        }
        if (write.loss() != null) {
            losses.add(new Merge.Loss(field, Side.HOST, replaced, write.value(), write.loss()));
        }
    }

    private void push(FieldRule rule, FieldDecision.Push write) {
        Field<?> field = rule.field();
        Optional<Problem> tooLong = Requirements.fits(rule, write.value(), policy);
        if (tooLong.isPresent()) {
            refusals.add(tooLong.get());
            if (field.group() != null) {
                unfit.add(field.group());
            }
            return;
        }
        Object replaced = remote.get(field);
        if (writtenTooOften(field, Side.PSA, write.value(), replaced)) {
            standing(FieldStanding.OSCILLATING, field);
            return;
        }
        Translation.set(push, field, write.value());
        if (write.loss() != null) {
            losses.add(new Merge.Loss(field, Side.PSA, replaced, write.value(), write.loss()));
        }
    }

    private boolean writtenTooOften(Field<?> field, Side side, @Nullable Object written, @Nullable Object replaced) {
        Rewrite last = pair.trouble().rewrites().get(new Write(field, side));
        return last != null
                && last.times() >= MOST_REWRITES
                && Objects.equals(last.written(), written)
                && Objects.equals(last.replaced(), replaced);
    }

    /** Returns what came of it. */
    Merge build() {
        FieldValues pulled = unlessRefused(pull.build(), Side.HOST);
        FieldValues fitting = push.build().only(field -> field.group() == null || !unfit.contains(field.group()));
        FieldValues pushed = unlessRefused(withoutRefused(fitting), Side.PSA);
        losses.removeIf(loss -> !(loss.side() == Side.HOST ? pulled : pushed).has(loss.field()));
        return new Merge(
                pulled,
                pushed,
                new Base(agreedLocal.build(), agreedRemote.build()),
                new Base(partlyLocal.build(), partlyRemote.build()),
                confirmedLists,
                unmapped,
                losses,
                standings,
                awaited,
                refusals);
    }

    private @Nullable Failure refusal(Side side) {
        Failure failure =
                side == Side.PSA ? pair.trouble().refusal() : pair.trouble().failure();
        return failure == null || failure.side() != side ? null : failure;
    }

    /** A field that the PSA named when it refused its value is left out as long as the value is the same (PUSH-13). */
    private FieldValues withoutRefused(FieldValues values) {
        Failure failure = refusal(Side.PSA);
        if (failure == null) {
            return values;
        }
        List<Problem> still = failure.problems().stream()
                .filter(problem -> problem.field() != null && values.has(problem.field()))
                .filter(problem -> isRefused(failure, problem.field(), values))
                .toList();
        refusals.addAll(still);
        return values.only(field -> still.stream().noneMatch(problem -> isSameOrGroup(field, problem.field())));
    }

    /** The lines of one address go together (MERGE-3). */
    private static boolean isSameOrGroup(Field<?> field, @Nullable Field<?> named) {
        return field.equals(named) || named != null && field.group() != null && field.group() == named.group();
    }

    /** What was refused as a whole is not sent again unchanged; a single other value makes it worth another try. */
    private FieldValues unlessRefused(FieldValues values, Side side) {
        Failure failure = refusal(side);
        if (failure == null || values.isEmpty()) {
            return values;
        }
        List<Problem> ofRecord = failure.problems().stream()
                .filter(problem -> side == Side.HOST || !isOfOneField(problem, failure))
                .toList();
        boolean unchanged = values.fields().stream().allMatch(field -> isRefused(failure, field, values));
        if (ofRecord.isEmpty() || !unchanged) {
            return values;
        }
        refusals.addAll(ofRecord);
        return FieldValues.empty(values.kind());
    }

    /** A problem with a field that was not even sent is one of the whole record. */
    private static boolean isOfOneField(Problem problem, Failure failure) {
        return problem.field() != null
                && failure.refused() != null
                && failure.refused().has(problem.field());
    }

    private static boolean isRefused(Failure failure, @Nullable Field<?> field, FieldValues values) {
        FieldValues refused = failure.refused();
        return refused != null
                && field != null
                && refused.has(field)
                && Objects.equals(refused.get(field), values.get(field));
    }
}
