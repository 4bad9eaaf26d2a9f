package org.psasync.engine.apply;

import java.util.List;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/**
 * Finds out whether a host changed a record before the run ended (SAFE-6). Where nobody saved the record since, what it
 * holds is how the host stores what was written (MERGE-7).
 */
final class LocalUpdateSettlement {
    private final Ledger ledger;

    LocalUpdateSettlement(Desk desk) {
        this.ledger = new Ledger(desk);
    }

    void settle(PairFacts facts, InFlight.UpdatingLocal write) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        FieldValues arrived = local == null ? FieldValues.empty(pair.kind()) : write.arrived(local);
        if (local == null || arrived.isEmpty()) {
            ledger.store(new Ledger.Entry(
                    pair,
                    stored -> (write.equals(stored.inFlight()) ? After.withoutLocalWrite(stored) : stored).madeDirty(),
                    notCarriedOut(pair, write)));
            return;
        }
        ledger.store(new Ledger.Entry(
                pair,
                stored -> write.equals(stored.inFlight())
                        ? settled(stored, write, arrived, local).madeDirty()
                        : stored.madeDirty(),
                List.of(event(pair, write, arrived))));
    }

    private static Pair settled(Pair pair, InFlight.UpdatingLocal write, FieldValues arrived, Asset local) {
        Merge merge = Merge.ofPull(arrived, write.partly(), write.confirmedLists());
        Pair pulled = After.pulled(pair, arrived, local, write.remote(), merge);
        return After.rewritten(pulled, Side.HOST, arrived, write.replaced());
    }

    /** What may have been logged as overwritten when the write began is there still (MERGE-4). */
    private List<Event> notCarriedOut(Pair pair, InFlight.UpdatingLocal write) {
        return write.replaced().isEmpty()
                ? List.of()
                : List.of(ledger.event(
                        Event.Type.NOTED,
                        pair,
                        List.of(),
                        "the host did not carry out the write that was begun, so nothing was overwritten"));
    }

    private Event event(Pair pair, InFlight.UpdatingLocal write, FieldValues arrived) {
        return ledger.event(
                Event.Type.UPDATED_LOCALLY,
                pair,
                Event.changes(write.replaced(), arrived),
                "it was changed before the run ended, which was found out afterwards (SAFE-6)");
    }
}
