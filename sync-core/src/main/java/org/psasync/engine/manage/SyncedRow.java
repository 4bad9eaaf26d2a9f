package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.engine.ChoiceState;
import org.psasync.store.LinkCounts;

/**
 * A row of synced items as it is now (DATA-1).
 *
 * @param row names it
 * @param selection whether its value is selected, and known to the PSA (SET-4); null for the row of a whole kind
 * @param counts how many records of the row are in which state. One with several types counts in each of their rows
 * @param syncActive whether the row syncs from the next run on
 */
public record SyncedRow(Row row, ChoiceState.@Nullable State selection, LinkCounts counts, boolean syncActive) {
    public SyncedRow {
        requireNonNull(row, "row");
        requireNonNull(counts, "counts");
    }
}
