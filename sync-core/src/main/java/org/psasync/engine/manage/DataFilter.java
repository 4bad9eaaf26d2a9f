package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.SyncState;

/**
 * Which records of a list are wanted; all conditions together.
 *
 * <p>Records in a state, and failed ones, are found at once. A name is looked for in the records themselves, 1,000 of them for
 * each page, so a page may hold fewer than were asked for, or none, though more follow. To find one record among very many,
 * look for it in the host, which has an index of its own, and ask where it stands.
 *
 * @param state only those that are shown in this state; null for any
 * @param failed only those of which the last attempt failed
 * @param name only those whose title has this text in it, in whatever case; empty for all
 */
public record DataFilter(@Nullable SyncState state, boolean failed, String name) {
    /** All records. */
    public static final DataFilter ALL = new DataFilter(null, false, "");

    public DataFilter {
        requireNonNull(name, "name");
    }

    /** Returns the same filter for those in a state. */
    public DataFilter inState(SyncState newState) {
        return new DataFilter(requireNonNull(newState, "newState"), failed, name);
    }

    /** Returns the same filter for those of which the last attempt failed. */
    public DataFilter onlyFailed() {
        return new DataFilter(state, true, name);
    }

    /** Returns the same filter for those with a text in their title. */
    public DataFilter named(String text) {
        return new DataFilter(state, failed, text);
    }
}
