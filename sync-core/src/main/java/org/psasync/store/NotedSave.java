package org.psasync.store;

import static java.util.Objects.requireNonNull;

import org.psasync.model.LocalRef;

/**
 * A save that the host noted in its own transaction, together with the record.
 *
 * @param number names the note; it says nothing of the order
 * @param record the record that was saved or deleted
 */
public record NotedSave(long number, LocalRef record) {
    public NotedSave {
        requireNonNull(record, "record");
    }
}
