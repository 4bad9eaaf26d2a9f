package org.psasync.engine.run;

import org.psasync.engine.Verb;
import org.psasync.engine.decide.PairFacts;

/** Says whether a thing may be done now; a plan that is applied later allows only what it showed (RUN-4). */
@FunctionalInterface
interface Permit {
    /** Allows everything. */
    Permit ALL = (facts, verb) -> true;

    boolean allows(PairFacts facts, Verb verb);
}
