package org.psasync.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.SyncMark;
import org.psasync.spi.MatchKey;

/** The records of one kind in memory. Not safe for use by several threads; its owner guards it. */
final class RecordShelf {
    /** Ids that count up are in the order of their numbers: shorter ones come first. */
    static final Comparator<LocalId> ORDER =
            Comparator.<LocalId>comparingInt(id -> id.value().length()).thenComparing(LocalId::value);

    private final AssetKind kind;
    private final TreeMap<LocalId, Asset> assets = new TreeMap<>(ORDER);
    private final Map<PairId, LocalId> pairs = new HashMap<>();
    private final Map<LocalId, SyncMark> marks = new HashMap<>();
    private final RecordIndex index;
    private long made;

    RecordShelf(AssetKind kind) {
        this.kind = kind;
        this.index = new RecordIndex(kind);
    }

    LocalId newId() {
        LocalId id;
        do {
            id = new LocalId(kind.name().toLowerCase(Locale.ROOT) + "-" + ++made);
        } while (assets.containsKey(id));
        return id;
    }

    @Nullable
    Asset get(LocalId id) {
        return assets.get(id);
    }

    @Nullable
    Asset madeFor(PairId pair) {
        LocalId id = pairs.get(pair);
        return id == null ? null : assets.get(id);
    }

    void put(Asset asset) {
        Asset before = assets.put(asset.id(), asset);
        if (before != null) {
            index.remove(before.id(), before.values());
        }
        index.add(asset.id(), asset.values());
        if (asset.pair() != null) {
            pairs.put(asset.pair(), asset.id());
        }
    }

    @Nullable
    Asset remove(LocalId id) {
        Asset before = assets.remove(id);
        if (before != null) {
            index.remove(id, before.values());
            marks.remove(id);
            if (before.pair() != null) {
                pairs.remove(before.pair());
            }
        }
        return before;
    }

    List<Asset> all() {
        return List.copyOf(assets.values());
    }

    List<Asset> page(@Nullable LocalId after, int limit) {
        List<Asset> page = new ArrayList<>();
        for (Asset asset : (after == null ? assets : assets.tailMap(after, false)).values()) {
            if (page.size() == limit) {
                break;
            }
            page.add(asset);
        }
        return page;
    }

    List<Asset> match(List<MatchKey> keys) {
        Set<LocalId> found = new LinkedHashSet<>();
        for (MatchKey key : keys) {
            if (!index.covers(key.values())) {
                return all();
            }
            index.collect(key.values(), found);
        }
        return found.stream().map(assets::get).filter(Objects::nonNull).toList();
    }

    void mark(LocalId id, SyncMark mark) {
        Asset asset = assets.get(id);
        if (asset != null) {
            marks.put(asset.id(), mark);
        }
    }

    @Nullable
    SyncMark mark(LocalId id) {
        return marks.get(id);
    }
}
