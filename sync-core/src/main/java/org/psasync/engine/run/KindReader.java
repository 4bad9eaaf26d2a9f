package org.psasync.engine.run;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.apply.Beginnings;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Walk;
import org.psasync.engine.observe.Observer;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReadScope;
import org.psasync.store.KindProgress;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Reads what changed of a kind, in the way that its connector declares (PULL-2), and all of its values for a full check
 * where changes may be missed (PULL-3). Whatever is interrupted goes on where it stopped: within a run with the same
 * reader, and in the next run with what was stored (PULL-5).
 */
final class KindReader {
    private static final int PARENTS_TOGETHER = 100;

    private final Desk desk;
    private final KindDescriptor kind;
    private final long check;
    private final Observer observer;
    private final Scopes scopes;
    private final Permit permit;
    private final Steps steps = new Steps(() -> {});
    private @Nullable EarlyPulls early;
    private Observer.@Nullable Reading reading;
    private List<RemoteId> owed = List.of();
    private List<String> turn = List.of();
    private boolean wholeTurn;
    private int pages;
    private boolean changesRead;

    /**
     * Makes a reader; nothing is read yet.
     *
     * @param check the number of the full check that is going on; 0 for none
     */
    KindReader(Desk desk, KindDescriptor kind, long check, Permit permit) {
        this.desk = desk;
        this.permit = permit;
        this.kind = kind;
        this.check = check;
        this.observer = new Observer(desk);
        this.scopes = new Scopes(desk);
        steps.add(this::begin);
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            steps.add(this::chooseParents);
            steps.add(this::readOwed);
            steps.add(() -> changesRead = !wholeTurn);
            steps.add(this::readTurn);
        } else {
            steps.add(() -> finish(() -> observer.changes(kind, scopes.whole(kind), check, pullingEarly())));
        }
        steps.add(() -> changesRead = true);
        Walk waiting = new Walk(desk, new PairQuery.OfKind(kind.kind()), Desk.PAGE);
        steps.add(() -> decideWhatWaited(waiting));
        steps.add(this::end);
        steps.add(this::pullOrganizations);
    }

    AssetKind kind() {
        return kind.kind();
    }

    /** Reads the kind to its end; after an interruption, the rest of it. */
    void read() {
        steps.goOn();
    }

    /** Returns whether all was read that changed; what is read in turn is a share of the rest only. */
    boolean hasReadChanges() {
        return changesRead;
    }

    private KindProgress progress() {
        return desk.progress(kind.kind());
    }

    private void finish(Supplier<Observer.Reading> beginning) {
        Observer.Reading begun = reading == null ? beginning.get() : reading;
        reading = begun;
        begun.finish();
        reading = null;
    }

    /** Returns how many pages were read so far. */
    int pages() {
        return pages;
    }

    /** What is read for the first time is pulled page by page. */
    private Observer.Pages pullingEarly() {
        return new Observer.Pages() {
            private @Nullable Beginnings begun;

            @Override
            public List<Pair> toStore(List<Pair> fresh) {
                if (early == null) {
                    return fresh;
                }
                Beginnings beginnings = early.begin(kind.kind(), fresh);
                begun = beginnings;
                return fresh.stream().map(beginnings::of).toList();
            }

            @Override
            public void stored() {
                pages++;
                Beginnings beginnings = begun;
                if (early != null && beginnings != null) {
                    begun = null;
                    early.carryOut(beginnings);
                }
            }
        };
    }

    /** What was stored by readings that stopped early had to wait for the last record (MATCH-4). */
    private void decideWhatWaited(Walk pairs) {
        if (early != null && somethingWaits()) {
            Ledger ledger = new Ledger(desk);
            pairs.each(page ->
                    ledger.mark(page, pair -> !pair.linked() && pair.disposition() == Disposition.CHANGE_WAITING));
        }
    }

    private boolean somethingWaits() {
        return desk.state().counts().getOrDefault(kind.kind(), Map.of()).getOrDefault(Disposition.CHANGE_WAITING, 0L)
                > 0;
    }

    private void end() {
        desk.progress(kind.kind(), progress -> progress.ended(check));
    }

    private void pullOrganizations() {
        if (early != null && kind.kind() == AssetKind.ORGANIZATION) {
            early.organizations();
        }
    }

    private void begin() {
        String scope = scopes.text(kind);
        boolean readWhole = kind.reading() != Reading.DELTA || !kind.deltaComplete() || !kind.listsIds();
        desk.progress(kind.kind(), stored -> {
            KindProgress progress = stored.scope().equals(scope)
                    ? stored
                    : KindProgress.startOf(scope).forbidden(stored.forbidden());
            boolean again = progress.rereadFor() < check
                    && (readWhole || progress.cursor().isStart());
            return again ? anew(progress) : progress;
        });
        early = progress().complete() ? null : new EarlyPulls(desk, permit);
    }

    /** The turn of details goes on from check to check, that of parents begins with each. */
    private KindProgress anew(KindProgress progress) {
        KindProgress anew = progress.againFor(check);
        return kind.reading() == Reading.ROWS_AND_DETAILS ? anew.rotatedTo(progress.rotation()) : anew;
    }

    // Parents --------------------------------------------------------------------------------------------------------

    /** Remembers the parents that changed, for a run in which they cannot be listed. */
    void owe() {
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            owed(scopes.parents(), goesThroughAll());
        }
    }

    /** Parents that changed, and a share of the others; for a full check, and at first, all of them. */
    private void chooseParents() {
        Scopes.Parents parents = scopes.parents();
        wholeTurn = goesThroughAll();
        owed = owed(parents, wholeTurn);
        String last = progress().rotation();
        turn = wholeTurn ? after(parents.all(), last) : scopes.share(parents.all(), last);
    }

    private void readOwed() {
        while (!owed.isEmpty()) {
            List<RemoteId> part = owed.subList(0, Math.min(owed.size(), PARENTS_TOGETHER));
            List<RemoteId> rest = owed.subList(part.size(), owed.size());
            finish(() -> observer.part(kind, ReadScope.below(part), check, pullingEarly()));
            desk.progress(kind.kind(), progress -> progress.owing(rest));
            owed = rest;
            desk.safePoint();
        }
    }

    private void readTurn() {
        while (!turn.isEmpty()) {
            List<String> part = turn.subList(0, Math.min(turn.size(), PARENTS_TOGETHER));
            List<RemoteId> ids = part.stream().map(RemoteId::new).toList();
            finish(() -> observer.part(kind, ReadScope.below(ids), check, pullingEarly()));
            desk.progress(kind.kind(), progress -> progress.rotatedTo(part.get(part.size() - 1)));
            turn = turn.subList(part.size(), turn.size());
            desk.safePoint();
        }
        if (wholeTurn) {
            desk.progress(kind.kind(), progress -> progress.rotatedTo(null));
        }
    }

    private boolean goesThroughAll() {
        return !progress().complete() || progress().listedFor() < check;
    }

    /** Returns the parents to be listed beside those whose turn it is; stored, because deciding forgets what changed. */
    private List<RemoteId> owed(Scopes.Parents parents, boolean all) {
        KindProgress progress = progress();
        NavigableSet<String> changed = new TreeSet<>(parents.changed());
        progress.owed().forEach(id -> changed.add(id.value()));
        changed.retainAll(parents.all());
        if (all) {
            changed.removeAll(Set.copyOf(after(parents.all(), progress.rotation())));
        }
        List<RemoteId> result = changed.stream().map(RemoteId::new).toList();
        desk.progress(kind.kind(), before -> before.owing(result));
        return result;
    }

    private static List<String> after(NavigableSet<String> all, @Nullable String last) {
        return List.copyOf(last == null ? all : all.tailSet(last, false));
    }
}
