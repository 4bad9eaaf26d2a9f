package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.Revision;
import org.psasync.model.SyncMark;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MarkedAsset;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/**
 * A host's records in memory, for tests, examples and hosts that keep their records themselves.
 *
 * <p>It has a change feed and keeps pair ids, unless built without. It has a place for every known field, unless
 * built without it, and for the custom ones it is built with: a field that was never written is blank. Ids are made as {@code organization-1}. Revisions count up over all
 * records, so a later write has the higher one.
 *
 * <p>Safe for use by several threads.
 */
public final class InMemoryAssetRepository implements AssetRepository {
    /** The actor of edits that the engine makes. */
    public static final String SYNC_ACTOR = "sync";

    private static final int MOST = 1000;

    private final InstantSource clock;
    private final @Nullable RecordFeed feed;
    private final boolean keepsPairIds;
    private final Set<Field<?>> missing;
    private final Set<Field<?>> custom;
    private final Function<LocalChange, List<Problem>> check;
    private final Map<AssetKind, RecordShelf> shelves = new EnumMap<>(AssetKind.class);
    private final Map<Field<?>, Map<String, Choice>> pickLists = new HashMap<>();
    private final Object lock = new Object();
    private long revision;

    InMemoryAssetRepository(InMemoryAssetRepositoryBuilder builder) {
        this.clock = builder.clock;
        this.feed = builder.changeFeed ? new RecordFeed() : null;
        this.keepsPairIds = builder.pairIds;
        this.missing = Set.copyOf(builder.missing);
        this.custom = Set.copyOf(builder.custom);
        this.check = builder.check;
        for (AssetKind kind : AssetKind.values()) {
            shelves.put(kind, new RecordShelf(kind));
        }
    }

    /** Starts an empty repository; the clock gives the time of edits that the engine makes. */
    public static InMemoryAssetRepositoryBuilder builder(InstantSource clock) {
        return new InMemoryAssetRepositoryBuilder(clock);
    }

