package org.psasync.autotask;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/** The ids of records: numbers from 0, which is the provider's own company. */
final class Ids {
    private Ids() {}

    static RemoteId of(long number) {
        return new RemoteId(Long.toString(number));
    }

    /** Empty when it is no id of this PSA. */
    static Optional<Long> number(RemoteId id) {
        return id.value().matches("0|[1-9]\\d{0,17}") ? Optional.of(Long.parseLong(id.value())) : Optional.empty();
    }

    /** The number by which a record is named in bodies; null when there is none. */
    static @Nullable Long number(@Nullable AssetRef ref) {
        return ref instanceof RemoteRef remote ? number(remote.id()).orElse(null) : null;
    }

    /** The number of a row; null when it shows none, or none that can be understood. */
    static @Nullable Long ofRow(JsonValue row) {
        try {
            Long id = row.isObject() ? row.integer("id") : null;
            return id == null || id < 0 ? null : id;
        } catch (JsonMismatch e) {
            return null;
        }
    }

    /** The number of a record, which is there even when the rest cannot be understood. */
    static long required(JsonValue row) {
        Long id = ofRow(row);
        if (id == null) {
            throw new JsonMismatch("A record has no id");
        }
        return id;
    }
}
