package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Gate;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.store.Base;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Says which pairs must be decided again because others changed. */
final class Dependants {
    private Dependants() {}

    /**
     * Returns what waits for a record that is linked now, and what depends on an organization that moved, or that is to
     * be linked now and was not, or the other way round.
     */
    static List<PairQuery> of(List<Marks.Change> changes) {
        List<PairQuery> result = new ArrayList<>();
        Set<AssetRef> records = new HashSet<>();
        for (Marks.Change change : changes) {
            Pair after = change.after();
            boolean organization = after.kind() == AssetKind.ORGANIZATION;
            boolean stands = !change.before().linked() || organization && moved(change);
            if (after.linked() && (stands || belongsElsewhere(change) || isWhole(change))) {
                records.add(requireNonNull(after.localRef()));
                records.add(requireNonNull(after.remoteRef()));
            }
            if (!change.before().trouble().localGone() && after.trouble().localGone()) {
                AssetRef owner = organizationHere(after);
                if (owner != null) {
                    records.add(owner); // records without a link wait for it, and may be like this one (STATE-6)
                }
            }
            if (after.linked() && organization && stands) {
                addBelow(requireNonNull(after.remote()), result);
            }
            if (!after.linked() && organization) {
                unlinked(change, records, result);
            }
        }
        if (!records.isEmpty()) {
            result.add(new PairQuery.Awaiting(records));
        }
        return result;
    }

    /** Returns what hangs on an organization that is forgotten. */
    static List<PairQuery> ofForgotten(Pair pair) {
        List<PairQuery> result = new ArrayList<>();
        if (pair.kind() == AssetKind.ORGANIZATION) {
            result.add(new PairQuery.Awaiting(refs(pair)));
            if (pair.remote() != null) {
                addBelow(pair.remote(), result);
            }
        }
        return result;
    }

    /** Before it was decided first, nothing below it was turned away because of it; what waited names it. */
    private static void unlinked(Marks.Change change, Set<AssetRef> records, List<PairQuery> result) {
        Pair after = change.after();
        boolean first = change.before().disposition() == null;
        boolean wasOut = Gate.isLeftOut(change.before());
        if (first || wasOut != Gate.isLeftOut(after)) {
            records.addAll(refs(after));
            if (wasOut && after.remote() != null) {
                addBelow(after.remote(), result);
            }
        }
    }

    private static Set<AssetRef> refs(Pair pair) {
        Set<AssetRef> result = new HashSet<>();
        if (pair.local() != null) {
            result.add(requireNonNull(pair.localRef()));
        }
        if (pair.remote() != null) {
            result.add(requireNonNull(pair.remoteRef()));
        }
        return result;
    }

    private static void addBelow(RemoteId organization, List<PairQuery> result) {
        for (AssetKind kind : AssetKind.values()) {
            if (kind != AssetKind.ORGANIZATION) {
                result.add(new PairQuery.Below(kind, organization));
            }
        }
    }

    private static @Nullable AssetRef organizationHere(Pair pair) {
        Field<AssetRef> organization = Fields.organization(pair.kind());
        return organization == null ? null : pair.baseOrNone().local().get(organization);
    }

    private static boolean moved(Marks.Change change) {
        return change.before().state() != change.after().state()
                || !change.before().reasons().equals(change.after().reasons());
    }

    /** What waits for a record to move in is decided again when it moves (FIELD-10). */
    private static boolean belongsElsewhere(Marks.Change change) {
        Field<AssetRef> organization = Fields.organization(change.after().kind());
        Field<AssetRef> owner = organization == null ? OrganizationFields.PARENT : organization;
        Base before = change.before().baseOrNone();
        Base after = change.after().baseOrNone();
        return !Objects.equals(before.local().get(owner), after.local().get(owner))
                || !Objects.equals(before.remote().get(owner), after.remote().get(owner));
    }

    /** Each link of a circle of parents waits for the next. */
    private static boolean isWhole(Marks.Change change) {
        return !change.before().awaited().isEmpty() && change.after().awaited().isEmpty();
    }
}
