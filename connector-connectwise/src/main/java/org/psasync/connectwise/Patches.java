package org.psasync.connectwise;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.psasync.http.RestAnswer;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorException;

/**
 * Sends the PATCHes of records.
 *
 * <p>Some systems take none without custom fields; an empty list of them changes none. A kind for which that showed is
 * remembered. Safe for use by several threads.
 */
final class Patches {
    private final Api api;
    private final Set<AssetKind> wanting = ConcurrentHashMap.newKeySet();

    Patches(Api api) {
        this.api = api;
    }

    /** @param path of the record, or of an action on it, below the interface */
    RestAnswer send(RecordKind kind, Patch patch, String path, Object... segments) {
        if (wanting.contains(kind.kind())) {
            return write(kind, patch.namingCustomFields(), path, segments);
        }
        try {
            return write(kind, patch, path, segments);
        } catch (ConnectorException.Rejected e) {
            if (patch.writesCustomFields() || !speaksOfCustomFields(e)) {
                throw e;
            }
            wanting.add(kind.kind());
            return write(kind, patch.namingCustomFields(), path, segments);
        }
    }

    private RestAnswer write(RecordKind kind, Patch patch, String path, Object... segments) {
        return api.write(kind.call("update"), "PATCH", patch.json(), path, segments);
    }

    /** Whether it is about the custom fields, without a word on which of them unless only one is mapped. */
    static boolean speaksOfCustomFields(ConnectorException.Rejected refusal) {
        return refusal.problems().stream()
                .anyMatch(problem -> problem.text().contains(CustomFields.MEMBER)
                        || problem.field() != null && problem.field().isCustom());
    }
}
