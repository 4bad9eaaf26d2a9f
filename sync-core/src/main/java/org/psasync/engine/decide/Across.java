package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;

/** What a value of one side is in the other side's terms. */
sealed interface Across {
    /** A blank value, which both sides have. */
    Across BLANK = new Value(null);

    /** The other side can hold it; null is blank. */
    record Value(@Nullable Object value) implements Across {}

    /** It names a record that has no partner on the other side yet (FIELD-6). */
    record Unlinked(AssetRef missing) implements Across {
        public Unlinked {
            requireNonNull(missing, "missing");
        }
    }

    /** It names a location or contact of another organization, which is ignored until it moves in (FIELD-6). */
    record Foreign(AssetRef ref) implements Across {
        public Foreign {
            requireNonNull(ref, "ref");
        }
    }
}
