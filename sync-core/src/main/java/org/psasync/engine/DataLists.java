package org.psasync.engine;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.DataPage;
import org.psasync.model.Fields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
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
 * @param address tells where a person opens a record of the PSA; null for nowhere
 */
record DataLists(IntegrationState state, Function<RemoteRef, @Nullable URI> address) {
    private static final int MOST = 1000;

    /**
     * Returns a page.
     *
     * @param from what the page before said is next; null for the first page
     */
    DataPage page(PairQuery query, @Nullable String from, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("The limit must be from 1 to " + MOST + ": " + limit);
        }
        PairId after = from == null ? null : PairId.parse(from);
        List<Pair> pairs = state.pairs(query, after, limit + 1);
        boolean more = pairs.size() > limit;
        List<Pair> page = more ? pairs.subList(0, limit) : pairs;
        return new DataPage(
                page.stream().map(this::entry).toList(),
                more ? page.get(limit - 1).id().toString() : null);
    }

    private DataEntry entry(Pair pair) {
        SyncState stands = Objects.requireNonNull(pair.state());
        RemoteRef remote = Objects.requireNonNull(pair.remoteRef());
        Trouble.Failure failure = pair.trouble().failure();
        String error = failure == null ? null : failure.text();
        return new DataEntry(
                pair.id(),
                pair.kind(),
                Objects.requireNonNullElse(Fields.title(pair.remoteValues()), ""),
                Objects.requireNonNull(pair.localRef()),
                remote,
                address.apply(remote),
                stands,
                pair.reasons().stream().sorted().map(OrphanReason::words).toList(),
                new SyncMark(stands, pair.reasons(), error).icon(),
                error,
                stands == SyncState.ORPHANED && !pair.reasons().contains(OrphanReason.NOT_VISIBLE));
    }
}
