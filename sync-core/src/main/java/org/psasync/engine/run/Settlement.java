package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Base;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/** Finds out what became of writes whose end is not known, after a lost answer or a crash. */
final class Settlement {
    /** So often must a record be looked for in vain before it may be made again (SAFE-1). */
    private static final int LOOKS = 2;
    /** The PSA's clock and ours may differ by so much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;
    private final Matching matching;
    private final Processor processor;

    Settlement(Desk desk, Processor processor) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
        this.matching = new Matching(desk.policy());
        this.processor = processor;
    }

    void settle(PairFacts facts, Decision.Settle settle) {
        Pair pair = facts.pair();
        if (settle.write() instanceof InFlight.CreatingRemote creating) {
            create(facts, creating);
        } else if (settle.write() instanceof InFlight.UpdatingRemote updating) {
            update(pair, updating);
        } else if (settle.write() instanceof InFlight.CreatingLocal) {
            localCreate(pair);
        }
    }

    // A change of a PSA record (MERGE-9) -----------------------------------------------------------------------------

    private void update(Pair pair, InFlight.UpdatingRemote write) {
        Instant over = write.startedAt().plus(desk.psa().descriptor().deadline());
        if (desk.now().isBefore(over)) {
            wait(pair, over);
            return;
        }
        Instant from = desk.now();
        var id = Objects.requireNonNull(pair.remote());
        RemoteRead read = desk.psa().read(pair.kind(), List.of(id)).get(id);
        if (read instanceof RemoteRead.Found found) {
            Observation shown = Observation.of(found.record(), from);
            Base arrived = arrivedValues(write, shown.values());
            List<Event> events = arrived.remote().isEmpty()
                    ? List.of()
                    : List.of(ledger.event(
                            Event.Type.UPDATED_IN_PSA,
                            pair,
                            After.changes(write.seen(), arrived.remote()),
                            "the answer was lost; a read found the values as they were sent (MERGE-9)"));
            ledger.store(new Ledger.Entry(
                    pair,
                    stored -> After.agreed(stored, arrived).toBuilder()
                            .observed(shown)
                            .inFlight(null)
                            .mustRead(false)
                            .dueAt(null)
                            .dirty(true)
                            .build(),
                    events));
        } else if (read instanceof RemoteRead.NotFound) {
            ledger.store(new Ledger.Entry(
                    pair,
                    stored ->
                            Absences.notFound(stored.toBuilder().inFlight(null).build(), from, false),
                    List.of()));
        }
    }

    /** What the PSA holds as it was sent was agreed; the rest never arrived, or somebody changed it since. */
    private static Base arrivedValues(InFlight.UpdatingRemote write, FieldValues shown) {
        FieldValues arrived = shown.only(
                field -> write.sent().has(field) && Objects.equals(write.sent().get(field), shown.get(field)));
        return new Base(write.local().only(arrived::has), arrived.only(write.local()::has));
    }

    // A new PSA record (SAFE-1) --------------------------------------------------------------------------------------

    private void create(PairFacts facts, InFlight.CreatingRemote write) {
        Pair pair = facts.pair();
        Instant visible = visible(pair, write);
        if (desk.now().isBefore(visible)) {
            wait(pair, visible);
            return;
        }
        if (desk.policy().kind(pair.kind()).filter(KindDescriptor::find).isEmpty()) {
            decideByPerson(
                    pair,
                    desk.policy().psa() + " cannot be searched; look there whether the record was made, and link it or"
                            + " create it again.",
                    List.of());
            return;
        }
        Instant from = desk.now();
        List<RemoteRecord> found = desk.psa().findCreated(write.draft());
        observer.found(pair.kind(), found, from);
        List<Pair> results = results(write, found);
        if (results.size() == 1) {
            link(facts, write, results.get(0));
        } else if (results.size() > 1) {
            decideByPerson(
                    pair,
                    "The answer to its create was lost, and " + desk.policy().psa()
                            + " has several records that may be the result.",
                    candidates(results));
        } else if (write.absences() + 1 < LOOKS) {
            Pair waiting = ledger.store(new Ledger.Entry(
                    pair,
                    stored -> stored.toBuilder().inFlight(write.notFoundAgain()).build(),
                    List.of()));
            wait(waiting, visible(waiting, write.notFoundAgain()));
        } else if (write.rights().equals(desk.rights())) {
            neverMade(pair, write);
        } else {
            decideByPerson(
                    pair,
                    "The answer to its create was lost, and the rights in "
                            + desk.policy().psa() + " changed since, so it cannot be told whether the record was made.",
                    List.of());
        }
    }

    private Instant visible(Pair pair, InFlight.CreatingRemote write) {
        Duration deadline = desk.psa().descriptor().deadline();
        Duration delay = desk.policy()
                .kind(pair.kind())
                .map(KindDescriptor::visibilityDelay)
                .orElse(deadline);
        Duration once = delay.compareTo(deadline) > 0 ? delay : deadline;
        return write.startedAt().plus(once.multipliedBy(write.absences() + 1L));
    }

