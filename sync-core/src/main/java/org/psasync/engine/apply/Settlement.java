package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.Absences;
import org.psasync.engine.pair.After;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Finds out what became of writes whose end is not known, after a lost answer or a crash. */
final class Settlement {
    private final Desk desk;
    private final Ledger ledger;
    private final RemoteWrites writes;
    private final ReadBack readBack;
    private final CreateSettlement creates;
    private final LocalCreateSettlement localCreates;
    private final LocalUpdateSettlement localUpdates;
    private final Unsettled unsettled;

    Settlement(Desk desk, RemoteWrites writes) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.writes = writes;
        this.readBack = new ReadBack(desk);
        this.creates = new CreateSettlement(desk);
        this.localCreates = new LocalCreateSettlement(desk);
        this.localUpdates = new LocalUpdateSettlement(desk);
        this.unsettled = new Unsettled(desk);
    }

    /** Finds it out; returns the pair of an update that is settled, as it was just read, to be decided at once. */
    Optional<Pair> settle(PairFacts facts, Decision.Settle settle) {
        Pair pair = facts.pair();
        if (settle.write() instanceof InFlight.CreatingLocal creating) {
            localCreates.settle(facts, creating);
        } else if (settle.write() instanceof InFlight.UpdatingLocal updating) {
            localUpdates.settle(facts, updating);
        } else if (writes.claimToSettle(pair)) {
            try {
                return claimed(facts, settle.write());
            } finally {
                writes.unclaim(pair);
            }
        }
        // Without the claim: whoever began the write may not even have sent it. The pair stays dirty.
        return Optional.empty();
    }

    private Optional<Pair> claimed(PairFacts facts, InFlight write) {
        Pair pair = facts.pair();
        Pair now = desk.state().pair(pair.id()).orElse(null);
        if (now == null || now.version() != pair.version()) {
            return Optional.empty(); // it was settled before the claim was given up
        }
        if (write instanceof InFlight.UpdatingRemote updating) {
            return update(pair, updating);
        }
        if (write instanceof InFlight.CreatingRemote creating) {
            creates.settle(facts, creating);
        } else if (write instanceof InFlight.DeletingLocal) {
            new LocalDeletes(desk).settle(pair);
        }
        return Optional.empty();
    }

    private Optional<Pair> update(Pair pair, InFlight.UpdatingRemote write) {
        Instant ended = write.endedAt();
        Instant over = ended != null
                ? ended
                : write.startedAt().plus(desk.psa().descriptor().deadline());
        if (desk.now().isBefore(over)) {
            unsettled.until(pair, over);
            return Optional.empty();
        }
        Instant from = desk.now();
        RemoteId id = Objects.requireNonNull(pair.remote());
        RemoteRead read = desk.psa().read(pair.kind(), List.of(id)).get(id);
        if (read instanceof RemoteRead.Found found) {
            Observation shown = Observation.of(found.record(), from);
            Instant visible = over.plus(unsettled.lag(pair.kind()));
            // The PSA took it, so a record that is as before comes from a copy that lags behind.
            if (ended != null && !write.isShownBy(shown.values(), shown.version()) && from.isBefore(visible)) {
                unsettled.until(pair, visible);
                return Optional.empty();
            }
            return Optional.of(settled(pair, write, shown));
        }
        if (read instanceof RemoteRead.NotFound) {
            ledger.store(new Ledger.Entry(
                    pair,
                    stored ->
                            Absences.notFound(stored.toBuilder().inFlight(null).build(), from, false),
                    List.of()));
        }
        return Optional.empty();
    }

    private Pair settled(Pair pair, InFlight.UpdatingRemote write, Observation shown) {
        if (isAsStored(write, shown)) {
            List<Event> events = readBack.ofTaken(pair, write.sent(), write.sent(), write.seen(), shown);
            Instant ended = Objects.requireNonNull(write.endedAt());
            return ledger.store(new Ledger.Entry(
                    pair,
                    stored -> After.pushed(stored, write.sent(), write.local(), shown, ended, List.of(), 0).toBuilder()
                            .mustRead(false)
                            .dirty(true)
                            .build(),
                    events));
        }
        Base arrived = arrivedValues(write, shown.values());
        List<Event> events = new ArrayList<>();
        if (!arrived.remote().isEmpty() && write.endedAt() == null) {
            events.add(ledger.event(
                    Event.Type.UPDATED_IN_PSA,
                    pair,
                    Event.changes(write.seen(), arrived.remote()),
                    "the answer was lost; a read found the values as they were sent (MERGE-9)"));
        }
        if (!arrived.remote().isEmpty()) {
            events.addAll(readBack.ofOthers(pair, write.sent(), write.seen(), shown, "before the write or after it"));
        }
        return ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .base(doubted(stored.baseOrNone().advanced(arrived.local(), arrived.remote()), write, shown))
                        .observed(shown)
                        .inFlight(null)
                        .mustRead(false)
                        .dueAt(null)
                        .dirty(true)
                        .build(),
                events));
    }

    /**
     * Returns whether the record shows what the PSA made of a write that it took: nobody changed it since. Else a value
     * that is not ours may be somebody's.
     */
    private static boolean isAsStored(InFlight.UpdatingRemote write, Observation shown) {
        Instant ended = write.endedAt();
        Instant changed = shown.version().changedAt();
        boolean unmoved =
                write.version().equals(shown.version()) && !shown.version().equals(RemoteVersion.UNKNOWN);
        return ended != null && (unmoved || changed != null && !changed.isAfter(ended));
    }

    /** What the PSA holds as it was sent was agreed; the rest never arrived, or somebody changed it since. */
    private static Base arrivedValues(InFlight.UpdatingRemote write, FieldValues shown) {
        FieldValues arrived = shown.only(
                field -> write.sent().has(field) && Objects.equals(write.sent().get(field), shown.get(field)));
        return new Base(write.local().only(arrived::has), arrived.only(write.local()::has));
    }

    /**
     * Returns a base by which a value that is neither ours, nor certainly the one from before the write, is a conflict
     * (MERGE-9): on one side ours is new, on the other it was there and was changed. Lists merge by their items.
     */
    private static Base doubted(Base base, InFlight.UpdatingRemote write, Observation shown) {
        return write.movedTo(shown.version())
                ? base.advanced(
                        FieldValues.empty(shown.values().kind()),
                        write.sent()
                                .only(field -> base.has(field)
                                        && !(write.sent().get(field) instanceof Set)
                                        && shown.values().has(field)
                                        && !Objects.equals(
                                                write.sent().get(field),
                                                shown.values().get(field))))
                : base;
    }
}
