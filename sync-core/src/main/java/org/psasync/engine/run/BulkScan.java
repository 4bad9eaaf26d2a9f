package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.model.AssetKind;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Goes through the records that an action on many is about, in pages, and says which of them are left as they are. A
 * preview and its confirmation both ask it.
 *
 * @param state what is remembered
 * @param gate the gate once the row has stopped
 * @param action what is to be done
 * @param target to which records
 */
record BulkScan(IntegrationState state, Gate gate, BulkAction action, BulkTarget target) {
    /** What belongs to an organization goes before what that may refer to. */
    private static final List<AssetKind> BELOW =
            List.of(AssetKind.TICKET, AssetKind.CONFIGURATION, AssetKind.CONTACT, AssetKind.LOCATION);

    private static final String UNDER_WAY = "a write of the record is under way; look again later";

    /** A record of the target. */
    record Found(Pair pair, @Nullable String left) {}

    /** Hands on every record of the target, a page at a time, with why it is left; null when it is not. */
    void pages(Consumer<List<Found>> page) {
        if (target instanceof BulkTarget.Picked picked) {
            page.accept(picked(picked));
            return;
        }
        PairQuery query = target instanceof BulkTarget.OfRow ofRow
                ? new PairQuery.Placed(target.kind(), ofRow.row().place())
                : new PairQuery.InState(target.kind(), SyncState.ORPHANED, ((BulkTarget.Orphans) target).reason());
        each(
                query,
                pairs -> page.accept(
                        pairs.stream().map(pair -> new Found(pair, left(pair))).toList()));
    }

    private List<Found> picked(BulkTarget.Picked picked) {
        List<Found> found = new ArrayList<>();
        picked.pairs().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(id -> state.pair(id)
                        .filter(pair -> pair.kind() == picked.kind() && pair.linked())
                        .ifPresent(pair -> found.add(new Found(pair, left(pair)))));
        return found;
    }

    private void each(PairQuery query, Consumer<List<Pair>> page) {
        PairId after = null;
        while (true) {
            List<Pair> pairs = state.pairs(query, after, Desk.BATCH);
            if (pairs.isEmpty()) {
                return;
            }
            after = pairs.get(pairs.size() - 1).id();
            page.accept(pairs);
        }
    }

    /** Returns why a record of the target is left as it is; null when it is not. */
    private @Nullable String left(Pair pair) {
        if (target instanceof BulkTarget.OfRow) {
            if (pair.leftAlone()) {
                return "it is disabled or disconnected already, and stays as it is";
            }
            if (gate.judge(pair.remoteValues(), true).isEmpty()) {
                return "it goes on syncing, because another of its types is selected";
            }
        } else if (pair.state() != SyncState.ORPHANED) {
            return "only orphans are deleted here; this record is "
                    + Objects.requireNonNull(pair.state()).toString();
        }
        if (action == BulkAction.DISCONNECT) {
            return null;
        }
        boolean named = target instanceof BulkTarget.Picked
                || target instanceof BulkTarget.Orphans orphans && orphans.reason() == OrphanReason.NOT_VISIBLE;
        if (!named && pair.reasons().contains(OrphanReason.NOT_VISIBLE)) {
            return "the PSA no longer shows it, which does not prove that it was deleted; pick it to delete it";
        }
        return isBlocked(pair) ? UNDER_WAY : belowIsBlocked(pair) ? "below it, " + UNDER_WAY : null;
    }

    /** A delete that was begun before may be begun again. */
    private static boolean isBlocked(Pair pair) {
        return pair.inFlight() != null && !LocalDeletes.isDeleting(pair);
    }

    private boolean belowIsBlocked(Pair pair) {
        boolean[] blocked = new boolean[1];
        below(pair, children -> blocked[0] |= children.stream().anyMatch(BulkScan::isBlocked));
        return blocked[0];
    }

    /**
     * Hands on the links that belong to an organization, a page of one kind at a time, what refers to others first;
     * nothing for records that are no organization.
     */
    void below(Pair pair, Consumer<List<Pair>> page) {
        if (pair.kind() != AssetKind.ORGANIZATION) {
            return;
        }
        for (AssetKind kind : BELOW) {
            each(new PairQuery.Below(kind, Objects.requireNonNull(pair.remote())), children -> {
                List<Pair> links = children.stream()
                        .filter(Pair::linked)
                        .filter(child -> action == BulkAction.DELETE || !child.leftAlone())
                        .toList();
                if (!links.isEmpty()) {
                    page.accept(links);
                }
            });
        }
    }
}
