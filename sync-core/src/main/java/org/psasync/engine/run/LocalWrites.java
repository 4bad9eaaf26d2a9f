package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
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

    LocalWrites(Desk desk, Processor processor) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
    }

    /** A record to be written. */
    record Job(PairFacts facts, Decision decision, LocalChange change) {
        @Nullable
        Merge merge() {
            return decision instanceof Decision.Keep keep ? keep.merge() : null;
        }

        Verb verb() {
            return change.isCreate() ? Verb.CREATE_LOCALLY : Verb.UPDATE_LOCALLY;
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
    void write(List<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        desk.picks().give(jobs.stream().map(job -> job.change().values()).toList(), desk.assets());
        Map<PairId, Pair> announced = announceCreates(jobs);
        List<LocalResult> results =
                desk.assets().write(jobs.stream().map(Job::change).toList());
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Pair read = jobs.get(i).facts().pair();
            entries.add(entry(jobs.get(i), announced.getOrDefault(read.id(), read), results.get(i)));
        }
        Map<PairId, Pair> stored = ledger.store(entries);
        wakeWaiting(jobs, results, stored);
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            if (results.get(i) instanceof LocalResult.Written written
                    && job.decision() instanceof Decision.Keep keep
                    && !keep.merge().push().isEmpty()) {
                processor.push(job.facts().withLocal(of(stored, job), written.asset()), keep.merge());
            }
        }
    }

    private static Pair of(Map<PairId, Pair> stored, Job job) {
        return Objects.requireNonNull(stored.get(job.facts().pair().id()));
    }

    private void wakeWaiting(List<Job> jobs, List<LocalResult> results, Map<PairId, Pair> stored) {
        List<Pair> linked = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).change().isCreate() && results.get(i) instanceof LocalResult.Written) {
                linked.add(of(stored, jobs.get(i)));
            }
        }
        if (!linked.isEmpty()) {
            processor.nowLinked(linked);
        }
    }

    /** A host that does not keep pair ids is asked, after a crash, whether it has the record already (SAFE-7). */
    private Map<PairId, Pair> announceCreates(List<Job> jobs) {
        if (desk.assets().keepsPairIds()) {
            return Map.of();
        }
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Job job : jobs) {
            if (job.change().isCreate()) {
                InFlight.CreatingLocal write =
                        new InFlight.CreatingLocal(job.change().values(), desk.now());
                entries.add(new Ledger.Entry(
                        job.facts().pair(),
                        pair -> pair.toBuilder().inFlight(write).build(),
                        List.of()));
            }
        }
        return ledger.store(entries);
    }

    private Ledger.Entry entry(Job job, Pair read, LocalResult result) {
        if (result instanceof LocalResult.Written written) {
            return written(job, read, written.asset());
        }
        if (result instanceof LocalResult.Refused refused) {
            processor.outcome(read).refused(refused.problems());
            desk.tally().problem("The host refused " + read.kind() + " " + read.remote() + ": " + refused.problems());
            Event event = ledger.event(
                    Event.Type.FAILED, read, List.of(), "the host refused it: " + refused.problems() + " (PULL-4)");
            return new Ledger.Entry(
                    read,
                    pair -> After.failed(
                                    pair,
                                    Side.HOST,
                                    refused.problems(),
                                    job.change().values(),
                                    null)
                            .toBuilder()
                            .disposition(org.psasync.engine.Disposition.REFUSED_BY_HOST)
                            .dirty(false)
                            .build(),
                    List.of(event));
        }
        // The record moved on, or is gone: it is decided again from what it is now.
        return new Ledger.Entry(
                read, pair -> pair.toBuilder().inFlight(null).dirty(true).build(), List.of());
    }

    private Ledger.Entry written(Job job, Pair read, Asset asset) {
        List<Event> events = new ArrayList<>();
        Pair named = read.toBuilder().local(asset.id()).build();
        Event.Type type = job.change().isCreate() ? Event.Type.CREATED_LOCALLY : Event.Type.UPDATED_LOCALLY;
        List<Event.Change> changes = After.changes(job.before(), job.change().values());
        events.add(
                ledger.event(type, named, changes, Closing.reason(job.decision().verdict())));
        Merge merge = job.merge();
        if (merge != null) {
            losses(job, named, merge, events);
        }
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
        return new Ledger.Entry(read, pair -> after(job, pair, asset), events);
    }

    private void losses(Job job, Pair named, Merge merge, List<Event> events) {
        for (Merge.Loss loss : merge.losses()) {
            if (loss.side() == Side.HOST) {
                events.add(ledger.event(
                        Event.Type.OVERWRITTEN,
                        named,
                        List.of(new Event.Change(loss.field(), loss.lost(), loss.kept())),
                        loss.because().toString()));
                processor.outcome(job.facts().pair()).lost(loss);
            }
        }
    }

    private Pair after(Job job, Pair pair, Asset asset) {
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
        Merge merge = job.merge();
        if (merge != null) {
            pulled = After.agreed(pulled, merge.agreed());
            pulled = After.rewritten(pulled, Side.HOST, sent, job.before());
        }
        Pair again = processor.decidedAgain(pulled, asset, job.facts());
        return again;
    }
}
