package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Verdict;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Side;

/**
 * Writes to the PSA, one record at a time. What is about to be sent is stored first, so that whatever happens it can be
 * found out what became of it (SAFE-1, MERGE-9).
 */
final class RemoteWrites {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    private final Parts parts;

    RemoteWrites(Desk desk, Processor processor) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
        this.parts = new Parts(desk, processor);
    }

    /** Takes the sole right to write a pair's PSA record for a while. */
    boolean claim(Pair pair) {
        return desk.state().claim(pair.id(), desk.name(), desk.now().plus(Desk.CLAIM), desk.now());
    }

    void unclaim(Pair pair) {
        desk.state().unclaim(pair.id(), desk.name());
    }

    // A change -------------------------------------------------------------------------------------------------------

    /** Sends what a merge has to send; the PSA record was read in this step. */
    void update(PairFacts facts, Merge merge) {
        Pair pair = facts.pair();
        if (!processor.permits(facts, Verb.UPDATE_IN_PSA) || !claim(pair)) {
            return;
        }
        try {
            Pair current = desk.state().pair(pair.id()).orElse(pair);
            if (current.version() == pair.version()) {
                updateClaimed(facts, merge);
            } else {
                ledger.store(new Ledger.Entry(current, Pair::madeDirty, List.of()));
            }
        } finally {
            unclaim(pair);
        }
    }

    private void updateClaimed(PairFacts facts, Merge merge) {
        FieldValues sent = merge.push();
        Asset local = Objects.requireNonNull(facts.local());
        Observation seen = Objects.requireNonNull(facts.pair().observed());
        InFlight write = new InFlight.UpdatingRemote(
                sent, seen.values().only(sent::has), local.values().only(sent::has), desk.now());
        Pair pair = ledger.store(new Ledger.Entry(
                facts.pair(), stored -> stored.toBuilder().inFlight(write).build(), List.of()));
        RemoteRecord record = new RemoteRecord(
                Objects.requireNonNull(pair.remote()), seen.version(), seen.values(), false, null, null);
        WriteResult result;
        try {
            result = desk.psa().update(new RemoteUpdate(record, sent, desk.options()));
        } catch (ConnectorException failure) {
            failed(pair, sent, failure);
            return;
        }
        Instant ended = desk.now();
        Observation shown = shown(result, pair, ended);
        if (shown == null) {
            // Written, but not read back: the write stays in flight until a read settles it.
            ledger.store(new Ledger.Entry(
                    pair,
                    stored -> stored.toBuilder().lastWrite(ended).dirty(true).build(),
                    List.of()));
            return;
        }
        updated(facts, pair, merge, result, shown, ended);
    }

    private void updated(
            PairFacts facts, Pair pair, Merge merge, WriteResult result, Observation shown, Instant ended) {
        FieldValues sent = merge.push();
        Asset local = Objects.requireNonNull(facts.local());
        FieldValues before = Objects.requireNonNull(facts.pair().observed()).values();
        FieldValues written =
                sent.only(field -> result.failed().stream().noneMatch(problem -> field.equals(problem.field())));
        List<Event> events = new ArrayList<>();
        List<Event.Change> changes = After.changes(before, written);
        events.add(ledger.event(Event.Type.UPDATED_IN_PSA, pair, changes, grantText(pair)));
        for (Merge.Loss loss : merge.losses()) {
            if (loss.side() == Side.PSA && written.has(loss.field())) {
                events.add(ledger.event(
                        Event.Type.OVERWRITTEN,
                        pair,
                        List.of(new Event.Change(loss.field(), loss.lost(), loss.kept())),
                        loss.because().toString()));
            }
        }
        List<Event.Change> different = After.storedDifferently(written, shown.values());
        if (!different.isEmpty()) {
            events.add(ledger.event(
                    Event.Type.STORED_DIFFERENTLY,
                    pair,
                    different,
                    desk.policy().psa() + " stored it otherwise than sent (MERGE-7)"));
        }
        List<Event.Change> others =
                After.changes(before, shown.values().only(field -> !sent.has(field) && before.has(field)));
        if (!others.isEmpty()) {
            events.add(ledger.event(
                    Event.Type.POSSIBLY_OVERWRITTEN,
                    pair,
                    others,
                    "somebody changed the record in " + desk.policy().psa()
                            + " between the read and the write; if it was one of the fields sent, that value is lost"
                            + " (MERGE-6)"));
        }
        result.failed()
                .forEach(problem -> events.add(
                        ledger.event(Event.Type.FAILED, pair, List.of(), "not written: " + problem + " (PUSH-12)")));
        ledger.store(new Ledger.Entry(
                pair,
                stored -> {
                    Pair pushed = After.pushed(stored, sent, local.values(), shown, ended, result.failed());
                    return processor.decidedAgain(After.rewritten(pushed, Side.PSA, written, before), local, facts);
                },
                events));
        processor.outcome(pair).pushed(written.fields());
        processor.outcome(pair).refused(result.failed());
        processor.did(facts, Verb.UPDATE_IN_PSA, changes, verdict(facts));
        desk.state()
                .pair(pair.id())
                .ifPresent(now -> desk.tally().place(now.kind(), now.id(), now.disposition(), Set.of()));
    }

    private Verdict verdict(PairFacts facts) {
        return desk.planner().decide(facts).verdict();
    }

    private static String grantText(Pair pair) {
        return pair.grant() == null
                ? "confirmed"
                : "confirmed by " + pair.grant().actor() + " at " + pair.grant().at();
    }

    /** Returns what the PSA shows after a write, reading it back unless the answer was the full record (PUSH-12). */
    private @Nullable Observation shown(WriteResult result, Pair pair, Instant ended) {
        if (result.record() != null) {
            return Observation.of(result.record(), ended);
        }
        Instant from = desk.now();
        try {
            RemoteRead read = desk.psa().read(pair.kind(), List.of(result.id())).get(result.id());
            return read instanceof RemoteRead.Found found ? Observation.of(found.record(), from) : null;
        } catch (ConnectorException failure) {
            return null;
        }
    }

    // A new record ---------------------------------------------------------------------------------------------------

    /** Makes a record in the PSA, at most once (SAFE-1). */
    void create(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        if (!processor.permits(facts, Verb.CREATE_IN_PSA) || !claim(pair)) {
            return;
        }
        try {
            Pair current = desk.state().pair(pair.id()).orElse(null);
            if (current == null && pair.version() == 0 || current != null && current.version() == pair.version()) {
                createClaimed(facts, create);
            }
        } finally {
            unclaim(pair);
        }
    }

    private void createClaimed(PairFacts facts, Decision.CreateRemote create) {
        Pair pair = facts.pair();
        FieldValues values = create.values();
        Draft draft;
        try {
            draft = desk.psa().prepare(new Draft(pair.id(), values, parts.of(facts), Map.of(), desk.options()));
        } catch (ConnectorException failure) {
            failed(pair, values, failure);
            return;
        }
        InFlight write = new InFlight.CreatingRemote(draft, desk.now(), 0, desk.rights());
        Pair intent = ledger.store(new Ledger.Entry(
                pair, stored -> stored.toBuilder().inFlight(write).build(), List.of()));
        WriteResult result;
        try {
            result = desk.psa().create(draft);
        } catch (ConnectorException failure) {
            failed(intent, values, failure);
            return;
        }
        created(facts, intent, draft, result);
    }

    private void created(PairFacts facts, Pair intent, Draft draft, WriteResult result) {
        Instant ended = desk.now();
        Observation shown = shown(result, intent, ended);
        Observation observed = shown != null
                ? shown
                : new Observation(draft.values(), org.psasync.spi.RemoteVersion.UNKNOWN, false, ended, null);
        Pair named = intent.toBuilder().remote(result.id()).build();
        List<Event> events = new ArrayList<>();
        events.add(ledger.event(Event.Type.CREATED_IN_PSA, named, List.of(), grantText(intent)));
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
        processor.did(facts, Verb.CREATE_IN_PSA, List.of(), verdict(facts));
        desk.tally().place(linked.kind(), linked.id(), linked.disposition(), Set.of());
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
    private org.psasync.model.@Nullable PairId absorbed(RemoteId remote, Pair intent) {
        return desk.state()
                .byRemote(new org.psasync.model.RemoteRef(intent.kind(), remote))
                .map(Pair::id)
                .filter(id -> !id.equals(intent.id()))
                .orElse(null);
    }

    // A failure ------------------------------------------------------------------------------------------------------

    /** Stores what a failed write means; throws on what stops the whole run. */
    void failed(Pair pair, FieldValues sent, ConnectorException failure) {
        if (failure instanceof ConnectorException.Unavailable unavailable && unavailable.outcomeUnknown()) {
            uncertain(pair, unavailable);
            return;
        }
        List<Problem> problems = failure instanceof ConnectorException.Rejected rejected
                ? rejected.problems()
                : List.of(Problem.ofRecord(Problem.Code.REFUSED, Objects.requireNonNullElse(failure.getMessage(), "")));
        boolean refused =
                failure instanceof ConnectorException.Rejected || failure instanceof ConnectorException.Forbidden;
        boolean lookAgain = failure instanceof ConnectorException.Gone
                || failure instanceof ConnectorException.Stale
                || isDuplicate(problems);
        Instant retryAt = refused ? null : retryAt(pair, failure);
        Disposition disposition = refused ? Disposition.REFUSED_BY_PSA : Disposition.RETRYING;
        if (refused) {
            processor.outcome(pair).refused(problems);
        }
        desk.tally().place(pair.kind(), pair.id(), disposition, Set.of());
        desk.tally().problem(pair.kind() + " " + pair.local() + ": " + failure.getMessage());
        Event event = ledger.event(
                Event.Type.FAILED, pair, List.of(), Objects.requireNonNullElse(failure.getMessage(), "failed"));
        ledger.store(new Ledger.Entry(
                pair,
                stored -> After.failed(stored, Side.PSA, problems, refused ? sent : null, retryAt).toBuilder()
                        .disposition(disposition)
                        .mustRead(stored.remote() != null && lookAgain)
                        .dirty(lookAgain && stored.remote() != null)
                        .build(),
                List.of(event)));
        if (failure instanceof ConnectorException.Unauthorized
                || failure instanceof ConnectorException.Throttled
                || failure instanceof ConnectorException.Unavailable) {
            throw failure;
        }
    }

    private static boolean isDuplicate(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.code() == Problem.Code.DUPLICATE);
    }

    /** The answer was lost: the write stays in flight, and is looked for once it can have taken effect. */
    private void uncertain(Pair pair, ConnectorException.Unavailable failure) {
        Event event = ledger.event(
                Event.Type.UNCERTAIN,
                pair,
                List.of(),
                "it is not known whether the write took effect: " + failure.getMessage());
        desk.tally().place(pair.kind(), pair.id(), Disposition.UNCERTAIN, Set.of());
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .disposition(Disposition.UNCERTAIN)
                        .lastWrite(desk.now())
                        .dirty(true)
                        .build(),
                List.of(event)));
    }

    private Instant retryAt(Pair pair, ConnectorException failure) {
        if (failure instanceof ConnectorException.Throttled throttled) {
            return desk.now().plus(throttled.retryAfter());
        }
        Trouble.Failure last = pair.trouble().failure();
        int attempts = last == null ? 0 : Math.min(last.attempts(), 10);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << attempts);
        return desk.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
