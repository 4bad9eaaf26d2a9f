package org.psasync.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.model.LocalRef;
import org.psasync.spi.LocalChanges;

/**
 * What changed, in the order of the last change.
 *
 * <p>A record is in it once, at its last change; so its size is bounded by the number of records there ever were, not
 * by the number of their edits. Deleted ones stay, because a mark may be of any age (R4.1). Not safe for use by several
 * threads; its owner guards it.
 */
final class RecordFeed {
    private final TreeMap<Long, LocalRef> changes = new TreeMap<>();
    private final Map<LocalRef, Long> latest = new HashMap<>();

    void add(LocalRef ref, long number) {
        Long before = latest.put(ref, number);
        if (before != null) {
            changes.remove(before);
        }
        changes.put(number, ref);
    }

    LocalChanges since(@Nullable String mark, int limit) {
        long newest = changes.isEmpty() ? 0 : changes.lastKey();
        if (mark == null) {
            return new LocalChanges(List.of(), Long.toString(newest), true);
        }
        List<LocalRef> page = new ArrayList<>();
        long reached = 0;
        for (Map.Entry<Long, LocalRef> change :
                changes.tailMap(start(mark, newest), false).entrySet()) {
            if (page.size() == limit) {
                return new LocalChanges(page, Long.toString(reached), false);
            }
            page.add(change.getValue());
            reached = change.getKey();
        }
        return new LocalChanges(page, Long.toString(newest), true);
    }

    /** A mark from the future is one of an earlier life of the program: everything may have changed. */
    private static long start(String mark, long newest) {
        long number;
        try {
            number = Long.parseLong(mark);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + mark + "\" is not a mark of this change feed", e);
        }
        return number > newest ? 0 : number;
    }
}
