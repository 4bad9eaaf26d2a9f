package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Verdict;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.MarkedAsset;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/** Takes pairs that must be decided, decides them, and carries the decisions out. */
final class Processor {
    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;
    private final FactsLoader loader;
    private final Planner planner;
    private final LocalWrites localWrites;
    private final RemoteWrites remoteWrites;
    private final RemoteUpdates remoteUpdates;
    private final RemoteCreates remoteCreates;
    private final Settlement settlement;
    private final Permit permit;
    private final Outcome.Sink outcomes;

    Processor(Desk desk, Permit permit, Outcome.Sink outcomes) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
        this.loader = new FactsLoader(desk);
        this.planner = desk.planner();
        this.localWrites = new LocalWrites(desk, this);
        this.remoteWrites = new RemoteWrites(desk, this);
        this.remoteUpdates = new RemoteUpdates(desk, this, remoteWrites);
        this.remoteCreates = new RemoteCreates(desk, this, remoteWrites);
        this.settlement = new Settlement(desk, this);
        this.permit = permit;
        this.outcomes = outcomes;
    }

    Outcome outcome(Pair pair) {
        return outcomes.of(pair.id());
    }

    /** Decides pairs of one kind and carries the decisions out; pairs for which nothing may be done stay dirty. */
    void process(AssetKind kind, List<Pair> batch) {
        Set<RemoteId> fresh = new HashSet<>();
        List<PairFacts> facts = loader.load(kind, readFirst(kind, batch, fresh), fresh);
        List<Decided> decided = decideWithRivals(kind, facts);
        List<Pair> toRead = new ArrayList<>();
        for (Decided each : decided) {
            if (each.decision() instanceof Decision.Need need && need.what() == Decision.What.FRESH_REMOTE) {
                toRead.add(each.facts().pair());
            }
        }
        carryOut(kind, decided);
        if (!toRead.isEmpty()) {
            pushWhatIsRead(kind, toRead);
        }
    }

    /** Reads the PSA records that must be read before anything is decided (MERGE-8). */
    private List<Pair> readFirst(AssetKind kind, List<Pair> batch, Set<RemoteId> fresh) {
        List<RemoteId> ids = new ArrayList<>();
        for (Pair pair : batch) {
            if (pair.mustRead() && pair.remote() != null && !pair.leftAlone()) {
                ids.add(pair.remote());
            }
        }
        if (ids.isEmpty()) {
            return batch;
        }
        Map<RemoteId, Pair> read = observer.read(kind, ids);
        read.forEach((id, pair) -> addIfFresh(fresh, id, pair));
        List<Pair> result = new ArrayList<>();
        for (Pair pair : batch) {
            Pair now = pair.remote() == null ? null : read.get(pair.remote());
            if (now == null || now.dirty()) { // else it could not be understood and was set aside
                result.add(now == null ? pair : now);
            }
        }
        return result;
    }

    /** An answer that was older than what is known already is no fresh read. */
    private static void addIfFresh(Set<RemoteId> fresh, RemoteId id, Pair pair) {
        if (!pair.mustRead()) {
            fresh.add(id);
        }
    }

    /** A pair, what is known about it, and what is to be done. */
    private record Decided(PairFacts facts, Decision decision) {}

    private List<Decided> decideWithRivals(AssetKind kind, List<PairFacts> facts) {
        List<Decided> result = new ArrayList<>(facts.size());
        List<PairFacts> withoutRivals = new ArrayList<>();
        for (PairFacts each : facts) {
            Decision decision = planner.decide(each);
            if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
                withoutRivals.add(each);
            } else {
                result.add(new Decided(each, decision));
            }
        }
        if (!withoutRivals.isEmpty()) {
            for (PairFacts each : loader.withRivals(kind, withoutRivals, observer)) {
                result.add(new Decided(each, planner.decide(each)));
            }
        }
        return result;
    }

    /** Before a record of the PSA is written it is read in the same step (MERGE-6). */
    private void pushWhatIsRead(AssetKind kind, List<Pair> pairs) {
        List<Pair> claimed = pairs.stream().filter(remoteWrites::claim).toList();
        try {
            Map<RemoteId, Pair> read = observer.read(
                    kind,
                    claimed.stream()
                            .map(Pair::remote)
                            .map(Objects::requireNonNull)
                            .toList());
            Set<RemoteId> fresh = new HashSet<>();
            read.forEach((id, pair) -> addIfFresh(fresh, id, pair));
            List<PairFacts> facts = loader.load(kind, List.copyOf(read.values()), fresh);
            carryOut(kind, decideWithRivals(kind, facts));
        } finally {
            claimed.forEach(remoteWrites::unclaim);
        }
    }

    private void carryOut(AssetKind kind, List<Decided> decided) {
        List<Ledger.Entry> entries = new ArrayList<>();
        List<Pair> forgotten = new ArrayList<>();
        List<MarkedAsset> marks = new ArrayList<>();
        List<Pair> linked = new ArrayList<>();
        List<LocalWrites.Job> local = new ArrayList<>();
        for (Decided each : decided) {
            PairFacts facts = each.facts();
            Decision decision = each.decision();
            Pair pair = facts.pair();
            if (decision instanceof Decision.Keep keep && !keep.merge().writes()) {
                keep(facts, keep, entries, marks);
            } else if (decision instanceof Decision.Leave leave) {
                desk.tally().place(kind, pair.id(), leave.verdict().disposition(), leave.gate());
                Pair left = Closing.left(pair, leave);
                if (!left.equals(pair)) {
                    entries.add(new Ledger.Entry(pair, stored -> Closing.left(stored, leave), List.of()));
                }
            } else if (decision instanceof Decision.Doubt doubt) {
                review(pair, doubt, entries);
            } else if (decision instanceof Decision.Refuse refuse) {
                refuse(facts, refuse, entries);
            } else if (decision instanceof Decision.Disable disable) {
                disable(facts, disable, entries);
            } else if (decision instanceof Decision.Forget) {
                forgotten.add(pair);
                desk.tally().forgotten(kind, pair.id());
            } else if (decision instanceof Decision.Keep || decision instanceof Decision.CreateLocal) {
                localWrites.job(facts, decision).ifPresent(local::add);
            } else if (decision instanceof Decision.LinkLocal || decision instanceof Decision.LinkRemote) {
                link(facts, decision).ifPresent(linked::add);
            }
        }
        ledger.store(entries);
        ledger.forget(forgotten);
        if (!marks.isEmpty()) {
            desk.assets().mark(marks);
        }
        localWrites.write(local);
        decided.forEach(each -> writeAlone(each.facts(), each.decision()));
        if (!linked.isEmpty()) {
            process(kind, linked);
        }
    }

    /** What is written one by one, because each write is a request of its own. */
    private void writeAlone(PairFacts facts, Decision decision) {
        if (decision instanceof Decision.CreateRemote create) {
            remoteCreates.create(facts, create);
        } else if (decision instanceof Decision.Settle settle) {
            settlement.settle(facts, settle);
        } else if (decision instanceof Decision.Keep keep
                && keep.merge().pull().isEmpty()
                && !keep.merge().push().isEmpty()) {
            remoteUpdates.update(facts, keep.merge());
        }
    }

    /** Sends what is to be sent after the local part of a merge was written. */
    void push(PairFacts facts, org.psasync.engine.decide.Merge merge) {
        remoteUpdates.update(facts, merge);
    }

    // What writes nothing --------------------------------------------------------------------------------------------

    private void keep(PairFacts facts, Decision.Keep keep, List<Ledger.Entry> entries, List<MarkedAsset> marks) {
        Pair pair = facts.pair();
        Verb verb = Closing.verb(pair, keep.standing());
        if (verb != null && !permits(facts, verb)) {
            return;
        }
        Pair kept = Closing.kept(pair, keep);
        desk.tally().place(pair.kind(), pair.id(), kept.disposition(), Set.of());
        if (kept.equals(pair)) {
            return;
        }
        List<Event> events = new ArrayList<>();
        Event.Type movement = Closing.movement(pair, keep.standing());
        if (movement != null) {
            events.add(ledger.event(movement, pair, List.of(), Closing.reason(keep.verdict())));
        }
        if (kept.trouble().frozen().size() > pair.trouble().frozen().size()) {
            events.add(ledger.event(Event.Type.IN_REVIEW, pair, List.of(), Closing.reason(keep.verdict())));
        }
        if (!keep.merge().oscillating().isEmpty() && pair.disposition() != kept.disposition()) {
            events.add(ledger.event(Event.Type.OSCILLATING, pair, List.of(), Closing.reason(keep.verdict())));
        }
        entries.add(new Ledger.Entry(pair, stored -> Closing.kept(stored, keep), events));
        if (verb != null) {
            did(facts, verb, List.of(), keep.verdict());
        }
        LocalRef local = pair.localRef();
        if (local != null && !Closing.mark(kept).equals(Closing.mark(pair))) {
            marks.add(new MarkedAsset(local, Closing.mark(kept)));
        }
        if (movement != null && pair.kind() == AssetKind.ORGANIZATION && pair.remote() != null) {
            wakeLater(entries, pair);
        }
    }

    /** The children are decided again once the organization's state is stored. */
    private void wakeLater(List<Ledger.Entry> entries, Pair organization) {
        ledger.store(List.copyOf(entries));
        entries.clear();
        ledger.wakeBelow(Objects.requireNonNull(organization.remote()));
    }

    private void review(Pair pair, Decision.Doubt doubt, List<Ledger.Entry> entries) {
        desk.tally().place(pair.kind(), pair.id(), doubt.verdict().disposition(), Set.of());
        Pair after = Closing.inReview(pair, doubt);
        if (!after.equals(pair)) {
            List<Event> events = doubt.review().equals(pair.trouble().review())
                    ? List.of()
                    : List.of(ledger.event(
                            Event.Type.IN_REVIEW,
                            pair,
                            List.of(),
                            doubt.review().reason()));
            entries.add(new Ledger.Entry(pair, stored -> Closing.inReview(stored, doubt), events));
        }
    }

    private void refuse(PairFacts facts, Decision.Refuse refuse, List<Ledger.Entry> entries) {
        Pair pair = facts.pair();
        desk.tally().place(pair.kind(), pair.id(), refuse.verdict().disposition(), Set.of());
        outcome(pair).refused(refuse.problems());
        entries.add(new Ledger.Entry(
                pair,
                stored -> After.failed(stored, Side.PSA, refuse.problems(), refuse.refused(), null).toBuilder()
                        .disposition(refuse.verdict().disposition())
                        .dirty(false)
                        .build(),
                List.of(ledger.event(
                        Event.Type.FAILED, pair, List.of(), refuse.verdict().text()))));
    }

    private void disable(PairFacts facts, Decision.Disable disable, List<Ledger.Entry> entries) {
        if (!permits(facts, Verb.DISABLE)) {
            return;
        }
        Pair pair = facts.pair();
        desk.tally().place(pair.kind(), pair.id(), disable.verdict().disposition(), Set.of());
        did(facts, Verb.DISABLE, List.of(), disable.verdict());
        entries.add(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .state(SyncState.DISABLED)
                        .disposition(disable.verdict().disposition())
                        .dirty(false)
                        .mustRead(false)
                        .dueAt(null)
                        .build(),
                List.of(ledger.event(
                        Event.Type.DISABLED, pair, List.of(), disable.verdict().text()))));
        if (pair.kind() == AssetKind.ORGANIZATION && pair.remote() != null) {
            wakeLater(entries, pair);
        }
    }

    // Links ----------------------------------------------------------------------------------------------------------

    /** Links two records that are the same; returns the link, to be decided at once. */
    private Optional<Pair> link(PairFacts facts, Decision decision) {
        if (!permits(facts, Verb.LINK)) {
            return Optional.empty();
        }
        Pair pair = facts.pair();
        boolean toLocal = decision instanceof Decision.LinkLocal;
        Optional<Pair> other = decision instanceof Decision.LinkLocal link
                ? desk.state().byLocal(new LocalRef(pair.kind(), link.match()))
                : desk.state().byRemote(new RemoteRef(pair.kind(), ((Decision.LinkRemote) decision).match()));
        if (other.isPresent() && other.get().linked()) {
            return Optional.empty(); // somebody linked it meanwhile; the pair stays dirty
        }
        var local = toLocal ? ((Decision.LinkLocal) decision).match() : Objects.requireNonNull(pair.local());
        var remote = toLocal ? Objects.requireNonNull(pair.remote()) : ((Decision.LinkRemote) decision).match();
        Event event = ledger.event(
                Event.Type.LINKED,
                pair.toBuilder().local(local).remote(remote).build(),
                List.of(),
                Closing.reason(decision.verdict()));
        Pair linked = ledger.store(new Ledger.Entry(
                pair,
                stored -> After.linked(joined(stored, other.orElse(null)), local, remote)
                        .madeDirty(),
                List.of(event),
                other.map(Pair::id).orElse(null)));
        did(facts, Verb.LINK, List.of(), decision.verdict());
        nowLinked(List.of(linked));
        return Optional.of(linked);
    }

    private static Pair joined(Pair pair, @Nullable Pair other) {
        if (other == null) {
            return pair;
        }
        return pair.toBuilder()
                .observed(pair.observed() == null ? other.observed() : pair.observed())
                .grant(pair.grant() == null ? other.grant() : pair.grant())
                .seenIn(Math.max(pair.seenIn(), other.seenIn()))
                .build();
    }

    /** Those that waited for records are decided again, and so is everything below organizations. */
    void nowLinked(List<Pair> pairs) {
        Set<AssetRef> records = new HashSet<>();
        for (Pair pair : pairs) {
            records.add(Objects.requireNonNull(pair.localRef()));
            records.add(Objects.requireNonNull(pair.remoteRef()));
        }
        ledger.wake(records);
        for (Pair pair : pairs) {
            if (pair.kind() == AssetKind.ORGANIZATION) {
                ledger.wakeBelow(Objects.requireNonNull(pair.remote()));
            }
        }
    }

    // What all of them share -----------------------------------------------------------------------------------------

    boolean permits(PairFacts facts, Verb verb) {
        boolean allowed = permit.allows(facts, verb);
        if (!allowed) {
            desk.tally()
                    .place(
                            facts.pair().kind(),
                            facts.pair().id(),
                            org.psasync.engine.Disposition.CHANGE_WAITING,
                            Set.of());
        }
        return allowed;
    }

    void did(PairFacts facts, Verb verb, List<Event.Change> changes, Verdict verdict) {
        desk.tally().did(facts.pair().kind(), verb, () -> item(facts, verb, changes, verdict));
    }

    private static SyncPlan.Item item(PairFacts facts, Verb verb, List<Event.Change> changes, Verdict verdict) {
        Pair pair = facts.pair();
        FieldValues named =
                facts.local() == null ? pair.remoteValues() : facts.local().values();
        return new SyncPlan.Item(
                pair.kind(),
                verb,
                Objects.requireNonNullElse(Fields.title(named), ""),
                pair.localRef(),
                pair.remoteRef(),
                changes,
                verdict.text(),
                Permit.basis(facts));
    }

    /**
     * Decides a pair again after something was written, so that what it is now is stored with what was done; what is
     * still to be written keeps it dirty.
     */
    Pair decidedAgain(Pair pair, @Nullable Asset local, PairFacts before) {
        PairFacts facts = new PairFacts(pair, local, false, before.links(), null, before.held(), before.inCircle());
        Decision decision = planner.decide(facts);
        // A link that leaves or returns goes through keep(), which logs it and sees to its children.
        if (decision instanceof Decision.Keep keep
                && !keep.merge().writes()
                && keep.standing().state() == pair.state()
                && keep.standing().reasons().equals(pair.reasons())) {
            return Closing.kept(pair, keep);
        }
        return pair.toBuilder()
                .disposition(decision.verdict().disposition())
                .dirty(true)
                .build();
    }
}
