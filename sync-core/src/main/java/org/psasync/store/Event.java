package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;

/**
 * One entry of the event log (RUN-6); holds no secret.
 *
 * @param number counts up within the integration; 0 before it is stored
 * @param at when it happened
 * @param run the run it belongs to, the one-time push, the decision about reviews, or the confirmed preview of another
 *     action on many records; null when it happened outside of all of them
 * @param actor the person who caused it; null when it was the engine
 * @param type what happened
 * @param kind the kind of record; null when it concerns the integration
 * @param pair the pair; null when it concerns the integration
 * @param local the host's record, if there is one
 * @param remote the PSA's record, if there is one
 * @param changes the fields concerned, before and after
 * @param reason why, as a sentence
 */
public record Event(
        long number,
        Instant at,
        @Nullable String run,
        @Nullable String actor,
        Type type,
        @Nullable AssetKind kind,
        @Nullable PairId pair,
        @Nullable LocalId local,
        @Nullable RemoteId remote,
        List<Change> changes,
        String reason) {

    /** What happened. */
    public enum Type {
        /** A run began. */
        RUN_STARTED,
        /** A run ended. */
        RUN_ENDED,
        /** A person stopped a run. */
        RUN_CANCELLED,
        /** The integration was connected, or its credentials were replaced. */
        CONNECTED,
        /** Runs and pushes were paused. */
        PAUSED,
        /** The pause ended. */
        RESUMED,
        /** All links were cut at once or, where a pair is named, that one by an action on many records. */
        DISCONNECTED,
        /** People of the PSA were handed to the host, to be invited. */
        INVITED,
        /** Settings were changed. */
        SETTINGS_CHANGED,
        /** A person asked for a full check. */
        FULL_CHECK_WANTED,
        /** A type or status was renamed in the PSA. */
        RENAMED,
        /** A local record was made. */
        CREATED_LOCALLY,
        /** A PSA record was made. */
        CREATED_IN_PSA,
        /** Two records were linked. */
        LINKED,
        /** A local record was changed. */
        UPDATED_LOCALLY,
        /** A PSA record was changed. */
        UPDATED_IN_PSA,
        /** A value lost against another one; it can be read back here (MERGE-4). */
        OVERWRITTEN,
        /** A side stored a value otherwise than sent (MERGE-7). */
        STORED_DIFFERENTLY,
        /** A value may have been overwritten in the PSA between the read and the write (MERGE-6). */
        POSSIBLY_OVERWRITTEN,
        /** A link left the sync, or its reasons changed. */
        ORPHANED,
        /** An orphan came back. */
        RETURNED,
        /** A pair was taken out: a person disabled it, or its local record is gone. */
        DISABLED,
        /** A person took a link back that was disabled or disconnected. */
        RECONNECTED,
        /** A local record was deleted, as a manager confirmed. */
        DELETED_LOCALLY,
        /** A manager confirmed an action on many records; its events bear the preview's id as their run. */
        BULK_ACTION,
        /** A person must decide. */
        IN_REVIEW,
        /** A person decided a review, or took one up again. */
        DECIDED,
        /** An attempt failed. */
        FAILED,
        /** The outcome of a write is not known. */
        UNCERTAIN,
        /** A field is written back and forth. */
        OSCILLATING,
        /** Something worth knowing about a record as the PSA showed it (FIELD-7). */
        NOTED,
        /** A person saved a record, which confirms it. */
        CONFIRMED,
        /** A one-time push was confirmed, or all of it was taken notice of (ALL-2). */
        ONE_TIME_PUSH,
        /** A saved plan left this record out because it changed since. */
        PLAN_ITEM_STALE
    }

    /**
     * A field before and after.
     *
     * @param field the field
     * @param before null when it was blank, or not known
     * @param after null when it is blank
     */
    public record Change(
            Field<?> field,
            @Nullable Object before,
            @Nullable Object after) {
        public Change {
            requireNonNull(field, "field");
        }
    }

    public Event {
        requireNonNull(at, "at");
        requireNonNull(type, "type");
        changes = changes instanceof ValueChanges ? changes : List.copyOf(changes);
        requireNonNull(reason, "reason");
    }

    /** Returns the fields of {@code after} that differ from what they were before. */
    public static List<Change> changes(FieldValues before, FieldValues after) {
        return ValueChanges.of(before, after);
    }

    /** Returns the same event with its number; for stores. */
    public Event numbered(long newNumber) {
        return new Event(newNumber, at, run, actor, type, kind, pair, local, remote, changes, reason);
    }
}
