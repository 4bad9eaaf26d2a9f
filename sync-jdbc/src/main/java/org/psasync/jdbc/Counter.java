package org.psasync.jdbc;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.SyncState;
import org.psasync.store.LinkCounts;
import org.psasync.store.Pair;
import org.psasync.store.Place;

/**
 * Something of which the number of pairs is kept.
 *
 * @param of what is counted
 * @param kind the kind of pairs
 * @param name of what they have in common: a disposition, a reason, a state, or {@link #FAILED}
 * @param place the place in which links are counted; null otherwise
 */
record Counter(Of of, AssetKind kind, String name, @Nullable Place place) {
    private static final String FAILED = "failed";

    /** What is counted. */
    enum Of {
        /** Pairs by where they stand. */
        STANDING,
        /** Pairs by why they are turned away. */
        TURNED_AWAY,
        /** Links by their state. */
        LINKS,
        /** Links by their place and state. */
        PLACED
    }

    /** Returns the key under which the number is kept. */
    String key() {
        String where = place == null ? "" : "/place/" + PairLists.text(kind, place);
        return of + "/" + kind + "/" + KeyText.of(name) + where;
    }

    /** Adds to sums what a pair counts for, so many times. */
    static void count(@Nullable Pair pair, long times, Map<Counter, Long> sums) {
        if (pair == null) {
            return;
        }
        AssetKind kind = pair.kind();
        add(sums, new Counter(Of.STANDING, kind, pair.standing().name(), null), times);
        pair.turnedAway().forEach(reason -> add(sums, new Counter(Of.TURNED_AWAY, kind, reason, null), times));
        pair.reasons().forEach(reason -> add(sums, new Counter(Of.TURNED_AWAY, kind, reason.name(), null), times));
        SyncState state = pair.state();
        if (state != null) {
            boolean failed = pair.trouble().failure() != null;
            link(sums, Of.LINKS, pair, state, null, failed, times);
            Place.of(pair.remoteValues()).forEach(place -> link(sums, Of.PLACED, pair, state, place, failed, times));
        }
    }

    private static void link(
            Map<Counter, Long> sums,
            Of of,
            Pair pair,
            SyncState state,
            @Nullable Place place,
            boolean failed,
            long times) {
        add(sums, new Counter(of, pair.kind(), state.name(), place), times);
        if (failed) {
            add(sums, new Counter(of, pair.kind(), FAILED, place), times);
        }
    }

    private static void add(Map<Counter, Long> sums, Counter counter, long times) {
        sums.merge(counter, times, (sum, more) -> sum + more == 0 ? null : sum + more);
    }

    // What the numbers say
    // ---------------------------------------------------------------------------------------------

    static Map<AssetKind, Map<Disposition, Long>> standing(Map<Counter, Long> numbers) {
        Map<AssetKind, Map<Disposition, Long>> result = perKind();
        numbers.forEach((counter, number) -> {
            if (counter.of == Of.STANDING) {
                result.computeIfAbsent(counter.kind, key -> new HashMap<>())
                        .put(Disposition.valueOf(counter.name), number);
            }
        });
        return result;
    }

    static Map<AssetKind, Map<String, Long>> turnedAway(Map<Counter, Long> numbers) {
        Map<AssetKind, Map<String, Long>> result = perKind();
        numbers.forEach((counter, number) -> {
            if (counter.of == Of.TURNED_AWAY) {
                result.computeIfAbsent(counter.kind, key -> new HashMap<>()).put(counter.name, number);
            }
        });
        return result;
    }

    static Map<AssetKind, LinkCounts> links(Map<Counter, Long> numbers) {
        Map<AssetKind, LinkCounts> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            result.put(kind, LinkCounts.NONE);
        }
        numbers.forEach((counter, number) -> {
            if (counter.of == Of.LINKS) {
                result.merge(counter.kind, counter.linkCounts(number), LinkCounts::plus);
            }
        });
        return result;
    }

    static Map<AssetKind, Map<Place, LinkCounts>> placed(Map<Counter, Long> numbers) {
        Map<AssetKind, Map<Place, LinkCounts>> result = perKind();
        numbers.forEach((counter, number) -> {
            if (counter.of == Of.PLACED && counter.place != null) {
                result.computeIfAbsent(counter.kind, key -> new HashMap<>())
                        .merge(counter.place, counter.linkCounts(number), LinkCounts::plus);
            }
        });
        return result;
    }

    private LinkCounts linkCounts(long number) {
        return name.equals(FAILED)
                ? new LinkCounts(Map.of(), number)
                : new LinkCounts(Map.of(SyncState.valueOf(name), number), 0);
    }

    private static <K, V> Map<AssetKind, Map<K, V>> perKind() {
        Map<AssetKind, Map<K, V>> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            result.put(kind, new HashMap<>());
        }
        return result;
    }
}
