package org.psasync.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.SyncState;

/**
 * The links of one kind, by their places and states, with their counts (DATA-1). Not safe for use by several threads.
 *
 * <p>A link is kept once, under all of its places together; the list of one place is merged from the few groups that are
 * in it. So a million links cost one entry each, however many places each is in.
 */
final class MemoryLinks {
    private final Map<Set<Place>, Group> groups = new HashMap<>();
    private final Map<SyncState, NavigableSet<PairId>> outside = new EnumMap<>(SyncState.class);
    private final Map<OrphanReason, NavigableSet<PairId>> byReason = new EnumMap<>(OrphanReason.class);

    MemoryLinks() {}

    MemoryLinks(MemoryLinks other) {
        other.groups.forEach((places, group) -> groups.put(places, new Group(group)));
        other.outside.forEach((state, ids) -> outside.put(state, new TreeSet<>(ids)));
        other.byReason.forEach((reason, ids) -> byReason.put(reason, new TreeSet<>(ids)));
    }

    /** The links that are in exactly the same places. */
    private static final class Group {
        private final NavigableSet<PairId> ids;
        private final Map<SyncState, Long> states = new EnumMap<>(SyncState.class);
        private long failed;

        Group() {
            ids = new TreeSet<>();
        }

        Group(Group other) {
            ids = new TreeSet<>(other.ids);
            states.putAll(other.states);
            failed = other.failed;
        }

        void count(Pair link, long by) {
            states.merge(Objects.requireNonNull(link.state()), by, (sum, more) -> sum + more == 0 ? null : sum + more);
            failed += hasFailed(link) ? by : 0;
        }

        LinkCounts counts() {
            return new LinkCounts(states, failed);
        }
    }

    private static boolean hasFailed(Pair pair) {
        return pair.trouble().failure() != null;
    }

    /** Takes a pair out as it was and in as it is; null where there is none. */
    void change(@Nullable Pair old, @Nullable Pair now) {
        Pair before = old != null && old.linked() ? old : null;
        Pair after = now != null && now.linked() ? now : null;
        if (before != null && after != null && standsAsBefore(before, after)) {
            return;
        }
        Set<Place> from = before == null ? null : places(before);
        Set<Place> to = after == null ? null : before != null && isTheSame(before, after) ? from : places(after);
        if (before != null && from != null) {
            leave(before, from, !from.equals(to));
        }
        if (after != null && to != null) {
            enter(after, to);
        }
    }

    private static boolean standsAsBefore(Pair before, Pair after) {
        return isTheSame(before, after)
                && before.state() == after.state()
                && hasFailed(before) == hasFailed(after)
                && before.reasons().equals(after.reasons());
    }

    /** Most changes leave the observation as it is; another one with the same values is looked into. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isTheSame(Pair before, Pair after) {
        return before.observed() == after.observed();
    }

    private static Set<Place> places(Pair pair) {
        return Place.of(pair.remoteValues());
    }

    private void leave(Pair link, Set<Place> places, boolean forGood) {
        Group group = Objects.requireNonNull(groups.get(places));
        group.count(link, -1);
        if (forGood) {
            group.ids.remove(link.id());
            if (group.ids.isEmpty()) {
                groups.remove(places);
            }
        }
        if (link.state() != SyncState.SYNCING) {
            drop(outside, link.state(), link.id());
            link.reasons().forEach(reason -> drop(byReason, reason, link.id()));
        }
    }

    private void enter(Pair link, Set<Place> places) {
        Group group = groups.computeIfAbsent(places, key -> new Group());
        group.count(link, 1);
        group.ids.add(link.id());
        SyncState state = Objects.requireNonNull(link.state());
        if (state != SyncState.SYNCING) {
            outside.computeIfAbsent(state, key -> new TreeSet<>()).add(link.id());
            link.reasons()
                    .forEach(reason -> byReason.computeIfAbsent(reason, key -> new TreeSet<>())
                            .add(link.id()));
        }
    }

    private static <K> void drop(Map<K, NavigableSet<PairId>> index, @Nullable K key, PairId id) {
        NavigableSet<PairId> ids = key == null ? null : index.get(key);
        if (ids != null) {
            ids.remove(id);
        }
    }

    // Questions ------------------------------------------------------------------------------------------------------

    LinkCounts counts() {
        return groups.values().stream().map(Group::counts).reduce(LinkCounts.NONE, LinkCounts::plus);
    }

    Map<Place, LinkCounts> placed() {
        Map<Place, LinkCounts> result = new HashMap<>();
        groups.forEach((places, group) -> {
            LinkCounts counts = group.counts();
            places.forEach(place -> result.merge(place, counts, LinkCounts::plus));
        });
        return result;
    }

    /** Returns the sets that together hold the links in a place; null for all links. */
    Collection<NavigableSet<PairId>> in(@Nullable Place place) {
        List<NavigableSet<PairId>> result = new ArrayList<>();
        groups.forEach((places, group) -> {
            if (place == null || places.contains(place)) {
                result.add(group.ids);
            }
        });
        return result;
    }

    /** Returns the links in a state other than {@code SYNCING}; of orphans only those for a reason, unless it is null. */
    NavigableSet<PairId> outside(SyncState state, @Nullable OrphanReason reason) {
        NavigableSet<PairId> ids = reason == null ? outside.get(state) : byReason.get(reason);
        return ids == null || reason != null && state != SyncState.ORPHANED ? new TreeSet<>() : ids;
    }
}
