package org.psasync.engine.desk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.MarkedAsset;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/** Shows the host where its records stand (STATE-9). */
public final class Marks {
    private static final SyncMark CUT = new SyncMark(SyncState.DISCONNECTED, Set.of(), null);

    private final IntegrationState state;
    private final AssetRepository host;

    public Marks(Desk desk) {
        this(desk.state(), desk.assets());
    }

    private Marks(IntegrationState state, AssetRepository host) {
        this.state = state;
        this.host = host;
    }

    /** A pair before and after a change. */
    record Change(Pair before, Pair after) {}

    /** Shows what became visible of changes. */
    void show(List<Change> changes) {
        List<MarkedAsset> marks = new ArrayList<>();
        for (Change change : changes) {
            LocalRef local = change.after().localRef();
            SyncMark after = of(change.after());
            boolean theirs = change.after().disposition() == Disposition.OWNED_ELSEWHERE;
            if (local != null && !theirs && !Objects.equals(of(change.before()), after)) {
                marks.add(new MarkedAsset(local, after == null ? SyncMark.SYNCING : after));
            }
        }
        send(marks);
    }

    /** Shows again where records stand: a crash may have kept a mark from the host. */
    public void showAgain(List<Pair> pairs) {
        show(pairs, Marks::of);
    }

    /** Shows that every link of a kind is cut (DATA-6). */
    public static void showDisconnected(
            IntegrationState state, AssetRepository host, AssetKind kind, BooleanSupplier goOn) {
        new Marks(state, host)
                .showAll(kind, pair -> pair.linked() && pair.state() != SyncState.DISABLED ? CUT : null, goOn);
    }

    private void showAll(AssetKind kind, Function<Pair, @Nullable SyncMark> shown, BooleanSupplier goOn) {
        PairId after = null;
        while (true) {
            List<Pair> batch = state.pairs(new PairQuery.OfKind(kind), after, Desk.PAGE);
            if (batch.isEmpty() || !goOn.getAsBoolean()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
            show(batch, shown);
        }
    }

    private void show(List<Pair> pairs, Function<Pair, @Nullable SyncMark> shown) {
        List<MarkedAsset> marks = new ArrayList<>();
        for (Pair pair : pairs) {
            LocalRef local = pair.localRef();
            SyncMark mark = shown.apply(pair);
            if (local != null && mark != null) {
                marks.add(new MarkedAsset(local, mark));
            }
        }
        send(marks);
    }

    /** What another integration has taken, that one shows (SET-9). */
    private void send(List<MarkedAsset> marks) {
        Map<AssetKind, List<LocalId>> ids = new EnumMap<>(AssetKind.class);
        marks.forEach(mark -> ids.computeIfAbsent(mark.asset().kind(), kind -> new ArrayList<>())
                .add(mark.asset().id()));
        Set<LocalRef> theirs = new HashSet<>();
        ids.forEach((kind, asked) ->
                state.ownedElsewhere(kind, asked).keySet().forEach(id -> theirs.add(new LocalRef(kind, id))));
        List<MarkedAsset> ours =
                marks.stream().filter(mark -> !theirs.contains(mark.asset())).toList();
        if (!ours.isEmpty()) {
            host.mark(ours);
        }
    }

    /** Returns what there is to show; null when there is nothing. */
    private static @Nullable SyncMark of(Pair pair) {
        Trouble.Failure failure = pair.trouble().failure();
        boolean theirs = pair.disposition() == Disposition.OWNED_ELSEWHERE; // the other integration shows it
        if (theirs || pair.local() == null || pair.state() == null && failure == null) {
            return null;
        }
        SyncState state = pair.state() == null ? SyncState.SYNCING : pair.state();
        return new SyncMark(state, pair.reasons(), failure == null ? null : failure.text());
    }
}
