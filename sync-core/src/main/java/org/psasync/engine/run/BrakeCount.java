package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Situation;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Walk;
import org.psasync.engine.observe.FirstReads;
import org.psasync.engine.observe.Observer;
import org.psasync.model.AssetKind;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Looks at the whole plan before the first write (BRAKE-1): decides what the sweep will decide, page by page, without
 * doing it. What only arises on the way is counted then (BRAKE-4).
 *
 * <p>First links and local creates are not looked at. An organization that leaves takes what belongs to it along, which
 * is counted with the kinds below, although it is decided only once the organization was stored.
 */
public final class BrakeCount {
    private final Desk desk;
    private final Brakes brakes;
    private final Braking braking;
    private final Planner planner;
    private final FactsLoader loader;
    private final FirstReads reads;
    private final Doubts doubts;
    private final Map<RemoteId, Disposition> leaving = new LinkedHashMap<>();
    private final List<Taken> takenAlong = new ArrayList<>();
    private final Set<AssetKind> leftOut = EnumSet.noneOf(AssetKind.class);
    private final Map<AssetKind, ConnectorException.Forbidden> forbidden = new EnumMap<>(AssetKind.class);
    private final Steps steps = new Steps(() -> {});
    private @Nullable Steps ofKind;
    private Consumer<ConnectorException.Throttled> pause = throttled -> {
        throw throttled;
    };

    /**
     * Makes the count of a run; nothing is looked at yet.
     *
     * @param leftOut kinds that are not decided in this run, so there is nothing of them to count
     * @param doubts what the sweep decides beside what is marked
     */
    BrakeCount(Desk desk, Permit permit, Set<AssetKind> leftOut, Doubts doubts) {
        this.doubts = doubts;
        this.desk = desk;
        this.brakes = new Brakes(desk, permit);
        this.leftOut.addAll(leftOut);
        this.braking = new Braking(desk.policy());
        this.planner = desk.planner();
        this.loader = new FactsLoader(desk);
        this.reads = new FirstReads(desk, new Observer(desk));
        for (AssetKind kind : AssetKind.values()) {
            steps.add(() -> look(kind));
        }
        steps.add(this::trip);
    }

    /** A record that leaves with its organization; kept for plans only. */
    private record Taken(PairFacts facts, Decision whole) {}

    /** Returns the brakes, those on for which the plan is too much once all was looked at. */
    Brakes brakes() {
        return brakes;
    }

    /** Returns the kinds that cannot be decided in this run, because they must not be read or could not be counted. */
    Set<AssetKind> leftOut() {
        return leftOut;
    }

    /** Returns the kinds that the PSA refused to show; nothing of them is done, because it was not counted (BRAKE-1). */
    Map<AssetKind, ConnectorException.Forbidden> forbidden() {
        return forbidden;
    }

    /**
     * Looks at the whole plan; after an interruption, at the rest of it.
     *
     * @param wait takes a pause that the PSA wants, and throws it again if it is short; else the kind is left out
     */
    void look(Consumer<ConnectorException.Throttled> wait) {
        pause = wait;
        if (brakes.working()) {
            steps.goOn();
        }
    }

    private void trip() {
        brakes.tripForPlan();
        if (brakes.isOn(AssetKind.ORGANIZATION, Brake.LEAVING)) {
            takenAlong.forEach(this::showHeld);
        }
    }

    private void look(AssetKind kind) {
        Steps begun = ofKind;
        if (begun == null) {
            boolean counted = kind == AssetKind.ORGANIZATION || !leaving.isEmpty() || enoughToTrip(kind);
            if (!counted || leftOut.contains(kind)) {
                return;
            }
            begun = pages(kind);
        }
        ofKind = begun;
        try {
            begun.goOn();
        } catch (ConnectorException.Forbidden refusal) {
            forbidden.put(kind, refusal);
            leftOut.addAll(kind == AssetKind.ORGANIZATION ? EnumSet.allOf(AssetKind.class) : Set.of(kind)); // SAFE-3
        } catch (ConnectorException.Throttled throttled) {
            pause.accept(throttled);
            leftOut.add(kind); // what was not counted is not done (BRAKE-1)
        }
        ofKind = null;
    }

    /** What must be decided, then what leaves with the organizations that leave. */
    private Steps pages(AssetKind kind) {
        Steps pages = new Steps(() -> {});
        addPages(pages, new PairQuery.Dirty(kind), kind, BrakeCount::isLookedAt);
        if (doubts.localToo()) {
            PairQuery inReview = new PairQuery.InReview(kind);
            addPages(pages, inReview, kind, pair -> doubts.concerns(inReview, pair) && isLookedAt(pair));
        }
        pages.add(() -> leaving.keySet()
                .forEach(organization ->
                        addPages(pages, new PairQuery.Below(kind, organization), kind, BrakeCount::goesAlong)));
        return pages;
    }

