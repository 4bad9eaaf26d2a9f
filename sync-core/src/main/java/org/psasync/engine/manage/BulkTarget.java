package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;

/** Which records an action is about. */
public sealed interface BulkTarget {
    /** Returns the kind of the records; those that belong to organizations come with them. */
    AssetKind kind();

    /** What is in a row of synced items. */
    record OfRow(Row row) implements BulkTarget {
        public OfRow {
            requireNonNull(row, "row");
        }

        @Override
        public AssetKind kind() {
            return row.kind();
        }
    }

    /**
     * All orphans of a kind.
     *
     * @param reason only those for this reason; null for all but those that are only not visible (STATE-5)
     */
    record Orphans(AssetKind kind, @Nullable OrphanReason reason) implements BulkTarget {
        public Orphans {
            requireNonNull(kind, "kind");
        }
    }

    /** Records that were picked from a list. */
    record Picked(AssetKind kind, Set<PairId> pairs) implements BulkTarget {
        /** The most records that can be picked at once. */
        public static final int MOST = 1000;

        public Picked {
            requireNonNull(kind, "kind");
            pairs = Set.copyOf(pairs);
            if (pairs.size() > MOST) {
                throw new IllegalArgumentException(
                        "At most " + MOST + " records can be picked at once, not " + pairs.size());
            }
        }
    }
}
