package org.psasync.engine.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.RunStopped;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Looks local records up by their ids. An empty answer proves nothing, unless other records are found (STATE-11). */
public final class LocalRecords {
    private static final int MOST_WITNESSES = 20;

    private final IntegrationState state;
    private final AssetRepository assets;

    public LocalRecords(Desk desk) {
        this(desk.state(), desk.assets());
    }

    public LocalRecords(IntegrationState state, AssetRepository assets) {
        this.state = state;
        this.assets = assets;
    }

    /**
     * Returns the records that are there; one that is not is gone.
     *
     * @throws RunStopped when the host finds nothing at all
     */
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        List<Asset> found = ids.isEmpty() ? List.of() : assets.find(kind, ids);
        if (!found.isEmpty() || ids.isEmpty()) {
            return found;
        }
        boolean asked = false;
        for (AssetKind witnesses : sameKindFirst(kind)) {
            Set<LocalId> others = linked(witnesses, witnesses == kind ? ids : List.of());
            asked |= !others.isEmpty();
            Optional<List<Asset>> believed =
                    others.isEmpty() ? Optional.empty() : besides(kind, ids, witnesses, others);
            if (believed.isPresent()) {
                return believed.get();
            }
        }
        if (!asked && ids.size() == 1) {
            return found; // the only record that is linked at all
        }
        throw nothing(kind);
    }

    /** Asks for the records again beside others; returns nothing when those are not there either. */
    private Optional<List<Asset>> besides(
            AssetKind kind, Collection<LocalId> ids, AssetKind witnesses, Set<LocalId> others) {
        Set<LocalId> asked = new LinkedHashSet<>(others);
        if (witnesses == kind) {
            asked.addAll(ids);
        }
        List<Asset> found = assets.find(witnesses, asked);
        if (found.stream().noneMatch(asset -> others.contains(asset.id()))) {
            return Optional.empty();
        }
        return Optional.of(
                witnesses == kind
                        ? found.stream()
                                .filter(asset -> ids.contains(asset.id()))
                                .toList()
                        : List.of());
    }

    private static List<AssetKind> sameKindFirst(AssetKind kind) {
        List<AssetKind> result = new ArrayList<>(List.of(AssetKind.values()));
        result.remove(kind);
        result.add(0, kind);
        return result;
    }

    /** Returns some records whose pairs say that the host has them; an orphan's is there too. */
    private Set<LocalId> linked(AssetKind kind, Collection<LocalId> besides) {
        Set<LocalId> result = new LinkedHashSet<>();
        for (SyncState stands : List.of(SyncState.SYNCING, SyncState.ORPHANED)) {
            PairQuery query = new PairQuery.InState(kind, stands, null);
            for (Pair pair : state.pairs(query, null, besides.size() + MOST_WITNESSES)) {
                boolean isThere = pair.local() != null && !pair.isBeingDeleted();
                if (isThere && !besides.contains(pair.local())) {
                    result.add(pair.local());
                }
            }
        }
        return result;
    }

    private static RunStopped nothing(AssetKind kind) {
        return new RunStopped(
                Status.ERROR,
                "The host answered with nothing when asked for a " + kind
                        + ", not even with records that it held before. Nothing is taken for deleted.",
                null,
                null);
    }
}
