package org.psasync.model;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host shows beside a record: its state, the reasons, and whether the last attempt failed (STATE-9).
 *
 * @param state where the record stands
 * @param reasons why it is orphaned; empty otherwise
 * @param problem what to do about the last failed attempt; null when there is none
 */
public record SyncMark(
        SyncState state,
        Set<OrphanReason> reasons,
        @Nullable String problem) {
    /** A record that syncs without problem. */
    public static final SyncMark SYNCING = new SyncMark(SyncState.SYNCING, Set.of(), null);

    public SyncMark {
        requireNonNull(state, "state");
        reasons = Set.copyOf(reasons);
    }

    /** Returns the sign to show. */
    public SyncIcon icon() {
        return problem == null ? state.icon() : SyncIcon.RED_TRIANGLE;
    }
}
