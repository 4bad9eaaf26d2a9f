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
import java.util.stream.Stream;
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
        private final Map<SyncState, NavigableSet<PairId>> ids = new EnumMap<>(SyncState.class);
        private final NavigableSet<PairId> failed = new TreeSet<>();

        Group() {}

        Group(Group other) {
            other.ids.forEach((state, some) -> ids.put(state, new TreeSet<>(some)));
            failed.addAll(other.failed);
        }

        void add(Pair link) {
            ids.computeIfAbsent(state(link), key -> new TreeSet<>()).add(link.id());
            if (hasFailed(link)) {
                failed.add(link.id());
            }
        }

        void remove(Pair link) {
            NavigableSet<PairId> some = ids.get(state(link));
            if (some != null && some.remove(link.id()) && some.isEmpty()) {
                ids.remove(state(link));
            }
            failed.remove(link.id());
        }

        boolean isEmpty() {
            return ids.isEmpty();
        }

        LinkCounts counts() {
            Map<SyncState, Long> states = new EnumMap<>(SyncState.class);
            ids.forEach((state, some) -> states.put(state, (long) some.size()));
            return new LinkCounts(states, failed.size());
        }
    }

    private static SyncState state(Pair link) {
        return Objects.requireNonNull(link.state());
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
            leave(before, from);
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

    private void leave(Pair link, Set<Place> places) {
        Group group = Objects.requireNonNull(groups.get(places));
        group.remove(link);
        if (group.isEmpty()) {
            groups.remove(places);
        }
        if (link.state() != SyncState.SYNCING) {
            drop(outside, link.state(), link.id());
            link.reasons().forEach(reason -> drop(byReason, reason, link.id()));
        }
    }

    private void enter(Pair link, Set<Place> places) {
        groups.computeIfAbsent(places, key -> new Group()).add(link);
        SyncState state = state(link);
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

    /**
     * Returns the sets that together hold the links in a place.
     *
     * @param place null for all links
     * @param state null for any
     */
    Collection<NavigableSet<PairId>> in(@Nullable Place place, @Nullable SyncState state) {
        List<NavigableSet<PairId>> result = new ArrayList<>();
        ofPlace(place)
                .forEach(group -> group.ids.forEach((each, ids) -> {
                    if (state == null || state == each) {
                        result.add(ids);
                    }
                }));
        return result;
    }

    /** Returns the sets that together hold the links in a place of which the last attempt failed; null for all places. */
    Collection<NavigableSet<PairId>> failed(@Nullable Place place) {
        return ofPlace(place).map(group -> group.failed).toList();
    }

    private Stream<Group> ofPlace(@Nullable Place place) {
        return groups.entrySet().stream()
                .filter(group -> place == null || group.getKey().contains(place))
                .map(Map.Entry::getValue);
    }

    /** Returns the links in a state other than {@code SYNCING}; of orphans only those for a reason, unless it is null. */
    NavigableSet<PairId> outside(SyncState state, @Nullable OrphanReason reason) {
        NavigableSet<PairId> ids = reason == null ? outside.get(state) : byReason.get(reason);
        return ids == null || reason != null && state != SyncState.ORPHANED ? new TreeSet<>() : ids;
    }
}
