package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.psasync.engine.text.BulkPreviewText;
import org.psasync.model.AssetKind;

/**
 * What an action on many records would do; nothing is done before it is confirmed (DATA-5). It can be confirmed once,
 * for an hour, and only while it still shows what is there.
 *
 * @param id identifies it; the events of what is done name it as their run
 * @param integration the name of the integration it is about
 * @param action what would be done
 * @param target to which records
 * @param madeAt when it was made
 * @param records how many records it would be done to, by kind; a kind without any has no entry
 * @param children how many more records belong to those organizations. A delete includes them; when organizations are
 *     disconnected they stay linked and become orphans
 * @param unpushed how many of all these hold local values that the PSA does not have yet, at least; what was changed
 *     while a record was out of the sync is not counted
 * @param left how many records of the target, or of what belongs to it, would be left as they are, by reason
 * @param warnings what a person should know before confirming: what is lost for good, and that a recent backup is needed
 * @param confirmationNeeded whether the person should be asked once more: something is deleted, or very much is cut
 * @param digest stands for the records and settings that it showed
 */
public record BulkPreview(
        String id,
        String integration,
        BulkAction action,
        BulkTarget target,
        Instant madeAt,
        Map<AssetKind, Long> records,
        Map<AssetKind, Long> children,
        long unpushed,
        Map<String, Long> left,
        List<String> warnings,
        boolean confirmationNeeded,
        String digest) {
    public BulkPreview {
        requireNonNull(id, "id");
        requireNonNull(integration, "integration");
        requireNonNull(action, "action");
        requireNonNull(target, "target");
        requireNonNull(madeAt, "madeAt");
        records = Map.copyOf(records);
        children = Map.copyOf(children);
        left = Map.copyOf(left);
        warnings = List.copyOf(warnings);
        requireNonNull(digest, "digest");
    }

    /**
     * Returns the preview as a text that can be stored, in any place, and read by {@link #parse}: so a page that shows it and
     * one that confirms it may be served by different processes.
     */
    public String toText() {
        return BulkPreviewText.of(this);
    }

    /**
     * Returns the preview that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is no preview, one of another version, not whole, or was changed
     */
    public static BulkPreview parse(String text) {
        return BulkPreviewText.parse(requireNonNull(text, "text"));
    }

    /** Returns how many records it would be done to, those that belong to them left aside. */
    public long count() {
        return sum(records);
    }

    /** Returns how many more records belong to those. */
    public long childCount() {
        return sum(children);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
