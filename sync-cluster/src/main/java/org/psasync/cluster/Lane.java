package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.schedule.Timetable;

/**
 * One integration in the schedule of all nodes: what it is to do next, and when. Immutable. What was wanted is kept until a
 * run that took it into account has ended, so that a node which dies takes no wish with it.
 *
 * @param integration its name
 * @param scheduledAt when the next run by the schedule begins
 * @param interval from one run to the next, as it was last seen in the settings
 * @param notBefore nothing begins earlier; null when there is no such time
 * @param asked who wants a run at once; null when nobody does
 * @param changedAt since when something waits that a run must take into account; null when nothing does
 * @param hints how many hints came, from when on, and when they want a run; null when none came
 * @param early the run that is wanted before its time
 * @param lastStart when the last run began; null before the first
 * @param failures how many runs in a row ended in an error
 * @param madeRoom how often in a row a run of it made room for others
 */
record Lane(
        String integration,
        Instant scheduledAt,
        Duration interval,
        @Nullable Instant notBefore,
        @Nullable Asked asked,
        @Nullable Instant changedAt,
        @Nullable Hints hints,
        Early early,
        @Nullable Instant lastStart,
        int failures,
        int madeRoom) {
    /** A wish of a person. */
    record Asked(Actor actor, Instant at) {}

    /** Hints of the PSA that wait for a run. */
    record Hints(int count, Instant from, Instant at) {}

    /**
     * A run before its time, because something is to be tried again then, or a pause of the PSA is over (PUSH-13).
     *
     * @param at when; null when none is wanted
     * @param inARow how many runs in a row began early
     */
    record Early(@Nullable Instant at, int inARow) {
        static final Early NONE = new Early(null, 0);

        boolean isDue(Instant now) {
            return at != null && !at.isAfter(now);
        }
    }

    /** Who goes first among those whose time has come. */
    enum Rank {
        /** It is time, or a run goes on. */
        ROUTINE(10),
        /** Somebody changed something that waits for a run. */
        CHANGED(20),
        /** A person asked for it. */
        MANUAL(30);

        /** The priority of its task; more goes first. */
        final int priority;

        Rank(int priority) {
            this.priority = priority;
        }
    }

    static Lane added(String integration, Instant scheduledAt, Duration interval) {
        return new Lane(integration, scheduledAt, interval, null, null, null, null, Early.NONE, null, 0, 0);
    }

    // What it wants --------------------------------------------------------------------------------------------------

    Instant dueAt() {
        Instant due = asked == null ? scheduledAt : earlier(scheduledAt, asked.at());
        due = earlier(due, changedAt);
        due = hints == null ? due : earlier(due, hints.at());
        due = earlier(due, early.at());
        return notBefore != null && due.isBefore(notBefore) ? notBefore : due;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    Rank rank() {
        if (asked != null) {
            return Rank.MANUAL;
        }
        return changedAt == null ? Rank.ROUTINE : Rank.CHANGED;
    }

    /** Returns whether a run is wanted now, whatever the schedule says. */
    boolean wanted(Instant now) {
        return asked != null
                || changedAt != null
                || hints != null && !hints.at().isAfter(now)
                || early.isDue(now);
    }

    // What it is told ------------------------------------------------------------------------------------------------

    /** A person wants a run at once; several wishes before it begins are one. */
    Lane askedBy(Actor actor, Instant now) {
        return with(scheduledAt, null, new Asked(actor, now), changedAt, hints);
    }

    Lane changed(Instant now) {
        return with(scheduledAt, null, asked, now, hints);
    }

    Lane hinted(int more, Instant now) {
        Instant from = hints == null ? now : hints.from();
        int count = more + (hints == null ? 0 : hints.count());
        return with(
                scheduledAt,
                notBefore,
                asked,
                changedAt,
                new Hints(count, from, Timetable.hinted(from, now, lastStart)));
    }

    /** Something is to be tried again then. */
    Lane due(Instant when) {
        Instant at = Timetable.early(when, lastStart, early.inARow());
        return with(new Early(earlier(at, early.at()), early.inARow()));
    }

    private Lane with(Early newEarly) {
        return new Lane(
                integration,
                scheduledAt,
                interval,
                notBefore,
                asked,
                changedAt,
                hints,
                newEarly,
                lastStart,
                failures,
                madeRoom);
    }

    /** A run that a person asked for and that did not begin is not wanted any more. */
    Lane cancelled() {
        return with(scheduledAt, notBefore, null, changedAt, hints);
    }

    // What became of it ----------------------------------------------------------------------------------------------

    /**
     * A run has ended; what it took into account is done with, what came meanwhile is not. After a first error it is tried
     * again soon: the nodes' database may have been away.
     *
     * @param dueAt when the next one is wanted whatever the interval; null for no such time
     */
    Lane ended(Lane begun, RunReport report, Duration newInterval, @Nullable Instant dueAt) {
        int errors = report.status() == Status.ERROR ? failures + 1 : 0;
        Instant regular = Timetable.next(report, newInterval, errors);
        boolean wasEarly = begun.early.isDue(report.started()) && begun.scheduledAt.isAfter(report.started());
        int inARow = dueAt == null ? 0 : early.inARow() + (wasEarly ? 1 : 0);
        Lane ended = new Lane(
                        integration,
                        errors == 1 ? earlier(regular, report.ended().plus(Timetable.ELSEWHERE)) : regular,
                        newInterval,
                        null,
                        asked,
                        changedAt,
                        hints,
                        new Early(null, inARow),
                        report.started(),
                        errors,
                        0)
                .without(begun);
        return dueAt == null || errors > 0 ? ended : ended.due(dueAt);
    }

    /** A run stopped before its end, and goes on as soon as others had their turn. */
    Lane goesOn(Lane begun, Instant started, Instant now, boolean forOthers) {
        return new Lane(
                        integration,
                        now,
                        interval,
                        null,
                        asked,
                        changedAt,
                        hints,
                        early,
                        started,
                        failures,
                        forOthers ? madeRoom + 1 : madeRoom)
                .without(begun);
    }

    private Lane without(Lane begun) {
        boolean sameHints = Objects.equals(hints, begun.hints);
        return with(
                scheduledAt,
                notBefore,
                Objects.equals(asked, begun.asked) ? null : asked,
                Objects.equals(changedAt, begun.changedAt) ? null : changedAt,
                sameHints || hints == null ? null : new Hints(0, hints.from(), hints.at()));
    }

    /** Somebody else runs the integration; what was wanted is looked at again. */
    Lane elsewhere(Instant again) {
        return with(scheduledAt.isBefore(again) ? again : scheduledAt, again, asked, changedAt, hints);
    }

    /** No run was to begin now. Hints whose time has come stay noted with their records, for the next run. */
    Lane idle(Lane begun, Instant now, Instant next, Duration newInterval) {
        boolean later = hints != null && hints.at().isAfter(now);
        return new Lane(
                integration,
                next,
                newInterval,
                null,
                Objects.equals(asked, begun.asked) ? null : asked,
                Objects.equals(changedAt, begun.changedAt) ? null : changedAt,
                later ? hints : null,
                early.isDue(now) ? new Early(null, early.inARow()) : early,
                lastStart,
                failures,
                madeRoom);
    }

    /** Something went wrong that no report tells; it is tried again soon, and then with growing pauses. */
    Lane failed(Instant now) {
        int errors = failures + 1;
        Instant soon = now.plus(Timetable.ELSEWHERE);
        Duration pause = Timetable.pause(Timetable.ELSEWHERE, errors);
        Duration longest = Timetable.pause(interval, errors);
        return new Lane(
                integration,
                now.plus(pause.compareTo(longest) < 0 ? pause : longest),
                interval,
                soon,
                asked,
                changedAt,
                hints,
                early,
                lastStart,
                errors,
                madeRoom);
    }

    private Lane with(
            Instant newTime,
            @Nullable Instant newNotBefore,
            @Nullable Asked newAsked,
            @Nullable Instant newChangedAt,
            @Nullable Hints newHints) {
        return new Lane(
                integration,
                newTime,
                interval,
                newNotBefore,
                newAsked,
                newChangedAt,
                newHints,
                early,
                lastStart,
                failures,
                madeRoom);
    }
}
