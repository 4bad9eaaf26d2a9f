package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.Revision;

/**
 * A change to a record of the host, or a record to be made.
 *
 * @param pair the pair that it belongs to; a host that keeps it makes at most one record of it (SAFE-7)
 * @param id the record to change; null to make one
 * @param expected the revision from which the change was computed; null to make a record
 * @param values the fields to write, references as local ones; blank clears
 */
public record LocalChange(
        PairId pair, @Nullable LocalId id, @Nullable Revision expected, FieldValues values) {
    public LocalChange {
        requireNonNull(pair, "pair");
        requireNonNull(values, "values");
        if ((id == null) != (expected == null)) {
            throw new IllegalArgumentException("A change names both record and revision, a create neither");
        }
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return values.kind();
    }

    /** Returns whether a record is to be made. */
    public boolean isCreate() {
        return id == null;
    }
}
