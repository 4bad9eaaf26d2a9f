package org.psasync.testkit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/**
 * One record as a fake PSA stores it.
 *
 * @param values also those of fields that are not mapped
 * @param deleted whether it is deleted, but kept
 * @param created when it was made, in whole seconds
 * @param changed when it last changed, in whole seconds
 * @param changedBy who changed it last
 * @param visibleFrom from when lists and searches show it
 * @param sent the values that the connector sent to make it; null when a user of the PSA made it
 * @param mark what {@code prepare} fixed in the draft it was made from; empty otherwise
 * @param before the record before its last change; null when it never changed
 */
record FakeRow(
        RemoteId id,
        FieldValues values,
        boolean deleted,
        Instant created,
        Instant changed,
        String changedBy,
        Instant visibleFrom,
        @Nullable FieldValues sent,
        Map<String, String> mark,
        @Nullable FakeRow before) {

    /** The name of any user of the PSA. */
    static final String USER = "psa-user";
    /** The name of the one that the connector logs in with. */
    static final String CONNECTOR = "integration";

    AssetKind kind() {
        return values.kind();
    }

    RemoteRef ref() {
        return new RemoteRef(kind(), id);
    }

    /** Returns the record with other values, changed at that time by a user. */
    FakeRow changed(FieldValues newValues, Instant at) {
        return new FakeRow(id, newValues, deleted, created, at, USER, visibleFrom, sent, mark, past());
    }

    /** Returns the record with other values, changed at that time through the connector. */
    FakeRow written(FieldValues newValues, Instant at) {
        return new FakeRow(id, newValues, deleted, created, at, CONNECTOR, visibleFrom, sent, mark, past());
    }

    /** Returns the record deleted or not, changed at that time. */
    FakeRow deleted(boolean nowDeleted, Instant at) {
        return new FakeRow(id, values, nowDeleted, created, at, USER, visibleFrom, sent, mark, past());
    }

    private FakeRow past() {
        return new FakeRow(id, values, deleted, created, changed, changedBy, visibleFrom, sent, mark, null);
    }
}
