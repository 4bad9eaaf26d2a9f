package org.psasync.engine.decide;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.FieldDecision.Halves;
import org.psasync.engine.decide.FieldMerge.Sides;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldGroup;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.FieldRule;
import org.psasync.store.Base;
import org.psasync.store.Pair;

/** Merges the fields of one linked pair, one after the other, the lines of an address together. */
final class PairMerge {
    private static final Because MOVED =
            new Because("FIELD-10", "the record moved to another organization, to which this does not belong");

    private static final Because ENTERS =
            new Because("SET-5", "locations were turned on, and the PSA has none for the record");

    private final Policy policy;
    private final PairFacts facts;
    private final Asset local;
    private final FieldValues remote;
    private final Base base;
    private final Permissions permissions;
    private final Translation toPsa;
    private final Translation toHost;
    private final MergeBuilder result;
    private final Map<FieldGroup, Map<FieldRule, Sides>> groups = new EnumMap<>(FieldGroup.class);
    private boolean moves;

    private PairMerge(Policy policy, PairFacts facts, Asset local, FieldValues remote) {
        Pair pair = facts.pair();
        this.policy = policy;
        this.facts = facts;
        this.local = local;
        this.remote = remote;
        this.base = pair.baseOrNone();
        this.permissions = new Permissions(policy, pair, local);
        this.toPsa = Translation.toPsa(policy, facts.links(), pair, local.values());
        this.toHost = Translation.toHost(policy, facts.links(), pair, remote);
        this.result = new MergeBuilder(policy, pair, local, remote);
    }

    /** Merges a linked pair. */
    static Merge of(Policy policy, PairFacts facts, Asset local, FieldValues remote) {
        Base base = facts.pair().baseOrNone();
        return base.local().equals(local.values()) && base.remote().equals(remote) && policy.mapsAll(base.local())
                ? Merge.nothing(local.kind())
                : new PairMerge(policy, facts, local, remote).merge();
    }

    private Merge merge() {
        for (Field<?> field : base.local().fields()) {
            if (!policy.maps(field)) {
                result.unmapped(field);
            }
        }
        Field<AssetRef> organization = Fields.organization(local.kind());
        FieldRule first = organization == null ? null : policy.rule(organization);
        if (first != null && isRead(first.field())) {
            single(first);
        }
        for (FieldRule rule : policy.rules(local.kind())) {
            if (!rule.equals(first) && isRead(rule.field())) {
                field(rule);
            }
        }
        groups.values().forEach(this::group);
        return result.build();
    }

    private boolean isRead(Field<?> field) {
        return local.values().has(field) && remote.has(field);
    }

    private void field(FieldRule rule) {
        Field<?> field = rule.field();
        if (field.group() != null) {
            groups.computeIfAbsent(field.group(), key -> new LinkedHashMap<>()).put(rule, sides(field));
        } else if (isUnchanged(field) && !(moves && local.values().get(field) instanceof AssetRef)) {
            return; // the common case, decided without making anything
        } else if (holdsSet(field)) {
            list(rule);
        } else {
            single(rule);
        }
    }

    private boolean isUnchanged(Field<?> field) {
        return base.has(field)
                && Objects.equals(base.local().get(field), local.values().get(field))
                && Objects.equals(base.remote().get(field), remote.get(field));
    }

    private boolean holdsSet(Field<?> field) {
        return local.values().get(field) instanceof Set
                || remote.get(field) instanceof Set
                || base.local().get(field) instanceof Set
                || base.remote().get(field) instanceof Set;
    }

    private Sides sides(Field<?> field) {
        Object here = local.values().get(field);
        Object there = remote.get(field);
        return new Sides(
                base.has(field),
                base.local().get(field),
                base.remote().get(field),
                here,
                there,
                toPsa.of(field, here),
                toHost.of(field, there));
    }

    private void single(FieldRule rule) {
        Field<?> field = rule.field();
        Sides sides = sides(field);
        FieldMerge.Permission permission = permissions.of(rule);
        FieldDecision decision = entersBlank(field, sides) && !permission.localFirst()
                ? new FieldDecision.Pull(null, ENTERS, null)
                : withoutCircle(field, FieldMerge.merge(sides, permission));
        if (moves && staysBehind(sides.local(), decision)) {
            if (sides.remoteAcross() instanceof Across.Unlinked unlinked) {
                result.await(unlinked.missing());
            } else if (sides.remoteAcross() instanceof Across.Foreign foreign) {
                result.await(foreign.ref());
            }
            decision = new FieldDecision.Pull(null, sides.localChanged() ? MOVED : null, Halves.BLANK);
        }
        if (field.equals(Fields.organization(field.kind())) && decision instanceof FieldDecision.Pull) {
            moves = true;
        }
        result.take(rule, decision, sides.local(), sides.remote());
    }

    /** Where locations are turned on later, the PSA's blank counts as any other value of it (SET-5). */
    private boolean entersBlank(Field<?> field, Sides sides) {
        return !sides.hasBase() && sides.remote() == null && sides.local() != null && policy.replacesByBlank(field);
    }

    /** A reference of a record that moves in the PSA cannot go on naming what belongs to the organization it leaves. */
    private boolean staysBehind(@Nullable Object value, FieldDecision decision) {
        if (!(value instanceof AssetRef ref)
                || !LinkTable.isOwned(ref.kind())
                || decision instanceof FieldDecision.Pull) {
            return false;
        }
        Field<AssetRef> organization = Objects.requireNonNull(Fields.organization(local.kind()));
        AssetRef now = remote.get(organization);
        return now != null && !(facts.links().across(ref, facts.links().pair(now)) instanceof Across.Value);
    }

    /** A parent that would make the parents go round in a circle is left out and named (FIELD-10). */
    private FieldDecision withoutCircle(Field<?> field, FieldDecision decision) {
        if (!field.equals(OrganizationFields.PARENT)) {
            return decision;
        }
        AssetRef here = local.values().get(OrganizationFields.PARENT);
        AssetRef there = remote.get(OrganizationFields.PARENT);
        if (facts.inCircle() && there != null) {
            return new FieldDecision.InCircle(there);
        }
        return facts.localCircle() && here != null && decision instanceof FieldDecision.Push
                ? new FieldDecision.InCircle(here)
                : decision;
    }

    private void list(FieldRule rule) {
        Field<?> field = rule.field();
        ListMerge.Lists lists = new ListMerge.Lists(
                base.has(field),
                toPsa.list((Set<?>) base.local().get(field)),
                toHost.list((Set<?>) base.remote().get(field)),
                toPsa.list((Set<?>) local.values().get(field)),
                toHost.list((Set<?>) remote.get(field)));
        lists.remote().missing().forEach(result::await);
        if (permissions.mayPush(rule)) {
            lists.local().missing().forEach(result::await);
        }
        result.take(
                rule,
                ListMerge.merge(lists, permissions.of(rule)),
                lists.local().held(),
                lists.remote().held());
    }

    private void group(Map<FieldRule, Sides> lines) {
        new GroupMerge(lines, permissions::of).merge().forEach((rule, decision) -> {
            Sides line = Objects.requireNonNull(lines.get(rule));
            result.take(rule, decision, line.local(), line.remote());
        });
    }
}
