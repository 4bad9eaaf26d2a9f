package org.psasync.engine.run;

import java.util.List;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.decide.PairFacts;

/** Allows everything, and lets through the brakes what a manager approved (BRAKE-1). */
record Approval(PlannedItems approved) implements Permit {
    @Override
    public boolean allows(PairFacts facts, Verb verb) {
        return true;
    }

    @Override
    public boolean shown(PairFacts facts, Verb verb) {
        return shownAs(verb).stream().anyMatch(as -> approved.covers(facts, as));
    }

    @Override
    public void begin(PairFacts facts, Verb verb) {
        approved.begin(facts.pair());
    }

    /** A held record is one item, also when both sides are to be changed, or it is changed before it leaves. */
    private static List<Verb> shownAs(Verb verb) {
        return switch (verb) {
            case UPDATE_LOCALLY -> List.of(Verb.UPDATE_LOCALLY, Verb.UPDATE_IN_PSA, Verb.ORPHAN);
            case UPDATE_IN_PSA -> List.of(Verb.UPDATE_IN_PSA, Verb.UPDATE_LOCALLY);
            default -> List.of(verb);
        };
    }
}
