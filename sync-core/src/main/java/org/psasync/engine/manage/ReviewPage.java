package org.psasync.engine.manage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;

/**
 * A part of a list of reviews, ordered by pair id.
 *
 * @param items the reviews; there may be fewer than asked for, and still more to come
 * @param next after which to go on; null when this is the end
 */
public record ReviewPage(List<ReviewItem> items, @Nullable PairId next) {
    public ReviewPage {
        items = List.copyOf(items);
    }
}
