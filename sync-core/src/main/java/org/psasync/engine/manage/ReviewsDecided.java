package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of a decision about many reviews.
 *
 * @param refusal why nothing was decided; empty when it was
 * @param decided how many were decided
 * @param left those that were looked at and not decided, with the reason; the first 100
 * @param stopped why it ended before all were looked at, such as a host that stopped answering; empty when all were. What
 *     was decided stays so; a new preview shows the others
 * @param untouched how many were not looked at to the end because it was stopped; 0 when it was not
 */
public record ReviewsDecided(String refusal, long decided, List<Left> left, String stopped, long untouched) {
    /**
     * A review that was not decided.
     *
     * @param item the review
     * @param why why not
     */
    public record Left(ReviewItem item, String why) {
        public Left {
            requireNonNull(item, "item");
            requireNonNull(why, "why");
        }
    }

    public ReviewsDecided {
        requireNonNull(refusal, "refusal");
        left = List.copyOf(left);
        requireNonNull(stopped, "stopped");
        if (decided < 0 || untouched < 0) {
            throw new IllegalArgumentException("Negative count: " + decided + ", " + untouched);
        }
    }

    /** Tells of a decision that was not stopped. */
    public ReviewsDecided(String refusal, long decided, List<Left> left) {
        this(refusal, decided, left, "", 0);
    }
}
