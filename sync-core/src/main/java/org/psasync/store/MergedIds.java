package org.psasync.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;

/** Goes through several disjoint sets as if they were one, in order; costs nothing for what is not asked for. */
final class MergedIds implements Iterator<PairId> {
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::id));

    /** The next of a set, and those behind it. */
    private record Head(PairId id, Iterator<PairId> rest) {}

    /** Goes through the sets behind an id; null for the beginning. */
    MergedIds(Collection<NavigableSet<PairId>> sets, @Nullable PairId after) {
        for (NavigableSet<PairId> set : sets) {
            advance((after == null ? set : set.tailSet(after, false)).iterator());
        }
    }

    private void advance(Iterator<PairId> ids) {
        if (ids.hasNext()) {
            heads.add(new Head(ids.next(), ids));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public PairId next() {
        Head head = heads.remove();
        advance(head.rest());
        return head.id();
    }
}
