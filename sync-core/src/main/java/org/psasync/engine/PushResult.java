package org.psasync.engine;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Words;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;

/**
 * What came of a save at once (PUSH-14). Which answer it is tells what matters most; {@link #done()} tells everything,
 * since of one record some fields may be pushed, some refused, and of some the PSA may have newer values. Immutable.
 */
public sealed interface PushResult {
    /** Returns the result as a sentence. */
    String text();

    /** Returns what was done, field by field, whatever the answer is. */
    Done done();

    /**
     * What was done about the fields of a save.
     *
     * @param created whether the PSA's record was made
     * @param pushed the fields that were sent and taken; empty when nothing was sent
     * @param refused why other fields were not taken or not sent; empty when none was refused
     * @param newer the fields of which the PSA had newer values, which replaced the saved ones; empty when there are none
     */
    record Done(boolean created, List<Field<?>> pushed, List<Problem> refused, List<Newer> newer) {
        /** Nothing was done. */
        public static final Done NOTHING = new Done(false, List.of(), List.of(), List.of());

        public Done {
            pushed = List.copyOf(pushed);
            refused = List.copyOf(refused);
            newer = List.copyOf(newer);
        }

        /** Returns nothing but these refusals. */
        static Done refused(List<Problem> problems) {
            return new Done(false, List.of(), problems, List.of());
        }

        private String text() {
            List<String> sentences = new ArrayList<>();
            if (created) {
                sentences.add("Created in the PSA.");
            } else if (!pushed.isEmpty()) {
                sentences.add("Pushed to the PSA: " + Words.of(pushed) + ".");
            }
            if (!refused.isEmpty()) {
                sentences.add("Refused: "
                        + String.join(
                                " ", refused.stream().map(Problem::toString).toList()));
            }
            if (!newer.isEmpty()) {
                sentences.add("The PSA had newer values: "
                        + newer.stream().map(Newer::words).collect(joining("; ")) + ".");
            }
            return String.join(" ", sentences);
        }
    }

    /**
     * A field that both sides changed.
     *
     * @param field the field
     * @param saved the value that was saved; null when blank
     * @param psa the PSA's value, which replaced it; null when blank
     */
    record Newer(
            Field<?> field,
            @Nullable Object saved,
            @Nullable Object psa) {
        public Newer {
            requireNonNull(field, "field");
        }

        private String words() {
            return Words.of(field) + ": saved " + quoted(saved) + ", the PSA's " + quoted(psa);
        }

        private static String quoted(@Nullable Object value) {
            return value == null ? "(blank)" : '"' + value.toString() + '"';
        }
    }

    /**
     * The PSA has the saved values now.
     *
     * @param record the PSA's record
     */
    record Pushed(RemoteRef record, Done done) implements PushResult {
        public Pushed {
            requireNonNull(record, "record");
            requireNonNull(done, "done");
        }

        /** Returns whether the record was made by this push. */
        public boolean created() {
            return done.created();
        }

        /** Returns the fields that were sent. */
        public List<Field<?>> fields() {
            return done.pushed();
        }

        @Override
        public String text() {
            return done.text();
        }
    }

    /**
     * There was nothing to send.
     *
     * @param disposition where the record stands
     * @param text why
     */
    record NothingToPush(Disposition disposition, String text) implements PushResult {
        @Override
        public Done done() {
            return Done.NOTHING;
        }
    }

    /**
     * It is not in the PSA yet, or not all of it.
     *
     * @param disposition what it waits for
     * @param text the same as a sentence
     * @param until when it is tried again at the latest; null at the next run
     */
    record Waiting(
            Disposition disposition, String text, @Nullable Instant until, Done done) implements PushResult {}

    /** Something of it was refused and is not sent again unchanged. */
    record Refused(Done done) implements PushResult {
        /** Makes a refusal of everything. */
        public static Refused of(List<Problem> problems) {
            return new Refused(Done.refused(problems));
        }

        /** Returns why, each with what a person can do. */
        public List<Problem> problems() {
            return done.refused();
        }

        @Override
        public String text() {
            return done.text();
        }
    }

    /** The PSA had newer values for some of the saved fields, and they replaced the saved ones. */
    record PsaHadNewer(Done done) implements PushResult {
        /** Returns the fields, each with both values. */
        public List<Newer> fields() {
            return done.newer();
        }

        @Override
        public String text() {
            return done.text();
        }
    }
}
