package org.psasync.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.psasync.engine.run.Pass;

/**
 * A run that is worked on in slices, so that its thread is free in between (RUN-7); made by {@link SyncEngine#begin} and
 * {@link Managing#begin}. Nothing happens before the first slice.
 *
 * <p>Nobody else can run the integration from the first slice to the end, or until ten minutes after the last one. A run
 * that is given up harms nothing: the next one goes on where it stopped. For one thread at a time.
 */
public final class OngoingRun implements AutoCloseable {
    private final Pass pass;
    private final ConnectorHolder.Use use;

    OngoingRun(Pass pass, ConnectorHolder.Use use) {
        this.pass = pass;
        this.use = use;
    }

    /**
     * Works until the run ends or the time is over. What was begun is brought to its end, so a slice lasts a little longer
     * than was asked for; each gets the run on, however short it is.
     *
     * @param time how long to work, zero or more
     * @return when to go on at the earliest, which is later than now when the PSA wants a pause; empty when the run ended
     */
    public Optional<Instant> step(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A slice cannot last " + time);
        }
        Optional<Instant> next = Optional.empty();
        try {
            next = pass.step(time);
            return next;
        } finally {
            if (next.isEmpty()) {
                use.close();
            }
        }
    }

    /** Returns the report once the run has ended; one over all slices. */
    public Optional<RunReport> report() {
        return pass.report();
    }

    /**
     * Ends the run now, between two slices; the next one goes on where it stopped. Has no effect on a run that has ended.
     *
     * @param why a sentence for its report
     */
    public RunReport stop(String why) {
        try {
            return pass.stop(why);
        } finally {
            use.close();
        }
    }

    /** Gives the run up, unless it has ended. */
    @Override
    public void close() {
        stop("It was given up; the next run goes on where it stopped.");
    }
}
