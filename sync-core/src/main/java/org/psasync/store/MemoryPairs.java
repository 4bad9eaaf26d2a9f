package org.psasync.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalId;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;

/** The pairs of one kind with their indexes. Not safe for use by several threads. */
final class MemoryPairs {
    private final TreeMap<PairId, Pair> byId = new TreeMap<>();
    private final Map<LocalId, Pair> byLocal = new HashMap<>();
    private final Map<RemoteId, Pair> byRemote = new HashMap<>();
    private final NavigableSet<PairId> dirty = new TreeSet<>();
    private final NavigableSet<PairId> timed = new TreeSet<>();
    private final NavigableSet<PairId> inFlight = new TreeSet<>();
    private final NavigableSet<PairId> inReview = new TreeSet<>();
    private final NavigableSet<PairId> ignored = new TreeSet<>();
    private final NavigableSet<PairId> away = new TreeSet<>();
    private final Map<Disposition, NavigableSet<PairId>> standing = new EnumMap<>(Disposition.class);
    private final IdSets<String> byMatchText;
    private final IdSets<RemoteId> byOrganization;
    private final IdSets<AssetRef> byAwaited;
    private final MemoryLinks links;
    private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
    private final Map<String, Long> turnedAway = new HashMap<>();

    MemoryPairs() {
        byMatchText = new IdSets<>();
        byOrganization = new IdSets<>();
        byAwaited = new IdSets<>();
        links = new MemoryLinks();
    }

