package org.psasync.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.GateReason;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.RecordEntry;
import org.psasync.engine.manage.RecordPage;
import org.psasync.model.AssetKind;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/**
 * Reads the lists behind the counts of where records stand, a page at a time, from what is remembered: neither side is asked.
 *
 * @param state what is remembered
 * @param mode how the integration makes a record be seen
 * @param address tells where a person opens a record of the PSA; null for nowhere
 */
record StandingLists(IntegrationState state, Mode mode, Function<RemoteRef, @Nullable URI> address) {
    /** With more than so many ways to be seen as one thing, all pairs of the kind are looked through. */
    private static final int FEW = 4;

    /** Returns a page of the records of a kind that stand somewhere. */
    RecordPage standing(AssetKind kind, Disposition disposition, DataFilter filter, @Nullable String from, int limit) {
        List<Disposition> own = Arrays.stream(Disposition.values())
                .filter(each -> mode.seen(each) == disposition)
                .toList();
        Set<PairQuery> queries = new LinkedHashSet<>();
        own.forEach(each -> queries.addAll(lists(kind, each)));
        if (own.size() > FEW) {
            queries.clear();
            queries.add(new PairQuery.OfKind(kind));
        }
        return page(List.copyOf(queries), pair -> mode.seen(pair.standing()) == disposition, filter, from, limit);
    }

    private static List<PairQuery> lists(AssetKind kind, Disposition disposition) {
        PairQuery apart = new PairQuery.Standing(kind, disposition);
        return switch (disposition) {
            case IN_SYNC -> List.of(new PairQuery.InState(kind, SyncState.SYNCING, null), apart);
            case ORPHANED -> List.of(new PairQuery.InState(kind, SyncState.ORPHANED, null), apart);
            case DISABLED -> List.of(new PairQuery.InState(kind, SyncState.DISABLED, null), apart);
            case DISCONNECTED -> List.of(new PairQuery.InState(kind, SyncState.DISCONNECTED, null), apart);
            case CHANGE_WAITING -> List.of(new PairQuery.Dirty(kind), apart);
            case NOT_SELECTED -> List.of(new PairQuery.TurnedAway(kind), apart);
            default -> List.of(apart);
        };
    }

    /** Returns a page of the records of a kind that are turned away, or are orphans, for a reason. */
    RecordPage turnedAway(AssetKind kind, String reason, DataFilter filter, @Nullable String from, int limit) {
        Optional<GateReason> known = Arrays.stream(GateReason.values())
                .filter(each -> each.words().equals(reason))
                .findFirst();
        if (known.isEmpty()) {
            return new RecordPage(List.of(), null);
        }
        String name = known.get().name();
        List<PairQuery> queries = new ArrayList<>(List.of(new PairQuery.TurnedAway(kind)));
        Arrays.stream(OrphanReason.values())
                .filter(each -> each.name().equals(name))
                .forEach(each -> queries.add(new PairQuery.InState(kind, SyncState.ORPHANED, each)));
        Predicate<Pair> forIt = pair -> pair.turnedAway().contains(name)
                || pair.reasons().stream().anyMatch(each -> each.name().equals(name));
        return page(queries, forIt, filter, from, limit);
    }

    private RecordPage page(
            List<PairQuery> queries, Predicate<Pair> in, DataFilter filter, @Nullable String from, int limit) {
        Predicate<Pair> wanted = pair -> in.test(pair)
                && (filter.state() == null || filter.state() == pair.state())
                && DataLists.isWanted(pair, filter);
        PairPages.Page page = new PairPages(state, queries, wanted).page(from, limit);
        return new RecordPage(page.pairs().stream().map(this::entry).toList(), page.next());
    }

    private RecordEntry entry(Pair pair) {
        RemoteRef remote = pair.remoteRef();
        return new RecordEntry(
                pair.id(),
                pair.kind(),
                DataLists.title(pair),
                pair.localRef(),
                remote,
                remote == null ? null : address.apply(remote),
                pair.state(),
                mode.seen(pair.standing()),
                reasons(pair),
                DataLists.error(pair));
    }

    private static List<String> reasons(Pair pair) {
        List<String> reasons = new ArrayList<>();
        pair.reasons().stream().sorted().map(OrphanReason::words).forEach(reasons::add);
        pair.turnedAway().stream().sorted().map(StandingLists::words).forEach(reasons::add);
        Trouble.Review review = pair.trouble().review();
        if (review != null) {
            reasons.add(review.reason());
        }
        return reasons;
    }

    private static String words(String reason) {
        return Arrays.stream(GateReason.values())
                .filter(each -> each.name().equals(reason))
                .map(GateReason::words)
                .findFirst()
                .orElse(reason);
    }
}
