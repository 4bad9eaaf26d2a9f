package org.psasync.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.psasync.model.AssetKind;

/** Hears how a run gets on (RUN-3); called in the run's thread, so it should be quick. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = progress -> {};

    /**
     * How far a run is with one kind.
     *
     * @param kind the kind
     * @param phase what is being done
     * @param records how many records were dealt with so far
     * @param expected how many there will be, where that is known
     * @param perSecond how many are dealt with in a second
     * @param left how long it will take, where that can be told
     */
    record RunProgress(
            AssetKind kind,
            Phase phase,
            long records,
            OptionalLong expected,
            double perSecond,
            Optional<Duration> left) {}

    /** What a run is doing. */
    enum Phase {
        /** Reading the PSA. */
        OBSERVING,
        /** Looking for records that are gone. */
        CHECKING,
        /** Deciding and writing. */
        APPLYING
    }

    /** Hears that something was dealt with. */
    void progress(RunProgress progress);
}
