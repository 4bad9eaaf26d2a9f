package org.psasync.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Gate;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Progress.KindProgress;

/**
 * Which part of a kind a run reads: chosen boards for tickets, and for kinds that are listed per parent those parents
 * that changed and a share of the others, so that all of them come by within the interval of the full check.
 */
final class Scopes {
    /** So many parents are read in every run, however few runs there are to a full check. */
    private static final int FEWEST_PARENTS = 50;

    private final Desk desk;

    Scopes(Desk desk) {
        this.desk = desk;
    }

    /**
     * What to read, and where the rotation over the parents stands after it.
     *
     * @param scope the part to read
     * @param rotation the last parent of this run's share; null when there is no rotation
     */
    record Share(ReadScope scope, @Nullable String rotation) {}

    Share of(KindDescriptor kind, boolean everything) {
        if (kind.kind() == AssetKind.TICKET) {
            return new Share(new ReadScope(boards(), desk.policy().ticketsSince(), List.of()), null);
        }
        return kind.reading() == Reading.LIST_PER_PARENT
                ? parents(kind.kind(), everything)
                : new Share(ReadScope.ALL, null);
    }

    private Set<String> boards() {
        var chosen = desk.policy().settings().tickets().boards();
        ReferenceData reference = desk.setup().reference();
        if (chosen.all() && reference != null) {
            return reference.choices().getOrDefault(org.psasync.model.TicketFields.BOARD, List.of()).stream()
                    .map(entry -> entry.choice().id())
                    .collect(Collectors.toSet());
        }
        return chosen.chosen().stream().map(Choice::id).collect(Collectors.toSet());
    }

    private Share parents(AssetKind kind, boolean everything) {
        Set<RemoteId> changed = new LinkedHashSet<>();
        TreeSet<String> all = new TreeSet<>();
        Gate gate = new Gate(desk.policy());
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.OfKind(AssetKind.ORGANIZATION), after, Desk.PAGE);
            if (batch.isEmpty()) {
                break;
            }
            after = batch.get(batch.size() - 1).id();
            for (Pair pair : batch) {
                if (isRead(pair, gate)) {
                    all.add(Objects.requireNonNull(pair.remote()).value());
                    if (pair.dirty()) {
                        changed.add(pair.remote());
                    }
                }
            }
        }
        KindProgress progress = desk.state().progress().kind(kind);
        if (everything || !progress.complete()) {
            return new Share(ReadScope.below(all.stream().map(RemoteId::new).toList()), null);
        }
        List<String> share = share(all, progress.rotation());
        share.forEach(id -> changed.add(new RemoteId(id)));
        return new Share(ReadScope.below(List.copyOf(changed)), share.isEmpty() ? null : share.get(share.size() - 1));
    }

    private static boolean isRead(Pair pair, Gate gate) {
        if (pair.remote() == null || pair.observed() == null || pair.observed().deleted()) {
            return false;
        }
        return pair.linked()
                ? pair.state() == SyncState.SYNCING
                        || pair.state() == SyncState.ORPHANED
                                && gate.judge(pair.remoteValues(), true).isEmpty()
                : gate.judge(pair.remoteValues(), false).isEmpty();
    }

    /** Returns the next parents after the one where the last run stopped, beginning anew at the end. */
    private List<String> share(NavigableSet<String> all, @Nullable String last) {
        Duration interval = desk.policy().settings().schedule().interval();
        Duration whole = desk.policy().settings().schedule().fullCheck();
        double runs = Math.max(1, (double) whole.toSeconds() / Math.max(1, interval.toSeconds()));
        int size = (int) Math.min(all.size(), Math.max(FEWEST_PARENTS, Math.ceil(all.size() / runs)));
        List<String> result = new ArrayList<>();
        if (last != null) {
            all.tailSet(last, false).stream().limit(size).forEach(result::add);
        }
        all.stream()
                .limit(size - result.size())
                .filter(id -> !result.contains(id))
                .forEach(result::add);
        return result;
    }
}
