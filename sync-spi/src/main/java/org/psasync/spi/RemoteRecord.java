package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/**
 * One record as the PSA returned it.
 *
 * @param id the PSA's own identifier, unique within its kind and integration
 * @param version the PSA's revision token or change time
 * @param values mapped fields in canonical form, references as {@link RemoteRef}; an absent field was not read, a blank
 *     one is really empty (FIELD-3)
 * @param deleted whether the PSA itself says that the record is deleted (STATE-5)
 * @param createdAt when the record was made, by the PSA's clock; null where it does not tell (SAFE-1)
 * @param note what the record's values do not show but its reader should know, such as a MAC address that was left out
 *     (FIELD-7); goes to the event log; null when there is nothing to say
 */
public record RemoteRecord(
        RemoteId id,
        RemoteVersion version,
        FieldValues values,
        boolean deleted,
        @Nullable Instant createdAt,
        @Nullable String note) {
    public RemoteRecord {
        requireNonNull(id, "id");
        requireNonNull(version, "version");
        requireNonNull(values, "values");
    }

    /** Returns a record that the PSA shows as living. */
    public static RemoteRecord of(RemoteId id, RemoteVersion version, FieldValues values) {
        return new RemoteRecord(id, version, values, false, null, null);
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return values.kind();
    }

    /** Returns a reference to the record. */
    public RemoteRef ref() {
        return new RemoteRef(kind(), id);
    }
}
