package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteRef;

/**
 * One write that the engine asked of the connector.
 *
 * @param record the PSA's record; of a create that failed, null
 * @param created whether a record was to be made
 * @param values what was to be written, references as remote ones; blank clears
 * @param failure what came of it, such as {@code Unavailable}; null when the write succeeded
 */
public record Sent(
        @Nullable RemoteRef record,
        boolean created,
        FieldValues values,
        @Nullable String failure) {
    public Sent {
        requireNonNull(values, "values");
    }

    /** Returns the write as a line, such as {@code update of PSA CONTACT 105: {title=CTO}}. */
    @Override
    public String toString() {
        return (created ? "create of " : "update of ")
                + (record == null ? "a " + Wording.kind(values.kind()) : record)
                + ": " + values
                + (failure == null ? "" : " -> " + failure);
    }
}
