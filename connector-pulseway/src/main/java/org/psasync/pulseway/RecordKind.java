package org.psasync.pulseway;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.http.FieldMap;
import org.psasync.http.FieldReading;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/**
 * A kind of record as the PSA keeps it. Reading, writing and the published rules come from one map.
 *
 * @param subject the first word of the names of calls
 * @param path of one record, whole
 * @param map how members and fields belong together
 * @param token what tells versions apart, apart from the stamp
 */
record RecordKind(AssetKind kind, String subject, String path, FieldMap map, Function<JsonValue, String> token) {
    /** The name of a call, such as {@code accounts.page}. */
    String call(String what) {
        return subject + "." + what;
    }

    /** The number of a record, which is there even when the rest cannot be understood. */
    static long number(JsonValue record) {
        Long id = record.isObject() ? record.integer("Id") : null;
        if (id == null || id <= 0) {
            throw new JsonMismatch("A record has no id");
        }
        return id;
    }

    /** Reads a whole record. */
    RemoteRecord read(JsonValue record) {
        return of(Ids.of(number(record)), record, map.read(record));
    }

    /**
     * Makes a record of what was read.
     *
     * @throws JsonMismatch when a member does not hold what it should, naming it
     */
    RemoteRecord of(RemoteId id, JsonValue record, FieldReading reading) {
        if (!reading.isUnderstood()) {
            throw new JsonMismatch(reading.problemText());
        }
        return new RemoteRecord(
                id,
                new RemoteVersion(token.apply(record), changed(record)),
                reading.values(),
                false,
                record.instant("CreatedOn"),
                reading.noteText());
    }

    /** An e-mail or phone may change without the stamp of its contact, so the latest of all counts. */
    private static @Nullable Instant changed(JsonValue record) {
        Instant latest = record.instant("ModifiedOn");
        for (String list : new String[] {"Emails", "Phones"}) {
            for (JsonValue item : record.elements(list)) {
                Instant at = item.instant("ModifiedOn");
                latest = at == null || latest != null && latest.isAfter(at) ? latest : at;
            }
        }
        return latest;
    }
}
