package org.psasync.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Reads the pages of a list: of what some questions find together, in the order of ids, what is wanted. A page takes at most
 * a thousand looks, however rare that is.
 *
 * @param state what is remembered
 * @param queries the questions; a pair that several find is in the list once
 * @param wanted what of it is in the list
 */
record PairPages(IntegrationState state, List<PairQuery> queries, Predicate<Pair> wanted) {
    private static final int MOST = 1000;
    private static final int TOGETHER = 100;

    /**
     * A page.
     *
     * @param pairs the pairs of it
     * @param next where the next one begins; null when this is the last
     */
    record Page(List<Pair> pairs, @Nullable String next) {}

    /**
     * Returns a page.
     *
     * @param from what the page before said is next; null for the first page
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is not from 1 to 1000
     */
    Page page(@Nullable String from, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("The limit must be from 1 to " + MOST + ": " + limit);
        }
        PairId last = from == null ? null : PairId.parse(from);
        int together = Math.max(limit, TOGETHER) + 1;
        List<Pair> page = new ArrayList<>();
        for (int looks = 0; looks < MOST; looks += together) {
            List<Pair> some = first(last, together);
            for (Pair pair : some) {
                if (page.size() == limit) {
                    return new Page(page, String.valueOf(last));
                }
                last = pair.id();
                if (wanted.test(pair)) {
                    page.add(pair);
                }
            }
            if (some.size() < together) {
                return new Page(page, null);
            }
        }
        return new Page(page, String.valueOf(last));
    }

    private List<Pair> first(@Nullable PairId after, int count) {
        if (queries.size() == 1) {
            return state.pairs(queries.get(0), after, count);
        }
        TreeSet<Pair> all = new TreeSet<>(Comparator.comparing(Pair::id));
        queries.forEach(query -> all.addAll(state.pairs(query, after, count)));
        return all.stream().limit(count).toList();
    }
}
