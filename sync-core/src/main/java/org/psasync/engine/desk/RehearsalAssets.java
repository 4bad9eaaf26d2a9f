package org.psasync.engine.desk;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Revision;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** The host as it would be: reads go to the real one, writes are kept here (RUN-4). */
public final class RehearsalAssets implements AssetRepository {
    private static final String MADE = "new-";

    private final AssetRepository real;
    private final InstantSource clock;
    private final Map<LocalRef, Asset> written = new HashMap<>();
    private final Map<AssetKind, FieldValues> blanks = new EnumMap<>(AssetKind.class);

    RehearsalAssets(AssetRepository real, InstantSource clock) {
        this.real = real;
        this.clock = clock;
    }

    /** Returns whether the record was made in a rehearsal. */
    public static boolean isMade(LocalId id) {
        return id.value().startsWith(MADE);
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        List<Asset> result = new ArrayList<>();
        List<LocalId> others = new ArrayList<>();
        for (LocalId id : ids) {
            Asset asset = written.get(new LocalRef(kind, id));
            if (asset == null) {
                others.add(id);
            } else {
                result.add(asset);
            }
        }
        if (!others.isEmpty()) {
            result.addAll(real.find(kind, others));
        }
        return result;
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        return overlaid(real.match(kind, keys));
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        return overlaid(real.list(kind, after, limit));
    }

    private List<Asset> overlaid(List<Asset> assets) {
        return assets.stream()
                .map(asset -> Objects.requireNonNullElse(written.get(asset.ref()), asset))
                .toList();
    }

    @Override
    public boolean hasChangeFeed() {
        return real.hasChangeFeed();
    }

    @Override
    public LocalChanges changes(@Nullable String mark, int limit) {
        return real.changes(mark, limit);
    }

    @Override
    public boolean keepsPairIds() {
        return true;
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        Map<LocalRef, Asset> current = new LinkedHashMap<>();
        List<LocalId> ids = new ArrayList<>();
        for (LocalChange change : changes) {
            if (change.id() != null) {
                ids.add(change.id());
            }
        }
        if (!ids.isEmpty()) {
            find(changes.get(0).kind(), ids).forEach(asset -> current.put(asset.ref(), asset));
        }
        List<LocalResult> results = new ArrayList<>();
        for (LocalChange change : changes) {
            results.add(write(change, current));
        }
        return results;
    }

    private LocalResult write(LocalChange change, Map<LocalRef, Asset> current) {
        LocalId id = change.id() == null ? new LocalId(MADE + change.pair()) : change.id();
        LocalRef ref = new LocalRef(change.kind(), id);
        Asset before = current.get(ref);
        if (change.id() != null && before == null) {
            return new LocalResult.Missing();
        }
        if (before != null && !before.revision().equals(change.expected())) {
            return new LocalResult.Moved(before);
        }
        Asset after = new Asset(
                id,
                before == null
                        ? blank(change.kind()).overlaidWith(change.values())
                        : before.values().overlaidWith(shown(change, before)),
                new Revision((before == null ? "" : before.revision().token()) + "+"),
                new Edit(Origin.SYNC, "rehearsal", clock.instant()),
                change.pair());
        written.put(ref, after);
        return new LocalResult.Written(after);
    }

    /** A new record has a place for what its kind has: its references are often set a moment later (FIELD-6). */
    private FieldValues blank(AssetKind kind) {
        return blanks.computeIfAbsent(kind, each -> {
            Optional<Asset> like = real.list(kind, null, 1).stream().findFirst();
            FieldValues.Builder values = FieldValues.of(kind);
            for (Field<?> field : Fields.of(kind)) {
                if (like.isEmpty() || like.get().values().has(field)) {
                    values.set(field, null);
                }
            }
            return values.build();
        });
    }

    /** A field for which the host has no place is ignored (R0.3). */
    private static FieldValues shown(LocalChange change, Asset before) {
        return change.values().only(before.values()::has);
    }

    @Override
    public void pickLists(List<PickValue> values) {}
}
