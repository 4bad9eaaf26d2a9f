package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.KindProgress;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Reads what changed of a kind, in the way that its connector declares (PULL-2), and all of its values for a full check
 * where changes may be missed (PULL-3). Whatever is interrupted goes on in the next run where it stopped (PULL-5).
 */
final class KindReader {
    private static final int PARENTS_TOGETHER = 100;
    private static final int DETAILS_TOGETHER = 100;

    private final Desk desk;
    private final Observer observer;
    private final Scopes scopes;
    private final EarlyPulls early;

    KindReader(Desk desk, Permit permit) {
        this.desk = desk;
        this.early = new EarlyPulls(desk, permit);
        this.observer = new Observer(desk);
        this.scopes = new Scopes(desk);
    }

    /**
     * Reads a kind.
     *
     * @param check the number of the full check that is going on; 0 for none
     */
    void read(KindDescriptor kind, long check) {
        begin(kind, check);
        boolean first = !desk.progress(kind.kind()).complete();
        Consumer<RemotePage> stored = first
                ? page -> early.page(
                        kind.kind(),
                        page.records().stream().map(RemoteRecord::id).toList())
                : page -> {};
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            readParents(kind, check, stored);
        } else {
            observer.observe(kind, scopes.whole(kind), check, stored);
        }
        if (kind.reading() == Reading.ROWS_AND_DETAILS && !first) {
            readDetails(kind.kind());
        }
        if (first) {
            // What was stored by readings that stopped early had to wait for the last record (MATCH-4).
            new Ledger(desk)
                    .markAll(
                            new PairQuery.OfKind(kind.kind()),
                            pair -> !pair.linked() && pair.disposition() == Disposition.CHANGE_WAITING);
        }
        desk.progress(kind.kind(), progress -> progress.ended(check));
        if (first && kind.kind() == AssetKind.ORGANIZATION) {
            early.organizations();
        }
    }

    private void begin(KindDescriptor kind, long check) {
        String scope = scopes.text(kind);
        boolean readWhole = kind.reading() != Reading.DELTA || !kind.deltaComplete() || !kind.listsIds();
        desk.progress(kind.kind(), stored -> {
            KindProgress progress = stored.scope().equals(scope)
                    ? stored
                    : KindProgress.startOf(scope).forbidden(stored.forbidden());
            boolean again = progress.rereadFor() < check
                    && (readWhole || progress.cursor().isStart());
            return again ? progress.againFor(check) : progress;
        });
    }

    // Parents --------------------------------------------------------------------------------------------------------

    /** Remembers the parents that changed, for a run in which they cannot be listed. */
    void owe(KindDescriptor kind) {
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            owed(kind, scopes.parents(), goesThroughAll(kind, 0));
        }
    }

    /** Lists parents that changed and a share of the others; for a full check, and at first, all of them. */
    private void readParents(KindDescriptor kind, long check, Consumer<RemotePage> stored) {
        Scopes.Parents parents = scopes.parents();
        boolean all = goesThroughAll(kind, check);
        List<RemoteId> owed = owed(kind, parents, all);
        for (int i = 0; i < owed.size(); i += PARENTS_TOGETHER) {
            List<RemoteId> rest = owed.subList(Math.min(owed.size(), i + PARENTS_TOGETHER), owed.size());
            observer.observePart(kind, ReadScope.below(owed.subList(i, owed.size() - rest.size())), check, stored);
            desk.progress(kind.kind(), progress -> progress.owing(rest));
        }
        String last = desk.progress(kind.kind()).rotation();
        List<String> turn = all ? after(parents.all(), last) : scopes.share(parents.all(), last);
        for (int i = 0; i < turn.size(); i += PARENTS_TOGETHER) {
            List<String> part = turn.subList(i, Math.min(turn.size(), i + PARENTS_TOGETHER));
            observer.observePart(
                    kind, ReadScope.below(part.stream().map(RemoteId::new).toList()), check, stored);
            desk.progress(kind.kind(), progress -> progress.rotatedTo(part.get(part.size() - 1)));
        }
        if (all) {
            desk.progress(kind.kind(), progress -> progress.rotatedTo(null));
        }
    }

    private boolean goesThroughAll(KindDescriptor kind, long check) {
        KindProgress progress = desk.progress(kind.kind());
        return !progress.complete() || progress.listedFor() < check;
    }

    /** Returns the parents to be listed beside those whose turn it is; stored, because deciding forgets what changed. */
    private List<RemoteId> owed(KindDescriptor kind, Scopes.Parents parents, boolean all) {
        KindProgress progress = desk.progress(kind.kind());
        NavigableSet<String> owed = new TreeSet<>(parents.changed());
        progress.owed().forEach(id -> owed.add(id.value()));
        owed.retainAll(parents.all());
        if (all) {
            owed.removeAll(Set.copyOf(after(parents.all(), progress.rotation())));
        }
        List<RemoteId> result = owed.stream().map(RemoteId::new).toList();
        desk.progress(kind.kind(), before -> before.owing(result));
        return result;
    }

    private static List<String> after(NavigableSet<String> all, @Nullable String last) {
        return List.copyOf(last == null ? all : all.tailSet(last, false));
    }

    // Details --------------------------------------------------------------------------------------------------------

    /** Reads the details of a share of the linked records, whose rows may not show every change (PSA-PW-4). */
    private void readDetails(AssetKind kind) {
        long links = desk.state().counts().getOrDefault(kind, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        int share = scopes.share((int) links);
        String last = desk.progress(kind).rotation();
        List<Pair> turn = new ArrayList<>(
                desk.state().pairs(new PairQuery.OfKind(kind), last == null ? null : PairId.parse(last), share));
        if (turn.size() < share && last != null) {
            turn.addAll(desk.state().pairs(new PairQuery.OfKind(kind), null, share - turn.size()));
        }
        for (int i = 0; i < turn.size(); i += DETAILS_TOGETHER) {
            List<Pair> part = turn.subList(i, Math.min(turn.size(), i + DETAILS_TOGETHER));
            List<RemoteId> ids = part.stream()
                    .filter(pair -> pair.linked() && !pair.leftAlone() && !pair.mustRead())
                    .map(Pair::remote)
                    .map(Objects::requireNonNull)
                    .distinct()
                    .toList();
            observer.read(kind, ids);
            desk.progress(
                    kind,
                    progress ->
                            progress.rotatedTo(part.get(part.size() - 1).id().toString()));
        }
    }
}
