package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.Problem;
import org.psasync.model.Revision;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalDelete;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;

/**
 * Deletes local records that a manager confirmed, and forgets their pairs (DATA-5).
 *
 * <p>A delete is a write like others: it is stored as begun, then the host is asked, then the pair goes. A crash in
 * between leaves a write in flight, which the next run settles by looking whether the record is still there.
 */
public final class LocalDeletes {
    private final Desk desk;
    private final Ledger ledger;

    public LocalDeletes(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /**
     * Deletes records of one kind, at most a batch; each is counted as done or left.
     *
     * @param revisions of the local records as they were confirmed; without those that the host did not show
     */
    public void delete(AssetKind kind, List<Pair> pairs, Map<LocalId, Revision> revisions, BulkTally tally) {
        List<Pair> claimed = new ArrayList<>();
        for (Pair pair : pairs) {
            if (desk.state().claim(pair.id(), desk.name(), desk.now().plus(Desk.CLAIM), desk.now())) {
                claimed.add(pair);
            } else {
                tally.left(pair, "it is being written just now; look again later");
            }
        }
        try {
            deleteClaimed(kind, ours(begin(claimed, tally), tally), revisions, tally);
        } finally {
            claimed.forEach(pair -> desk.state().unclaim(pair.id(), desk.name()));
        }
    }

    private List<Pair> begin(List<Pair> pairs, BulkTally tally) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        Commit.Builder commit = Commit.builder().lease(desk.lease());
        pairs.forEach(pair -> commit.put(deleting(pair)));
        try {
            desk.state().commit(commit.build());
            return pairs.stream().map(pair -> stored(deleting(pair))).toList();
        } catch (StaleStateException stale) {
            desk.keepLease();
        }
        List<Pair> begun = new ArrayList<>();
        for (Pair pair : pairs) {
            Optional<Pair> one = ledger.begin(pair, deleting(pair));
            one.ifPresent(begun::add);
            if (one.isEmpty()) {
                tally.left(pair, BulkTally.CHANGED);
            }
        }
        return begun;
    }

    private Pair deleting(Pair pair) {
        return pair.toBuilder().inFlight(new InFlight.DeletingLocal(desk.now())).build();
    }

    private static Pair stored(Pair pair) {
        return pair.versioned(pair.version() + 1);
    }

    /** Returns those that no other integration has taken since they were shown (SET-9). */
    private List<Pair> ours(List<Pair> begun, BulkTally tally) {
        Map<LocalId, String> owners = Owners.of(desk.state(), begun);
        List<Pair> ours = new ArrayList<>();
        List<Ledger.Entry> kept = new ArrayList<>();
        for (Pair pair : begun) {
            String owner = owners.get(Objects.requireNonNull(pair.local()));
            if (owner == null) {
                ours.add(pair);
            } else {
                tally.left(pair, Owners.text(owner));
                kept.add(new Ledger.Entry(pair, LocalDeletes::notDeleted, List.of()));
            }
        }
        ledger.store(kept);
        return ours;
    }

    private void deleteClaimed(AssetKind kind, List<Pair> begun, Map<LocalId, Revision> revisions, BulkTally tally) {
        if (begun.isEmpty()) {
            return;
        }
        List<DeleteResult> results = desk.assets()
                .delete(
                        kind,
                        begun.stream()
                                .map(pair -> Objects.requireNonNull(pair.local()))
                                .map(id -> new LocalDelete(id, revisions.get(id)))
                                .toList());
        List<Pair> gone = new ArrayList<>();
        List<Ledger.Entry> kept = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            Pair pair = begun.get(i);
            String why = why(results.get(i));
            if (why == null) {
                gone.add(pair);
                tally.done(pair);
            } else {
                tally.left(pair, why);
                kept.add(new Ledger.Entry(
                        pair,
                        LocalDeletes::notDeleted,
                        List.of(ledger.event(Event.Type.FAILED, pair, List.of(), why))));
            }
        }
        forget(gone, "a manager confirmed the delete (DATA-5)");
        ledger.store(kept);
    }

    /** Returns why the host did not delete a record; null when it did. */
    private static @Nullable String why(DeleteResult result) {
        if (result instanceof DeleteResult.Refused refused) {
            return "the host refused to delete it: "
                    + refused.problems().stream().map(Problem::toString).collect(Collectors.joining(" "));
        }
        return result instanceof DeleteResult.Changed ? BulkTally.CHANGED : null;
    }

    /** The record stays, and is decided again. */
    static Pair notDeleted(Pair pair) {
        return pair.isBeingDeleted()
                ? pair.toBuilder().inFlight(null).dirty(true).build()
                : pair;
    }

    /** Forgets pairs whose local records are gone, whatever somebody else stored of them meanwhile. */
    void forget(List<Pair> pairs, String reason) {
        if (pairs.isEmpty()) {
            return;
        }
        Commit.Builder commit = Commit.builder().lease(desk.lease());
        pairs.forEach(pair -> commit.delete(pair).event(event(pair, reason)));
        try {
            desk.state().commit(commit.build());
        } catch (StaleStateException stale) {
            desk.keepLease();
            pairs.forEach(pair -> forget(pair, reason));
        }
    }

    private void forget(Pair pair, String reason) {
        while (true) {
            Pair now = desk.state().pair(pair.id()).orElse(null);
            if (now == null || !Objects.equals(now.local(), pair.local())) {
                return;
            }
            try {
                desk.state()
                        .commit(Commit.builder()
                                .lease(desk.lease())
                                .delete(now)
                                .event(event(now, reason))
                                .build());
                return;
            } catch (StaleStateException stale) {
                desk.keepLease();
            }
        }
    }

    private Event event(Pair pair, String reason) {
        return ledger.event(Event.Type.DELETED_LOCALLY, pair, List.of(), reason);
    }

    /**
     * Finds out whether a delete took effect before whoever began it came to its end. That a manager confirmed it and it
     * was begun is why an answer without the record is believed here.
     */
    void settle(Pair pair) {
        boolean there = !desk.assets()
                .find(pair.kind(), List.of(Objects.requireNonNull(pair.local())))
                .isEmpty();
        if (there) {
            ledger.store(new Ledger.Entry(
                    pair,
                    LocalDeletes::notDeleted,
                    List.of(ledger.event(
                            Event.Type.NOTED,
                            pair,
                            List.of(),
                            "the local record was not deleted before the action ended; it can be deleted again"))));
        } else {
            forget(List.of(pair), "it was deleted before the action ended early (DATA-5)");
        }
    }
}
