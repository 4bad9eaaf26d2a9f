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
     * Returns {@code onto} with what was added and removed from {@code before} to {@code after}; null for an empty set.
     *
     * @param before the half of the base that belongs to {@code after}
     * @param after a set that somebody changed
     * @param onto the set of the other side
     */
    static @Nullable Set<?> replay(@Nullable Set<?> before, @Nullable Set<?> after, @Nullable Set<?> onto) {
        Map<Object, Object> old = byKey(before);
        Map<Object, Object> now = byKey(after);
        Map<Object, Object> result = byKey(onto);
        old.keySet().stream().filter(key -> !now.containsKey(key)).forEach(result::remove);
        now.forEach((key, item) -> {
            if (!old.containsKey(key)) {
                result.putIfAbsent(key, item);
            }
        });
        Object primaryBefore = primary(old);
        Object primaryNow = primary(now);
        Object wanted = Objects.equals(primaryBefore, primaryNow) ? primary(byKey(onto)) : primaryNow;
        if (wanted == null || !result.containsKey(wanted)) {
            wanted = primaryNow != null && result.containsKey(primaryNow) ? primaryNow : null;
        }
        return withPrimary(result, wanted);
    }

    private static @Nullable Set<?> withPrimary(Map<Object, Object> items, @Nullable Object primary) {
        Set<Object> result = new LinkedHashSet<>();
        items.forEach((key, item) ->
                result.add(item instanceof ContactPoint point ? point.asPrimary(key.equals(primary)) : item));
        return result.isEmpty() ? null : Collections.unmodifiableSet(result);
    }

    private static @Nullable Object primary(Map<Object, Object> items) {
        return items.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof ContactPoint point && point.primary())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
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
