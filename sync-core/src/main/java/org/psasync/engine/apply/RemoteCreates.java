package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Makes records in the PSA, each at most once (SAFE-1). */
final class RemoteCreates {
    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final RemoteWrites writes;
    private final ReadBack readBack;
    private final Parts parts;
    private final ParentCheck parents;
    private final Duplicates duplicates;
    private final Matching matching;

    RemoteCreates(Desk desk, Processor processor, RemoteWrites writes) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.writes = writes;
        this.readBack = new ReadBack(desk);
        this.parts = new Parts(desk);
        this.parents = new ParentCheck(desk);
        this.duplicates = new Duplicates(desk);
        this.matching = new Matching(desk.policy());
    }

    /** Makes a record in the PSA, at most once (SAFE-1). */
    void create(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        if (!processor.permits(facts, Verb.CREATE_IN_PSA) || !writes.claim(pair)) {
            return;
        }
        try {
            createClaimed(facts, create);
        } finally {
            writes.unclaim(pair);
        }
    }

    private void createClaimed(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        FieldValues values = create.values();
        if (!parents.isThere(pair, values)) {
            return;
        }
        List<Parts.Part> sent = parts.of(facts);
        Draft draft;
        try {
            List<Draft> partDrafts = sent.stream().map(Parts.Part::draft).toList();
            draft = desk.psa().prepare(new Draft(pair.id(), values, partDrafts, Map.of(), desk.options()));
        } catch (ConnectorException failure) {
            failed(pair, values, failure);
            return;
        }
        InFlight.CreatingRemote write = new InFlight.CreatingRemote(
                draft,
                Objects.requireNonNull(facts.local()).values().only(values::has),
                sent.stream().map(Parts.Part::from).toList(),
                alreadyThere(draft),
                desk.now(),
                0,
                desk.rights());
        Optional<Pair> begun = writes.begin(facts, write);
        if (begun.isEmpty()) {
            return;
        }
        Pair intent = begun.get();
        WriteResult result;
        try {
            result = desk.psa().create(draft);
        } catch (ConnectorException failure) {
            failed(intent, values, failure);
            return;
        }
        created(facts, intent, write, result);
    }

    /** Returns the records that would be taken for the result, but were there before. */
    private Set<RemoteId> alreadyThere(Draft draft) {
        String text = matching.text(draft.values());
        Set<RemoteId> result = new HashSet<>();
        PairId after = null;
        while (text != null) {
            List<Pair> batch = desk.state().pairs(new PairQuery.Unlinked(draft.kind(), Set.of(text)), after, Desk.PAGE);
            if (batch.isEmpty()) {
                break;
            }
            after = batch.get(batch.size() - 1).id();
            batch.stream()
                    .filter(pair -> pair.remote() != null)
                    .forEach(pair -> result.add(Objects.requireNonNull(pair.remote())));
        }
        return result;
    }

    private void failed(Pair pair, FieldValues values, ConnectorException failure) {
        try {
            if (failure instanceof ConnectorException.Rejected rejected
                    && RemoteWrites.isDuplicate(rejected.problems())) {
                duplicates.review(pair, values, rejected);
            } else {
                writes.failed(pair, values, failure);
            }
        } finally {
            boolean over = desk.state()
                    .pair(pair.id())
                    .filter(now -> now.inFlight() != null)
                    .isEmpty();
            if (over && pair.inFlight() != null) {
                ledger.wakeWaitingFor(Objects.requireNonNull(pair.localRef()));
            }
        }
    }

    private void created(PairFacts facts, Pair intent, InFlight.CreatingRemote write, WriteResult result) {
        Draft draft = write.draft();
        Instant ended = desk.now();
        Observation shown = writes.shown(result, intent, ended);
        Asset local = Objects.requireNonNull(facts.local());
        long settings = desk.setup().settingsVersion();
        List<Ledger.Entry> entries = new ArrayList<>();
        entries.add(new Ledger.Entry(
                intent,
                stored -> {
                    Pair link = After.linked(stored, local.id(), result.id());
                    if (shown == null) {
                        return unread(link, write, ended, result, settings);
                    }
                    Pair pushed =
                            After.pushed(link, draft.values(), local.values(), shown, ended, result.failed(), settings);
                    return processor.decidedAgain(pushed, local, facts);
                },
                events(intent, draft, shown, result)));
        entries.addAll(parts.answered(write, result.parts(), result.failed(), ended));
        ledger.store(entries);
        FieldValues none = FieldValues.empty(draft.kind());
        FieldValues ignored = shown == null ? none : After.ignored(draft.values(), none, shown.values());
        processor
                .outcome(intent)
                .created(draft.values().only(field -> !ignored.has(field)).fields());
        processor.outcome(intent).refused(result.failed());
        processor.outcome(intent).refused(readBack.ignored(ignored));
        processor.did(facts, Verb.CREATE_IN_PSA, List.of(), writes.verdict(facts));
    }

    private List<Event> events(Pair intent, Draft draft, @Nullable Observation shown, WriteResult result) {
        Pair named = intent.toBuilder().remote(result.id()).build();
        List<Event> events = new ArrayList<>();
        events.add(ledger.event(
                Event.Type.CREATED_IN_PSA,
                named,
                Event.changes(FieldValues.empty(named.kind()), draft.values()),
                RemoteWrites.grantText(intent)));
        if (shown != null) {
            readBack.differently(named, draft.values(), FieldValues.empty(named.kind()), shown.values())
                    .ifPresent(events::add);
        }
        result.failed()
                .forEach(problem -> events.add(
                        ledger.event(Event.Type.FAILED, named, List.of(), "not written: " + problem + " (PUSH-12)")));
        return events;
    }

    /** What the PSA stored is not known yet; it is found out like what became of an update. */
    private static Pair unread(
            Pair link, InFlight.CreatingRemote write, Instant ended, WriteResult result, long settings) {
        FieldValues sent = write.draft().values();
        InFlight.UpdatingRemote made = new InFlight.UpdatingRemote(
                sent, FieldValues.empty(link.kind()), RemoteVersion.UNKNOWN, write.local(), write.startedAt(), null);
        Pair seen = link.toBuilder()
                .observed(new Observation(sent, RemoteVersion.UNKNOWN, false, ended, null))
                .build();
        return After.answered(seen, made, ended, result.failed(), settings);
    }
}
