package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;

/**
 * How far the runs of an integration have come. Changed by runs, and by whoever asks for a full check.
 *
 * @param version counts the changes; 0 before the first is stored
 * @param kinds how far each kind was read; a kind that was never read has no entry
 * @param feedMark where the host's change feed goes on; null at the start
 * @param settingsSeen the settings' version for which every pair was marked to be decided
 * @param checks the full checks so far
 * @param firstRunEnded when the first run completed; null before. Earlier saves confirm nothing (PUSH-3)
 * @param lastRun the report of the last run; null before the first
 * @param settingsDone the settings with which a run last came to its end; null before the first. What would not be done with
 *     these comes of what a manager saved since, and no brake counts it (BRAKE-2)
 * @param approved the ids of plans that were approved lately, each with the time when it was made (BRAKE-1)
 * @param unmapped the fields that settings took out of the mapping since all pairs were last marked, each with the version of
 *     the settings that last did so: they have no base any more, also if they are mapped again by now (FIELD-11)
 */
public record Progress(
        long version,
        Map<AssetKind, KindProgress> kinds,
        @Nullable String feedMark,
        long settingsSeen,
        Checks checks,
        @Nullable Instant firstRunEnded,
        @Nullable RunReport lastRun,
        @Nullable SyncSettings settingsDone,
        Map<String, Instant> approved,
        Map<Field<?>, Long> unmapped) {

    public Progress {
        kinds = Map.copyOf(kinds);
        approved = Map.copyOf(approved);
        unmapped = Map.copyOf(requireNonNull(unmapped, "unmapped"));
        requireNonNull(checks, "checks");
    }

    /** Returns the progress of an integration that never ran. */
    public static Progress none() {
        return new Progress(0, Map.of(), null, -1, Checks.NONE, null, null, null, Map.of(), Map.of());
    }

    /** Returns how far a kind was read. */
    public KindProgress kind(AssetKind kind) {
        return kinds.getOrDefault(kind, KindProgress.NONE);
    }

    /** Returns the kinds that the PSA refused to show when last asked. */
    public Set<AssetKind> forbidden() {
        return kindsThat(KindProgress::forbidden);
    }

    /** Returns the kinds that were not read to their end yet. */
    public Set<AssetKind> unlisted() {
        return kindsThat(kind -> !kind.complete());
    }

    private Set<AssetKind> kindsThat(Predicate<KindProgress> question) {
        Set<AssetKind> result = EnumSet.noneOf(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            if (question.test(kind(kind))) {
                result.add(kind);
            }
        }
        return result;
    }

    /** Returns the same with another progress of a kind. */
    public Progress with(AssetKind kind, KindProgress newProgress) {
        Map<AssetKind, KindProgress> newKinds = new EnumMap<>(AssetKind.class);
        newKinds.putAll(kinds);
        newKinds.put(kind, newProgress);
        return new Progress(
                version,
                newKinds,
                feedMark,
                settingsSeen,
                checks,
                firstRunEnded,
                lastRun,
                settingsDone,
                approved,
                unmapped);
    }

    /** Returns the same with the host's feed at another mark. */
    public Progress withFeedMark(@Nullable String newMark) {
        return new Progress(
                version,
                kinds,
                newMark,
                settingsSeen,
                checks,
                firstRunEnded,
                lastRun,
                settingsDone,
                approved,
                unmapped);
    }

    /** Returns the same after every pair was marked because of these settings. */
    public Progress withSettingsSeen(long settingsVersion) {
        Map<Field<?>, Long> left = new HashMap<>(unmapped);
        left.values().removeIf(version -> version <= settingsVersion);
        return new Progress(
                version,
                kinds,
                feedMark,
                settingsVersion,
                checks,
                firstRunEnded,
                lastRun,
                settingsDone,
                approved,
                left);
    }

    /** Returns the same after settings of that version took fields out of the mapping. */
    public Progress withUnmapped(Set<Field<?>> fields, long settingsVersion) {
        Map<Field<?>, Long> all = new HashMap<>(unmapped);
        fields.forEach(field -> all.put(field, settingsVersion));
        return new Progress(
                version, kinds, feedMark, settingsSeen, checks, firstRunEnded, lastRun, settingsDone, approved, all);
    }

    /** Returns the fields that settings up to that version took out of the mapping since all pairs were last marked. */
    public Set<Field<?>> unmappedUntil(long settingsVersion) {
        Set<Field<?>> fields = new HashSet<>();
        unmapped.forEach((field, version) -> {
            if (version <= settingsVersion) {
                fields.add(field);
            }
        });
        return fields;
    }

    /** Returns the same with the full checks elsewhere. */
    public Progress with(Checks newChecks) {
        return new Progress(
                version,
                kinds,
                feedMark,
                settingsSeen,
                newChecks,
                firstRunEnded,
                lastRun,
                settingsDone,
                approved,
                unmapped);
    }

    /** Returns the same with a full check wanted in the next run. */
    public Progress checkWanted() {
        return with(checks.want());
    }

    /** Returns the same after a run. */
    public Progress ranUntil(RunReport report, @Nullable Instant completed) {
        Instant first = firstRunEnded == null ? completed : firstRunEnded;
        return new Progress(
                version, kinds, feedMark, settingsSeen, checks, first, report, settingsDone, approved, unmapped);
    }

    /** Returns the same after a run with these settings did all there was to do. */
    public Progress withSettingsDone(SyncSettings settings) {
        return new Progress(
                version, kinds, feedMark, settingsSeen, checks, firstRunEnded, lastRun, settings, approved, unmapped);
    }

    /** Returns the same after a plan was approved; those made before a time, which cannot be any more, are forgotten. */
    public Progress withApproved(String plan, Instant madeAt, Instant oldest) {
        Map<String, Instant> now = new HashMap<>(approved);
        now.values().removeIf(made -> made.isBefore(oldest));
        now.put(plan, madeAt);
        return new Progress(
                version, kinds, feedMark, settingsSeen, checks, firstRunEnded, lastRun, settingsDone, now, unmapped);
    }

    /** Returns the same with another version; for stores. */
    public Progress versioned(long newVersion) {
        return new Progress(
                newVersion,
                kinds,
                feedMark,
                settingsSeen,
                checks,
                firstRunEnded,
                lastRun,
                settingsDone,
                approved,
                unmapped);
    }
}
