package org.psasync.engine.run;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Walk;
import org.psasync.engine.observe.FirstReads;
import org.psasync.engine.observe.Observer;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Reads the details of a kind of which lists show rows only (PSA-PW-4).
 *
 * <p>Before anything is decided: those of rows that changed, then some of the others by turns, whose rows may not show every
 * change (PULL-3). By turns a run reads so few that with the pages of rows they come to sixty requests, and none where the
 * rows alone take more. A full check reads one in twelve, at least five hundred, so that all come by in twelve full checks.
 * The turn ends early where the PSA's limits end it, without a word, since nothing waits for it.
 *
 * <p>At the end of a run: those of links whose details were never read, as many as the PSA's limits allow; the next run goes
 * on. Records are made from their rows, and are as they should be only then.
 *
 * <p>A rehearsal reads those of changed rows only: what a run finds out by turns is not planned.
 */
final class Details {
    private static final int TOGETHER = 100;
    private static final int REQUESTS_OF_A_RUN = 60;
    private static final int FULL_CHECKS = 12;
    private static final int FEWEST_OF_A_FULL_CHECK = 500;

    private final Desk desk;
    private final AssetKind kind;
    private final boolean fullCheck;
    private final Observer observer;
    private final Walk links;
    private final Steps first = new Steps(() -> {});
    private boolean any;
    private int turn;

    /**
     * Makes a reader; nothing is read yet.
     *
     * @param fullCheck whether the run is a full check too
     * @param pages how many pages of rows the run read
     */
    Details(Desk desk, AssetKind kind, boolean fullCheck, int pages) {
        this.desk = desk;
        this.kind = kind;
        this.fullCheck = fullCheck;
        this.observer = new Observer(desk);
        this.links = new Walk(desk, new PairQuery.Placed(kind, null), TOGETHER);
        FirstReads changed = new FirstReads(desk, observer);
        Walk dirty = new Walk(desk, new PairQuery.Dirty(kind), TOGETHER);
        first.add(() -> dirty.each(page -> changed.read(kind, page, new HashSet<>())));
        first.add(() -> turn = share(pages));
        first.add(this::readTurn);
    }

    /** Reads what is to be known before anything is decided; after an interruption, the rest of it. */
    void read() {
        first.goOn();
    }

    /**
     * Reads what was never read; after an interruption, the rest of it.
     *
     * @return whether anything was read
     */
    boolean readOwed() {
        if (!desk.rehearses() && (fullCheck || any || isOwed())) {
            links.each(this::readOwed);
        }
        return any;
    }

    /** What is to be decided waits for its change too, so that the pairs themselves tell. */
    private boolean isOwed() {
        List<Pair> page = counts().getOrDefault(Disposition.CHANGE_WAITING, 0L) == 0 ? List.of() : links(null);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(Details::isOwed)) {
                return true;
            }
            page = links(page.get(page.size() - 1).id());
        }
        return false;
    }

    private List<Pair> links(@Nullable PairId after) {
        return desk.state().pairs(new PairQuery.Placed(kind, null), after, Desk.PAGE);
    }

    private Map<Disposition, Long> counts() {
        return desk.state().counts().getOrDefault(kind, new EnumMap<>(Disposition.class));
    }

    private void readOwed(List<Pair> page) {
        List<RemoteId> ids = page.stream()
                .filter(Details::isOwed)
                .map(Pair::remote)
                .map(Objects::requireNonNull)
                .toList();
        any |= !ids.isEmpty();
        observer.read(kind, ids);
    }

    /** What is out of the sync follows the PSA's type and status only, which rows show. */
    private static boolean isOwed(Pair pair) {
        return isReadable(pair)
                && pair.state() == SyncState.SYNCING
                && pair.observed() != null
                && pair.observed().row();
    }

    /** What must be read is read when it is decided. */
    private static boolean isReadable(Pair pair) {
        return pair.linked() && !pair.leftAlone() && !pair.mustRead();
    }

    private int share(int pages) {
        if (desk.rehearses() || isOwed()) {
            return 0;
        }
        long all = counts().values().stream().mapToLong(Long::longValue).sum();
        long most = fullCheck
                ? Math.max(FEWEST_OF_A_FULL_CHECK, (all + FULL_CHECKS - 1) / FULL_CHECKS)
                : Math.max(0, REQUESTS_OF_A_RUN - pages);
        return (int) Math.min(all, most);
    }

    private void readTurn() {
        while (turn > 0) {
            desk.keepLease();
            String last = desk.progress(kind).rotation();
            List<Pair> part = desk.state()
                    .pairs(
                            new PairQuery.OfKind(kind),
                            last == null ? null : PairId.parse(last),
                            Math.min(turn, TOGETHER));
            if (part.isEmpty() && last == null) {
                return;
            }
            try {
                observer.read(
                        kind,
                        part.stream()
                                .filter(Details::isReadable)
                                .map(Pair::remote)
                                .map(Objects::requireNonNull)
                                .distinct()
                                .toList());
            } catch (ConnectorException.Throttled enough) {
                turn = 0;
                return;
            }
            String reached =
                    part.isEmpty() ? null : part.get(part.size() - 1).id().toString();
            desk.progress(kind, progress -> progress.rotatedTo(reached));
            turn -= part.size();
            desk.safePoint();
        }
    }
}
