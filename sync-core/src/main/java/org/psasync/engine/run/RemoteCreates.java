package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Makes records in the PSA, each at most once (SAFE-1). */
final class RemoteCreates {
    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final RemoteWrites writes;
    private final Parts parts;

    RemoteCreates(Desk desk, Processor processor, RemoteWrites writes) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.writes = writes;
        this.parts = new Parts(desk, processor);
    }

    /** Makes a record in the PSA, at most once (SAFE-1). */
    void create(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        if (!processor.permits(facts, Verb.CREATE_IN_PSA) || !writes.claim(pair)) {
            return;
        }
        try {
            Pair current = desk.state().pair(pair.id()).orElse(null);
            if (current == null && pair.version() == 0 || current != null && current.version() == pair.version()) {
                createClaimed(facts, create);
            }
        } finally {
            writes.unclaim(pair);
        }
    }

    private void createClaimed(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        FieldValues values = create.values();
        Draft draft;
        try {
            draft = desk.psa().prepare(new Draft(pair.id(), values, parts.of(facts), Map.of(), desk.options()));
        } catch (ConnectorException failure) {
            writes.failed(pair, values, failure);
            return;
        }
        InFlight write = new InFlight.CreatingRemote(draft, desk.now(), 0, desk.rights());
        Pair intent = ledger.store(new Ledger.Entry(
                pair, stored -> stored.toBuilder().inFlight(write).build(), List.of()));
        WriteResult result;
        try {
            result = desk.psa().create(draft);
        } catch (ConnectorException failure) {
            writes.failed(intent, values, failure);
            return;
        }
        created(facts, intent, draft, result);
    }

    private void created(PairFacts facts, Pair intent, Draft draft, WriteResult result) {
        Instant ended = desk.now();
        Observation shown = writes.shown(result, intent, ended);
        Observation observed =
                shown != null ? shown : new Observation(draft.values(), RemoteVersion.UNKNOWN, false, ended, null);
        Pair named = intent.toBuilder().remote(result.id()).build();
        List<Event> events = new ArrayList<>();
        events.add(ledger.event(
                Event.Type.CREATED_IN_PSA,
                named,
                After.changes(FieldValues.empty(named.kind()), draft.values()),
                RemoteWrites.grantText(intent)));
        List<Event.Change> different = After.storedDifferently(draft.values(), observed.values());
        if (!different.isEmpty()) {
            events.add(ledger.event(
                    Event.Type.STORED_DIFFERENTLY,
                    named,
                    different,
                    desk.policy().psa() + " stored it otherwise than sent (MERGE-7)"));
        }
        result.failed()
                .forEach(problem -> events.add(
                        ledger.event(Event.Type.FAILED, named, List.of(), "not written: " + problem + " (PUSH-12)")));
        Asset local = Objects.requireNonNull(facts.local());
        Pair linked = ledger.store(new Ledger.Entry(
                intent,
                stored -> linkedTo(
                        stored, result.id(), draft.values(), local, observed, ended, result, facts, shown == null),
                events,
                absorbed(result.id(), intent)));
        processor.outcome(intent).created(draft.values().fields());
        processor.outcome(intent).refused(result.failed());
        processor.did(facts, Verb.CREATE_IN_PSA, List.of(), writes.verdict(facts));
        parts.made(facts, draft, result.parts(), ended);
        processor.nowLinked(List.of(linked));
    }

    private Pair linkedTo(
            Pair stored,
            RemoteId remote,
            FieldValues sent,
            Asset local,
            Observation observed,
            Instant ended,
            WriteResult result,
            PairFacts facts,
            boolean notReadBack) {
        Pair link = After.linked(stored, local.id(), remote);
        Pair pushed = After.pushed(link, sent, local.values(), observed, ended, result.failed());
        return notReadBack
                ? pushed.toBuilder().mustRead(true).dirty(true).build()
                : processor.decidedAgain(pushed, local, facts);
    }

    /** A run may have read the new record before its create was answered; that pair becomes part of this one. */
    private @Nullable PairId absorbed(RemoteId remote, Pair intent) {
        return desk.state()
                .byRemote(new RemoteRef(intent.kind(), remote))
                .map(Pair::id)
                .filter(id -> !id.equals(intent.id()))
                .orElse(null);
    }
}
