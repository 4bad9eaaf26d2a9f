package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;

/** What came of a save at once (PUSH-14). */
public sealed interface PushResult {
    /** Returns the result as a sentence. */
    String text();

    /**
     * The PSA has the saved values now.
     *
     * @param record the PSA's record
     * @param created whether it was made by this push
     * @param fields the fields that were sent
     */
    record Pushed(RemoteRef record, boolean created, List<Field<?>> fields) implements PushResult {
        public Pushed {
            requireNonNull(record, "record");
            fields = List.copyOf(fields);
        }

        @Override
        public String text() {
            return (created ? "Created in the PSA as " : "Pushed to the PSA: ") + (created ? record.id() : fields);
        }
    }

    /**
     * There was nothing to send.
     *
     * @param disposition where the record stands
     * @param text why
     */
    record NothingToPush(Disposition disposition, String text) implements PushResult {}

    /**
     * It is not in the PSA yet.
     *
     * @param disposition what it waits for
     * @param text the same as a sentence
     * @param until when it is tried again at the latest; null at the next run
     */
    record Waiting(
            Disposition disposition, String text, @Nullable Instant until) implements PushResult {}

    /**
     * It was refused and is not sent again unchanged.
     *
     * @param problems why, each with what a person can do
     */
    record Refused(List<Problem> problems) implements PushResult {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public String text() {
            return "Refused: "
                    + String.join(" ", problems.stream().map(Problem::toString).toList());
        }
    }

    /**
     * The PSA had newer values for some of the saved fields.
     *
     * @param fields each with both values, and whether the PSA's replaced the saved one
     */
    record PsaHadNewer(List<Newer> fields) implements PushResult {
        /**
         * A field that both sides changed.
         *
         * @param field the field
         * @param saved the value that was saved; null when blank
         * @param psa the PSA's value; null when blank
         */
        public record Newer(
                Field<?> field,
                @Nullable Object saved,
                @Nullable Object psa) {}

        public PsaHadNewer {
            fields = List.copyOf(fields);
        }

        @Override
        public String text() {
            return "The PSA had newer values: " + fields;
        }
    }
}
