package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.psasync.engine.Disposition;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.engine.pair.Closing;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.SyncState;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/** Writes to the host, in batches; each record is answered on its own. */
final class LocalWrites {
    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final RemoteUpdates remoteUpdates;

    LocalWrites(Desk desk, Processor processor, RemoteUpdates remoteUpdates) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.remoteUpdates = remoteUpdates;
    }

    /** A record to be written, and what is stored of that before. */
    record Job(PairFacts facts, Decision decision, LocalChange change, InFlight write) {
        Merge merge() {
            return decision instanceof Decision.Keep keep ? keep.merge() : ((Decision.CreateLocal) decision).merge();
        }

        Verb verb() {
            return change.isCreate() ? Verb.CREATE_LOCALLY : Verb.UPDATE_LOCALLY;
        }

        /** Returns whether nobody found out the end of the write meanwhile. */
        boolean isOpen(Pair pair) {
            return write.equals(pair.inFlight());
        }

        FieldValues before() {
            Asset local = facts.local();
            return local == null ? FieldValues.empty(change.kind()) : local.values();
        }
    }

    /** Returns what is to be written to the host, unless nothing is, or it is not permitted. */
    Optional<Job> job(PairFacts facts, Decision decision) {
        Pair pair = facts.pair();
        if (decision instanceof Decision.CreateLocal create) {
            InFlight write = new InFlight.CreatingLocal(create.values(), desk.now());
            return processor.permits(facts, Verb.CREATE_LOCALLY)
                    ? Optional.of(
                            new Job(facts, decision, new LocalChange(pair.id(), null, null, create.values()), write))
                    : Optional.empty();
        }
        Merge merge = ((Decision.Keep) decision).merge();
        Asset local = Objects.requireNonNull(facts.local());
        if (merge.pull().isEmpty() || !processor.permits(facts, Verb.UPDATE_LOCALLY)) {
            return Optional.empty();
        }
        FieldValues values = merge.pull();
        InFlight write = new InFlight.UpdatingLocal(
                values,
                local.values().only(values::has),
                local.revision(),
                pair.remoteValues().only(values::has),
                merge.partly(),
                merge.confirmedLists(),
                desk.now());
        return Optional.of(
                new Job(facts, decision, new LocalChange(pair.id(), local.id(), local.revision(), values), write));
    }

    /** Writes records and stores what came of it. */
    void write(List<Job> wanted) {
        Map<PairId, Pair> announced = announce(wanted);
        carryOut(wanted.stream().filter(job -> hasBegun(job, announced)).toList(), announced);
    }

    /** Begins to make the record of a pair that is not stored yet; nobody else can know it. */
    static void begin(Job create, Beginnings beginnings) {
        beginnings.add(create, announced(create.facts().pair(), create));
    }

    /** Makes the records of pairs that were stored as begun. */
    void write(Beginnings begun) {
        carryOut(begun.creates(), begun.announced());
    }

    private void carryOut(List<Job> jobs, Map<PairId, Pair> announced) {
        if (jobs.isEmpty()) {
            return;
        }
        desk.picks().give(jobs.stream().map(job -> job.change().values()).toList(), desk.assets());
        List<LocalResult> results =
                desk.assets().write(jobs.stream().map(Job::change).toList());
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Pair read = jobs.get(i).facts().pair();
            entries.add(entry(jobs.get(i), Objects.requireNonNull(announced.get(read.id())), results.get(i)));
        }
        Map<PairId, Pair> stored = ledger.store(entries);
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            if (results.get(i) instanceof LocalResult.Written written
                    && job.decision() instanceof Decision.Keep keep
                    && !keep.merge().push().isEmpty()) {
                remoteUpdates.update(job.facts().withLocal(of(stored, job), written.asset()), keep.merge());
            }
        }
    }

    private static Pair of(Map<PairId, Pair> stored, Job job) {
        return Objects.requireNonNull(stored.get(job.facts().pair().id()));
    }

    /**
     * Stores what could not be found out later if the writes took effect and nothing more happened: what is written (SAFE-6),
     * which values that replaces (MERGE-4), and what the record's last edit confirms, which the engine's own edit hides
     * (PUSH-6). What was taken out of the sync meanwhile, or is being deleted, is not written any more (SET-10). Whoever
     * wants to link a PSA record of which a local one is being made stands back from then on; whoever did so before keeps
     * the link, and nothing is made (P4, SAFE-7).
     */
    private Map<PairId, Pair> announce(List<Job> jobs) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Job job : jobs) {
            Pair pair = job.facts().pair();
            entries.add(new Ledger.Entry(
                    pair,
                    stored -> isAsDecided(stored, pair) ? announced(stored, job) : stored,
                    lost(job).stream().toList()));
        }
        return ledger.store(entries);
    }

    private static Pair announced(Pair pair, Job job) {
        return pair.toBuilder().inFlight(job.write()).dirty(true).build();
    }

    private static boolean isAsDecided(Pair stored, Pair decided) {
        return stored.version() >= decided.version()
                && stored.versioned(decided.version()).madeDirty().equals(decided.madeDirty());
    }

    /** What was not announced is decided again from what the pair became meanwhile. */
    private boolean hasBegun(Job job, Map<PairId, Pair> announced) {
        Pair pair = job.facts().pair();
        Pair now = announced.get(pair.id());
        boolean begun = now != null && now.id().equals(pair.id()) && job.isOpen(now);
        if (!begun) {
            notLost(job, pair).forEach(ledger::log);
        }
        return begun;
    }

    private Optional<Event> lost(Job job) {
        return ledger.overwritten(job.facts().pair(), job.merge().losses(), loss -> loss.side() == Side.HOST);
    }

    private Ledger.Entry entry(Job job, Pair read, LocalResult result) {
        if (result instanceof LocalResult.Written written) {
            return written(job, read, written.asset());
        }
        if (result instanceof LocalResult.Refused refused) {
            processor.outcome(read).refused(refused.problems());
            desk.tally().problem("The host refused " + read.kind() + " " + read.remote() + ": " + refused.problems());
            List<Event> events = new ArrayList<>(notLost(job, read));
            events.add(ledger.event(
                    Event.Type.FAILED, read, List.of(), "the host refused it: " + refused.problems() + " (PULL-4)"));
            return new Ledger.Entry(read, pair -> refused(job, pair, refused.problems()), events);
        }
        // The record moved on or is gone, or the host had carried out the write before it failed: what it is now tells.
        return job.change().isCreate()
                ? new Ledger.Entry(
                        read,
                        pair -> (job.isOpen(pair) ? After.withoutLocalWrite(pair) : pair).madeDirty(),
                        notLost(job, read))
                : new Ledger.Entry(read, Pair::madeDirty, List.of());
    }

    /** What else was decided about the record holds all the same; what is to be pushed of it keeps it dirty. */
    private Pair refused(Job job, Pair pair, List<Problem> problems) {
        Pair refused = After.failed(pair, Side.HOST, problems, job.change().values(), 0, null).toBuilder()
                .disposition(Disposition.REFUSED_BY_HOST)
                .dirty(false)
                .build();
        Asset local = job.facts().local();
        return local == null ? refused : processor.decidedAgain(refused, local, job.facts());
    }

    private List<Event> notLost(Job job, Pair read) {
        return lost(job).isEmpty()
                ? List.of()
                : List.of(ledger.event(
                        Event.Type.NOTED,
                        read,
                        List.of(),
                        "nothing was overwritten: the host did not carry out the write that was begun"));
    }

    private Ledger.Entry written(Job job, Pair read, Asset asset) {
        List<Event> events = new ArrayList<>();
        Pair named = read.toBuilder().local(asset.id()).build();
        Event.Type type = job.change().isCreate() ? Event.Type.CREATED_LOCALLY : Event.Type.UPDATED_LOCALLY;
        List<Event.Change> changes = Event.changes(job.before(), job.change().values());
        events.add(
                ledger.event(type, named, changes, Closing.reason(job.decision().verdict())));
        job.merge().losses().stream()
                .filter(loss -> loss.side() == Side.HOST)
                .forEach(loss -> processor.outcome(read).lost(loss));
        List<Event.Change> different = After.storedDifferently(job.change().values(), asset.values());
        if (!different.isEmpty()) {
            events.add(ledger.event(
                    Event.Type.STORED_DIFFERENTLY,
                    named,
                    different,
                    "the host stored it otherwise than sent (MERGE-7)"));
        }
        processor.did(
                job.facts(),
                job.verb(),
                job.change().isCreate() ? List.of() : changes,
                job.decision().verdict());
        Decision.Keep leaving = processor.leaving(pulled(job, read, asset), asset, job.facts(), job.decision());
        if (leaving == null) {
            return new Ledger.Entry(
                    read,
                    pair -> job.change().isCreate() || job.isOpen(pair)
                            ? processor.decidedAgain(pulled(job, pair, asset), asset, job.facts())
                            : pair.madeDirty(),
                    events);
        }
        events.add(ledger.event(Event.Type.ORPHANED, named, List.of(), Closing.reason(leaving.verdict())));
        processor.did(job.facts(), Verb.ORPHAN, List.of(), leaving.verdict());
        return new Ledger.Entry(
                read,
                pair -> job.isOpen(pair) ? Closing.kept(pulled(job, pair, asset), leaving) : pair.madeDirty(),
                events);
    }

    private Pair pulled(Job job, Pair pair, Asset asset) {
        FieldValues sent = job.change().values();
        Pair linked = pair.linked()
                ? pair
                : pair.toBuilder()
                        .local(asset.id())
                        .state(SyncState.SYNCING)
                        .matchText(null)
                        .inFlight(null)
                        .build();
        FieldValues remote = job.facts().pair().remoteValues();
        Pair pulled = After.pulled(linked, sent, asset, remote, job.merge());
        if (!job.change().isCreate()) {
            pulled = After.agreed(pulled, job.merge());
            pulled = After.rewritten(pulled, Side.HOST, sent, job.before());
        }
        return pulled;
    }
}
