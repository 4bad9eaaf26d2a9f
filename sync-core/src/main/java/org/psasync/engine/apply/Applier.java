package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.engine.pair.Closing;
import org.psasync.model.AssetKind;
import org.psasync.model.SyncState;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/** Carries decisions out: first what writes nothing, then the host's records together, then the PSA's one by one. */
final class Applier {
    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final LocalWrites localWrites;
    private final RemoteUpdates remoteUpdates;
    private final RemoteCreates remoteCreates;
    private final Settlement settlement;

    Applier(Desk desk, Processor processor, RemoteWrites remoteWrites) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.remoteUpdates = new RemoteUpdates(desk, processor, remoteWrites);
        this.localWrites = new LocalWrites(desk, processor, remoteUpdates);
        this.remoteCreates = new RemoteCreates(desk, processor, remoteWrites);
        this.settlement = new Settlement(desk, remoteWrites);
    }

    /** A pair, what is known about it, and what is to be done. */
    record Decided(PairFacts facts, Decision decision) {}

    /**
     * Pairs to be decided at once.
     *
     * @param linked those that became links
     * @param read those whose write was settled by a read, which is as good as another before a write (MERGE-6)
     */
    record Next(List<Pair> linked, List<Pair> read) {}

    /** Carries decisions out. */
    Next apply(AssetKind kind, List<Decided> decided) {
        List<Ledger.Entry> entries = new ArrayList<>();
        List<Pair> forgotten = new ArrayList<>();
        List<LocalWrites.Job> local = new ArrayList<>();
        for (Decided each : decided) {
            PairFacts facts = each.facts();
            Decision decision = each.decision();
            if (decision instanceof Decision.Keep keep) {
                processor.outcome(facts.pair()).refused(Closing.refusals(facts.pair(), keep.merge()));
            }
            if (decision instanceof Decision.Keep keep && !keep.merge().writes()) {
                keep(facts, keep, entries);
            } else if (decision instanceof Decision.Leave leave) {
                leave(facts.pair(), leave, entries);
            } else if (decision instanceof Decision.Doubt doubt) {
                review(facts.pair(), doubt, entries);
            } else if (decision instanceof Decision.Refuse refuse) {
                refuse(facts.pair(), refuse, entries);
            } else if (decision instanceof Decision.Disable disable) {
                disable(facts, disable, entries);
            } else if (decision instanceof Decision.Hold) {
                hold(facts.pair(), entries);
            } else if (decision instanceof Decision.Forget) {
                forgotten.add(facts.pair());
            } else if (decision instanceof Decision.Keep || decision instanceof Decision.CreateLocal) {
                localWrites.job(facts, decision).ifPresent(local::add);
            }
        }
        ledger.store(entries);
        ledger.forget(forgotten);
        localWrites.write(local);
        Next next = new Next(new ArrayList<>(), new ArrayList<>());
        decided.forEach(each -> applyAlone(each.facts(), each.decision(), next));
        return next;
    }

    /** Decides how pairs are stored for the first time: those that are left, and those whose local record is to be made. */
    Beginnings begin(List<Decided> decided) {
        Beginnings beginnings = new Beginnings();
        for (Decided each : decided) {
            if (each.decision() instanceof Decision.Leave leave) {
                beginnings.add(Closing.left(each.facts().pair(), leave));
            } else if (each.decision() instanceof Decision.CreateLocal) {
                localWrites.job(each.facts(), each.decision()).ifPresent(job -> LocalWrites.begin(job, beginnings));
            }
        }
        return beginnings;
    }

    void carryOut(Beginnings begun) {
        localWrites.write(begun);
    }

    /** What is done one by one, because each write is a request of its own. */
    private void applyAlone(PairFacts facts, Decision decision, Next next) {
        if (decision instanceof Decision.LinkLocal link) {
            Pair as = facts.pair().toBuilder().local(link.match()).build();
            link(facts, as, link, next.linked());
        } else if (decision instanceof Decision.LinkRemote link) {
            Pair as = facts.pair().toBuilder().remote(link.match()).build();
            link(facts, as, link, next.linked());
        } else if (decision instanceof Decision.CreateRemote create) {
            remoteCreates.create(facts, create);
        } else if (decision instanceof Decision.Settle settle) {
            settlement.settle(facts, settle).ifPresent(next.read()::add);
        } else if (decision instanceof Decision.Keep keep
                && keep.merge().pull().isEmpty()
                && !keep.merge().push().isEmpty()) {
            remoteUpdates.update(facts, keep.merge());
        }
    }

    private void keep(PairFacts facts, Decision.Keep keep, List<Ledger.Entry> entries) {
        Pair pair = facts.pair();
        Verb verb = Closing.verb(pair, keep.standing());
        if (verb != null && !processor.permits(facts, verb)) {
            return;
        }
        Pair kept = Closing.kept(pair, keep);
        if (kept.equals(pair)) {
            return;
        }
        String reason = Closing.reason(keep.verdict());
        List<Event> events = new ArrayList<>();
        Event.Type movement = Closing.movement(pair, keep.standing());
        if (movement != null) {
            events.add(ledger.event(movement, pair, List.of(), reason));
        }
        if (!pair.trouble().frozen().containsAll(keep.merge().frozen())) {
            events.add(ledger.event(
                    Event.Type.IN_REVIEW,
                    pair,
                    Closing.bothValues(facts, keep.merge().frozen()),
                    reason + ledger.lastChange(pair)));
        }
        if (!keep.merge().oscillating().isEmpty() && pair.disposition() != kept.disposition()) {
            events.add(ledger.event(
                    Event.Type.OSCILLATING,
                    pair,
                    Closing.bothValues(facts, keep.merge().oscillating()),
                    reason + ledger.lastChange(pair)));
        }
        entries.add(new Ledger.Entry(pair, stored -> Closing.kept(stored, keep), events));
        if (verb != null) {
            processor.did(facts, verb, List.of(), keep.verdict());
        }
    }

    private void hold(Pair pair, List<Ledger.Entry> entries) {
        if (!Closing.held(pair).equals(pair)) {
            entries.add(new Ledger.Entry(pair, Closing::held, List.of()));
        }
    }

    private void leave(Pair pair, Decision.Leave leave, List<Ledger.Entry> entries) {
        if (!Closing.left(pair, leave).equals(pair)) {
            entries.add(new Ledger.Entry(pair, stored -> Closing.left(stored, leave), List.of()));
        }
    }

    private void review(Pair pair, Decision.Doubt doubt, List<Ledger.Entry> entries) {
        Instant now = desk.now();
        if (Closing.inReview(pair, doubt, now).equals(pair)) {
            return;
        }
        List<Event> events = doubt.review().asksTheSameAs(pair.trouble().review())
                ? List.of()
                : List.of(ledger.event(
                        Event.Type.IN_REVIEW, pair, List.of(), doubt.review().reason()));
        entries.add(new Ledger.Entry(pair, stored -> Closing.inReview(stored, doubt, now), events));
    }

    private void refuse(Pair pair, Decision.Refuse refuse, List<Ledger.Entry> entries) {
        processor.outcome(pair).refused(refuse.problems());
        long settings = desk.setup().settingsVersion();
        entries.add(new Ledger.Entry(
                pair,
                stored ->
                        After.failed(stored, Side.PSA, refuse.problems(), refuse.refused(), settings, null).toBuilder()
                                .awaited(refuse.awaited())
                                .disposition(refuse.verdict().disposition())
                                .dirty(false)
                                .build(),
                List.of(ledger.event(
                        Event.Type.FAILED, pair, List.of(), refuse.verdict().text()))));
    }

    private void disable(PairFacts facts, Decision.Disable disable, List<Ledger.Entry> entries) {
        if (!processor.permits(facts, Verb.DISABLE)) {
            return;
        }
        Pair pair = facts.pair();
        processor.did(facts, Verb.DISABLE, List.of(), disable.verdict());
        entries.add(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .state(SyncState.DISABLED)
                        .trouble(stored.trouble().withLocalGone())
                        .matchText(new Matching(desk.policy()).text(stored.remoteValues()))
                        .disposition(disable.verdict().disposition())
                        .dirty(false)
                        .mustRead(false)
                        .dueAt(null)
                        .build(),
                List.of(ledger.event(
                        Event.Type.DISABLED, pair, List.of(), disable.verdict().text()))));
    }

    /** Links two records that are the same, unless one of them was linked meanwhile; then the pair stays dirty. */
    private void link(PairFacts facts, Pair as, Decision decision, List<Pair> linked) {
        boolean mayLink = desk.state()
                .pair(facts.pair().id())
                .filter(now -> !now.linked())
                .isPresent();
        if (!mayLink || !processor.permits(facts, Verb.LINK)) {
            return; // the other record's pair found this one first
        }
        Event event = ledger.event(Event.Type.LINKED, as, List.of(), Closing.reason(decision.verdict()));
        Pair link = ledger.store(new Ledger.Entry(
                facts.pair(),
                stored -> After.linked(stored, Objects.requireNonNull(as.local()), Objects.requireNonNull(as.remote()))
                        .madeDirty(),
                List.of(event)));
        if (link.linked()) {
            processor.did(facts, Verb.LINK, List.of(), decision.verdict());
            linked.add(link);
        }
    }
}
