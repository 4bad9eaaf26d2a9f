package org.psasync.engine.desk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.psasync.model.PairId;

/**
 * Makes identifiers of pairs that count up with time (UUID version 7, RFC 9562): what is made together is stored
 * together, so that going through pairs in the order of their ids stays near in memory and on disk.
 *
 * <p>Safe for use by several threads; several processes never make the same one, since half of it is chance.
 */
public final class PairIds {
    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    /** Makes a source of identifiers. */
    public PairIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    PairId next() {
        long now = clock.millis() << COUNTER_BITS;
        long time = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = time >>> COUNTER_BITS << 16 | VERSION | time & (1L << COUNTER_BITS) - 1;
        return new PairId(high, VARIANT | random.nextLong() >>> 2);
    }

    /** Returns when an identifier was made, to the millisecond, by the clock of whoever made it. */
    public static Instant madeAt(PairId id) {
        return Instant.ofEpochMilli(id.high() >>> 16);
    }
}
