package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.model.FieldValues;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/**
 * What the PSA last showed of a record.
 *
 * @param values the mapped fields, references in the PSA's terms
 * @param version the PSA's revision or change time
 * @param deleted whether the PSA's own flag says that it is deleted
 * @param from when the request began that showed it; of two observations the later one counts (MERGE-8)
 * @param absence what speaks for its being gone; null while it is visible
 * @param row whether only its list row was seen, so that what the details hold is still to be read (PSA-PW-4)
 */
public record Observation(
        FieldValues values,
        RemoteVersion version,
        boolean deleted,
        Instant from,
        @Nullable Absence absence,
        boolean row) {

    /**
     * The record was looked for and not found (STATE-5).
     *
     * @param since when it was first not found
     * @param proven whether that is proof of its deletion, and not only of its not being visible
     */
    public record Absence(Instant since, boolean proven) {
        public Absence {
            requireNonNull(since, "since");
        }
    }

    public Observation {
        requireNonNull(values, "values");
        requireNonNull(version, "version");
        requireNonNull(from, "from");
    }

    /** Makes an observation of a whole record. */
    public Observation(
            FieldValues values, RemoteVersion version, boolean deleted, Instant from, @Nullable Absence absence) {
        this(values, version, deleted, from, absence, false);
    }

    /** Returns what a record shows that was read by a request begun at that time. */
    public static Observation of(RemoteRecord record, Instant from) {
        return new Observation(record.values(), record.version(), record.deleted(), from, null);
    }

    /**
     * Returns this list row over an earlier observation: what the row lacks is as it was last seen, fields and, for a record
     * that the row marks as unchanged, the change time.
     */
    public Observation over(Observation before) {
        boolean unmarked = version.changedAt() == null && version.token().equals(before.version.token());
        return new Observation(
                before.values.overlaidWith(values),
                unmarked ? before.version : version,
                deleted,
                from,
                absence,
                before.row);
    }

    /** Returns the same observation as one whose details are still to be read. */
    public Observation asRow() {
        return new Observation(values, version, deleted, from, absence, true);
    }

    /** Returns whether the record was there when last looked for. */
    public boolean visible() {
        return absence == null;
    }

    /** Returns the same observation with that absence, or without any. */
    public Observation withAbsence(@Nullable Absence newAbsence) {
        return new Observation(values, version, deleted, from, newAbsence, row);
    }

    /** Returns whether a decision could come out otherwise with the other observation. */
    public boolean saysTheSameAs(Observation other) {
        return deleted == other.deleted && visible() == other.visible() && values.equals(other.values);
    }
}
