package org.psasync.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.decide.BrakesOn;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.RunStopped;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Pair;

/** What an engine would decide about a pair now; nothing is done. For tests that count what they came across. */
public final class Decided {
    private Decided() {}

    /** Returns what a run would decide that came to this pair now; empty when it could not ask. */
    public static Optional<Decision> about(SyncEngine engine, Pair pair) {
        try {
            return Optional.of(engine.using(parties -> {
                Desk desk = parties.pushDesk(null);
                FactsLoader loader = new FactsLoader(desk);
                PairFacts facts =
                        loader.load(pair.kind(), List.of(pair), Set.of()).get(0);
                Decision decision = desk.planner().decide(facts);
                if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
                    facts = loader.withRivals(pair.kind(), List.of(facts), null).get(0);
                    decision = desk.planner().decide(facts);
                }
                RunReport last = desk.state().progress().lastRun();
                BrakesOn brakes = new BrakesOn(last == null ? List.of() : last.brakes());
                return new Braking(desk.policy()).under(brakes, facts, decision);
            }));
        } catch (ConnectorException | RunStopped cannotAsk) {
            return Optional.empty();
        }
    }
}
