package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.text.OneTimePushText;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.store.Event;

/**
 * What a one-time push would do; nothing was written to find that out (ALL-1). It can be confirmed once, within an hour.
 * Immutable.
 *
 * @param id names the push; its events have it as their run
 * @param integration the integration it is of
 * @param settingsVersion counts the changes of its settings before this one; any other change makes the preview stale
 * @param madeAt when it was made
 * @param kinds what would become of the local records of each kind; a kind without records has no entry
 * @param records the records that it covers, parents first; those in doubt and those skipped are not among them
 * @param requests about how many requests the run would take: as many as looking took, and one for each write
 * @param message why it could not be finished, so that it cannot be confirmed; empty when it could
 */
public record OneTimePushPreview(
        String id,
        String integration,
        long settingsVersion,
        Instant madeAt,
        Map<AssetKind, Counts> kinds,
        List<Covered> records,
        long requests,
        String message) {

    /**
     * What would become of the local records of a kind. A record that is linked and changed counts as both.
     *
     * @param creates how many would be made in the PSA
     * @param links how many would be linked with a PSA record
     * @param updates how many PSA records would be changed
     * @param doubts how many may be the same as another one; they are left for review
     * @param unchanged how many are in the PSA already as they are
     * @param skipped how many are left out for other causes, by the cause in words
     */
    public record Counts(
            long creates, long links, long updates, long doubts, long unchanged, Map<String, Long> skipped) {
        public Counts {
            skipped = Map.copyOf(skipped);
        }
    }

    /** What would be done to a record first. */
    public enum Step {
        /** It is made in the PSA. */
        CREATE,
        /** It is linked with a PSA record, which is changed where it differs. */
        LINK,
        /** The PSA record it is linked with already is changed. */
        UPDATE
    }

    /**
     * A record that the push covers, as long as it is as it was.
     *
     * @param record the host's record
     * @param title what a person would call it
     * @param revision the host's revision of it that was looked at
     * @param step what would be done
     * @param remote the PSA's record; null when it is to be made
     * @param overwritten the PSA's values that would be replaced or cleared, before and after; empty when none would
     */
    public record Covered(
            LocalRef record,
            String title,
            Revision revision,
            Step step,
            @Nullable RemoteRef remote,
            List<Event.Change> overwritten) {
        public Covered {
            requireNonNull(record, "record");
            requireNonNull(title, "title");
            requireNonNull(revision, "revision");
            requireNonNull(step, "step");
            overwritten = List.copyOf(overwritten);
        }
    }

    public OneTimePushPreview {
        requireNonNull(id, "id");
        requireNonNull(integration, "integration");
        requireNonNull(madeAt, "madeAt");
        kinds = Map.copyOf(kinds);
        records = List.copyOf(records);
        requireNonNull(message, "message");
    }

    /** Returns what would become of the local records of a kind. */
    public Counts kind(AssetKind kind) {
        return kinds.getOrDefault(kind, new Counts(0, 0, 0, 0, 0, Map.of()));
    }

    /** Returns how many values of the PSA would be replaced. */
    public long overwritten() {
        return records.stream().mapToLong(each -> each.overwritten().size()).sum();
    }

    /**
     * Returns how long the requests take at least.
     *
     * @param requestsPerHour how many the engine may make in an hour; at least 1
     */
    public Duration time(long requestsPerHour) {
        if (requestsPerHour < 1) {
            throw new IllegalArgumentException("At least one request an hour is needed: " + requestsPerHour);
        }
        return Duration.ofSeconds((long) Math.ceil(requests * 3600.0 / requestsPerHour));
    }

    /**
     * Returns the preview as a text that can be stored, in any place, and read by {@link #parse}: so a push that a process
     * did not confirm to its end is confirmed to its end by another one.
     */
    public String toText() {
        return OneTimePushText.of(this);
    }

    /**
     * Returns the preview that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is no preview, one of another version, not whole, or was changed
     */
    public static OneTimePushPreview parse(String text) {
        return OneTimePushText.parse(requireNonNull(text, "text"));
    }

    /** Returns the counts as a person reads them, a line for each kind. */
    public String print() {
        StringBuilder text = new StringBuilder();
        if (!message.isEmpty()) {
            text.append("The preview is not complete: ").append(message).append('\n');
        }
        new TreeMap<>(kinds)
                .forEach((kind, counts) -> text.append(String.format(
                        Locale.ROOT,
                        "  %-13s create %d, link %d, update %d, in doubt %d, unchanged %d%s%n",
                        kind.name().toLowerCase(Locale.ROOT),
                        counts.creates(),
                        counts.links(),
                        counts.updates(),
                        counts.doubts(),
                        counts.unchanged(),
                        counts.skipped().isEmpty() ? "" : ", skipped " + new TreeMap<>(counts.skipped()))));
        return text.append("  values of the PSA that would be replaced: ")
                .append(overwritten())
                .append("; requests: about ")
                .append(requests)
                .append('\n')
                .toString();
    }
}
