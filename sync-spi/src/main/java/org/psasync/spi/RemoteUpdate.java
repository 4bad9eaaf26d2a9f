package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;

/**
 * Changes to a record of the PSA.
 *
 * @param seen the record as just read, from which the changes were computed
 * @param changes the fields to write with their new values, and no others; blank clears (FIELD-5)
 * @param options settings of the integration
 */
public record RemoteUpdate(RemoteRecord seen, FieldValues changes, WriteOptions options) {
    public RemoteUpdate {
        requireNonNull(seen, "seen");
        requireNonNull(changes, "changes");
        requireNonNull(options, "options");
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return changes.kind();
    }

    /** Returns the record's identifier. */
    public RemoteId id() {
        return seen.id();
    }
}
