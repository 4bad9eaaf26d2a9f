package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Candidate;

/**
 * One record about which a person must decide, or has decided to leave it alone (MATCH-5, MERGE-5). Immutable.
 *
 * @param pair what the engine knows the record by
 * @param kind the kind of record
 * @param local the host's record; null when there is none
 * @param remote the PSA's record; null when there is none
 * @param title what a person would call it; empty when it has no name
 * @param question what is to be decided
 * @param since when it was first asked; null when that is not known
 * @param stamp stands for all that is shown here; when it is another one at the decision, nothing is decided
 */
public record ReviewItem(
        PairId pair,
        AssetKind kind,
        @Nullable LocalRef local,
        @Nullable RemoteRef remote,
        String title,
        Question question,
        @Nullable Instant since,
        String stamp) {

    /** What is to be decided. */
    public sealed interface Question {
        /** Returns why it is asked, as a sentence; the same for all that can be decided together. */
        String reason();
    }

    /**
     * It may be the same as a record of the other side (MATCH-5). To link, to create, or to ignore.
     *
     * @param reason why it cannot be told
     * @param candidates the records that it may be, the best first; empty when only the PSA knows which it means
     */
    public record Doubt(String reason, List<Candidate> candidates) implements Question {
        public Doubt {
            requireNonNull(reason, "reason");
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * The answer to its create in the PSA was lost, and it cannot be found out whether the record was made (SAFE-1). To
     * link with what was made, or to create again.
     *
     * @param reason why it cannot be told
     * @param candidates the records that may have been made; empty when none is known
     */
    public record LostCreate(String reason, List<Candidate> candidates) implements Question {
        public LostCreate {
            requireNonNull(reason, "reason");
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Both sides changed the same fields (MERGE-5). To take one side's value of each.
     *
     * @param reason which fields
     * @param clashes the fields with both values; at least one
     */
    public record Conflict(String reason, List<Clash> clashes) implements Question {
        public Conflict {
            requireNonNull(reason, "reason");
            clashes = List.copyOf(clashes);
        }

        /** Returns the conflict about a field, be it decided alone or with others. */
        public Optional<Clash> about(Field<?> field) {
            return clashes.stream()
                    .filter(clash ->
                            clash.field().equals(field) || clash.together().contains(field))
                    .findFirst();
        }
    }

    /**
     * A person left it alone (MATCH-5). To reopen, to link, or to create.
     *
     * @param reason that it is so
     * @param actor who decided it
     * @param at when
     * @param about the records it may be the same as
     */
    public record Ignored(String reason, String actor, Instant at, List<AssetRef> about) implements Question {
        public Ignored {
            requireNonNull(reason, "reason");
            requireNonNull(actor, "actor");
            requireNonNull(at, "at");
            about = List.copyOf(about);
        }
    }

    /**
     * A field in conflict.
     *
     * @param field the field
     * @param local what the host holds; null is blank
     * @param remote what the PSA holds; null is blank
     * @param together all fields that are decided with it, itself included: the lines of one address (MERGE-3)
     */
    public record Clash(
            Field<?> field,
            @Nullable Object local,
            @Nullable Object remote,
            List<Field<?>> together) {
        public Clash {
            requireNonNull(field, "field");
            together = List.copyOf(together);
        }
    }

    public ReviewItem {
        requireNonNull(pair, "pair");
        requireNonNull(kind, "kind");
        requireNonNull(title, "title");
        requireNonNull(question, "question");
        requireNonNull(stamp, "stamp");
    }

    /** Returns why it is asked. */
    public String reason() {
        return question.reason();
    }

    /** Returns the records it may be the same as, the best first; empty for a conflict. */
    public List<Candidate> candidates() {
        if (question instanceof Doubt doubt) {
            return doubt.candidates();
        }
        return question instanceof LostCreate lost ? lost.candidates() : List.of();
    }
}
