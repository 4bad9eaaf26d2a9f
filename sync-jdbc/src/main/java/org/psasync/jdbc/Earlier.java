package org.psasync.jdbc;

import org.jspecify.annotations.Nullable;
import org.psasync.model.FieldValues;

/**
 * The first values of a record that a text holds. What the sides of a pair hold is mostly the same, so values that follow
 * are kept as what differs from these. Of one text, and not for use by several threads.
 */
final class Earlier {
    private @Nullable FieldValues first;

    /** Returns the first values; null when there are none yet. */
    @Nullable
    FieldValues first() {
        return first;
    }

    /** Takes notice of values that are kept whole. */
    void whole(FieldValues values) {
        first = first == null ? values : first;
    }
}
