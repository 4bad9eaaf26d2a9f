package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/**
 * Reads the lists of links, a page at a time, from what is remembered: neither side is asked.
 *
 * @param state what is remembered
 * @param mode whether the integration takes part: with all links cut, every link is disconnected (DATA-6)
 * @param address tells where a person opens a record of the PSA; null for nowhere
 */
record DataLists(IntegrationState state, Mode mode, Function<RemoteRef, @Nullable URI> address) {
    /** Returns a page of what is in a row. */
    DataPage inRow(Row row, DataFilter filter, @Nullable String from, int limit) {
        SyncState wanted = filter.state();
        if (isCut() && (wanted == SyncState.SYNCING || wanted == SyncState.ORPHANED)) {
            return new DataPage(List.of(), null);
        }
        boolean told = !isCut() || wanted == SyncState.DISABLED; // by the state as it is stored
        PairQuery query = filter.failed()
                ? new PairQuery.Failed(row.kind(), row.place())
                : new PairQuery.Placed(row.kind(), row.place(), told ? wanted : null);
        return page(query, filter, from, limit);
    }

    /** Returns a page of the orphans of a kind. */
    DataPage orphaned(
            AssetKind kind, @Nullable OrphanReason reason, DataFilter filter, @Nullable String from, int limit) {
        DataPage page = page(new PairQuery.InState(kind, SyncState.ORPHANED, reason), filter, from, limit);
        return isCut() ? new DataPage(List.of(), null) : page; // nothing is an orphan then
    }

    /** Returns a page of what is disabled or disconnected of a kind. */
    DataPage disconnected(AssetKind kind, DataFilter filter, @Nullable String from, int limit) {
        PairQuery query = isCut() ? new PairQuery.Placed(kind, null) : new PairQuery.LeftAlone(kind);
        return page(query, filter, from, limit);
    }

    private boolean isCut() {
        return mode == Mode.DISCONNECTED;
    }

    private SyncState seen(Pair link) {
        SyncState own = requireNonNull(link.state());
        return isCut() && own != SyncState.DISABLED ? SyncState.DISCONNECTED : own;
    }

    private DataPage page(PairQuery query, DataFilter filter, @Nullable String from, int limit) {
        Predicate<Pair> wanted =
                link -> (filter.state() == null || filter.state() == seen(link)) && isWanted(link, filter);
        PairPages.Page page = new PairPages(state, List.of(query), wanted).page(from, limit);
        return new DataPage(entries(page.pairs()), page.next());
    }

    /** Returns whether a pair is what a filter wants, its state aside. */
    static boolean isWanted(Pair pair, DataFilter filter) {
        boolean named = filter.name().isEmpty()
                || title(pair).toLowerCase(Locale.ROOT).contains(filter.name().toLowerCase(Locale.ROOT));
        return named && (!filter.failed() || pair.trouble().failure() != null);
    }

    static String title(Pair pair) {
        String title = Fields.title(pair.remoteValues());
        return title == null ? "" : title;
    }

    static @Nullable String error(Pair pair) {
        Trouble.Failure failure = pair.trouble().failure();
        return failure == null ? null : failure.text();
    }

    private List<DataEntry> entries(List<Pair> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        Map<LocalId, String> owners = state.ownedElsewhere(
                page.get(0).kind(),
                page.stream().map(pair -> requireNonNull(pair.local())).toList());
        return page.stream()
                .map(pair -> entry(pair, owners.get(requireNonNull(pair.local()))))
                .toList();
    }

    private DataEntry entry(Pair pair, @Nullable String owner) {
        SyncState stands = seen(pair);
        boolean cut = stands != pair.state();
        List<String> reasons = new ArrayList<>();
        if (!cut) {
            pair.reasons().stream().sorted().map(OrphanReason::words).forEach(reasons::add);
        }
        if (owner != null) {
            reasons.add("its local record belongs to the integration \"" + owner + "\"");
        }
        RemoteRef remote = requireNonNull(pair.remoteRef());
        String error = error(pair);
        return new DataEntry(
                pair.id(),
                pair.kind(),
                title(pair),
                requireNonNull(pair.localRef()),
                remote,
                address.apply(remote),
                stands,
                reasons,
                new SyncMark(stands, cut ? Set.of() : pair.reasons(), error).icon(),
                error,
                stands == SyncState.ORPHANED && owner == null && !pair.reasons().contains(OrphanReason.NOT_VISIBLE));
    }
}
