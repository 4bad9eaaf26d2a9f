package org.psasync.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.spi.RemoteCursor;

/**
 * How far the runs of an integration have come. Changed by runs only.
 *
 * @param version counts the changes; 0 before the first is stored
 * @param kinds how far each kind was read; a kind that was never read has no entry
 * @param feedMark where the host's change feed goes on; null at the start
 * @param settingsSeen the settings' version for which every pair was marked to be decided
 * @param checks how many full checks were begun
 * @param lastCheck when the last full check ended; null before the first
 * @param checkRights the rights seen at the last full check; null before the first (STATE-10)
 * @param firstRunEnded when the first run completed; null before. Earlier saves confirm nothing (PUSH-3)
 * @param lastRun the report of the last run; null before the first
 */
public record Progress(
        long version,
        Map<AssetKind, KindProgress> kinds,
        @Nullable String feedMark,
        long settingsSeen,
        long checks,
        @Nullable Instant lastCheck,
        @Nullable String checkRights,
        @Nullable Instant firstRunEnded,
        @Nullable RunReport lastRun) {

    /**
     * How far a kind was read.
     *
     * @param cursor where reading goes on
     * @param scope the scope it is read with, as a text; another scope begins anew
     * @param complete whether the kind was read to its end at least once
     * @param check where the listing of all ids goes on; null when none is under way
     * @param rotation for a kind that is listed per parent, the parent after which the next run goes on
     */
    public record KindProgress(
            RemoteCursor cursor,
            String scope,
            boolean complete,
            @Nullable RemoteCursor check,
            @Nullable String rotation) {
        /** Nothing was read. */
        public static final KindProgress NONE = new KindProgress(RemoteCursor.start(), "", false, null, null);

        /** Returns the same at another place. */
        public KindProgress at(RemoteCursor newCursor, boolean nowComplete) {
            return new KindProgress(newCursor, scope, complete || nowComplete, check, rotation);
        }

        /** Returns a beginning with another scope. */
        public static KindProgress startOf(String scope) {
            return new KindProgress(RemoteCursor.start(), scope, false, null, null);
        }

        /** Returns the same with the listing of ids at another place. */
        public KindProgress checkAt(@Nullable RemoteCursor newCheck) {
            return new KindProgress(cursor, scope, complete, newCheck, rotation);
        }

        /** Returns the same with the rotation at another place. */
        public KindProgress rotatedTo(@Nullable String newRotation) {
            return new KindProgress(cursor, scope, complete, check, newRotation);
        }
    }

    public Progress {
        kinds = Map.copyOf(kinds);
    }

    /** Returns the progress of an integration that never ran. */
    public static Progress none() {
        return new Progress(0, Map.of(), null, -1, 0, null, null, null, null);
    }

    /** Returns how far a kind was read. */
    public KindProgress kind(AssetKind kind) {
        return kinds.getOrDefault(kind, KindProgress.NONE);
    }

    /** Returns the same with another progress of a kind. */
    public Progress with(AssetKind kind, KindProgress newProgress) {
        Map<AssetKind, KindProgress> newKinds = new EnumMap<>(AssetKind.class);
        newKinds.putAll(kinds);
        newKinds.put(kind, newProgress);
        return new Progress(
                version, newKinds, feedMark, settingsSeen, checks, lastCheck, checkRights, firstRunEnded, lastRun);
    }

    /** Returns the same with the host's feed at another mark. */
    public Progress withFeedMark(@Nullable String newMark) {
        return new Progress(
                version, kinds, newMark, settingsSeen, checks, lastCheck, checkRights, firstRunEnded, lastRun);
    }

    /** Returns the same after every pair was marked because of these settings. */
    public Progress withSettingsSeen(long settingsVersion) {
        return new Progress(
                version, kinds, feedMark, settingsVersion, checks, lastCheck, checkRights, firstRunEnded, lastRun);
    }

    /** Returns the same with one more full check begun. */
    public Progress checkBegun() {
        return new Progress(
                version, kinds, feedMark, settingsSeen, checks + 1, lastCheck, checkRights, firstRunEnded, lastRun);
    }

    /** Returns the same after a full check. */
    public Progress checkEnded(Instant at, String rights) {
        return new Progress(version, kinds, feedMark, settingsSeen, checks, at, rights, firstRunEnded, lastRun);
    }

    /** Returns the same with no full check recorded, so that the next run makes one. */
    public Progress checkWanted() {
        return new Progress(version, kinds, feedMark, settingsSeen, checks, null, checkRights, firstRunEnded, lastRun);
    }

    /** Returns the same after a run. */
    public Progress ranUntil(RunReport report, @Nullable Instant completed) {
        Instant first = firstRunEnded == null ? completed : firstRunEnded;
        return new Progress(version, kinds, feedMark, settingsSeen, checks, lastCheck, checkRights, first, report);
    }

    /** Returns the same with another version; for stores. */
    public Progress versioned(long newVersion) {
        return new Progress(
                newVersion, kinds, feedMark, settingsSeen, checks, lastCheck, checkRights, firstRunEnded, lastRun);
    }
}
