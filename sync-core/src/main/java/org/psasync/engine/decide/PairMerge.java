package org.psasync.engine.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldGroup;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Rewrite;
import org.psasync.store.Trouble.Side;

/** Merges the fields of one linked pair, one after the other, the lines of an address together. */
final class PairMerge {
    /** Within this, two change times do not tell which change was the later one (MERGE-5). */
    private static final Duration TOO_CLOSE = Duration.ofMinutes(2);
    /** So often in a row a value may be written over the same other value (MERGE-7). */
    private static final int MOST_REWRITES = 2;

    private final Policy policy;
    private final LinkTable links;
    private final Pair pair;
    private final Asset local;
    private final FieldValues remote;
    private final Base base;
    private final @Nullable Pair organization;
    private final boolean inCircle;

    private final FieldValues.Builder pull;
    private final FieldValues.Builder push;
    private final FieldValues.Builder agreedLocal;
    private final FieldValues.Builder agreedRemote;
    private final FieldValues.Builder listBases;
    private final List<Merge.Loss> losses = new ArrayList<>();
    private final List<Field<?>> unconfirmed = new ArrayList<>();
    private final List<Field<?>> leftAlone = new ArrayList<>();
    private final List<Field<?>> frozen = new ArrayList<>();
    private final List<Field<?>> oscillating = new ArrayList<>();
    private final List<Field<?>> foreign = new ArrayList<>();
    private final Set<AssetRef> awaited = new LinkedHashSet<>();
    private final List<Problem> refusals = new ArrayList<>();

    private PairMerge(Policy policy, LinkTable links, Pair pair, Asset local, FieldValues remote, boolean inCircle) {
        this.policy = policy;
        this.links = links;
        this.pair = pair;
        this.local = local;
        this.remote = remote;
        this.base = pair.baseOrNone();
        this.inCircle = inCircle;
        Field<AssetRef> field = Fields.organization(pair.kind());
        AssetRef ref = field == null ? null : remote.get(field);
        this.organization = ref == null ? null : links.pair(ref);
        this.pull = FieldValues.of(pair.kind());
        this.push = FieldValues.of(pair.kind());
        this.agreedLocal = FieldValues.of(pair.kind());
        this.agreedRemote = FieldValues.of(pair.kind());
        this.listBases = FieldValues.of(pair.kind());
    }

    /**
     * Merges a linked pair.
     *
     * @param inCircle whether its parents go round in a circle, so that the parent is left out (FIELD-10)
     */
    static Merge of(Policy policy, LinkTable links, Pair pair, Asset local, FieldValues remote, boolean inCircle) {
        Base base = pair.baseOrNone();
        return base.local().equals(local.values()) && base.remote().equals(remote)
                ? Merge.nothing(pair.kind())
                : new PairMerge(policy, links, pair, local, remote, inCircle).merge();
    }

    private Merge merge() {
        Map<FieldGroup, List<FieldRule>> groups = new HashMap<>();
        for (FieldRule rule : policy.rules(pair.kind())) {
            Field<?> field = rule.field();
            if (!local.values().has(field) || !remote.has(field) || leftOut(field)) {
                continue;
            }
            if (field.group() != null) {
                groups.computeIfAbsent(field.group(), key -> new ArrayList<>()).add(rule);
            } else {
                single(rule);
            }
        }
        groups.values().forEach(this::group);
        return new Merge(
                unlessRefused(pull.build(), Side.HOST),
                unlessRefused(push.build(), Side.PSA),
                new Base(agreedLocal.build(), agreedRemote.build()),
                listBases.build(),
                losses,
                unconfirmed,
                leftAlone,
                frozen,
                oscillating,
                foreign,
                awaited,
                refusals);
    }

