package org.psasync.engine.run;

import org.psasync.engine.Verb;
import org.psasync.engine.decide.PairFacts;

/** Allows everything, and lets through the brakes what a manager approved (BRAKE-1). */
record Approval(PlannedItems approved) implements Permit {
    @Override
    public boolean allows(PairFacts facts, Verb verb) {
        return true;
    }

    @Override
    public boolean shown(PairFacts facts, Verb verb) {
        return approved.covers(facts, verb) || approved.covers(facts, alsoShown(verb));
    }

    @Override
    public void begin(PairFacts facts, Verb verb) {
        approved.begin(facts.pair());
    }

    /** A record that is held is shown by one item, also when both sides are to be changed. */
    private static Verb alsoShown(Verb verb) {
        return switch (verb) {
            case UPDATE_LOCALLY -> Verb.UPDATE_IN_PSA;
            case UPDATE_IN_PSA -> Verb.UPDATE_LOCALLY;
            default -> verb;
        };
    }
}
