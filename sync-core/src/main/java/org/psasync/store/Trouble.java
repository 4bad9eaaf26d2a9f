package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/**
 * What keeps a pair from syncing smoothly; rare, and therefore kept apart from the pair.
 *
 * @param failure the last attempt that failed, for whatever reason; null when the last one did not
 * @param review why a person must decide; null when nobody must
 * @param rewrites what the engine wrote lately, to notice when somebody undoes it again and again (MERGE-7)
 * @param frozen fields in conflict that a person must decide (MERGE-5)
 * @param localGone whether the local record of a link was deleted, so that nothing can refer to it (STATE-6)
 * @param ruling what a person decided about a doubt, other than to link; null when nobody did
 * @param winners what a person decided about fields in conflict, until it is carried out (MERGE-5)
 * @param refusal what the PSA refused and does not get again unchanged, whatever failed or happened since (PUSH-13); null
 *     when there is nothing
 */
public record Trouble(
        @Nullable Failure failure,
        @Nullable Review review,
        Map<Write, Rewrite> rewrites,
        List<Field<?>> frozen,
        boolean localGone,
        @Nullable Ruling ruling,
        Map<Field<?>, Winner> winners,
        @Nullable Failure refusal) {

    /** Nothing is wrong. */
    public static final Trouble NONE = new Trouble(null, null, Map.of(), List.of(), false, null, Map.of(), null);

    /** Which side refused or failed. */
    public enum Side {
        /** The host. */
        HOST,
        /** The PSA, or the connector on its behalf. */
        PSA
    }

    /**
     * An attempt that failed.
     *
     * @param side who refused or failed
     * @param problems what is wrong; at least one
     * @param attempts how often it failed in a row
     * @param refused the values that were refused, which are not sent again unchanged (PUSH-13); null when the failure
     *     was only for the moment
     * @param settings the version of the settings that it was tried with, because others may make it succeed; 0 when it
     *     does not matter
     */
    public record Failure(
            Side side,
            List<Problem> problems,
            int attempts,
            @Nullable FieldValues refused,
            long settings) {
        public Failure {
            requireNonNull(side, "side");
            problems = List.copyOf(problems);
        }

        /** Makes a failure that no settings change. */
        public Failure(Side side, List<Problem> problems, int attempts, @Nullable FieldValues refused) {
            this(side, problems, attempts, refused, 0);
        }

        /** Returns whether the PSA's record could not be understood (PULL-4). */
        public boolean isUnreadable() {
            return side == Side.PSA
                    && refused == null
                    && problems.stream().allMatch(problem -> problem.code() == Problem.Code.INVALID);
        }

        /** Returns whether the PSA refused values that were sent. */
        boolean isRefusalByPsa() {
            return side == Side.PSA && refused != null && !refused.isEmpty();
        }

        /** Returns what is left of the failure once the side took some fields; null when nothing is. */
        public @Nullable Failure apartFrom(FieldValues taken) {
            List<Problem> left = problems.stream()
                    .filter(problem -> problem.field() != null && !taken.has(problem.field()))
                    .toList();
            return refused == null || left.isEmpty()
                    ? null
                    : new Failure(side, left, attempts, refused.only(field -> !taken.has(field)), settings);
        }

        /** Returns the failure together with what another attempt was refused for, of other fields. */
        public Failure beside(Failure earlier) {
            if (refused == null || earlier.refused == null) {
                return this;
            }
            List<Problem> all =
                    Stream.concat(earlier.problems.stream(), problems.stream()).toList();
            return new Failure(side, all, attempts, earlier.refused.overlaidWith(refused), settings);
        }

        /** Returns whether the other side refused the record because it has such a one already (PUSH-7). */
        public boolean isDuplicate() {
            return problems.stream().anyMatch(problem -> problem.code() == Problem.Code.DUPLICATE);
        }

        /** Returns the problems as one text. */
        public String text() {
            return String.join(" ", problems.stream().map(Problem::toString).toList());
        }
    }

    /**
     * A doubt that a person must resolve (MATCH-5).
     *
     * @param reason why it cannot be decided, as a sentence
     * @param candidates the records that it may be the same as
     * @param since when it was first asked; null before it is stored
     */
    public record Review(
            String reason,
            List<Candidate> candidates,
            @Nullable Instant since) {
        public Review {
            requireNonNull(reason, "reason");
            candidates = List.copyOf(candidates);
        }

        /** Makes a doubt that was not asked yet. */
        public Review(String reason, List<Candidate> candidates) {
            this(reason, candidates, null);
        }

        /** Returns whether the other one asks the same, whenever it was asked. */
        public boolean asksTheSameAs(@Nullable Review other) {
            return other != null && reason.equals(other.reason) && candidates.equals(other.candidates);
        }

        /** Returns this doubt as asked before, if the one before asks the same, and else as asked now. */
        public Review asked(@Nullable Review before, Instant now) {
            return asksTheSameAs(before) ? requireNonNull(before) : new Review(reason, candidates, now);
        }
    }

    /**
     * What a person decided about a doubt, other than to link (MATCH-5). It holds as long as the record has that key and
     * is like no other records than those the decision was about.
     *
     * @param way what to do
     * @param about the records it may be the same as, that the person was shown
     * @param key by what the record was recognised
     * @param actor who decided it
     * @param at when
     */
    public record Ruling(Way way, Set<AssetRef> about, String key, String actor, Instant at) {
        /** What to do. */
        public enum Way {
            /** Make a new record. */
            CREATE,
            /** Leave the record alone, and those it may be the same as. */
            IGNORE
        }

        public Ruling {
            requireNonNull(way, "way");
            about = Set.copyOf(about);
            requireNonNull(key, "key");
            requireNonNull(actor, "actor");
            requireNonNull(at, "at");
        }
    }

    /**
     * Which side's value a person took in a conflict (MERGE-5). It holds for these two values only.
     *
     * @param side whose value wins
     * @param local what the host held
     * @param remote what the PSA held
     * @param actor who decided it
     */
    public record Winner(
            Side side, @Nullable Object local, @Nullable Object remote, String actor) {
        public Winner {
            requireNonNull(side, "side");
            requireNonNull(actor, "actor");
        }
    }

    /**
     * Where the engine writes: a field of one side.
     *
     * @param field the field
     * @param side the side
     */
    public record Write(Field<?> field, Side side) {
        public Write {
            requireNonNull(field, "field");
            requireNonNull(side, "side");
        }
    }

    /**
     * A value that the engine wrote.
     *
     * @param written the value; null when it cleared the field
     * @param replaced the value before; null when it was blank
     * @param times how often in a row exactly this was written over exactly that
     */
    public record Rewrite(
            @Nullable Object written, @Nullable Object replaced, int times) {}

    public Trouble {
        rewrites = Map.copyOf(rewrites);
        frozen = List.copyOf(frozen);
        winners = Map.copyOf(winners);
        refusal = refusal == null && failure != null && failure.isRefusalByPsa() ? failure : refusal;
    }

    /** Returns whether nothing is wrong. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Returns the same trouble with that failure, or without any; what the PSA refused before is remembered. */
    public Trouble withFailure(@Nullable Failure newFailure) {
        boolean refuses = newFailure != null && newFailure.isRefusalByPsa();
        return with(newFailure, refuses ? newFailure : refusal);
    }

    /** Returns the same trouble with nothing remembered that the PSA refused, so that it may be sent again. */
    public Trouble withoutRefusal() {
        return with(failure != null && failure.isRefusalByPsa() ? null : failure, null);
    }

    private Trouble with(@Nullable Failure newFailure, @Nullable Failure newRefusal) {
        return new Trouble(newFailure, review, rewrites, frozen, localGone, ruling, winners, newRefusal);
    }

    /** Returns the same trouble with that doubt, or without any. */
    public Trouble withReview(@Nullable Review newReview) {
        return new Trouble(failure, newReview, rewrites, frozen, localGone, ruling, winners, refusal);
    }

    /** Returns the same trouble with those recent writes. */
    public Trouble withRewrites(Map<Write, Rewrite> newRewrites) {
        return new Trouble(failure, review, newRewrites, frozen, localGone, ruling, winners, refusal);
    }

    /** Returns the same trouble with those fields frozen. */
    public Trouble withFrozen(List<Field<?>> newFrozen) {
        return new Trouble(failure, review, rewrites, newFrozen, localGone, ruling, winners, refusal);
    }

    /** Returns the trouble of a link whose local record is gone. */
    public Trouble withLocalGone() {
        return new Trouble(failure, review, rewrites, frozen, true, ruling, winners, refusal);
    }

    /** Returns the same trouble with that decision about a doubt, or without any. */
    public Trouble withRuling(@Nullable Ruling newRuling) {
        return new Trouble(failure, review, rewrites, frozen, localGone, newRuling, winners, refusal);
    }

    /** Returns the same trouble with those decisions about fields in conflict. */
    public Trouble withWinners(Map<Field<?>, Winner> newWinners) {
        return new Trouble(failure, review, rewrites, frozen, localGone, ruling, newWinners, refusal);
    }
}
