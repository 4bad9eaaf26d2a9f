package org.psasync.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;

/**
 * An index from keys to pairs. Most keys have one pair, which is kept without a set around it. Not safe for use by
 * several threads.
 *
 * @param <K> the key
 */
final class IdSets<K> {
    /** A {@link PairId}, or a {@code TreeSet} of several. */
    private final Map<K, Object> byKey = new HashMap<>();

    IdSets() {}

    IdSets(IdSets<K> other) {
        other.byKey.forEach((key, ids) -> byKey.put(key, ids instanceof PairId ? ids : new TreeSet<>(many(ids))));
    }

    /** Puts a pair under another key; null is no key. */
    void move(PairId id, @Nullable K before, @Nullable K after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                byKey.computeIfPresent(before, (key, ids) -> without(ids, id));
            }
            if (after != null) {
                byKey.merge(after, id, IdSets::joined);
            }
        }
    }

    private static Object joined(Object ids, Object more) {
        NavigableSet<PairId> all = ids instanceof PairId one ? new TreeSet<>(Set.of(one)) : many(ids);
        all.add((PairId) more);
        return all;
    }

    private static @Nullable Object without(Object ids, PairId id) {
        if (ids instanceof PairId) {
            return ids.equals(id) ? null : ids;
        }
        many(ids).remove(id);
        return many(ids).isEmpty() ? null : ids;
    }

    /** Returns the pairs under a key, in order; empty when there are none. */
    NavigableSet<PairId> of(K key) {
        Object ids = byKey.get(key);
        if (ids == null) {
            return Collections.emptyNavigableSet();
        }
        return ids instanceof PairId one ? new TreeSet<>(Set.of(one)) : many(ids);
    }

    /** Returns the pairs under any of the keys, in order; empty when there are none. */
    NavigableSet<PairId> of(Set<K> keys) {
        if (byKey.isEmpty()) {
            return Collections.emptyNavigableSet();
        }
        NavigableSet<PairId> result = new TreeSet<>();
        for (K key : keys) {
            Object ids = byKey.get(key);
            if (ids instanceof PairId one) {
                result.add(one);
            } else if (ids != null) {
                result.addAll(many(ids));
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // what is not one id is a set of them
    private static NavigableSet<PairId> many(Object ids) {
        return (NavigableSet<PairId>) ids;
    }
}
