package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.store.Commit;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Progress;
import org.psasync.store.Trouble;

/**
 * Looks for records that are gone (PULL-3, STATE-5). A complete listing without a record makes it a suspect, and a
 * suspect is read; an incomplete, failed or repeated listing proves nothing.
 */
final class FullCheck {
    private static final int READ_TOGETHER = 100;

    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;

    FullCheck(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
    }

    /** Returns whether the settings, the time or a request ask for a full check. */
    static boolean isDue(Progress progress, Duration interval, Instant now) {
        Instant last = progress.lastCheck();
        return last == null || !now.isBefore(last.plus(interval));
    }

    /**
     * Lists the ids of a kind and reads what is not among them.
     *
     * @param wasRead whether this run read all records of the kind from the start, which is a listing too
     */
    void check(KindDescriptor kind, ReadScope scope, long number, boolean wasRead) {
        if (wasRead || kind.listsIds() && list(kind.kind(), scope, number)) {
            readSuspects(kind, scope, number);
        }
    }

    /** Stamps every listed pair; returns whether the listing is known to be complete. */
    private boolean list(AssetKind kind, ReadScope scope, long number) {
        RemoteCursor begun = desk.state().progress().kind(kind).check();
        RemoteCursor cursor = begun == null ? RemoteCursor.start() : begun;
        Set<RemoteCursor> seen = new HashSet<>();
        long records = 0;
        while (true) {
            IdPage page = desk.psa().ids(kind, scope, cursor);
            if (!page.last() && !seen.add(page.next())) {
                desk.tally().problem("The listing of " + kind + " repeats itself and proves nothing");
                return finish(kind, false);
            }
            stamp(kind, page, number);
            cursor = page.next();
            records += page.ids().size();
            desk.listener()
                    .progress(new ProgressListener.RunProgress(
                            kind,
                            ProgressListener.Phase.CHECKING,
                            records,
                            OptionalLong.empty(),
                            0,
                            java.util.Optional.empty()));
            if (page.last()) {
                return finish(kind, page.complete());
            }
            moveTo(kind, cursor);
        }
    }

    private boolean finish(AssetKind kind, boolean complete) {
        moveTo(kind, null);
        return complete;
    }

    private void moveTo(AssetKind kind, @Nullable RemoteCursor cursor) {
        Progress progress = desk.state().progress();
        desk.state()
                .commit(Commit.builder()
                        .lease(desk.lease())
                        .progress(progress.with(kind, progress.kind(kind).checkAt(cursor)))
                        .build());
    }

    private void stamp(AssetKind kind, IdPage page, long number) {
        List<Ledger.Entry> entries = new ArrayList<>();
        Map<RemoteId, Pair> listed = desk.state().byRemote(kind, page.ids());
        listed.values().forEach(pair -> entries.add(new Ledger.Entry(pair, stored -> seen(stored, number), List.of())));
        desk.state().byRemote(kind, page.deleted()).values().forEach(pair -> {
            boolean known = pair.observed() != null && pair.observed().deleted();
            entries.add(new Ledger.Entry(
                    pair,
                    stored -> known || stored.leftAlone()
                            ? seen(stored, number)
                            : seen(stored, number).toBuilder()
                                    .mustRead(true)
                                    .dirty(true)
                                    .build(),
                    List.of()));
        });
        ledger.store(entries);
    }

    /** A listed record that was thought to be gone is read again. */
    private static Pair seen(Pair pair, long number) {
        boolean back = pair.observed() != null && !pair.observed().visible() && !pair.leftAlone();
        return pair.toBuilder()
                .seenIn(number)
                .mustRead(pair.mustRead() || back)
                .dirty(pair.dirty() || back)
                .build();
    }

    private void readSuspects(KindDescriptor kind, ReadScope scope, long number) {
        Set<RemoteId> parents = new HashSet<>(scope.parents());
        boolean perParent = kind.reading() == KindDescriptor.Reading.LIST_PER_PARENT;
        PairId after = null;
        while (true) {
            List<Pair> suspects =
                    desk.state().pairs(new PairQuery.NotSeenIn(kind.kind(), number), after, READ_TOGETHER);
            if (suspects.isEmpty()) {
                return;
            }
            after = suspects.get(suspects.size() - 1).id();
            observer.read(
                    kind.kind(),
                    suspects.stream()
                            .filter(pair -> !pair.leftAlone() && !known(pair))
                            .filter(pair -> !perParent || parents.contains(pair.organization()))
                            .map(Pair::remote)
                            .map(Objects::requireNonNull)
                            .toList());
        }
    }

    private static boolean known(Pair pair) {
        return pair.observed() != null && pair.observed().deleted();
    }

    /** What the host refused is tried again (PULL-4); what the PSA refused too, if the rights changed. */
    void retryRefused(AssetKind kind, boolean rightsChanged) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.OfKind(kind), after, Desk.PAGE);
            if (batch.isEmpty()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
            List<Ledger.Entry> entries = new ArrayList<>();
            for (Pair pair : batch) {
                Trouble.Failure failure = pair.trouble().failure();
                if (failure != null && (failure.side() == Trouble.Side.HOST || rightsChanged)) {
                    entries.add(new Ledger.Entry(pair, FullCheck::tryAgain, List.of()));
                }
            }
            ledger.store(entries);
        }
    }

    private static Pair tryAgain(Pair pair) {
        boolean unread = pair.observed() == null && pair.remote() != null;
        return pair.toBuilder()
                .trouble(pair.trouble().withFailure(null))
                .mustRead(pair.mustRead() || unread)
                .dirty(true)
                .build();
    }
}
