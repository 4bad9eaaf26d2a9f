package org.psasync.engine.decide;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactPoint;

/**
 * Merges lists item by item, so that two additions survive together (MERGE-3).
 *
 * <p>Items are recognised by their key; which item is the primary one is a value of its own.
 */
final class ItemSets {
    private ItemSets() {}

    /**
     * Returns {@code onto} with what was added and removed from {@code before} to {@code after}, and with its primary
     * item if that changed; null for an empty set.
     *
     * @param before the half of the base that belongs to {@code after}
     * @param after a set that somebody changed
     * @param onto the set of the other side
     */
    static @Nullable Set<?> replay(@Nullable Set<?> before, @Nullable Set<?> after, @Nullable Set<?> onto) {
        Object now = primary(after);
        return replay(before, after, onto, Objects.equals(primary(before), now) ? primary(onto) : now);
    }

    /**
     * Returns {@code onto} with what was added and removed from {@code before} to {@code after}; null for an empty set.
     *
     * @param primary the key of the item that is to be the primary one; that of {@code after} when it is gone
     */
    static @Nullable Set<?> replay(
            @Nullable Set<?> before, @Nullable Set<?> after, @Nullable Set<?> onto, @Nullable Object primary) {
        Map<Object, Object> old = byKey(before);
        Map<Object, Object> now = byKey(after);
        Map<Object, Object> result = byKey(onto);
        old.keySet().stream().filter(key -> !now.containsKey(key)).forEach(result::remove);
        now.forEach((key, item) -> {
            if (!old.containsKey(key)) {
                result.putIfAbsent(key, item);
            }
        });
        return withPrimary(result, primary != null && result.containsKey(primary) ? primary : primary(after));
    }

    /** Returns the items with another primary one, or none when no item has that key. */
    static @Nullable Set<?> withPrimary(@Nullable Set<?> items, @Nullable Object primary) {
        return withPrimary(byKey(items), primary);
    }

    private static @Nullable Set<?> withPrimary(Map<Object, Object> items, @Nullable Object primary) {
        Set<Object> result = new LinkedHashSet<>();
        items.forEach((key, item) ->
                result.add(item instanceof ContactPoint point ? point.asPrimary(key.equals(primary)) : item));
        return result.isEmpty() ? null : Collections.unmodifiableSet(result);
    }

    /** Returns the key of the primary item; null when there is none. */
    static @Nullable Object primary(@Nullable Set<?> items) {
        if (items != null) {
            for (Object item : items) {
                if (item instanceof ContactPoint point && point.primary()) {
                    return point.key();
                }
            }
        }
        return null;
    }

    private static Map<Object, Object> byKey(@Nullable Set<?> items) {
        Map<Object, Object> result = new LinkedHashMap<>();
        if (items != null) {
            for (Object item : items) {
                result.put(item instanceof ContactPoint point ? point.key() : item, item);
            }
        }
        return result;
    }
}
