package org.psasync.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Which part of a kind a run reads: chosen boards for tickets, and for kinds that are listed per parent those parents
 * that changed and a share of the others, so that all of them come by within the interval of the full check.
 */
final class Scopes {
    /** So many parents, or records, are read in every run, however few runs there are to a full check. */
    private static final int FEWEST = 50;

    private final Desk desk;

    Scopes(Desk desk) {
        this.desk = desk;
    }

    /** Returns the whole of a kind that is to be read. */
    ReadScope whole(KindDescriptor kind) {
        if (kind.kind() == AssetKind.TICKET) {
            return new ReadScope(boards(), desk.policy().ticketsSince(), List.of());
        }
        return kind.reading() == Reading.LIST_PER_PARENT
                ? ReadScope.below(parents().all().stream().map(RemoteId::new).toList())
                : ReadScope.ALL;
    }

    /**
     * Returns what a kind is read with, as a text: when it changes the kind is read from the start, because what was
     * read before may lack records (PULL-7) or fields (FIELD-1), or is recognised by other fields (MATCH-1).
     */
    String text(KindDescriptor kind) {
        String fields =
                kind.fields().stream().map(rule -> rule.field().name()).sorted().collect(Collectors.joining(","));
        if (!kind.moreKeys().isEmpty()) {
            fields += " keys "
                    + kind.moreKeys().stream().map(Field::name).sorted().collect(Collectors.joining(","));
        }
        return kind.kind() == AssetKind.TICKET
                ? "boards " + new TreeSet<>(boards()) + " within "
                        + desk.policy().settings().tickets().changedWithin() + " fields " + fields
                : "fields " + fields;
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

    /**
     * The organizations whose records are read.
     *
     * @param all their ids in order
     * @param changed those that are to be decided in this run
     */
    record Parents(NavigableSet<String> all, Set<String> changed) {}

    Parents parents() {
        NavigableSet<String> all = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        Gate gate = new Gate(desk.policy());
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.OfKind(AssetKind.ORGANIZATION), after, Desk.PAGE);
            if (batch.isEmpty()) {
                return new Parents(all, changed);
            }
            after = batch.get(batch.size() - 1).id();
            for (Pair pair : batch) {
                if (isRead(pair, gate)) {
                    String id = Objects.requireNonNull(pair.remote()).value();
                    all.add(id);
                    if (pair.dirty()) {
                        changed.add(id);
                    }
                }
            }
        }
    }

    private static boolean isRead(Pair pair, Gate gate) {
        if (pair.remote() == null || pair.observed() == null || pair.observed().deleted()) {
            return false;
        }
        return pair.linked()
                ? pair.state() == SyncState.SYNCING
                        || pair.state() == SyncState.ORPHANED
                                && gate.judge(pair.remoteValues(), true).isEmpty()
                : gate.judgeNew(pair.observed()).isEmpty();
    }

    /** Returns how many of so many come by in a run, for all to come by within the interval of the full check. */
    int share(int all) {
        Duration interval = desk.policy().settings().schedule().interval();
        Duration whole = desk.policy().settings().schedule().fullCheck();
        double runs = Math.max(1, (double) whole.toSeconds() / Math.max(1, interval.toSeconds()));
        return (int) Math.min(all, Math.max(FEWEST, Math.ceil(all / runs)));
    }

    /** Returns this run's parents after the one where the last run stopped, beginning anew at the end. */
    List<String> share(NavigableSet<String> all, @Nullable String last) {
        int size = share(all.size());
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
