package org.psasync.engine.run;

import java.util.Set;
import org.psasync.engine.Brake;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.AssetKind;

/**
 * Lets the next run do what is little only because the rest of its kind is not known yet: a long pause of the PSA must not
 * divide a plan that is too much into parts of which none is (BRAKE-1). What a manager was shown does not wait.
 *
 * @param permit what is allowed otherwise
 * @param unread kinds whose changes were not read to their end
 * @param unchecked kinds of which it is not known yet which records are gone
 */
record PartlyRead(Permit permit, Set<AssetKind> unread, Set<AssetKind> unchecked) implements Permit {
    PartlyRead {
        unread = Set.copyOf(unread);
        unchecked = Set.copyOf(unchecked);
    }

    @Override
    public boolean waits(PairFacts facts, Verb verb) {
        Brake brake = Brake.of(verb);
        AssetKind kind = facts.pair().kind();
        boolean partly = brake == Brake.LEAVING && (unread.contains(kind) || unchecked.contains(kind))
                || brake == Brake.LOCAL_UPDATES
                        && unread.contains(kind)
                        && !facts.pair().baseOrNone().local().isEmpty(); // what a new link brings is not counted
        return partly && permit.braked() && !permit.shown(facts, verb);
    }

    @Override
    public boolean allows(PairFacts facts, Verb verb) {
        return permit.allows(facts, verb);
    }

    @Override
    public boolean braked() {
        return permit.braked();
    }

    @Override
    public boolean shown(PairFacts facts, Verb verb) {
        return permit.shown(facts, verb);
    }

    @Override
    public void begin(PairFacts facts, Verb verb) {
        permit.begin(facts, verb);
    }
}
