package org.psasync.engine.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.EventListener;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;

/**
 * One integration in a scheduler: what it is to do next, and when. Guarded by the scheduler's lock, but for what never
 * changes; the lane itself calls nothing that takes long.
 */
final class Lane {
    /** Above so many hints before a run, hints are not stored one by one; the run finds what they tell (PSA-ALL-3). */
    static final int MOST_HINTS = 100;

    /** Who goes first among those whose time has come. */
    enum Rank {
        /** A person asked for it. */
        MANUAL,
        /** Somebody changed something that waits for a run. */
        CHANGED,
        /** It is time, or a run goes on. */
        ROUTINE
    }

    final SyncEngine engine;
    final Saves saves;
    final long number;
    private @Nullable EventListener ear;
    private Duration interval;
    private boolean removed;
    private boolean busy;
    private @Nullable OngoingRun run;
    private Instant goOnAt = Instant.MIN;
    private @Nullable Actor asker;
    private @Nullable Instant changedAt;
    private @Nullable Instant hintsFrom;
    private @Nullable Instant hintedAt;
    private int hints;
    private Instant scheduledAt;
    private @Nullable Instant wantedAt;
    private boolean wasEarly;
    private int early;
    private Instant notBefore = Instant.MIN;
    private @Nullable Instant lastStart;
    private @Nullable Instant begunAt;
    private String removedBecause = "";
    private int failures;

    /** The place among those that wait or are ready. */
    @Nullable
    Place place;

    /**
     * A place in a queue.
     *
     * @param at when it is time
     * @param rank who goes first then
     * @param number who goes first among equals
     */
    record Place(Instant at, Rank rank, long number) {}

    Lane(SyncEngine engine, int mostPushes, long number, Duration interval, Instant scheduledAt) {
        this.engine = engine;
        this.saves = new Saves(mostPushes);
        this.number = number;
        this.interval = interval;
        this.scheduledAt = scheduledAt;
    }

    void listening(EventListener listener) {
        ear = listener;
    }

    EventListener ear() {
        return requireNonNull(ear, "ear");
    }

    // What it is told ------------------------------------------------------------------------------------------------

    /** A person wants a run at once; several wishes before it begins are one. */
    void ask(Actor actor) {
        asker = actor;
        notBefore = Instant.MIN;
    }

    /** Something was changed that a run must take into account. */
    void changed(Instant now) {
        changedAt = changedAt == null ? now : changedAt;
        notBefore = Instant.MIN;
    }

    /** Something is to be tried again then (PUSH-13). */
    void due(Instant when) {
        Instant at = Timetable.early(when, lastStart, early);
        wantedAt = wantedAt == null || at.isBefore(wantedAt) ? at : wantedAt;
    }

    boolean storesHints() {
        return hints < MOST_HINTS;
    }

    void hinted(Instant now) {
        hints++;
        Instant from = hintsFrom == null ? now : hintsFrom;
        hintsFrom = from;
        hintedAt = Timetable.hinted(from, now, lastStart);
    }

    /** A run that pauses hears at once that it was cancelled; one that did not begin is not wanted any more. */
    void cancelled(Instant now) {
        goOnAt = goOnAt.isAfter(now) ? now : goOnAt;
        asker = null;
    }

    // What it wants --------------------------------------------------------------------------------------------------