    /**
     * Stores an edit by a person or a program: fields of {@code values} replace those of the record.
     *
     * @param ref the record; null makes one with a new id, and an unknown one makes it with that id
     * @return the record as stored
     * @throws IllegalArgumentException when the record is of another kind than the values
     */
    public Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit) {
        if (ref != null && ref.kind() != values.kind()) {
            throw new IllegalArgumentException("The values of a " + values.kind() + " cannot be those of " + ref);
        }
        synchronized (lock) {
            RecordShelf shelf = shelf(values.kind());
            LocalId id = ref == null ? shelf.newId() : ref.id();
            Asset before = shelf.get(id);
            return before == null ? store(id, whole(values), edit, null) : overlay(before, values, edit);
        }
    }

    /** Deletes a record, and none of those that belong to it; returns whether it was there. */
    public boolean delete(LocalRef ref) {
        synchronized (lock) {
            boolean there = shelf(ref.kind()).remove(ref.id()) != null;
            if (there) {
                changed(ref, ++revision);
            }
            return there;
        }
    }

    @Override
    public boolean deletes() {
        return true;
    }

    /** Deletes records, and none of those that belong to them; refuses none. */
    @Override
    public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
        checkSize("records", records.size());
        List<DeleteResult> results = new ArrayList<>(records.size());
        synchronized (lock) {
            for (LocalDelete record : records) {
                LocalRef ref = new LocalRef(kind, record.id());
                Optional<Revision> stored = get(ref).map(Asset::revision);
                boolean asShown = stored.isEmpty() || stored.get().equals(record.expected());
                if (asShown) {
                    delete(ref);
                }
                results.add(asShown ? new DeleteResult.Deleted() : new DeleteResult.Changed());
            }
        }
        return results;
    }

    /** Returns a record, or nothing when it is not there. */
    public Optional<Asset> get(LocalRef ref) {
        synchronized (lock) {
            return Optional.ofNullable(shelf(ref.kind()).get(ref.id()));
        }
    }

    /** Returns all records of a kind, in the order of their ids. */
    public List<Asset> all(AssetKind kind) {
        synchronized (lock) {
            return shelf(kind).all();
        }
    }

    /** Returns the values received for the pick list of a field, with their names now, in the order they first came. */
    public List<Choice> pickList(Field<?> field) {
        synchronized (lock) {
            return List.copyOf(pickLists.getOrDefault(field, Map.of()).values());
        }
    }

    /** Returns the mark last received for a record, or nothing when it has none or is not there. */
    public Optional<SyncMark> mark(LocalRef ref) {
        synchronized (lock) {
            return Optional.ofNullable(shelf(ref.kind()).mark(ref.id()));
        }
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        checkSize("ids", ids.size());
        synchronized (lock) {
            List<Asset> found = new ArrayList<>(ids.size());
            for (LocalId id : ids) {
                Asset asset = shelf(kind).get(id);
                if (asset != null) {
                    found.add(asset);
                }
            }
            return found;
        }
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        checkSize("keys", keys.size());
        for (MatchKey key : keys) {
            if (key.kind() != kind) {
                throw new IllegalArgumentException("A key of a " + key.kind() + " cannot find a " + kind);
            }
        }
        synchronized (lock) {
            return shelf(kind).match(keys);
        }
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        checkLimit(limit);
        synchronized (lock) {
            return shelf(kind).page(after, limit);
        }
    }

    @Override
    public boolean hasChangeFeed() {
        return feed != null;
    }

    @Override
    public LocalChanges changes(@Nullable String mark, int limit) {
        if (feed == null) {
            return AssetRepository.super.changes(mark, limit);
        }
        checkLimit(limit);
        synchronized (lock) {
            return feed.since(mark, limit);
        }
    }

    @Override
    public boolean keepsPairIds() {
        return keepsPairIds;
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        checkSize("changes", changes.size());
        List<LocalResult> results = new ArrayList<>(changes.size());
        Edit edit = new Edit(Origin.SYNC, SYNC_ACTOR, clock.instant());
        for (LocalChange change : changes) {
            synchronized (lock) {
                results.add(change.id() == null ? create(change, edit) : update(change, change.id(), edit));
            }
        }
        return results;
    }

    private LocalResult create(LocalChange change, Edit edit) {
        RecordShelf shelf = shelf(change.kind());
        Asset existing = shelf.madeFor(change.pair());
        if (existing != null) {
            return new LocalResult.Written(existing);
        }
        List<Problem> problems = check.apply(change);
        if (!problems.isEmpty()) {
            return new LocalResult.Refused(problems);
        }
        PairId pair = keepsPairIds ? change.pair() : null;
        return new LocalResult.Written(store(shelf.newId(), whole(change.values()), edit, pair));
    }

    private LocalResult update(LocalChange change, LocalId id, Edit edit) {
        Asset before = shelf(change.kind()).get(id);
        if (before == null) {
            return new LocalResult.Missing();
        }
        if (!before.revision().equals(change.expected())) {
            return new LocalResult.Moved(before);
        }
        List<Problem> problems = check.apply(change);
        if (!problems.isEmpty()) {
            return new LocalResult.Refused(problems);
        }
        return new LocalResult.Written(overlay(before, change.values(), edit));
    }

    /** This host has a place for every field, so what was never written is blank, not absent (R0.3). */
    private FieldValues whole(FieldValues values) {
        FieldValues.Builder whole = values.toBuilder();
        Stream.concat(Fields.of(values.kind()).stream(), custom.stream().filter(field -> field.kind() == values.kind()))
                .filter(field -> !values.has(field))
                .forEach(field -> whole.set(field, null));
        return whole.build().sharing(values);
    }

    private Asset overlay(Asset before, FieldValues values, Edit edit) {
        FieldValues merged = before.values().overlaidWith(values).sharing(values);
        return store(before.id(), merged, edit, before.pair());
    }

    private Asset store(LocalId id, FieldValues values, Edit edit, @Nullable PairId pair) {
        long number = ++revision;
        FieldValues kept = missing.isEmpty() ? values : values.only(field -> !missing.contains(field));
        Asset asset = new Asset(id, kept, new Revision(Long.toString(number)), edit, pair);
        shelf(values.kind()).put(asset);
        changed(asset.ref(), number);
        return asset;
    }

    private void changed(LocalRef ref, long number) {
        if (feed != null) {
            feed.add(ref, number);
        }
    }

    @Override
    public void pickLists(List<PickValue> values) {
        synchronized (lock) {
            for (PickValue value : values) {
                pickLists
                        .computeIfAbsent(value.field(), field -> new LinkedHashMap<>())
                        .put(value.choice().id(), value.choice());
            }
        }
    }

    @Override
    public void mark(List<MarkedAsset> marks) {
        synchronized (lock) {
            for (MarkedAsset mark : marks) {
                shelf(mark.asset().kind()).mark(mark.asset().id(), mark.mark());
            }
        }
    }

    private RecordShelf shelf(AssetKind kind) {
        return requireNonNull(shelves.get(kind));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("The limit must be from 1 to " + MOST + ": " + limit);
        }
    }

    private static void checkSize(String what, int size) {
        if (size > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " " + what + " at once, not " + size);
        }
    }
}
