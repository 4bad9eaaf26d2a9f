package org.psasync.engine.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.Owners;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Goes through the records that an action on many is about, in pages, and says which of them are left as they are. A
 * preview and its confirmation both ask it.
 *
 * @param state what is remembered
 * @param children what belongs to organizations
 * @param gate the gate once the row has stopped
 * @param action what is to be done
 * @param target to which records
 */
public record BulkScan(IntegrationState state, BulkChildren children, Gate gate, BulkAction action, BulkTarget target) {
    static final String UNDER_WAY = "a write of the record is under way; look again later";

    /**
     * A record.
     *
     * @param revision of the local record; null when the host does not show it, or was not asked
     * @param left why it is left as it is; null when it is not
     */
    record Found(
            Pair pair,
            @Nullable Revision revision,
            @Nullable String left) {
        static Found of(Pair pair, @Nullable Asset asset, @Nullable String left) {
            return new Found(pair, asset == null ? null : asset.revision(), left);
        }
    }

    /** Hands on every record of the target, a page at a time. */
    void pages(Consumer<List<Found>> page) {
        if (target instanceof BulkTarget.Picked picked) {
            page.accept(judged(picked(picked)));
            return;
        }
        PairQuery query = target instanceof BulkTarget.OfRow ofRow
                ? new PairQuery.Placed(target.kind(), ofRow.row().place())
                : new PairQuery.InState(target.kind(), SyncState.ORPHANED, ((BulkTarget.Orphans) target).reason());
        PairId after = null;
        List<Pair> pairs = state.pairs(query, null, Desk.BATCH);
        while (!pairs.isEmpty()) {
            after = pairs.get(pairs.size() - 1).id();
            page.accept(judged(pairs));
            pairs = state.pairs(query, after, Desk.BATCH);
        }
    }

    private List<Pair> picked(BulkTarget.Picked picked) {
        List<Pair> found = new ArrayList<>();
        picked.pairs().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(id -> state.pair(id)
                        .filter(pair -> pair.kind() == picked.kind() && pair.linked())
                        .ifPresent(found::add));
        return found;
    }

    private List<Found> judged(List<Pair> pairs) {
        boolean delete = action == BulkAction.DELETE && !pairs.isEmpty();
        Map<LocalId, String> owners = delete ? Owners.of(state, pairs) : Map.of();
        Map<LocalId, Asset> assets = delete ? children.assets(pairs) : Map.of();
        Map<RemoteId, Pair> organizations = organizations(pairs);
        return pairs.stream()
                .map(pair -> {
                    LocalId local = Objects.requireNonNull(pair.local());
                    return Found.of(pair, assets.get(local), left(pair, owners.get(local), organizations));
                })
                .toList();
    }

    /** Returns why a record of the target is left as it is; null when it is not. */
    private @Nullable String left(Pair pair, @Nullable String owner, Map<RemoteId, Pair> organizations) {
        if (target instanceof BulkTarget.OfRow) {
            if (pair.leftAlone()) {
                return "it is disabled or disconnected already, and stays as it is";
            }
            if (owner == null && gate.judge(pair.remoteValues(), true).isEmpty()) {
                return "it goes on syncing, because another of its types is selected";
            }
        } else if (pair.state() != SyncState.ORPHANED) {
            return "only orphans are deleted here; this record is "
                    + Objects.requireNonNull(pair.state()).toString();
        }
        if (action == BulkAction.DISCONNECT) {
            return null;
        }
        if (owner != null) {
            return Owners.text(owner);
        }
        if (!(target instanceof BulkTarget.OfRow) && returns(pair, organizations)) {
            return "it is selected again, and returns to the sync with the next run";
        }
        boolean named = target instanceof BulkTarget.Picked
                || target instanceof BulkTarget.Orphans orphans && orphans.reason() == OrphanReason.NOT_VISIBLE;
        if (!named && pair.reasons().contains(OrphanReason.NOT_VISIBLE)) {
            return "the PSA no longer shows it, which does not prove that it was deleted; pick it to delete it";
        }
        return isBlocked(pair) ? UNDER_WAY : children.hindrance(pair);
    }

    /** A delete that was begun before may be begun again. */
    static boolean isBlocked(Pair pair) {
        return pair.inFlight() != null && !pair.isBeingDeleted();
    }

    // What comes back by itself --------------------------------------------------------------------------------------

    private Map<RemoteId, Pair> organizations(List<Pair> pairs) {
        Set<RemoteId> ids = new HashSet<>();
        for (Pair pair : pairs) {
            if (organization(pair) instanceof RemoteRef organization) {
                ids.add(organization.id());
            }
        }
        return ids.isEmpty() ? Map.of() : state.byRemote(AssetKind.ORGANIZATION, ids);
    }

    private static @Nullable AssetRef organization(Pair pair) {
        Field<AssetRef> field = Fields.organization(pair.kind());
        return field == null ? null : pair.remoteValues().get(field);
    }

    private boolean returns(Pair pair, Map<RemoteId, Pair> organizations) {
        if (!passes(pair)) {
            return false;
        }
        if (Fields.organization(pair.kind()) == null) {
            return true;
        }
        Pair organization = organization(pair) instanceof RemoteRef ref ? organizations.get(ref.id()) : null;
        return organization != null
                && organization.linked()
                && !organization.leftAlone()
                && (organization.state() == SyncState.SYNCING || passes(organization))
                && Owners.of(state, List.of(organization)).isEmpty();
    }

    private boolean passes(Pair pair) {
        Observation observed = pair.observed();
        return observed != null
                && !observed.deleted()
                && observed.visible()
                && gate.judge(observed.values(), true).isEmpty();
    }
}
