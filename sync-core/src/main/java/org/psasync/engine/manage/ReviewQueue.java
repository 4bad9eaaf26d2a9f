package org.psasync.engine.manage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.PairId;

/**
 * What a person must decide, and the decisions (MATCH-5, MATCH-6, MERGE-5).
 *
 * <p>A decision is about what the item showed: when that changed since, it is refused, and nothing happens. A decision
 * that is stored survives a restart; what follows from it is done at once where both sides can be reached, and else by
 * the next run. Every decision is in the event log with the person's name.
 *
 * <p>A doubt about a PSA record and local records that name each other is one item, the PSA record's.
 *
 * <p>Safe for use by several threads. Methods throw {@link IllegalStateException} when the host cannot be read, or when
 * nothing is known of the PSA yet and it cannot be asked.
 */
public interface ReviewQueue {
    /**
     * Returns what is to be decided about records of a kind.
     *
     * @param after where the page before ended; null for the first page
     * @param limit how many records to look at, 1 to 1000
     */
    ReviewPage page(AssetKind kind, @Nullable PairId after, int limit);

    /** Returns the records of a kind that a person decided to leave alone, in the same way. */
    ReviewPage ignored(AssetKind kind, @Nullable PairId after, int limit);

    /** Returns what is to be decided about a record, or was left alone; empty when nothing is. */
    Optional<ReviewItem> item(AssetRef record);

    /**
     * Returns unlinked records of the other side, of the same kind and organization, with similar names, the most similar
     * first; at most five (MATCH-6). A bounded number of records is looked at, so there may be others.
     */
    List<Suggestion> suggestions(ReviewItem item);

    /**
     * Links the item's record with one of the other side: a candidate, a suggestion, or any other that the person names.
     * Refused unless both are of one kind, exist now, and neither is linked.
     */
    ReviewAnswer link(ReviewItem item, AssetRef other);

    /**
     * Lets a new record be made in spite of the doubt. It goes through the gate and the requirements as any other. Nothing
     * is confirmed by it: a local record in review was confirmed by a save, and is pushed as it was confirmed.
     *
     * <p>The decision holds for the candidates the item showed; when another appears first, it is asked again.
     */
    ReviewAnswer create(ReviewItem item);

    /** Leaves the record and its candidates alone, until it is taken up again, gets another key, or another candidate. */
    ReviewAnswer ignore(ReviewItem item);

    /** Takes up again what was left alone. */
    ReviewAnswer reopen(ReviewItem item);

    /**
     * Takes the host's value of a field in conflict; of an address, all of its lines. The person confirms that value, so it
     * goes to the PSA.
     */
    ReviewAnswer takeLocal(ReviewItem item, Field<?> field);

    /** Takes the PSA's value of a field in conflict; of an address, all of its lines. */
    ReviewAnswer takeRemote(ReviewItem item, Field<?> field);

    /** Returns what deciding all reviews of one reason would do; nothing happens yet. */
    ReviewPreview preview(AssetKind kind, String reason, ReviewChoice choice);

    /**
     * Decides what a preview showed, one by one, and nothing else. When the host stops answering midway, the answer says how
     * many are decided by then; a decision that is stored is never taken back.
     */
    ReviewsDecided apply(ReviewPreview preview);
}