    /** Copies the maps; the pairs are immutable. */
    MemoryPairs(MemoryPairs other) {
        byId.putAll(other.byId);
        byLocal.putAll(other.byLocal);
        byRemote.putAll(other.byRemote);
        dirty.addAll(other.dirty);
        timed.addAll(other.timed);
        inFlight.addAll(other.inFlight);
        inReview.addAll(other.inReview);
        ignored.addAll(other.ignored);
        away.addAll(other.away);
        other.standing.forEach((disposition, ids) -> standing.put(disposition, new TreeSet<>(ids)));
        byMatchText = new IdSets<>(other.byMatchText);
        byOrganization = new IdSets<>(other.byOrganization);
        byAwaited = new IdSets<>(other.byAwaited);
        links = new MemoryLinks(other.links);
        counts.putAll(other.counts);
        turnedAway.putAll(other.turnedAway);
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

    Map<String, Long> turnedAway() {
        return turnedAway;
    }

    MemoryLinks links() {
        return links;
    }

    /** Stores a pair in place of the one with its id; only the indexes that change are touched. */
    void put(Pair pair) {
        change(byId.put(pair.id(), pair), pair);
    }

    void remove(PairId id) {
        Pair old = byId.remove(id);
        if (old != null) {
            change(old, null);
        }
    }

    private void change(@Nullable Pair old, @Nullable Pair now) {
        PairId id = old != null ? old.id() : Objects.requireNonNull(now).id();
        moveRecord(byLocal, old, now, Pair::local);
        moveRecord(byRemote, old, now, Pair::remote);
        flag(dirty, id, old != null && old.dirty(), now != null && now.dirty());
        flag(timed, id, old != null && old.dueAt() != null, now != null && now.dueAt() != null);
        flag(inFlight, id, old != null && old.inFlight() != null, now != null && now.inFlight() != null);
        flag(inReview, id, old != null && needsPerson(old), now != null && needsPerson(now));
        flag(ignored, id, old != null && isIgnored(old), now != null && isIgnored(now));
        flag(
                away,
                id,
                old != null && !old.turnedAway().isEmpty(),
                now != null && !now.turnedAway().isEmpty());
        move(id, old == null ? null : old.standingApart(), now == null ? null : now.standingApart());
        byMatchText.move(id, old == null ? null : old.matchText(), now == null ? null : now.matchText());
        byOrganization.move(id, old == null ? null : old.organization(), now == null ? null : now.organization());
        Set<AssetRef> before = old == null ? Set.of() : old.awaited();
        Set<AssetRef> after = now == null ? Set.of() : now.awaited();
        if (!before.equals(after)) {
            before.forEach(ref -> byAwaited.move(id, ref, null));
            after.forEach(ref -> byAwaited.move(id, null, ref));
        }
        links.change(old, now);
        count(old, -1);
        count(now, 1);
    }

    private static <K> void moveRecord(
            Map<K, Pair> index, @Nullable Pair old, @Nullable Pair now, Function<Pair, @Nullable K> record) {
        K before = old == null ? null : record.apply(old);
        K after = now == null ? null : record.apply(now);
        if (old != null && before != null && !before.equals(after)) {
            index.computeIfPresent(before, (key, holder) -> holder.id().equals(old.id()) ? null : holder);
        }
        if (after != null && now != null) {
            index.put(after, now);
        }
    }

    private static void flag(NavigableSet<PairId> index, PairId id, boolean before, boolean after) {
        if (before && !after) {
            index.remove(id);
        } else if (after && !before) {
            index.add(id);
        }
    }

    private void move(PairId id, @Nullable Disposition before, @Nullable Disposition after) {
        if (before != after && before != null) {
            Objects.requireNonNull(standing.get(before)).remove(id);
        }
        if (before != after && after != null) {
            standing.computeIfAbsent(after, key -> new TreeSet<>()).add(id);
        }
    }

    private void count(@Nullable Pair pair, long by) {
        if (pair != null) {
            add(counts, pair.standing(), by);
            pair.turnedAway().forEach(reason -> add(turnedAway, reason, by));
            pair.reasons().forEach(reason -> add(turnedAway, reason.name(), by));
        }
    }

    private static <K> void add(Map<K, Long> counts, K key, long by) {
        counts.merge(key, by, (sum, more) -> sum + more == 0 ? null : sum + more);
    }

    private static boolean needsPerson(Pair pair) {
        return pair.trouble().review() != null || !pair.trouble().frozen().isEmpty();
    }

    private static boolean isIgnored(Pair pair) {
        Trouble.Ruling ruling = pair.trouble().ruling();
        return ruling != null
                && ruling.way() == Trouble.Ruling.Way.IGNORE
                && pair.trouble().review() == null
                && !pair.linked();
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

    /** Returns the earliest time after that one at which a pair is due; null when none is. */
    @Nullable
    Instant nextDue(Instant after) {
        return timed.stream()
                .map(id -> Objects.requireNonNull(byId.get(id)).dueAt())
                .filter(due -> due != null && due.isAfter(after))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    List<Pair> withMatchTexts(Set<String> texts, @Nullable PairId after, int limit) {
        return page(byMatchText.of(texts), after, limit, pair -> true);
    }

    List<Pair> below(RemoteId organization, @Nullable PairId after, int limit) {
        return page(byOrganization.of(organization), after, limit, pair -> true);
    }

    List<Pair> awaiting(Set<AssetRef> refs, @Nullable PairId after, int limit) {
        return page(byAwaited.of(refs), after, limit, pair -> true);
    }

    List<Pair> inFlight(@Nullable PairId after, int limit) {
        return page(inFlight, after, limit, pair -> true);
    }

    List<Pair> inReview(@Nullable PairId after, int limit) {
        return page(inReview, after, limit, pair -> true);
    }

    List<Pair> in(@Nullable Place place, @Nullable SyncState state, @Nullable PairId after, int limit) {
        return page(new MergedIds(links.in(place, state), after), limit, pair -> true);
    }

    List<Pair> failed(@Nullable Place place, @Nullable PairId after, int limit) {
        return page(new MergedIds(links.failed(place), after), limit, pair -> true);
    }

    List<Pair> inState(SyncState state, @Nullable OrphanReason reason, @Nullable PairId after, int limit) {
        return state == SyncState.SYNCING && reason == null
                ? in(null, state, after, limit)
                : page(links.outside(state, reason), after, limit, pair -> true);
    }

    List<Pair> standing(Disposition disposition, @Nullable PairId after, int limit) {
        return page(standing.get(disposition), after, limit, pair -> true);
    }

    List<Pair> away(@Nullable PairId after, int limit) {
        return page(away, after, limit, pair -> true);
    }

    List<Pair> leftAlone(@Nullable PairId after, int limit) {
        List<NavigableSet<PairId>> sets =
                List.of(links.outside(SyncState.DISABLED, null), links.outside(SyncState.DISCONNECTED, null));
        return page(new MergedIds(sets, after), limit, pair -> true);
    }

    List<Pair> ignored(@Nullable PairId after, int limit) {
        return page(ignored, after, limit, pair -> true);
    }

    List<Pair> all(@Nullable PairId after, int limit, Predicate<Pair> wanted) {
        List<Pair> result = new ArrayList<>();
        // Not a stream: it would count what is left, at every page.
        for (Pair pair : (after == null ? byId : byId.tailMap(after, false)).values()) {
            if (wanted.test(pair)) {
                result.add(pair);
                if (result.size() == limit) {
                    break;
                }
            }
        }
        return result;
    }

    private List<Pair> page(
            @Nullable NavigableSet<PairId> ids, @Nullable PairId after, int limit, Predicate<Pair> wanted) {
        if (ids == null) {
            return List.of();
        }
        return page((after == null ? ids : ids.tailSet(after, false)).iterator(), limit, wanted);
    }

    private List<Pair> page(Iterator<PairId> ids, int limit, Predicate<Pair> wanted) {
        List<Pair> result = new ArrayList<>();
        while (ids.hasNext()) {
            Pair pair = byId.get(ids.next());
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
