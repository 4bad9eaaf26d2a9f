package org.psasync.spi;

import java.util.List;
import org.psasync.model.Problem;

/** What became of the wish to delete one record of the host. */
public sealed interface DeleteResult {
    /** The record is gone, or was not there. */
    record Deleted() implements DeleteResult {}

    /** The record is not as it was when its delete was confirmed, and stays (R7.6 of {@link AssetRepository}). */
    record Changed() implements DeleteResult {}

    /**
     * The host keeps the record.
     *
     * @param problems why, in words a person can act on; at least one
     */
    record Refused(List<Problem> problems) implements DeleteResult {
        public Refused {
            problems = List.copyOf(problems);
        }

        /** Returns a refusal of the whole record. */
        public static Refused of(String text) {
            return new Refused(List.of(Problem.ofRecord(Problem.Code.REFUSED, text)));
        }
    }
}
