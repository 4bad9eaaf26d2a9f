package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.psasync.engine.text.SettingsPreviewText;
import org.psasync.model.AssetKind;

/**
 * What a change of settings would do, before it is saved (SET-1); made by {@link Managing#preview} and saved, once and
 * within an hour, by {@link Managing#save}. A value: it can be kept ({@link #toText}), and saved by another process that works
 * on the same memory.
 *
 * @param integration the integration it is about
 * @param settingsVersion counts the changes of its settings before this one; any other change makes the preview stale
 * @param madeAt when it was made
 * @param settings the settings as they would be
 * @param changes what differs, in words; empty when nothing does
 * @param kinds what happens to the records that are known; kinds that are not concerned have no entry
 * @param firstRun how long the run takes that follows
 * @param advice which of the settings contradict each other or have no effect, as sentences that never block; empty when
 *     none do. A preview of no change tells it of the settings of now
 * @param confirmations why the change needs a second yes, as sentences; empty when it needs none
 */
public record SettingsPreview(
        String integration,
        long settingsVersion,
        Instant madeAt,
        SyncSettings settings,
        String changes,
        Map<AssetKind, KindEffect> kinds,
        FirstRun firstRun,
        List<String> advice,
        List<String> confirmations) {

    /**
     * What happens to the records of one kind at the next run.
     *
     * @param links how many are linked
     * @param pulled how many records of the PSA come in; linked with a local one, or made
     * @param orphaned how many links leave the sync, those below an organization that leaves included
     * @param returning how many orphans come back
     * @param overwritten how many linked local records lose values to the PSA at most, local changes included that it
     *     would not get any more; whether both sides hold the same is seen by the run only
     */
    public record KindEffect(long links, long pulled, long orphaned, long returning, long overwritten) {
        /** Nothing happens. */
        public static final KindEffect NONE = new KindEffect(0, 0, 0, 0, 0);
    }

    /**
     * How long the run takes that follows (RUN-7).
     *
     * @param requests about how many requests to the PSA it makes; empty when not known
     * @param time about how long they take; empty when not known
     * @param text the same as sentences, with what is not known and why
     */
    public record FirstRun(OptionalLong requests, Optional<Duration> time, String text) {
        public FirstRun {
            requireNonNull(requests, "requests");
            requireNonNull(time, "time");
            requireNonNull(text, "text");
        }
    }

    public SettingsPreview {
        requireNonNull(integration, "integration");
        requireNonNull(madeAt, "madeAt");
        requireNonNull(settings, "settings");
        requireNonNull(changes, "changes");
        kinds = Map.copyOf(kinds);
        requireNonNull(firstRun, "firstRun");
        advice = List.copyOf(advice);
        confirmations = List.copyOf(confirmations);
    }

    /** Returns whether {@link Managing#configure} refuses the change until it is saved as a preview. */
    public boolean needsConfirmation() {
        return !confirmations.isEmpty();
    }

    /** Returns what happens to the records of a kind. */
    public KindEffect kind(AssetKind kind) {
        return kinds.getOrDefault(kind, KindEffect.NONE);
    }

    /**
     * Returns the preview as a text that can be stored, in any place, and read by {@link #parse}: so a page that shows it and
     * one that saves it may be served by different processes.
     */
    public String toText() {
        return SettingsPreviewText.of(this);
    }

    /**
     * Returns the preview that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is no preview, one of another version, not whole, or was changed
     */
    public static SettingsPreview parse(String text) {
        return SettingsPreviewText.parse(requireNonNull(text, "text"));
    }

    /** Returns the preview as a person reads it, several lines. */
    public String print() {
        StringBuilder text = new StringBuilder(changes.isEmpty() ? "Nothing changes." : changes).append('\n');
        for (AssetKind kind : AssetKind.values()) {
            KindEffect effect = kinds.get(kind);
            if (effect != null) {
                text.append("  ")
                        .append(PsaNames.word(kind))
                        .append("s: ")
                        .append(effect.pulled())
                        .append(" pulled, ")
                        .append(effect.orphaned())
                        .append(" orphaned, ")
                        .append(effect.returning())
                        .append(" returning, at most ")
                        .append(effect.overwritten())
                        .append(" overwritten, of ")
                        .append(effect.links())
                        .append(" links\n");
            }
        }
        text.append("  ").append(firstRun.text()).append('\n');
        advice.forEach(each -> text.append("  ? ").append(each).append('\n'));
        confirmations.forEach(each -> text.append("  ! ").append(each).append('\n'));
        return text.toString();
    }
}
