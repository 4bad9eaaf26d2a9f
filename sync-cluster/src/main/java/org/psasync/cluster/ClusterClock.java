package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.psasync.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's clock, as well as a node can tell it without asking each time, so that nodes whose own clocks differ by
 * minutes agree about the time. Safe for use by several threads.
 */
final class ClusterClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterClock.class);
    private static final Duration TOLERATED = Duration.ofSeconds(1);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(30);
    private static final int TRIES = 3;

    private final Db db;
    private final InstantSource own;
    private final InstantSource steady;
    private volatile Reading reading = new Reading(Duration.ZERO, Duration.ZERO);

    /**
     * What is to be added to the two clocks of this node.
     *
     * @param own to the machine's, which somebody may set
     * @param steady to one that nobody sets, but that may stand still while the machine sleeps
     */
    private record Reading(Duration own, Duration steady) {}

    ClusterClock(Db db, InstantSource own) {
        this(db, own, () -> Instant.EPOCH.plusNanos(System.nanoTime()));
    }

    ClusterClock(Db db, InstantSource own, InstantSource steady) {
        this.db = db;
        this.own = own;
        this.steady = steady;
    }

    /**
     * Asks the database for the time.
     *
     * @throws StoreException when it cannot be asked
     */
    void read() {
        Duration before = reading.own();
        for (int tries = 1; ; tries++) {
            Instant asked = steady.instant();
            Instant there = there();
            Instant answered = steady.instant();
            Duration took = Duration.between(asked, answered);
            if (took.compareTo(TOLERATED) <= 0 || tries == TRIES) {
                // the answer is as old as half the time that asking took
                Instant now = there.plus(took.dividedBy(2));
                reading = new Reading(Duration.between(own.instant(), now), Duration.between(answered, now));
                break;
            }
        }
        Duration off = reading.own();
        if (off.abs().compareTo(WORTH_A_WORD) > 0 && off.minus(before).abs().compareTo(WORTH_A_WORD) > 0) {
            LOG.warn(
                    "The clock of this node is {} off the database's, whose time is used; set it right", off.negated());
        }
    }

    private Instant there() {
        List<Instant> times = db.in(connection -> Db.query(
                connection,
                "select clock_timestamp()",
                row -> Objects.requireNonNull(row.getObject(1, OffsetDateTime.class))
                        .toInstant()));
        return times.get(0);
    }

    /** Where the two clocks of the node differ, one was set or stood still: only the database knows which. */
    @Override
    public Instant instant() {
        Reading last = reading;
        Instant byOwn = own.instant().plus(last.own());
        Instant bySteady = steady.instant().plus(last.steady());
        if (Duration.between(byOwn, bySteady).abs().compareTo(TOLERATED) <= 0) {
            return bySteady;
        }
        try {
            read();
            return steady.instant().plus(reading.steady());
        } catch (StoreException unreachable) {
            return byOwn.isAfter(bySteady) ? byOwn : bySteady; // the later one believes less in what this node holds
        }
    }
}
