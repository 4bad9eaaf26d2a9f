package org.psasync.pulseway;

import org.psasync.http.FieldReading;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/** Reads the list rows of assets, which have no stamps (PSA-PW-4). */
final class AssetRows {
    private AssetRows() {}

    static RemoteRecord read(JsonValue row) {
        long id = RecordKind.number(row);
        FieldReading reading = Kinds.ASSET_ROWS.readPart(row);
        if (!reading.isUnderstood()) {
            throw new JsonMismatch(reading.problemText());
        }
        return new RemoteRecord(
                Ids.of(id),
                new RemoteVersion(ChangeMark.ofRow(row), null),
                reading.values(),
                false,
                null,
                reading.noteText());
    }
}
