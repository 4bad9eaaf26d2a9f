package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Situation;
import org.psasync.model.AssetKind;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
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
final class BrakeCount {
    private final Desk desk;
    private final Brakes brakes;
    private final Braking braking;
    private final Planner planner;
    private final FactsLoader loader;
    private final FirstReads reads;
    private final Set<RemoteId> leaving = new HashSet<>();
    private final List<Taken> takenAlong = new ArrayList<>();

    private BrakeCount(Desk desk, Brakes brakes) {
        this.desk = desk;
        this.brakes = brakes;
        this.braking = new Braking(desk.policy());
        this.planner = desk.planner();
        this.loader = new FactsLoader(desk);
        this.reads = new FirstReads(new Observer(desk));
    }

    /** A record that leaves with its organization; kept for plans only. */
    private record Taken(PairFacts facts, Decision whole) {}

    /** Returns the brakes of a run, those on for which its plan is too much. */
    static Brakes look(Desk desk, Permit permit) {
        Brakes brakes = new Brakes(desk, permit);
        if (brakes.working()) {
            new BrakeCount(desk, brakes).look();
        }
        return brakes;
    }

    private void look() {
        for (AssetKind kind : AssetKind.values()) {
            if (kind == AssetKind.ORGANIZATION || !leaving.isEmpty() || enoughToTrip(kind)) {
                look(kind);
            }
        }
        brakes.tripForPlan();
        if (brakes.isOn(AssetKind.ORGANIZATION, Brake.LEAVING)) {
            takenAlong.forEach(this::showHeld);
        }
    }

    private void look(AssetKind kind) {
        try {
            page(new PairQuery.Dirty(kind), kind, true);
            leaving.forEach(organization -> page(new PairQuery.Below(kind, organization), kind, false));
        } catch (ConnectorException.Forbidden refusal) {
            // Nothing of the kind is done either; the sweep says so.
        }
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
        return desk.state()
                                .pairs(new PairQuery.Dirty(kind), null, SyncSettings.Brakes.FEWEST_LINKS)
                                .size()
                        == SyncSettings.Brakes.FEWEST_LINKS
                || desk.policy().settings().brakes().smallest() < SyncSettings.Brakes.FEWEST_LINKS;
    }

    private void page(PairQuery query, AssetKind kind, boolean dirty) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(query, after, Desk.BATCH);
            if (batch.isEmpty()) {
                return;
            }
            desk.keepLease();
            after = batch.get(batch.size() - 1).id();
            List<Pair> wanted = batch.stream()
                    .filter(dirty ? BrakeCount::isLookedAt : BrakeCount::goesAlong)
                    .toList();
            if (!wanted.isEmpty()) {
                count(kind, wanted);
            }
        }
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
            leaving.add(Objects.requireNonNull(pair.remote()));
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
        boolean leaves = organization.kind() == AssetKind.ORGANIZATION
                && organization.state() == SyncState.SYNCING
                && organization.remote() != null
                && leaving.contains(organization.remote());
        return leaves
                ? organization.toBuilder()
                        .orphaned(Set.of(OrphanReason.NOT_VISIBLE))
                        .build()
                : null;
    }
}
