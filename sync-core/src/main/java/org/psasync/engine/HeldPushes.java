package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.model.LocalRef;

/**
 * Saves of one actor that wait, because they would write more to the PSA in an hour than one actor may (BRAKE-3).
 * Immutable.
 *
 * @param actor whose saves they are
 * @param count how many records wait; at least 1
 * @param records the first of them, at most 100
 */
public record HeldPushes(String actor, long count, List<LocalRef> records) {
    public HeldPushes {
        requireNonNull(actor, "actor");
        records = List.copyOf(records);
    }
}