    /** Returns when there is something to do; null while it is being done. */
    @Nullable
    Instant dueAt() {
        if (busy || removed) {
            return null;
        }
        if (run != null) {
            return goOnAt;
        }
        Instant wanted = asker == null ? scheduledAt : Instant.MIN;
        wanted = earlier(earlier(earlier(wanted, changedAt), hintedAt), wantedAt);
        return wanted.isBefore(notBefore) ? notBefore : wanted;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    Rank rank() {
        if (run != null) {
            return Rank.ROUTINE; // it was at the head of the queue once; from then on all take turns
        }
        if (asker != null) {
            return Rank.MANUAL;
        }
        return changedAt == null ? Rank.ROUTINE : Rank.CHANGED;
    }

    /** Returns when its next run begins, as far as is known. */
    Instant nextRun(Instant now) {
        Instant due = dueAt();
        if (due == null || run != null) {
            due = begunAt == null ? scheduledAt : begunAt.plus(interval);
        }
        return due.isBefore(now) ? now : due;
    }

    /** Returns whether a run has begun and not ended. */
    boolean isOngoing() {
        return run != null || busy;
    }

    boolean isRemoved() {
        return removed;
    }

    // What is done with it -------------------------------------------------------------------------------------------

    /**
     * What a lane was to do when its turn came.
     *
     * @param at when it began
     * @param run the run to go on with; null when none was begun
     * @param asker who wants a run; null when nobody does
     * @param wanted whether a run is wanted whatever the schedule says
     * @param hintedAt when hints that came so far want a run; null when none came
     */
    record Turn(
            Instant at,
            @Nullable OngoingRun run,
            @Nullable Actor asker,
            boolean wanted,
            @Nullable Instant hintedAt) {}

    /** Takes all that it is to do now. What comes from now on is done afterwards. */
    Turn begin(Instant now) {
        busy = true;
        if (run != null) {
            return new Turn(now, run, null, false, null);
        }
        begunAt = now;
        boolean hinting = hintedAt != null && !hintedAt.isAfter(now);
        boolean due = wantedAt != null && !wantedAt.isAfter(now);
        wasEarly = due && scheduledAt.isAfter(now);
        wantedAt = due ? null : wantedAt;
        Turn turn = new Turn(now, null, asker, asker != null || changedAt != null || hinting || due, hintedAt);
        asker = null;
        changedAt = null;
        forgetHints();
        return turn;
    }

    private void forgetHints() {
        hintsFrom = null;
        hintedAt = null;
        hints = 0;
    }

    /** The run pauses and goes on later. */
    void pauses(OngoingRun ongoing, Instant when) {
        busy = false;
        run = ongoing;
        goOnAt = when;
    }

    /**
     * A run has ended.
     *
     * @param dueAt when the next one is wanted whatever the interval; null for no such time
     */
    void ended(RunReport report, Duration newInterval, @Nullable Instant dueAt) {
        busy = false;
        run = null;
        interval = newInterval;
        lastStart = report.started();
        failures = report.status() == Status.ERROR ? failures + 1 : 0;
        scheduledAt = Timetable.next(report, interval, failures);
        early = dueAt == null ? 0 : wasEarly ? early + 1 : early;
        wasEarly = false;
        wantedAt = null;
        if (dueAt != null && failures == 0) {
            due(dueAt);
        }
    }

    /** Another node runs the integration; what was wanted is looked at again. */
    void elsewhere(Turn turn, Instant now) {
        takeBack(turn, now);
        scheduledAt = scheduledAt.isBefore(notBefore) ? notBefore : scheduledAt;
    }

    /** No run was to begin now. */
    void idle(Turn turn, Instant next, Duration newInterval) {
        busy = false;
        run = null;
        interval = newInterval;
        scheduledAt = next;
        boolean stillToCome = turn.hintedAt() != null && !turn.at().isAfter(turn.hintedAt());
        hintedAt = hintedAt == null && stillToCome ? turn.hintedAt() : hintedAt;
    }

    /** Something went wrong that no report tells; what was wanted is tried again. */
    void failed(Turn turn, Instant now) {
        takeBack(turn, now);
        failures++;
        scheduledAt = now.plus(Timetable.pause(interval, failures));
    }

    private void takeBack(Turn turn, Instant now) {
        busy = false;
        run = null;
        asker = asker == null ? turn.asker() : asker;
        changedAt = turn.wanted() && changedAt == null ? now : changedAt;
        hintedAt = hintedAt == null ? turn.hintedAt() : hintedAt;
        notBefore = now.plus(Timetable.ELSEWHERE);
    }

    /** Returns why it was removed; empty while it was not. */
    String removedBecause() {
        return removedBecause;
    }

    /** Ends all; returns the run that pauses, if one does. */
    @Nullable
    OngoingRun remove(String why) {
        removed = true;
        removedBecause = removedBecause.isEmpty() ? why : removedBecause;
        OngoingRun ongoing = busy ? null : run;
        run = null;
        return ongoing;
    }
}
