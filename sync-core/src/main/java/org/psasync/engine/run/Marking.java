package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.psasync.engine.decide.Matching;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.store.Base;
import org.psasync.store.Commit;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Marks the pairs that a run must decide again although neither side changed. */
final class Marking {
    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;

    Marking(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /**
     * After the integration was connected again, what the sides last agreed on counts no more: the PSA's values replace
     * the local ones (MATCH-8). Nothing is decided before it is done for all, so after a crash it is simply done again.
     */
    void linksAnew() {
        if (!desk.state().setup().participation().linksAnew()) {
            return;
        }
        for (AssetKind kind : AssetKind.values()) {
            change(new PairQuery.OfKind(kind), pair -> pair.linked() && !pair.leftAlone(), Marking::withoutBase);
            new Marks(desk).showAgain(kind);
        }
        while (true) {
            Setup setup = desk.state().setup();
            Commit done = Commit.builder()
                    .lease(desk.lease())
                    .setup(setup.with(setup.participation().linked()))
                    .build();
            try {
                desk.state().commit(done);
                return;
            } catch (StaleStateException stale) {
                desk.keepLease();
            }
        }
    }

    private static Pair withoutBase(Pair pair) {
        return pair.toBuilder().base(Base.none(pair.kind())).dirty(true).build();
    }

    /**
     * New settings may open or close any gate, so every pair is decided again (SET-10); the fields by which unlinked
     * records are recognised may have changed too.
     */
    void forSettings(AssetKind kind) {
        if (desk.state().progress().settingsSeen() != desk.setup().settingsVersion()) {
            new FullCheck(desk).retryRefused(kind, true);
            change(new PairQuery.OfKind(kind), pair -> true, this::recognisedAnew);
        }
    }

    /** To be called when the pairs of every kind were marked. */
    void settingsSeen() {
        desk.progress(progress -> progress.withSettingsSeen(desk.setup().settingsVersion()));
    }

    private Pair recognisedAnew(Pair pair) {
        boolean remoteAlone = !pair.linked() && pair.observed() != null;
        return remoteAlone
                ? pair.toBuilder()
                        .matchText(matching.text(pair.remoteValues()))
                        .dirty(true)
                        .build()
                : pair.madeDirty();
    }

    /**
     * What was doubtful may be so no longer, once another record left the contest (MATCH-4).
     *
     * @param localToo whether local records are looked at too, each of which is searched for in the PSA
     */
    void doubts(boolean localToo) {
        for (AssetKind kind : AssetKind.values()) {
            change(
                    new PairQuery.InReview(kind),
                    pair -> !pair.linked() && (localToo || pair.remote() != null),
                    Pair::madeDirty);
            // What was left alone is asked about again when a record appears that the person was not shown.
            change(new PairQuery.Ignored(kind), pair -> pair.remote() != null, Pair::madeDirty);
        }
    }

    /** Pairs whose time has come are decided again; a record that was not found is looked for again. */
    void due() {
        Instant now = desk.now();
        while (true) {
            List<Pair> due = desk.state().pairs(new PairQuery.Due(now), null, Desk.PAGE);
            if (due.isEmpty()) {
                return;
            }
            ledger.store(due.stream()
                    .map(pair -> new Ledger.Entry(pair, Marking::dueNow, List.of()))
                    .toList());
        }
    }

    private static Pair dueNow(Pair pair) {
        Observation observed = pair.observed();
        boolean lookAgain = observed != null
                && observed.absence() != null
                && !observed.absence().proven();
        return pair.toBuilder()
                .dirty(true)
                .mustRead(pair.mustRead() || lookAgain)
                .dueAt(null)
                .build();
    }

    private void change(PairQuery query, Predicate<Pair> wanted, UnaryOperator<Pair> change) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(query, after, Desk.PAGE);
            if (batch.isEmpty()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
            List<Ledger.Entry> entries = new ArrayList<>();
            for (Pair pair : batch) {
                if (wanted.test(pair) && !change.apply(pair).equals(pair)) {
                    entries.add(new Ledger.Entry(pair, change, List.of()));
                }
            }
            ledger.store(entries);
        }
    }
}
