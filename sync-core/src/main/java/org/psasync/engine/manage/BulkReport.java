package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;

/**
 * What came of an action on many records. What is left can be previewed and confirmed again.
 *
 * @param id the preview's
 * @param done how many records it was done to, by kind, children of deleted organizations included
 * @param left records that were left as they are, with the reason; the first 100
 * @param leftCount how many were left
 * @param message why it ended early, or did not begin, with the way out; empty when it came to its end
 */
public record BulkReport(String id, Map<AssetKind, Long> done, List<Left> left, long leftCount, String message) {

    /**
     * A record that was left as it is.
     *
     * @param pair identifies the link
     * @param kind the kind of record
     * @param title what a person would call it; empty when it has no name
     * @param reason why, with the way out
     */
    public record Left(PairId pair, AssetKind kind, String title, String reason) {
        public Left {
            requireNonNull(pair, "pair");
            requireNonNull(kind, "kind");
            requireNonNull(title, "title");
            requireNonNull(reason, "reason");
        }
    }

    public BulkReport {
        requireNonNull(id, "id");
        done = Map.copyOf(done);
        left = List.copyOf(left);
        requireNonNull(message, "message");
    }

    /** Returns whether it came to its end. */
    public boolean ended() {
        return message.isEmpty();
    }

    /** Returns how many records it was done to. */
    public long count() {
        return done.values().stream().mapToLong(Long::longValue).sum();
    }
}
