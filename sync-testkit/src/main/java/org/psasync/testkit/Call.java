package org.psasync.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;

/**
 * One call that a fake PSA was asked to answer.
 *
 * @param operation what was asked
 * @param kind of which kind; null for {@code CHECK} and {@code REFERENCE}
 * @param ids the records read, updated or made; empty for other operations
 * @param values what was to be written, or the key that was searched; null for other operations
 * @param done whether the PSA did it, even if the answer was lost
 * @param failure the name of the failure that the caller saw, such as {@code Throttled}; null when there was none
 */
public record Call(
        Operation operation,
        @Nullable AssetKind kind,
        List<RemoteId> ids,
        @Nullable FieldValues values,
        boolean done,
        @Nullable String failure) {
    public Call {
        requireNonNull(operation, "operation");
        ids = List.copyOf(ids);
    }

    /** Returns the call as a line of a trace, such as {@code UPDATE ORGANIZATION [101] {name=Acme} -> Throttled}. */
    @Override
    public String toString() {
        return operation
                + (kind == null ? "" : " " + kind)
                + (ids.isEmpty() ? "" : " " + ids)
                + (values == null ? "" : " " + values)
                + (failure == null ? "" : " -> " + failure + (done ? ", but done" : ""));
    }
}
