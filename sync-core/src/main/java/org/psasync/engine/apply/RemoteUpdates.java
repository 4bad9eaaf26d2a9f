package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/** Changes records of the PSA, one at a time (MERGE-6, MERGE-9). */
final class RemoteUpdates {
    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final RemoteWrites writes;
    private final ReadBack readBack;

    RemoteUpdates(Desk desk, Processor processor, RemoteWrites writes) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.writes = writes;
        this.readBack = new ReadBack(desk);
    }

    /** Sends what a merge has to send; the PSA record was read in this step. */
    void update(PairFacts facts, Merge merge) {
        Pair pair = facts.pair();
        if (!processor.permits(facts, Verb.UPDATE_IN_PSA) || !writes.claim(pair)) {
            return;
        }
        try {
            updateClaimed(facts, merge);
        } finally {
            writes.unclaim(pair);
        }
    }

    private void updateClaimed(PairFacts facts, Merge merge) {
        FieldValues sent = merge.push();
        Asset local = Objects.requireNonNull(facts.local());
        Observation seen = Objects.requireNonNull(facts.pair().observed());
        InFlight.UpdatingRemote write = new InFlight.UpdatingRemote(
                sent, seen.values(), seen.version(), local.values().only(sent::has), desk.now(), null);
        Optional<Pair> begun = writes.begin(facts, write);
        if (begun.isEmpty()) {
            return;
        }
        Pair pair = begun.get();
        RemoteRecord record = new RemoteRecord(
                Objects.requireNonNull(pair.remote()), seen.version(), seen.values(), false, null, null);
        WriteResult result;
        try {
            result = desk.psa().update(new RemoteUpdate(record, sent, desk.options()));
        } catch (ConnectorException failure) {
            writes.failed(pair, sent, failure);
            return;
        }
        updated(facts, pair, merge, write, result, desk.now());
    }

    private void updated(
            PairFacts facts, Pair pair, Merge merge, InFlight.UpdatingRemote write, WriteResult result, Instant ended) {
        FieldValues sent = merge.push();
        Asset local = Objects.requireNonNull(facts.local());
        FieldValues before = Objects.requireNonNull(facts.pair().observed()).values();
        Observation read = writes.shown(result, pair, ended);
        // Else the write stays in flight until a read settles it: this one failed, or is older than the write
        // (MERGE-8).
        boolean isShown = read != null && (result.record() != null || write.isShownBy(read.values(), read.version()));
        FieldValues accepted =
                sent.only(field -> result.failed().stream().noneMatch(problem -> field.equals(problem.field())));
        FieldValues ignored = read != null && isShown
                ? After.ignored(accepted, before, read.values())
                : FieldValues.empty(pair.kind());
        FieldValues written = accepted.only(field -> !ignored.has(field));
        long settings = desk.setup().settingsVersion();
        List<Event> events = new ArrayList<>();
        List<Event.Change> changes = Event.changes(before, written);
        if (!written.isEmpty()) {
            events.add(ledger.event(Event.Type.UPDATED_IN_PSA, pair, changes, RemoteWrites.grantText(pair)));
        }
        ledger.overwritten(pair, merge.losses(), loss -> loss.side() == Side.PSA && written.has(loss.field()))
                .ifPresent(events::add);
        if (read != null && isShown) {
            events.addAll(readBack.ofTaken(pair, sent, accepted, before, read));
        }
        result.failed()
                .forEach(problem -> events.add(
                        ledger.event(Event.Type.FAILED, pair, List.of(), "not written: " + problem + " (PUSH-12)")));
        ledger.store(new Ledger.Entry(
                pair,
                stored -> {
                    if (read == null || !isShown) {
                        Pair answered = After.answered(stored, write, ended, result.failed(), settings);
                        return After.rewritten(answered, Side.PSA, written, before);
                    }
                    Pair pushed = After.pushed(stored, sent, local.values(), read, ended, result.failed(), settings);
                    return processor.decidedAgain(After.rewritten(pushed, Side.PSA, written, before), local, facts);
                },
                events));
        processor.outcome(pair).pushed(written.fields());
        processor.outcome(pair).refused(result.failed());
        processor.outcome(pair).refused(readBack.ignored(ignored));
        if (!written.isEmpty()) {
            processor.did(facts, Verb.UPDATE_IN_PSA, changes, writes.verdict(facts));
        }
    }
}
