package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.SyncMark;
import org.psasync.model.SyncState;
import org.psasync.spi.MarkedAsset;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/** Shows the host where its records stand (STATE-9). */
final class Marks {
    private final Desk desk;

    Marks(Desk desk) {
        this.desk = desk;
    }

    /** A pair before and after a change. */
    record Change(Pair before, Pair after) {}

    /** Shows what became visible of changes. */
    void show(List<Change> changes) {
        List<MarkedAsset> marks = new ArrayList<>();
        for (Change change : changes) {
            LocalRef local = change.after().localRef();
            SyncMark after = of(change.after());
            if (local != null && !Objects.equals(of(change.before()), after)) {
                marks.add(new MarkedAsset(local, after == null ? SyncMark.SYNCING : after));
            }
        }
        send(marks);
    }

    /** Shows again where every record of a kind stands: a crash may have kept a mark from the host. */
    void showAgain(AssetKind kind) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.OfKind(kind), after, Desk.PAGE);
            if (batch.isEmpty()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
            List<MarkedAsset> marks = new ArrayList<>();
            for (Pair pair : batch) {
                LocalRef local = pair.localRef();
                SyncMark mark = of(pair);
                if (local != null && mark != null) {
                    marks.add(new MarkedAsset(local, mark));
                }
            }
            send(marks);
        }
    }

    private void send(List<MarkedAsset> marks) {
        if (!marks.isEmpty()) {
            desk.assets().mark(marks);
        }
    }

    /** Returns what there is to show; null when there is nothing. */
    private static @Nullable SyncMark of(Pair pair) {
        Trouble.Failure failure = pair.trouble().failure();
        if (pair.local() == null || pair.state() == null && failure == null) {
            return null;
        }
        SyncState state = pair.state() == null ? SyncState.SYNCING : pair.state();
        return new SyncMark(state, pair.reasons(), failure == null ? null : failure.text());
    }
}
