package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.psasync.engine.text.ReviewPreviewText;
import org.psasync.model.AssetKind;

/**
 * What deciding all reviews of one reason would do. It can be applied within an hour, once, and only while all that it
 * showed is still so.
 *
 * @param integration the integration it is of
 * @param kind the kind of records
 * @param reason why these reviews are asked
 * @param choice what is to be decided
 * @param count how many reviews that decides
 * @param left how many of the reason cannot be decided so, and stay
 * @param examples the first of those that are decided, at most 20
 * @param digest stands for all of them as they are shown
 * @param madeAt when it was made
 */
public record ReviewPreview(
        String integration,
        AssetKind kind,
        String reason,
        ReviewChoice choice,
        long count,
        long left,
        List<ReviewItem> examples,
        String digest,
        Instant madeAt) {
    public ReviewPreview {
        requireNonNull(integration, "integration");
        requireNonNull(kind, "kind");
        requireNonNull(reason, "reason");
        requireNonNull(choice, "choice");
        examples = List.copyOf(examples);
        requireNonNull(digest, "digest");
        requireNonNull(madeAt, "madeAt");
    }

    /**
     * Returns the preview as a text that can be stored, in any place, and read by {@link #parse}: so a page that shows it and
     * one that applies it may be served by different processes.
     */
    public String toText() {
        return ReviewPreviewText.of(this);
    }

    /**
     * Returns the preview that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is no preview, one of another version, not whole, or was changed
     */
    public static ReviewPreview parse(String text) {
        return ReviewPreviewText.parse(requireNonNull(text, "text"));
    }
}