    /** Returns the unlinked records that the create may have made. */
    private List<Pair> results(InFlight.CreatingRemote write, List<RemoteRecord> found) {
        List<Pair> results = new ArrayList<>();
        for (RemoteRecord record : found) {
            Optional<Pair> pair = desk.state().byRemote(record.ref());
            boolean tooOld = record.createdAt() != null
                    && record.createdAt().isBefore(write.startedAt().minus(CLOCK_SKEW));
            boolean alike = Objects.equals(
                    matching.text(record.values()), matching.text(write.draft().values()));
            if (pair.isPresent() && !pair.get().linked() && !record.deleted() && !tooOld && alike) {
                results.add(pair.get());
            }
        }
        return results;
    }

    private void link(PairFacts facts, InFlight.CreatingRemote write, Pair result) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        var remote = Objects.requireNonNull(result.remote());
        if (local == null) {
            decideByPerson(
                    pair,
                    "The local record was deleted while it was being made in the PSA.",
                    candidates(List.of(result)));
            return;
        }
        Observation shown = Objects.requireNonNull(result.observed());
        Base arrived = arrivedDraft(write.draft().values(), local, shown.values());
        Event event = ledger.event(
                Event.Type.CREATED_IN_PSA,
                pair.toBuilder().remote(remote).build(),
                List.of(),
                "the answer to its create was lost; the record was found and linked (SAFE-1)");
        Pair linked = ledger.store(new Ledger.Entry(
                pair,
                stored -> After.agreed(
                                After.linked(stored, local.id(), remote).toBuilder()
                                        .observed(shown)
                                        .inFlight(null)
                                        .dueAt(null)
                                        .build(),
                                arrived)
                        .madeDirty(),
                List.of(event),
                result.id()));
        processor.nowLinked(List.of(linked));
    }

    /** Only what the PSA shows as it was sent, and the host still holds as it was read, is agreed. */
    private static Base arrivedDraft(FieldValues sent, Asset local, FieldValues shown) {
        FieldValues there = shown.only(field -> sent.has(field) && Objects.equals(sent.get(field), shown.get(field)));
        FieldValues here = local.values().only(field -> there.has(field) && unchanged(field, sent, local));
        return new Base(here, there.only(here::has));
    }

    private static boolean unchanged(Field<?> field, FieldValues sent, Asset local) {
        Object value = sent.get(field);
        return value instanceof RemoteRef
                || Objects.equals(value, local.values().get(field));
    }

    private void neverMade(Pair pair, InFlight.CreatingRemote write) {
        Event event = ledger.event(
                Event.Type.NOTED,
                pair,
                List.of(),
                "it was looked for " + LOOKS + " times and certainly was not made; it may be made again (SAFE-1)");
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .inFlight(null)
                        .dueAt(null)
                        .dirty(true)
                        .build(),
                List.of(event)));
        release(pair, write);
    }

    /** What was held because it might be the result is decided again. */
    private void release(Pair pair, InFlight.CreatingRemote write) {
        String text = matching.text(write.draft().values());
        if (text != null) {
            ledger.markAll(new PairQuery.Unlinked(pair.kind(), Set.of(text)));
        }
    }

    private List<Candidate> candidates(List<Pair> results) {
        return results.stream()
                .map(pair -> new Candidate(
                        Objects.requireNonNull(pair.remoteRef()),
                        Objects.requireNonNullElse(Fields.title(pair.remoteValues()), ""),
                        "It appeared after the create and has the same key."))
                .toList();
    }

    private void decideByPerson(Pair pair, String reason, List<Candidate> candidates) {
        Trouble.Review review = new Trouble.Review(reason, candidates);
        List<Event> events = review.equals(pair.trouble().review())
                ? List.of()
                : List.of(ledger.event(Event.Type.IN_REVIEW, pair, List.of(), reason + " (SAFE-1)"));
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .trouble(stored.trouble().withReview(review))
                        .disposition(Disposition.UNCERTAIN)
                        .dirty(false)
                        .dueAt(null)
                        .build(),
                events));
    }

    // A new local record in a host that does not keep pair ids (SAFE-7) ----------------------------------------------

    /** It is matched anew: a record that was made is found by its keys, several go to review. */
    private void localCreate(Pair pair) {
        ledger.store(new Ledger.Entry(
                pair, stored -> stored.toBuilder().inFlight(null).dirty(true).build(), List.of()));
    }

    private void wait(Pair pair, Instant until) {
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .disposition(Disposition.UNCERTAIN)
                        .dirty(false)
                        .dueAt(until)
                        .build(),
                List.of()));
    }
}