    private void addPages(Steps pages, PairQuery query, AssetKind kind, Predicate<Pair> wanted) {
        Walk walk = new Walk(desk, query, Desk.BATCH);
        pages.add(
                () -> walk.each(page -> count(kind, page.stream().filter(wanted).toList())));
    }

    /** The sweep does not come to what leaves with an organization that is held. */
    private void showHeld(Taken taken) {
        Pair pair = taken.facts().pair();
        if (brakes.isOn(pair.kind(), Brake.LEAVING)) {
            desk.tally()
                    .held(
                            pair,
                            () -> Processor.item(
                                    taken.facts(),
                                    Verb.ORPHAN,
                                    List.of(),
                                    taken.whole().verdict()));
        }
    }

    /** A quiet run costs nothing: no brake trips for fewer records than this. */
    private boolean enoughToTrip(AssetKind kind) {
        int few = SyncSettings.Brakes.FEWEST_LINKS;
        int decided = desk.state().pairs(new PairQuery.Dirty(kind), null, few).size();
        if (doubts.localToo()) {
            decided +=
                    desk.state().pairs(new PairQuery.InReview(kind), null, few).size();
        }
        return decided >= few || desk.policy().settings().brakes().smallest() < SyncSettings.Brakes.FEWEST_LINKS;
    }

    private static boolean isLookedAt(Pair pair) {
        return pair.linked()
                ? !pair.leftAlone()
                : pair.local() != null
                        && pair.grant() != null
                        && !pair.grant().values().isEmpty();
    }

    /** What is to be decided anyway was looked at already. */
    private static boolean goesAlong(Pair pair) {
        return !pair.dirty() && pair.state() == SyncState.SYNCING;
    }

    private void count(AssetKind kind, List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        List<PairFacts> withoutRivals = new ArrayList<>();
        Set<RemoteId> fresh = new HashSet<>();
        for (PairFacts each : loader.load(kind, reads.read(kind, pairs, fresh), fresh)) {
            PairFacts facts = each.withLinks(afterwards(each.links()));
            Decision decision = planner.decide(facts);
            if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
                withoutRivals.add(facts);
            } else {
                count(facts, braking.whole(facts, decision));
            }
        }
        if (!withoutRivals.isEmpty()) {
            loader.withRivals(kind, withoutRivals, null)
                    .forEach(facts -> count(facts, braking.whole(facts, planner.decide(facts))));
        }
    }

    private void count(PairFacts facts, Decision whole) {
        brakes.plan(facts, whole);
        Situation situation = whole.verdict().situation();
        if (situation == Situation.LOCAL_ORGANIZATION_PENDING || situation == Situation.LOCAL_RECORD_PENDING) {
            brakes.planCreate(facts, whole);
        }
        Set<Verb> verbs = braking.verbs(facts, whole);
        if (!verbs.contains(Verb.ORPHAN) && !verbs.contains(Verb.DISABLE)) {
            return;
        }
        Pair pair = facts.pair();
        if (pair.kind() == AssetKind.ORGANIZATION) {
            leaving.put(Objects.requireNonNull(pair.remote()), whole.verdict().disposition());
        } else if (desk.tally().keepsItems() && verbs.contains(Verb.ORPHAN)) {
            takenAlong.add(new Taken(facts, whole));
        }
    }

    /** Returns the links as they will be once the organizations that leave have left. */
    private LinkTable afterwards(LinkTable links) {
        Map<RemoteRef, Pair> remote = new HashMap<>(links.remote());
        boolean any = false;
        for (Map.Entry<RemoteRef, Pair> each : links.remote().entrySet()) {
            Pair left = left(each.getValue());
            if (left != null) {
                remote.put(each.getKey(), left);
                any = true;
            }
        }
        return any ? new LinkTable(links.local(), remote) : links;
    }

    private @Nullable Pair left(Pair organization) {
        Disposition then = organization.kind() == AssetKind.ORGANIZATION && organization.state() == SyncState.SYNCING
                ? leaving.get(Objects.requireNonNull(organization.remote()))
                : null;
        return then == null
                ? null
                : organization.toBuilder()
                        .orphaned(Set.of(OrphanReason.NOT_VISIBLE))
                        .disposition(then)
                        .build();
    }
}
