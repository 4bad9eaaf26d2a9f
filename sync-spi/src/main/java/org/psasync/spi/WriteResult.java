package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;

/**
 * What a write did, per field and part (PUSH-12).
 *
 * @param id the record written
 * @param record the full record as it is now, when the PSA returned it; null when it has to be read
 * @param failed fields that were not written, each with its reason; a problem without field concerns a part
 * @param parts records that the PSA made together with this one, to be linked at once (PUSH-11)
 */
public record WriteResult(RemoteId id, @Nullable RemoteRecord record, List<Problem> failed, List<RemoteRecord> parts) {
    public WriteResult {
        requireNonNull(id, "id");
        failed = List.copyOf(failed);
        parts = List.copyOf(parts);
    }

    /** Returns the result of a write that did all it was asked and returned the full record. */
    public static WriteResult of(RemoteRecord record) {
        return new WriteResult(record.id(), record, List.of(), List.of());
    }
}