    /** What was refused is not sent again unchanged; a single other value makes it worth another try (PUSH-13). */
    private FieldValues unlessRefused(FieldValues values, Side side) {
        Failure failure = pair.trouble().failure();
        FieldValues refused = failure == null || failure.side() != side ? null : failure.refused();
        boolean unchanged = refused != null
                && !values.isEmpty()
                && values.fields().stream()
                        .allMatch(field -> refused.has(field) && Objects.equals(refused.get(field), values.get(field)));
        if (!unchanged) {
            return values;
        }
        refusals.addAll(Objects.requireNonNull(failure).problems());
        losses.removeIf(loss -> loss.side() == side);
        return FieldValues.empty(values.kind());
    }

    private boolean leftOut(Field<?> field) {
        return inCircle && field.equals(org.psasync.model.OrganizationFields.PARENT);
    }

    private void single(FieldRule rule) {
        Field<?> field = rule.field();
        Object localValue = local.values().get(field);
        Object remoteValue = remote.get(field);
        // The common case, decided without making anything: nobody changed the field.
        if (base.has(field)
                && Objects.equals(base.local().get(field), localValue)
                && Objects.equals(base.remote().get(field), remoteValue)) {
            return;
        }
        Across localAcross = across(localValue);
        Across remoteAcross = across(remoteValue);
        FieldDecision decision = remoteAcross.instead != null
                ? remoteAcross.instead
                : localAcross.instead != null && !overruled(rule, localValue, remoteValue)
                        ? localAcross.instead
                        : FieldMerge.merge(
                                sides(field, localAcross.value, remoteAcross.value), permission(rule, field));
        carryOut(rule, decision);
    }

    /** A local reference that cannot be translated matters only if it was to be sent. */
    private boolean overruled(FieldRule rule, @Nullable Object localValue, @Nullable Object remoteValue) {
        Field<?> field = rule.field();
        boolean localChanged = !base.has(field) || !Objects.equals(base.local().get(field), localValue);
        boolean remoteChanged = !base.has(field)
                ? remoteValue != null
                : !Objects.equals(base.remote().get(field), remoteValue);
        return !policy.pushes(rule) || remoteChanged || !localChanged;
    }

    private void group(List<FieldRule> rules) {
        boolean localChanged = false;
        boolean remoteChanged = false;
        boolean allSame = true;
        boolean confirmed = true;
        boolean mayPush = true;
        for (FieldRule rule : rules) {
            FieldMerge.Sides sides = sides(rule.field(), local.values().get(rule.field()), remote.get(rule.field()));
            localChanged |= sides.hasBase() && sides.localChanged();
            remoteChanged |= sides.hasBase() && sides.remoteChanged();
            allSame &= sides.same();
            confirmed &= confirmed(rule.field());
            mayPush &= policy.pushes(rule);
        }
        boolean clash = localChanged && remoteChanged && !allSame;
        for (FieldRule rule : rules) {
            Field<?> field = rule.field();
            FieldMerge.Sides sides = sides(field, local.values().get(field), remote.get(field));
            FieldMerge.Permission own = permission(rule, field);
            FieldDecision decision = clash && sides.hasBase()
                    ? FieldMerge.merge(
                            sides,
                            true,
                            true,
                            new FieldMerge.Permission(mayPush, confirmed, own.conflict(), own.conflictReason()))
                    : FieldMerge.merge(sides, own);
            carryOut(rule, decision);
        }
    }

    private FieldMerge.Sides sides(Field<?> field, @Nullable Object localAcross, @Nullable Object remoteAcross) {
        return new FieldMerge.Sides(
                base.has(field),
                base.local().get(field),
                base.remote().get(field),
                local.values().get(field),
                remote.get(field),
                localAcross,
                remoteAcross);
    }

