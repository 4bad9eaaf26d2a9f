package org.psasync.engine.apply;

import org.psasync.engine.Verb;
import org.psasync.engine.decide.PairFacts;

/** Says whether a thing may be done now; a plan that is applied later allows only what it showed (RUN-4). */
@FunctionalInterface
public interface Permit {
    /** Allows everything that the brakes let through. */
    Permit ALL = (facts, verb) -> true;

    boolean allows(PairFacts facts, Verb verb);

    /** Whether the brakes work: not where a manager was shown all that is allowed. */
    default boolean braked() {
        return true;
    }

    /** Whether a manager was shown just this, or it follows from what was begun, so that no brake counts or holds it. */
    default boolean shown(PairFacts facts, Verb verb) {
        return false;
    }

    /** Whether that is left to a later run, which will know more; it is not done now, nor counted as done. */
    default boolean waits(PairFacts facts, Verb verb) {
        return false;
    }

    /** What was shown is about to be done, in one step or several. */
    default void begin(PairFacts facts, Verb verb) {}
}
