package org.psasync.testkit;

import java.time.Duration;
import java.util.List;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/** What a fault does to the call that it hits; each does one of these things. */
interface FaultEffect {
    /** Oddities of an answer. */
    enum Quirk {
        STALE,
        SHORT,
        REPEATED,
        SHUFFLED,
        INCOMPLETE
    }

    default Duration delay() {
        return Duration.ZERO;
    }

    /** Fails before anything was done. */
    default void before(Operation operation) {}

    /** Fails after everything was done. */
    default void after(Operation operation) {}

    default boolean has(Quirk quirk) {
        return false;
    }

    /** Returns what the PSA stores of the values sent. */
    default FieldValues stored(FieldValues sent) {
        return sent;
    }

    /** Returns which of the values sent are not written, and why. */
    default List<Problem> failures(FieldValues sent) {
        return List.of();
    }
}
