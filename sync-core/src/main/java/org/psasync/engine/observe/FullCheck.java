package org.psasync.engine.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.store.Checks;
import org.psasync.store.KindProgress;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/**
 * Looks for records that are gone (PULL-3, STATE-5). A complete listing without a record makes it a suspect, and a
 * suspect is read; an incomplete, failed or repeated listing proves nothing.
 */
public final class FullCheck {
    private static final int READ_TOGETHER = 100;

    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;
    private final Set<RemoteCursor> placesListed = new HashSet<>();
    private List<RemoteId> listedLast = List.of();
    private long listed;
    private @Nullable PairId suspectsAfter;

    public FullCheck(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
    }

    /** Returns whether the settings, the time, a request or an interrupted check ask for a full check. */
    public static boolean isDue(Checks checks, Duration interval, Instant now) {
        Instant last = checks.lastEnded();
        return checks.underway() || checks.wanted() || last == null || !now.isBefore(last.plus(interval));
    }

    /**
     * Lists the ids of a kind, unless it was read from the start for this check, and reads what is not among them.
     * Called again after an interruption it goes on where it stopped.
     *
     * @return whether all was done that the connector declares it can
     */
    public boolean check(KindDescriptor kind, ReadScope scope, long number) {
        boolean seen = desk.progress(kind.kind()).listedFor() >= number;
        if (!seen && !kind.listsIds()) {
            return true;
        }
        boolean listed = seen || list(kind.kind(), scope, number);
        if (listed) {
            readSuspects(kind, scope, number);
        }
        return listed;
    }

    /** Stamps every listed pair; returns whether the listing is known to be complete. */
    private boolean list(AssetKind kind, ReadScope scope, long number) {
        KindProgress.Listing begun = desk.progress(kind).listing();
        boolean anew = begun == null || begun.check() != number;
        RemoteCursor cursor = begun == null || anew ? RemoteCursor.start() : begun.cursor();
        if (anew) {
            placesListed.clear();
            listedLast = List.of();
            listed = 0;
        }
        Instant began = desk.now();
        long listedBefore = listed;
        while (true) {
            desk.keepLease();
            IdPage page = desk.psa().ids(kind, scope, cursor);
            boolean repeats = !page.ids().isEmpty() && page.ids().equals(listedLast) || !placesListed.add(page.next());
            listedLast = page.ids();
            if (!page.last() && repeats) {
                desk.tally().problem("The listing of " + kind + " repeats itself and proves nothing");
                desk.progress(kind, progress -> progress.listing(null));
                return false;
            }
            stamp(kind, page, number);
            cursor = page.next();
            listed += page.ids().size();
            desk.tell(kind, Phase.CHECKING, listed, listed - listedBefore, OptionalLong.empty(), began);
            if (page.last()) {
                boolean complete = page.complete();
                if (!complete) {
                    desk.tally().problem("The listing of " + kind + " was not complete and proves nothing");
                }
                desk.progress(kind, progress -> complete ? progress.allListedFor(number) : progress.listing(null));
                return complete;
            }
            KindProgress.Listing next = new KindProgress.Listing(cursor, number);
            desk.progress(kind, progress -> progress.listing(next));
            desk.safePoint();
        }
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
        List<RemoteId> unknown = page.ids().stream()
                .filter(id -> !listed.containsKey(id))
                .distinct()
                .toList();
        for (int i = 0; i < unknown.size(); i += READ_TOGETHER) {
            observer.read(kind, unknown.subList(i, Math.min(unknown.size(), i + READ_TOGETHER)), number);
        }
    }

    /** A listed record that was thought to be gone is read again. */
    private static Pair seen(Pair pair, long number) {
        Observation observed = pair.observed();
        boolean thoughtGone = observed != null && (!observed.visible() || observed.deleted());
        boolean back = thoughtGone && !pair.leftAlone();
        return pair.toBuilder()
                .seenIn(number)
                .mustRead(pair.mustRead() || back)
                .dirty(pair.dirty() || back)
                .build();
    }

    private void readSuspects(KindDescriptor kind, ReadScope scope, long number) {
        Set<RemoteId> parents = new HashSet<>(scope.parents());
        boolean perParent = kind.reading() == KindDescriptor.Reading.LIST_PER_PARENT;
        while (true) {
            List<Pair> suspects =
                    desk.state().pairs(new PairQuery.NotSeenIn(kind.kind(), number), suspectsAfter, READ_TOGETHER);
            if (suspects.isEmpty()) {
                suspectsAfter = null;
                return;
            }
            desk.keepLease();
            observer.read(
                    kind.kind(),
                    suspects.stream()
                            .filter(pair -> !pair.leftAlone() && !known(pair))
                            .filter(pair -> !perParent || parents.contains(pair.organization()))
                            .map(Pair::remote)
                            .map(Objects::requireNonNull)
                            .toList());
            suspectsAfter = suspects.get(suspects.size() - 1).id();
            desk.safePoint();
        }
    }

    /** What is known to be deleted comes back in a listing, or not at all. */
    private static boolean known(Pair pair) {
        Observation observed = pair.observed();
        return observed != null
                && (observed.deleted()
                        || observed.absence() != null && observed.absence().proven());
    }

    /**
     * What belonged to another integration is looked at again; what the host refused is tried again, and what could not
     * be understood (PULL-4).
     *
     * @param page some pairs
     * @param worthIt which of what the PSA refused is tried again too
     */
    public void retryRefused(List<Pair> page, Predicate<Trouble.Failure> worthIt) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Pair pair : page) {
            Trouble.Failure failure = pair.trouble().failure();
            Trouble.Failure refusal = pair.trouble().refusal();
            boolean sendAgain = refusal != null && worthIt.test(refusal);
            boolean failed = failure != null && (failure.side() == Trouble.Side.HOST || failure.refused() == null);
            if (pair.disposition() == Disposition.OWNED_ELSEWHERE) {
                entries.add(new Ledger.Entry(pair, Pair::madeDirty, List.of())); // it may be free by now
            } else if (failed || sendAgain) {
                entries.add(new Ledger.Entry(pair, read -> tryAgain(read, sendAgain), List.of()));
            }
        }
        ledger.store(entries);
    }

    private static Pair tryAgain(Pair pair, boolean sendAgain) {
        Trouble trouble = sendAgain ? pair.trouble().withoutRefusal() : pair.trouble();
        // What must be read keeps its failure until it was read; otherwise the same failure would be news each time.
        return pair.toBuilder()
                .trouble(pair.mustRead() ? trouble : trouble.withFailure(null))
                .dirty(true)
                .build();
    }
}
