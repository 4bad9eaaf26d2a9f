package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.store.Event;
import org.psasync.store.Grant;
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

    /** A record to be written. */
    record Job(PairFacts facts, Decision decision, LocalChange change) {
        Merge merge() {
            return decision instanceof Decision.Keep keep ? keep.merge() : ((Decision.CreateLocal) decision).merge();
        }

        Verb verb() {
            return change.isCreate() ? Verb.CREATE_LOCALLY : Verb.UPDATE_LOCALLY;
        }

        /** Whether other fields than those to be written are confirmed. */
        boolean confirmsMore() {
            Grant grant = facts.pair().grant();
            return grant != null
                    && !grant.without(field -> change.values().has(field))
                            .values()
                            .isEmpty();
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
            return processor.permits(facts, Verb.CREATE_LOCALLY)
                    ? Optional.of(new Job(facts, decision, new LocalChange(pair.id(), null, null, create.values())))
                    : Optional.empty();
        }
        Merge merge = ((Decision.Keep) decision).merge();
        Asset local = Objects.requireNonNull(facts.local());
        if (merge.pull().isEmpty() || !processor.permits(facts, Verb.UPDATE_LOCALLY)) {
            return Optional.empty();
        }
        return Optional.of(
                new Job(facts, decision, new LocalChange(pair.id(), local.id(), local.revision(), merge.pull())));
    }

    /** Writes records and stores what came of it. */
    void write(List<Job> wanted) {
        List<Job> allowed = stillAllowed(wanted);
        desk.picks().give(allowed.stream().map(job -> job.change().values()).toList(), desk.assets());
        Map<PairId, Pair> announced = announce(allowed);
        List<Job> jobs =
                allowed.stream().filter(job -> hasBegun(job, announced)).toList();
        if (jobs.isEmpty()) {
            return;
        }
        List<LocalResult> results =
                desk.assets().write(jobs.stream().map(Job::change).toList());
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Pair read = jobs.get(i).facts().pair();
            entries.add(entry(jobs.get(i), announced.getOrDefault(read.id(), read), results.get(i)));
        }
        Map<PairId, Pair> stored = ledger.store(entries);
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            Asset asset = after(job, results.get(i));
            if (asset != null
                    && job.decision() instanceof Decision.Keep keep
                    && !keep.merge().push().isEmpty()) {
                remoteUpdates.update(job.facts().withLocal(of(stored, job), asset), keep.merge());
            }
        }
    }

    /** Returns the record from which the PSA may get its part of the merge; what the host refuses keeps nothing from it. */
    private static @Nullable Asset after(Job job, LocalResult result) {
        if (result instanceof LocalResult.Written written) {
            return written.asset();
        }
        return result instanceof LocalResult.Refused ? job.facts().local() : null;
    }

    /** A link that was taken out meanwhile is not written any more, nor is a record that is being deleted (SET-10). */
    private List<Job> stillAllowed(List<Job> jobs) {
        List<RemoteId> links = new ArrayList<>();
        for (Job job : jobs) {
            if (job.facts().pair().linked()) {
                links.add(Objects.requireNonNull(job.facts().pair().remote()));
            }
        }
        if (links.isEmpty()) {
            return jobs;
        }
        Map<RemoteId, Pair> now = desk.state().byRemote(jobs.get(0).change().kind(), links);
        return jobs.stream()
                .filter(job -> !job.facts().pair().linked()
                        || mayBeWritten(now.get(job.facts().pair().remote())))
                .toList();
    }

    private static boolean mayBeWritten(@Nullable Pair now) {
        return now != null && !now.leftAlone() && now.inFlight() == null;
    }

    private static Pair of(Map<PairId, Pair> stored, Job job) {
        return Objects.requireNonNull(stored.get(job.facts().pair().id()));
    }

    /**
     * Stores what could not be found out later if the writes took effect and nothing more happened: which values they
     * replace (MERGE-4), what the record's last edit confirms, which the engine's own edit hides (PUSH-6), and that a
     * record is being made. Whoever wants to link the PSA record stands back from then on; whoever did so before keeps
     * the link, and nothing is made (P4, SAFE-7).
     */
    private Map<PairId, Pair> announce(List<Job> jobs) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Job job : jobs) {
            Pair pair = job.facts().pair();
            List<Event> lost = lost(job).stream().toList();
            if (job.change().isCreate()) {
                InFlight write = new InFlight.CreatingLocal(job.change().values(), desk.now());
                entries.add(new Ledger.Entry(
                        pair,
                        stored -> isAsDecided(stored, pair)
                                ? stored.toBuilder().inFlight(write).build()
                                : stored,
                        lost));
            } else if (!lost.isEmpty() || job.confirmsMore()) {
                entries.add(new Ledger.Entry(pair, stored -> stored, lost));
            }
        }
        return ledger.store(entries);
    }

    private static boolean isAsDecided(Pair stored, Pair decided) {
        return stored.version() >= decided.version()
                && stored.versioned(decided.version()).madeDirty().equals(decided.madeDirty());
    }

    /** A create that was not announced is decided again from what the pair became meanwhile. */
    private static boolean hasBegun(Job job, Map<PairId, Pair> announced) {
        PairId id = job.facts().pair().id();
        Pair now = announced.get(id);
        return !job.change().isCreate()
                || now != null && now.id().equals(id) && now.inFlight() instanceof InFlight.CreatingLocal;
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
        // The record moved on, or is gone: it is decided again from what it is now.
        return new Ledger.Entry(
                read, pair -> pair.toBuilder().inFlight(null).dirty(true).build(), notLost(job, read));
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
        MergedInto.noted(desk, named, changes).ifPresent(events::add);
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
                    read, pair -> processor.decidedAgain(pulled(job, pair, asset), asset, job.facts()), events);
        }
        events.add(ledger.event(Event.Type.ORPHANED, named, List.of(), Closing.reason(leaving.verdict())));
        processor.did(job.facts(), Verb.ORPHAN, List.of(), leaving.verdict());
        return new Ledger.Entry(read, pair -> Closing.kept(pulled(job, pair, asset), leaving), events);
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
