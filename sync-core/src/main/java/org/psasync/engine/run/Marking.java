package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Marks;
import org.psasync.engine.desk.Walk;
import org.psasync.engine.observe.FullCheck;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
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
    Steps linksAnew() {
        Steps steps = new Steps(() -> {});
        if (desk.state().setup().participation().linksAnew()) {
            for (AssetKind kind : AssetKind.values()) {
                change(
                        steps,
                        new PairQuery.OfKind(kind),
                        pair -> pair.linked() && !pair.leftAlone(),
                        Marking::withoutBase);
                each(steps, new PairQuery.OfKind(kind), new Marks(desk)::showAgain);
            }
            steps.add(this::linkedAnew);
        }
        return steps;
    }

    private void linkedAnew() {
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
    Steps forSettings() {
        Steps steps = new Steps(() -> {});
        if (desk.state().progress().settingsSeen() != desk.setup().settingsVersion()) {
            Set<Field<?>> unmapped =
                    desk.state().progress().unmappedUntil(desk.setup().settingsVersion());
            for (AssetKind kind : AssetKind.values()) {
                tryAgain(steps, kind);
                change(
                        steps,
                        new PairQuery.OfKind(kind),
                        pair -> true,
                        pair -> recognisedAnew(without(unmapped, pair)));
            }
            steps.add(this::settingsSeen);
        }
        return steps;
    }

    /** A field that left the mapping has no base any more, also if it came back before any run (FIELD-11). */
    private static Pair without(Set<Field<?>> unmapped, Pair pair) {
        Base base = pair.baseOrNone();
        List<Field<?>> left = unmapped.stream().filter(base::has).toList();
        return left.isEmpty() ? pair : pair.toBuilder().base(base.without(left)).build();
    }

    /** What failed is tried again in a full check, and the host is shown again where each record stands. */
    Steps lookAgain(AssetKind kind, boolean rightsChanged) {
        FullCheck check = new FullCheck(desk);
        Marks marks = new Marks(desk);
        Steps steps = new Steps(() -> {});
        each(steps, new PairQuery.OfKind(kind), page -> {
            marks.showAgain(page); // first, because what is tried again shows itself
            check.retryRefused(page, refusal -> rightsChanged);
        });
        return steps;
    }

    /** Every pair of a kind is decided again. */
    Steps all(AssetKind kind) {
        Steps steps = new Steps(() -> {});
        change(steps, new PairQuery.OfKind(kind), pair -> true, Pair::madeDirty);
        return steps;
    }

    /** Other settings may make the PSA take what it refused, which is not sent again with the same ones (PUSH-13). */
    private void tryAgain(Steps steps, AssetKind kind) {
        FullCheck check = new FullCheck(desk);
        long now = desk.setup().settingsVersion();
        each(steps, new PairQuery.OfKind(kind), page -> check.retryRefused(page, refusal -> refusal.settings() < now));
    }

    private void settingsSeen() {
        desk.progress(progress -> progress.withSettingsSeen(desk.setup().settingsVersion()));
    }

    private Pair recognisedAnew(Pair pair) {
        boolean remoteAlone = (!pair.linked() || pair.localLost()) && pair.observed() != null;
        return remoteAlone
                ? pair.toBuilder()
                        .matchText(matching.text(pair.remoteValues()))
                        .dirty(true)
                        .build()
                : pair.madeDirty();
    }

    /** Pairs whose time has come are decided again; a record that was not found is looked for again. */
    void due() {
        Instant now = desk.now();
        while (true) {
            List<Pair> due = desk.state().pairs(new PairQuery.Due(now), null, Desk.PAGE);
            if (due.isEmpty()) {
                return;
            }
            desk.keepLease();
            ledger.store(due.stream()
                    .map(pair -> new Ledger.Entry(pair, Marking::dueNow, List.of()))
                    .toList());
            desk.safePoint();
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

    private void change(Steps steps, PairQuery query, Predicate<Pair> wanted, UnaryOperator<Pair> change) {
        each(steps, query, page -> {
            List<Ledger.Entry> entries = new ArrayList<>();
            for (Pair pair : page) {
                if (wanted.test(pair) && !change.apply(pair).equals(pair)) {
                    entries.add(new Ledger.Entry(pair, change, List.of()));
                }
            }
            ledger.store(entries);
        });
    }

    private void each(Steps steps, PairQuery query, Consumer<List<Pair>> work) {
        Walk walk = new Walk(desk, query, Desk.PAGE);
        steps.add(() -> walk.each(work));
    }
}
