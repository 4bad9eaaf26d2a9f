package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.schedule.Timetable;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;

/** What a node does for an integration that it picked up: a look whether a run is to begin, and the run, in slices. */
final class Turn {
    private static final String FOR_OTHERS = "Others waited for their turn; the run goes on after them.";

    private final Lane begun;
    private final SyncEngine engine;
    private final IntegrationState state;
    private final Room room;
    private final Ending ending;
    private final InstantSource clock;
    private final Duration slice;

    Turn(
            Lane begun,
            SyncEngine engine,
            IntegrationState state,
            Room room,
            Ending ending,
            InstantSource clock,
            Duration slice) {
        this.begun = begun;
        this.engine = engine;
        this.state = state;
        this.room = room;
        this.ending = ending;
        this.clock = clock;
        this.slice = slice;
    }

    /** Returns what it came to, to be told to the lane. */
    UnaryOperator<Lane> go() throws InterruptedException {
        if (begun.asked() != null) {
            return run(engine.as(begun.asked().actor()).begin());
        }
        IntegrationStatus status = engine.status();
        Duration interval = engine.settings().schedule().interval();
        Instant now = clock.instant();
        if (status.status() == Status.SYNCING) {
            return elsewhere();
        }
        if (!status.mayRun()) {
            return lane -> lane.idle(begun, now, now.plus(interval), interval);
        }
        boolean due = begun.wanted(now)
                || status.runWanted()
                || !begun.scheduledAt().isAfter(now) && !isDoneOutside(status.lastRun());
        if (due) {
            return run(engine.begin());
        }
        RunReport last = status.lastRun();
        Instant next = last == null ? begun.scheduledAt() : Timetable.next(last, interval, begun.failures());
        return lane -> lane.idle(begun, now, next, interval);
    }

    /** The host may call a run itself; what that did need not be done again. */
    private boolean isDoneOutside(@Nullable RunReport last) {
        Instant start = begun.lastStart();
        return last != null && start != null && last.started().isAfter(start.plusMillis(1)) && regular(last);
    }

    private boolean regular(RunReport last) {
        return Timetable.next(last, begun.interval(), begun.failures()).isAfter(clock.instant());
    }

    /** Whoever runs it holds the lease; when it ends without being renewed, its node is dead. */
    private UnaryOperator<Lane> elsewhere() {
        Instant now = clock.instant();
        Instant latest = now.plus(Timetable.ELSEWHERE);
        Instant free = state.running(now).map(Lease::until).orElse(now);
        Instant again = free.isAfter(latest) ? latest : free.plusMillis(1);
        return lane -> lane.elsewhere(again);
    }

    private UnaryOperator<Lane> run(OngoingRun run) throws InterruptedException {
        try (run) {
            Instant since = clock.instant();
            while (true) {
                Optional<Instant> next;
                room.awaitTurn();
                try {
                    next = run.step(slice);
                } finally {
                    room.endTurn();
                }
                if (next.isEmpty()) {
                    return ended(run.report().orElseThrow());
                }
                if (ending.hasBegun()) {
                    return stopped(run, ending.why(), false);
                }
                if (room.isWantedByOthers(begun.rank(), since, begun.madeRoom())) {
                    return stopped(run, FOR_OTHERS, true);
                }
                pause(next.get());
            }
        }
    }

    private UnaryOperator<Lane> ended(RunReport report) {
        if (report.status() == Status.SYNCING) {
            return elsewhere();
        }
        Instant soon = clock.instant().plus(Timetable.ELSEWHERE);
        RunReport kept = state.progress().lastRun();
        if (report.status() == Status.ERROR && (kept == null || !kept.id().equals(report.id()))) {
            return lane -> lane.elsewhere(soon); // the store failed: that says nothing about the integration
        }
        Duration interval = engine.settings().schedule().interval();
        Instant dueAt = engine.status().dueAt();
        return lane -> lane.ended(begun, report, interval, dueAt);
    }

    private UnaryOperator<Lane> stopped(OngoingRun run, String why, boolean forOthers) {
        Instant started = run.stop(why).started();
        Instant now = clock.instant();
        return lane -> lane.goesOn(begun, started, now, forOthers);
    }

    /** Waits as long as the PSA wants it; not when the run was cancelled, or is to end here. */
    private void pause(Instant until) throws InterruptedException {
        while (clock.instant().isBefore(until) && !ending.hasBegun()) {
            Duration left = Duration.between(clock.instant(), until);
            ending.await(left.compareTo(Holdings.BEAT) < 0 ? left : Holdings.BEAT);
            if (state.running(clock.instant())
                    .filter(lease -> lease.cancelledBy() != null)
                    .isPresent()) {
                return;
            }
        }
    }
}
