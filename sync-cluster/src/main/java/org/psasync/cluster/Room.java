package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.psasync.cluster.Lane.Rank;

/**
 * The places for runs on one node. So many runs go on there, fewer of them at a time, which take turns; and when all places
 * are taken and others wait, one that has gone on for long makes room. Safe for use by several threads.
 */
final class Room {
    /** A run that has gone on for so long makes room, or twice as long after each time that it did. */
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Whoever waits for less is about to be picked up. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_DOUBLINGS = 8;

    private final LaneTable lanes;
    private final InstantSource clock;
    private final int places;
    private final Semaphore turns;
    private int taken;
    private Instant askedAt = Instant.MIN;

    Room(LaneTable lanes, InstantSource clock, int places, int workers) {
        this.lanes = lanes;
        this.clock = clock;
        this.places = places;
        this.turns = new Semaphore(workers, true);
    }

    synchronized void enter() {
        taken++;
    }

    synchronized void leave() {
        taken--;
    }

    synchronized boolean isEmpty() {
        return taken == 0;
    }

    void awaitTurn() throws InterruptedException {
        turns.acquire();
    }

    void endTurn() {
        turns.release();
    }

    /** Returns whether a run should stop here, so that others get its place; only one is told so at a time. */
    boolean isWantedByOthers(Rank rank, Instant since, int madeRoom) {
        Instant now = clock.instant();
        synchronized (this) {
            if (taken < places || now.isBefore(askedAt.plus(PATIENCE))) {
                return false;
            }
            askedAt = now;
        }
        Optional<Rank> waiting = lanes.waiting(now.minus(PATIENCE));
        Duration share = LONG.multipliedBy(1L << Math.min(madeRoom, MOST_DOUBLINGS));
        return waiting.filter(each -> each == Rank.MANUAL && rank != Rank.MANUAL
                        || Duration.between(since, now).compareTo(share) >= 0)
                .isPresent();
    }
}
