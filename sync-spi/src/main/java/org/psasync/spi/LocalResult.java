package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.model.Asset;
import org.psasync.model.Problem;

/** What became of one change to a record of the host. */
public sealed interface LocalResult {
    /**
     * The change was written.
     *
     * @param asset the record as stored, which may differ from what was sent (MERGE-7)
     */
    record Written(Asset asset) implements LocalResult {
        public Written {
            requireNonNull(asset, "asset");
        }
    }

    /**
     * The record had another revision; nothing was written.
     *
     * @param asset the record as it is
     */
    record Moved(Asset asset) implements LocalResult {
        public Moved {
            requireNonNull(asset, "asset");
        }
    }

    /** The host refuses the change (PULL-4). */
    record Refused(List<Problem> problems) implements LocalResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** There is no such record. */
    record Missing() implements LocalResult {}
}