    private FieldMerge.Permission permission(FieldRule rule, Field<?> field) {
        ConflictPolicy chosen = policy.settings().conflicts().of(field);
        String reason = "both sides changed it, and " + chosen + " is set";
        if (chosen == ConflictPolicy.NEWEST_WINS) {
            Instant remoteChange =
                    pair.observed() == null ? null : pair.observed().version().changedAt();
            Instant localChange = local.lastEdit().at();
            if (remoteChange == null) {
                chosen = ConflictPolicy.PSA_WINS;
                reason = "both sides changed it, and the PSA tells no change time, so its value wins (MERGE-5)";
            } else if (Duration.between(remoteChange, localChange).abs().compareTo(TOO_CLOSE) <= 0) {
                chosen = ConflictPolicy.PSA_WINS;
                reason = "both sides changed it within two minutes, so the PSA's value wins (MERGE-5)";
            } else {
                chosen = localChange.isAfter(remoteChange) ? ConflictPolicy.LOCAL_WINS : ConflictPolicy.PSA_WINS;
                reason = "both sides changed it, the " + (chosen == ConflictPolicy.LOCAL_WINS ? "host" : "PSA")
                        + " later, and NEWEST_WINS is set";
            }
        }
        return new FieldMerge.Permission(policy.pushes(rule), confirmed(field), chosen, reason);
    }

    private boolean confirmed(Field<?> field) {
        Grant grant = pair.grant();
        return grant != null
                && grant.values().has(field)
                && Objects.equals(grant.values().get(field), local.values().get(field));
    }

    /** A value in the other side's terms, or what to do because it has none. */
    private record Across(@Nullable Object value, @Nullable FieldDecision instead) {}

    private Across across(@Nullable Object value) {
        if (value instanceof AssetRef ref) {
            LinkTable.Target target = links.across(ref, organization);
            if (target instanceof LinkTable.Target.Linked linked) {
                return new Across(linked.ref(), null);
            }
            return target instanceof LinkTable.Target.Unlinked unlinked
                    ? new Across(null, new FieldDecision.Awaits(unlinked.missing()))
                    : new Across(null, new FieldDecision.Foreign());
        }
        return value instanceof Set<?> set ? new Across(References.across(set, links), null) : new Across(value, null);
    }

    private void carryOut(FieldRule rule, FieldDecision decision) {
        Field<?> field = rule.field();
        if (decision instanceof FieldDecision.Agreed) {
            agreedLocal.copy(field, local.values());
            agreedRemote.copy(field, remote);
        } else if (decision instanceof FieldDecision.Pull write) {
            pull(field, write);
        } else if (decision instanceof FieldDecision.Push write) {
            push(rule, write);
        } else if (decision instanceof FieldDecision.Unconfirmed) {
            unconfirmed.add(field);
        } else if (decision instanceof FieldDecision.LeftAlone) {
            leftAlone.add(field);
        } else if (decision instanceof FieldDecision.Conflict) {
            frozen.add(field);
        } else if (decision instanceof FieldDecision.Awaits awaits) {
            awaited.add(awaits.missing());
        } else if (decision instanceof FieldDecision.Foreign) {
            foreign.add(field);
        } else {
            oscillating.add(field);
        }
    }

    private void pull(Field<?> field, FieldDecision.Pull write) {
        Object replaced = local.values().get(field);
        if (writtenTooOften(field, Side.HOST, write.value(), replaced)) {
            oscillating.add(field);
            return;
        }
        set(pull, field, write.value());
        if (write.baseLocal() != null) {
            set(listBases, field, write.baseLocal().value());
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
            return;
        }
        Object replaced = remote.get(field);
        if (writtenTooOften(field, Side.PSA, write.value(), replaced)) {
            oscillating.add(field);
            return;
        }
        set(push, field, write.value());
        if (write.loss() != null) {
            losses.add(new Merge.Loss(field, Side.PSA, replaced, write.value(), write.loss()));
        }
    }

    private boolean writtenTooOften(Field<?> field, Side side, @Nullable Object written, @Nullable Object replaced) {
        Rewrite last = pair.trouble().rewrites().get(field);
        return last != null
                && last.side() == side
                && last.times() >= MOST_REWRITES
                && Objects.equals(last.written(), written)
                && Objects.equals(last.replaced(), replaced);
    }

    @SuppressWarnings("unchecked") // the value comes from the same field of the other side
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }
}
