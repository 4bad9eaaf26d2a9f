package org.psasync.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;

/** The pairs of one kind with their indexes. Not safe for use by several threads. */
final class MemoryPairs {
    private final TreeMap<PairId, Pair> byId = new TreeMap<>();
    private final Map<LocalId, Pair> byLocal = new HashMap<>();
    private final Map<RemoteId, Pair> byRemote = new HashMap<>();
    private final NavigableSet<PairId> dirty = new TreeSet<>();
    private final NavigableSet<PairId> timed = new TreeSet<>();
    private final NavigableSet<PairId> inFlight = new TreeSet<>();
    private final NavigableSet<PairId> inReview = new TreeSet<>();
    private final Map<String, NavigableSet<PairId>> byMatchText = new HashMap<>();
    private final Map<RemoteId, NavigableSet<PairId>> byOrganization = new HashMap<>();
    private final Map<AssetRef, NavigableSet<PairId>> byAwaited = new HashMap<>();
    private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);

    MemoryPairs() {}

    /** Copies the maps; the pairs are immutable. */
    MemoryPairs(MemoryPairs other) {
        byId.putAll(other.byId);
        byLocal.putAll(other.byLocal);
        byRemote.putAll(other.byRemote);
        dirty.addAll(other.dirty);
        timed.addAll(other.timed);
        inFlight.addAll(other.inFlight);
        inReview.addAll(other.inReview);
        other.byMatchText.forEach((key, ids) -> byMatchText.put(key, new TreeSet<>(ids)));
        other.byOrganization.forEach((key, ids) -> byOrganization.put(key, new TreeSet<>(ids)));
        other.byAwaited.forEach((key, ids) -> byAwaited.put(key, new TreeSet<>(ids)));
        counts.putAll(other.counts);
    }

    @Nullable
    Pair get(PairId id) {
        return byId.get(id);
    }

    @Nullable
    Pair get(LocalId id) {
        return byLocal.get(id);
    }

    @Nullable
    Pair get(RemoteId id) {
        return byRemote.get(id);
    }

    Map<Disposition, Long> counts() {
        return counts;
    }

    /** Stores a pair in place of the one with its id. */
    void put(Pair pair) {
        remove(pair.id());
        byId.put(pair.id(), pair);
        index(pair);
    }

    void remove(PairId id) {
        Pair old = byId.remove(id);
        if (old != null) {
            unindex(old);
        }
    }

    private void index(Pair pair) {
        PairId id = pair.id();
        if (pair.local() != null) {
            requireUnused(byLocal.put(pair.local(), pair), pair);
        }
        if (pair.remote() != null) {
            requireUnused(byRemote.put(pair.remote(), pair), pair);
        }
        if (pair.dirty()) {
            dirty.add(id);
        }
        if (pair.dueAt() != null) {
            timed.add(id);
        }
        if (pair.inFlight() != null) {
            inFlight.add(id);
        }
        if (needsPerson(pair)) {
            inReview.add(id);
        }
        if (pair.matchText() != null) {
            byMatchText
                    .computeIfAbsent(pair.matchText(), key -> new TreeSet<>())
                    .add(id);
        }
        RemoteId organization = pair.organization();
        if (organization != null) {
            byOrganization.computeIfAbsent(organization, key -> new TreeSet<>()).add(id);
        }
        for (AssetRef ref : pair.awaited()) {
            byAwaited.computeIfAbsent(ref, key -> new TreeSet<>()).add(id);
        }
        if (pair.disposition() != null) {
            counts.merge(pair.disposition(), 1L, Long::sum);
        }
    }

    private void unindex(Pair pair) {
        PairId id = pair.id();
        if (pair.local() != null) {
            byLocal.remove(pair.local());
        }
        if (pair.remote() != null) {
            byRemote.remove(pair.remote());
        }
        dirty.remove(id);
        timed.remove(id);
        inFlight.remove(id);
        inReview.remove(id);
        drop(byMatchText, pair.matchText(), id);
        drop(byOrganization, pair.organization(), id);
        for (AssetRef ref : pair.awaited()) {
            drop(byAwaited, ref, id);
        }
        if (pair.disposition() != null) {
            counts.computeIfPresent(pair.disposition(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static boolean needsPerson(Pair pair) {
        return pair.trouble().review() != null || !pair.trouble().frozen().isEmpty();
    }

    private static void requireUnused(@Nullable Pair other, Pair pair) {
        if (other != null) {
            throw new IllegalStateException(
                    "Pairs " + other.id() + " and " + pair.id() + " would hold the same record (P5)");
        }
    }

    private static <K> void drop(Map<K, NavigableSet<PairId>> index, @Nullable K key, PairId id) {
        if (key == null) {
            return;
        }
        NavigableSet<PairId> ids = index.get(key);
        if (ids != null && ids.remove(id) && ids.isEmpty()) {
            index.remove(key);
        }
    }

    List<Pair> dirty(@Nullable PairId after, int limit) {
        return page(dirty, after, limit, pair -> true);
    }

    List<Pair> due(Instant now, @Nullable PairId after, int limit) {
        return page(
                timed,
                after,
                limit,
                pair -> pair.dueAt() != null && !pair.dueAt().isAfter(now));
    }

    List<Pair> withMatchText(String text, @Nullable PairId after, int limit) {
        return page(byMatchText.get(text), after, limit, pair -> true);
    }

    List<Pair> below(RemoteId organization, @Nullable PairId after, int limit) {
        return page(byOrganization.get(organization), after, limit, pair -> true);
    }

    List<Pair> awaiting(AssetRef ref, @Nullable PairId after, int limit) {
        return page(byAwaited.get(ref), after, limit, pair -> true);
    }

    List<Pair> inFlight(@Nullable PairId after, int limit) {
        return page(inFlight, after, limit, pair -> true);
    }

    List<Pair> inReview(@Nullable PairId after, int limit) {
        return page(inReview, after, limit, pair -> true);
    }

    List<Pair> all(@Nullable PairId after, int limit, Predicate<Pair> wanted) {
        Collection<Pair> rest =
                after == null ? byId.values() : byId.tailMap(after, false).values();
        return rest.stream().filter(wanted).limit(limit).toList();
    }

    private List<Pair> page(
            @Nullable NavigableSet<PairId> ids, @Nullable PairId after, int limit, Predicate<Pair> wanted) {
        if (ids == null) {
            return List.of();
        }
        List<Pair> result = new ArrayList<>();
        for (PairId id : after == null ? ids : ids.tailSet(after, false)) {
            Pair pair = byId.get(id);
            if (pair != null && wanted.test(pair)) {
                result.add(pair);
                if (result.size() == limit) {
                    break;
                }
            }
        }
        return result;
    }
}
