package org.psasync.store;

import java.util.EnumMap;
import java.util.Map;
import org.psasync.model.SyncState;

/**
 * How many links stand where. Immutable.
 *
 * @param states how many are in each state; a state without link has no entry
 * @param failed of how many the last attempt failed, whatever their state
 */
public record LinkCounts(Map<SyncState, Long> states, long failed) {
    /** No link. */
    public static final LinkCounts NONE = new LinkCounts(Map.of(), 0);

    public LinkCounts {
        states = Map.copyOf(states);
    }

    /** Returns how many are in a state. */
    public long of(SyncState state) {
        return states.getOrDefault(state, 0L);
    }

    /** Returns how many there are. */
    public long total() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the sum of both. */
    public LinkCounts plus(LinkCounts other) {
        Map<SyncState, Long> sum = new EnumMap<>(SyncState.class);
        sum.putAll(states);
        other.states.forEach((state, count) -> sum.merge(state, count, Long::sum));
        return new LinkCounts(sum, failed + other.failed);
    }

    /** Returns the same links as they are seen once all of them were cut (DATA-6). */
    public LinkCounts cut() {
        long disabled = of(SyncState.DISABLED);
        long cut = total() - disabled;
        Map<SyncState, Long> seen = new EnumMap<>(SyncState.class);
        if (disabled > 0) {
            seen.put(SyncState.DISABLED, disabled);
        }
        if (cut > 0) {
            seen.put(SyncState.DISCONNECTED, cut);
        }
        return new LinkCounts(seen, failed);
    }
}
