package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of a decision about many reviews.
 *
 * @param refusal why nothing was decided; empty when it was
 * @param decided how many were decided
 * @param left those that were not, with the reason; the first 100
 */
public record ReviewsDecided(String refusal, long decided, List<Left> left) {
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
    }
}
