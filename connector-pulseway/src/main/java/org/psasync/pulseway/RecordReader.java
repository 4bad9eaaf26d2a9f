package org.psasync.pulseway;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestCall;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/** Reads records by their ids, each by a request of its own, or the locations of one account by one. */
final class RecordReader {
    private final Api api;
    private final boolean forPushes;

    RecordReader(Api api, boolean forPushes) {
        this.api = api;
        this.forPushes = forPushes;
    }

    Map<RemoteId, RemoteRead> read(RecordKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, RemoteRead> result = new LinkedHashMap<>();
        requireBudget(kind, ids.size());
        for (RemoteId id : ids) {
            result.put(id, read(kind, id));
        }
        return result;
    }

    /**
     * An answer has all ids or none (C6.1), so reading begins only when the budget holds them all: nothing that was read is
     * thrown away and read again in the next hour.
     */
    private void requireBudget(RecordKind kind, int requests) {
        if (forPushes || requests < 2) {
            return;
        }
        Duration wait = api.rest()
                .budget()
                .until(
                        RestCall.read(kind.call("read"), kind.path(), segments(kind))
                                .scope(),
                        requests);
        if (!wait.isZero()) {
            throw new ConnectorException.Throttled(
                    kind.call("read") + " was not begun: the hourly budget for " + requests
                            + " more details is there in " + Math.max(1, wait.toMinutes()) + " min",
                    wait);
        }
    }

    private static Object[] segments(RecordKind kind) {
        return kind.kind() == AssetKind.LOCATION ? new Object[] {1, 1} : new Object[] {1};
    }

    RemoteRead read(RecordKind kind, RemoteId id) {
        if (kind.kind() == AssetKind.LOCATION) {
            return Ids.location(id)
                    .map(location -> guarded(
                            kind,
                            () -> FlatLocation.read(
                                    kind, location.account(), raw(kind, location.account(), location.location()))))
                    .orElseGet(() -> foreign(id));
        }
        return Ids.number(id)
                .map(number -> guarded(kind, () -> kind.read(raw(kind, number))))
                .orElseGet(() -> foreign(id));
    }

    /**
     * Reads a record as the PSA shows it.
     *
     * @throws ConnectorException.Gone when it is not there
     */
    JsonValue raw(RecordKind kind, Object... segments) {
        JsonValue record = api.get(kind.call("read"), kind.path(), segments);
        long wanted = Long.parseLong(segments[segments.length - 1].toString());
        if (RecordKind.number(record) != wanted) {
            throw new JsonMismatch("The answer is another record than " + wanted);
        }
        return record;
    }

    private interface Reading {
        RemoteRecord read();
    }

    private static RemoteRead guarded(RecordKind kind, Reading reading) {
        try {
            return new RemoteRead.Found(reading.read());
        } catch (ConnectorException.Gone e) {
            return new RemoteRead.NotFound();
        } catch (JsonMismatch | ConnectorException.Rejected e) {
            return new RemoteRead.NotUnderstood(kind.kind() + ": " + e.getMessage());
        }
    }

    private static RemoteRead foreign(RemoteId id) {
        return new RemoteRead.NotUnderstood("\"" + id.value() + "\" is no id of this PSA");
    }
}
