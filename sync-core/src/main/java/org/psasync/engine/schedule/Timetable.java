package org.psasync.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;

/**
 * When runs are to begin; for schedulers. Pure: the same question has the same answer. Safe for use by several threads.
 */
public final class Timetable {
    /** Hints wait until none came for so long. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** Hints wait no longer than that, and their runs are so far apart. */
    static final Duration BURST = Duration.ofSeconds(60);
    /** When another node runs an integration, it is looked at again after that. */
    public static final Duration ELSEWHERE = Duration.ofMinutes(1);

    private static final int MOST_DOUBLED = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private Timetable() {}

    /**
     * Returns when the first run of a scheduler begins: after the last run as ever, and when that time is past, within the
     * interval, where the name decides; so integrations that a restart left behind do not begin together.
     *
     * @param last the last run; null before the first
     */
    public static Instant first(String integration, @Nullable RunReport last, Duration interval, Instant now) {
        Instant next = last == null ? now : next(last, interval, 0);
        return next.isAfter(now) ? next : now.plus(offset(integration, interval));
    }

    /** Returns a place within the interval, the same each time for the same name. */
    static Duration offset(String integration, Duration interval) {
        long mixed = integration.hashCode() * 0x9E3779B97F4A7C15L;
        double share = (mixed >>> 11) / (double) (1L << 53);
        return Duration.ofMillis((long) (interval.toMillis() * share));
    }

    /**
     * Returns when the run after that one begins: one interval after its beginning, later when it or those before it went
     * wrong, and never before its end.
     *
     * @param failures how many runs in a row ended in an error; 0 for none
     */
    public static Instant next(RunReport last, Duration interval, int failures) {
        Instant next = last.started().plus(pause(interval, failures));
        return next.isBefore(last.ended()) ? last.ended() : next;
    }

    /**
     * Returns when a run begins that is wanted before its regular time: not too soon after the last run, and the later the more
     * runs in a row began early (PUSH-13).
     *
     * @param wantedAt when it is wanted
     * @param early how many runs in a row began early; 0 for none
     */
    public static Instant early(Instant wantedAt, @Nullable Instant lastStart, int early) {
        Instant soonest =
                lastStart == null ? wantedAt : lastStart.plus(BURST.multipliedBy(1L << Math.min(early, MOST_DOUBLED)));
        return wantedAt.isBefore(soonest) ? soonest : wantedAt;
    }

    /**
     * Returns when a run is to see to what a push left undone; null when nothing is left, or the regular run is soon enough.
     *
     * @param result what the push came to
     */
    public static @Nullable Instant again(PushResult result, Instant now) {
        if (!(result instanceof PushResult.Waiting waiting)) {
            return null;
        }
        // What the host does not show yet, it will show in a moment.
        return waiting.disposition() == Disposition.CHANGE_WAITING ? now : waiting.until();
    }

    /**
     * Returns the interval, doubled for each further failure in a row, up to a day.
     *
     * @param failures how many runs in a row ended in an error; 0 for none
     */
    public static Duration pause(Duration interval, int failures) {
        Duration pause = interval;
        for (int i = 1; i < failures && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        boolean tooLong = pause.compareTo(LONGEST_PAUSE) > 0 && interval.compareTo(LONGEST_PAUSE) < 0;
        return tooLong ? LONGEST_PAUSE : pause;
    }

    /**
     * Returns when the run for some hints begins: when no more come for a moment, but soon enough when they go on coming.
     *
     * @param first when the first of them came
     * @param now when the last one came
     * @param lastStart when the last run began; null before the first
     */
    public static Instant hinted(Instant first, Instant now, @Nullable Instant lastStart) {
        Instant quiet = now.plus(QUIET);
        Instant latest = first.plus(BURST);
        Instant at = quiet.isBefore(latest) ? quiet : latest;
        Instant earliest = lastStart == null ? at : lastStart.plus(BURST);
        return at.isBefore(earliest) ? earliest : at;
    }
}
