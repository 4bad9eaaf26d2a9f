package org.psasync.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.DataPage;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/**
 * Reads the lists of links, a page at a time, from what is remembered: neither side is asked.
 *
 * @param state what is remembered
 * @param mode whether the integration takes part: with all links cut, every link is disconnected (DATA-6)
 * @param address tells where a person opens a record of the PSA; null for nowhere
 */
record DataLists(IntegrationState state, Mode mode, Function<RemoteRef, @Nullable URI> address) {
    private static final int MOST = 1000;

    /** Returns a page of the orphans of a kind. */
    DataPage orphaned(AssetKind kind, @Nullable OrphanReason reason, @Nullable String from, int limit) {
        PairQuery orphans = new PairQuery.InState(kind, SyncState.ORPHANED, reason);
        DataPage page = page(orphans, from, limit);
        return isCut() ? new DataPage(List.of(), null) : page;
    }

    /** Returns a page of what is disabled or disconnected of a kind. */
    DataPage disconnected(AssetKind kind, @Nullable String from, int limit) {
        return page(isCut() ? new PairQuery.Placed(kind, null) : new PairQuery.LeftAlone(kind), from, limit);
    }

    private boolean isCut() {
        return mode == Mode.DISCONNECTED;
    }

    /**
     * Returns a page.
     *
     * @param from what the page before said is next; null for the first page
     */
    DataPage page(PairQuery query, @Nullable String from, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("The limit must be from 1 to " + MOST + ": " + limit);
        }
        PairId after = from == null ? null : PairId.parse(from);
        List<Pair> pairs = state.pairs(query, after, limit + 1);
        boolean more = pairs.size() > limit;
        List<Pair> page = more ? pairs.subList(0, limit) : pairs;
        return new DataPage(entries(page), more ? page.get(limit - 1).id().toString() : null);
    }

    private List<DataEntry> entries(List<Pair> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        Map<LocalId, String> owners = state.ownedElsewhere(
                page.get(0).kind(),
                page.stream().map(pair -> Objects.requireNonNull(pair.local())).toList());
        return page.stream()
                .map(pair -> entry(pair, owners.get(Objects.requireNonNull(pair.local()))))
                .toList();
    }

    private DataEntry entry(Pair pair, @Nullable String owner) {
        SyncState own = Objects.requireNonNull(pair.state());
        boolean cut = isCut() && own != SyncState.DISABLED;
        SyncState stands = cut ? SyncState.DISCONNECTED : own;
        List<String> reasons = new ArrayList<>();
        if (!cut) {
            pair.reasons().stream().sorted().map(OrphanReason::words).forEach(reasons::add);
        }
        if (owner != null) {
            reasons.add("its local record belongs to the integration \"" + owner + "\"");
        }
        RemoteRef remote = Objects.requireNonNull(pair.remoteRef());
        Trouble.Failure failure = pair.trouble().failure();
        String error = failure == null ? null : failure.text();
        return new DataEntry(
                pair.id(),
                pair.kind(),
                Objects.requireNonNullElse(Fields.title(pair.remoteValues()), ""),
                Objects.requireNonNull(pair.localRef()),
                remote,
                address.apply(remote),
                stands,
                reasons,
                new SyncMark(stands, cut ? Set.of() : pair.reasons(), error).icon(),
                error,
                stands == SyncState.ORPHANED && owner == null && !pair.reasons().contains(OrphanReason.NOT_VISIBLE));
    }
}
