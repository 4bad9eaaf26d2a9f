package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Finds out whether a record was made in the PSA whose create was not answered (SAFE-1). */
public final class CreateSettlement {
    /** So often must a record be looked for in vain before it may be made again. */
    private static final int LOOKS = 2;

    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;
    private final Matching matching;
    private final Parts parts;
    private final Unsettled unsettled;

    CreateSettlement(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
        this.matching = new Matching(desk.policy());
        this.parts = new Parts(desk);
        this.unsettled = new Unsettled(desk);
    }

    void settle(PairFacts facts, InFlight.CreatingRemote write) {
        Pair pair = facts.pair();
        Instant visible = visible(pair, write);
        if (desk.now().isBefore(visible)) {
            unsettled.until(pair, visible);
            return;
        }
        if (desk.policy().kind(pair.kind()).filter(KindDescriptor::find).isEmpty()) {
            unsettled.ask(
                    pair,
                    desk.policy().psa() + " cannot be searched; look there whether the record was made, and link it or"
                            + " create it again.",
                    List.of());
            return;
        }
        Results results = look(pair, write);
        if (results.likely().size() == 1) {
            link(facts, write, results.likely().get(0));
        } else if (!results.all().isEmpty()) {
            unsettled.ask(
                    pair,
                    "The answer to its create was lost, and it is not certain what in "
                            + desk.policy().psa() + " is the result.",
                    unsettled.candidates(results.all(), "It appeared after the create."));
        } else if (write.absences() + 1 < LOOKS) {
            Pair waiting = ledger.store(new Ledger.Entry(
                    pair,
                    stored -> stored.toBuilder().inFlight(write.notFoundAgain()).build(),
                    List.of()));
            unsettled.until(waiting, visible(waiting, write.notFoundAgain()));
        } else if (write.rights().equals(desk.rightsNow())) {
            neverMade(pair);
        } else {
            unsettled.ask(
                    pair,
                    "The answer to its create was lost, and the rights in "
                            + desk.policy().psa() + " changed since, so it cannot be told whether the record was made.",
                    List.of());
        }
    }

    private Instant visible(Pair pair, InFlight.CreatingRemote write) {
        return write.startedAt().plus(unsettled.lag(pair.kind()).multipliedBy(write.absences() + 1L));
    }

    /**
     * The unlinked records that the create may have made.
     *
     * @param likely those that bear what was fixed in the draft, or have its key
     * @param possible new ones that have another key, which the PSA may have stored so
     */
    private record Results(List<Pair> likely, List<Pair> possible) {
        List<Pair> all() {
            List<Pair> all = new ArrayList<>(likely);
            all.addAll(possible);
            return all;
        }
    }

    private Results look(Pair pair, InFlight.CreatingRemote write) {
        Instant from = desk.now();
        List<RemoteRecord> found = desk.psa().findCreated(write.draft());
        observer.found(pair.kind(), found, from);
        Results results = new Results(new ArrayList<>(), new ArrayList<>());
        OpenCreates open = OpenCreates.of(desk, matching, pair.kind());
        for (RemoteRecord record : found) {
            Pair known = desk.state().byRemote(record.ref()).orElse(null);
            if (known == null || known.linked() || record.deleted() || !isNew(record, known, write)) {
                continue;
            }
            FieldValues sent = write.draft().values();
            boolean marked = !write.draft().fixed().isEmpty();
            if (marked || isSame(sent, record.values(), open)) {
                results.likely().add(known);
            } else if (OpenCreates.sameOrganization(sent, record.values())) {
                results.possible().add(known);
            }
        }
        return results;
    }

    private boolean isSame(FieldValues sent, FieldValues shown, OpenCreates open) {
        String text = matching.text(sent);
        return text == null
                ? sent.fields().stream().allMatch(field -> Objects.equals(sent.get(field), shown.get(field)))
                : text.equals(matching.text(shown)) && open.alike(sent, shown);
    }

    private static boolean isNew(RemoteRecord record, Pair known, InFlight.CreatingRemote write) {
        Instant earliest = write.startedAt().minus(OpenCreates.CLOCK_SKEW);
        return !write.known().contains(record.id())
                && (record.createdAt() == null
                        ? OpenCreates.isNew(known, write.startedAt())
                        : !record.createdAt().isBefore(earliest));
    }

    private void link(PairFacts facts, InFlight.CreatingRemote write, Pair result) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        RemoteRef remote = Objects.requireNonNull(result.remoteRef());
        if (local == null) {
            unsettled.ask(
                    pair,
                    "The local record was deleted while it was being made in the PSA.",
                    unsettled.candidates(List.of(result), "It is the record that was made."));
            return;
        }
        Observation shown = Objects.requireNonNull(result.observed());
        Base arrived = arrived(write.draft().values(), write.local(), shown.values());
        Event event = ledger.event(
                Event.Type.CREATED_IN_PSA,
                pair.toBuilder().remote(remote.id()).build(),
                List.of(),
                "the answer to its create was lost; the record was found and linked (SAFE-1)");
        List<Ledger.Entry> entries = new ArrayList<>();
        entries.add(new Ledger.Entry(
                pair,
                stored -> After.agreed(After.linked(stored, local.id(), remote.id()), arrived).toBuilder()
                        .observed(shown)
                        .inFlight(null)
                        .dueAt(null)
                        .dirty(true)
                        .build(),
                List.of(event)));
        entries.addAll(parts.found(write, remote, shown.values()));
        ledger.store(entries);
    }

    /** Only what the PSA shows as it was sent was agreed, with what the host held when it was sent. */
    public static Base arrived(FieldValues sent, FieldValues local, FieldValues shown) {
        FieldValues there = shown.only(
                field -> sent.has(field) && local.has(field) && Objects.equals(sent.get(field), shown.get(field)));
        return new Base(local.only(there::has), there);
    }

    private void neverMade(Pair pair) {
        Event event = ledger.event(
                Event.Type.NOTED,
                pair,
                List.of(),
                "it was looked for " + LOOKS + " times and certainly was not made; it may be made again (SAFE-1)");
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .inFlight(null)
                        .trouble(stored.trouble().withReview(null))
                        .dueAt(null)
                        .dirty(true)
                        .build(),
                List.of(event)));
        ledger.wakeWaitingFor(Objects.requireNonNull(pair.localRef()));
    }
}
