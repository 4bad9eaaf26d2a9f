package org.psasync.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;

/** One turn of one integration, without the scheduler's lock: a look whether a run is to begin, and a slice of it. */
final class Work {
    private final Lane lane;
    private final Lane.Turn turn;
    private final InstantSource clock;
    private final Duration slice;

    Work(Lane lane, Lane.Turn turn, InstantSource clock, Duration slice) {
        this.lane = lane;
        this.turn = turn;
        this.clock = clock;
        this.slice = slice;
    }

    /** Returns what it came to, to be told to the lane. */
    Runnable go() {
        SyncEngine engine = lane.engine;
        if (turn.run() != null) {
            return step(turn.run());
        }
        if (turn.asker() != null) {
            return step(engine.as(turn.asker()).begin());
        }
        IntegrationStatus status = engine.status();
        Duration interval = engine.settings().schedule().interval();
        Instant now = clock.instant();
        if (status.status() == Status.SYNCING) {
            return () -> lane.elsewhere(turn, now);
        }
        if (!status.mayRun()) {
            return () -> lane.idle(turn, now.plus(interval), interval);
        }
        RunReport last = status.lastRun();
        Instant regular = last == null ? now : Timetable.next(last, interval, 0);
        boolean due = turn.wanted() || status.runWanted() || !regular.isAfter(now);
        return due ? step(engine.begin()) : () -> lane.idle(turn, regular, interval); // another node was quicker
    }

    private Runnable step(OngoingRun run) {
        Optional<Instant> next = run.step(slice);
        if (next.isPresent()) {
            Instant when = next.get();
            return () -> lane.pauses(run, when);
        }
        RunReport report = run.report().orElseThrow();
        Instant now = clock.instant();
        if (report.status() == Status.SYNCING) {
            return () -> lane.elsewhere(turn, now);
        }
        Duration interval = lane.engine.settings().schedule().interval();
        Instant dueAt = lane.engine.status().dueAt();
        return () -> lane.ended(report, interval, dueAt);
    }
}
