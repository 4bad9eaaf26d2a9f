package org.psasync.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One record of the host, as it is now.
 *
 * @param id the host's identifier
 * @param values the fields that the host keeps, references as {@link LocalRef}; a field that the host has no place for
 *     is absent
 * @param revision changes with every write of the record
 * @param lastEdit who wrote it last; decides whether the record is confirmed (PUSH-3)
 * @param pair the pair whose create made this record, where the host keeps it (SAFE-7); null otherwise
 */
public record Asset(
        LocalId id,
        FieldValues values,
        Revision revision,
        Edit lastEdit,
        @Nullable PairId pair) {
    public Asset {
        requireNonNull(id, "id");
        requireNonNull(values, "values");
        requireNonNull(revision, "revision");
        requireNonNull(lastEdit, "lastEdit");
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return values.kind();
    }

    /** Returns a reference to the record. */
    public LocalRef ref() {
        return new LocalRef(kind(), id);
    }

    /** Returns whether the record is in use; a record of a kind without activity always is. */
    public boolean active() {
        Field<Boolean> field = Fields.active(kind());
        return field == null || !Boolean.FALSE.equals(values.get(field));
    }
}
