package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Verdict;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.observe.FirstReads;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.Basis;
import org.psasync.engine.pair.Closing;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.store.Event;
import org.psasync.store.Pair;

/** Takes pairs that must be decided, reads what their decisions depend on, decides them and has them carried out. */
public final class Processor {
    /** So many records are read at a time before they are written, so that little time lies in between (MERGE-6). */
    private static final int READ_AND_WRITTEN = 20;

    private final Desk desk;
    private final Observer observer;
    private final FirstReads reads;
    private final FactsLoader loader;
    private final Planner planner;
    private final RemoteWrites remoteWrites;
    private final Applier applier;
    private final Permit permit;
    private final Brakes brakes;
    private final Outcome.Sink outcomes;

    /** Makes the processor of a push, or of what else is no run. */
    public Processor(Desk desk, Outcome.Sink outcomes) {
        this(desk, Permit.ALL, Brakes.none(desk), outcomes);
    }

    public Processor(Desk desk, Permit permit, Brakes brakes, Outcome.Sink outcomes) {
        this.desk = desk;
        this.observer = new Observer(desk);
        this.reads = new FirstReads(desk, observer);
        this.loader = new FactsLoader(desk);
        this.planner = desk.planner();
        this.remoteWrites = new RemoteWrites(desk, this);
        this.applier = new Applier(desk, this, remoteWrites);
        this.permit = permit;
        this.brakes = brakes;
        this.outcomes = outcomes;
    }

    Outcome outcome(Pair pair) {
        return outcomes.of(pair.id());
    }

    /** Decides pairs of one kind and carries the decisions out; pairs for which nothing may be done stay dirty. */
    public void process(AssetKind kind, List<Pair> batch) {
        Set<RemoteId> fresh = new HashSet<>();
        List<PairFacts> facts = loader.load(kind, reads.read(kind, batch, fresh), fresh);
        List<Applier.Decided> decided = decideWithRivals(kind, facts);
        List<Pair> toRead = new ArrayList<>();
        for (Applier.Decided each : decided) {
            if (each.decision() instanceof Decision.Need need && need.what() == Decision.What.FRESH_REMOTE) {
                toRead.add(each.facts().pair());
            }
        }
        apply(kind, decided);
        for (int i = 0; i < toRead.size(); i += READ_AND_WRITTEN) {
            pushWhatIsRead(kind, toRead.subList(i, Math.min(toRead.size(), i + READ_AND_WRITTEN)));
        }
    }

    /** Decides pairs, and carries out the decisions that are wanted; of the others nothing is stored. */
    public void processThose(AssetKind kind, List<Pair> batch, Predicate<Decision> wanted) {
        List<PairFacts> facts = loader.load(kind, batch, Set.of());
        apply(
                kind,
                decideWithRivals(kind, facts).stream()
                        .filter(each -> wanted.test(each.decision()))
                        .toList());
    }

    /** Decides pairs that are not stored yet, and begins those local records that are to be made for sure. */
    public Beginnings begin(AssetKind kind, List<Pair> fresh, Predicate<Decision> wanted) {
        List<PairFacts> facts = loader.load(kind, fresh, Set.of());
        return applier.begin(decideWithRivals(kind, facts).stream()
                .filter(each -> wanted.test(each.decision()))
                .toList());
    }

    /** Goes on with what was begun, once its pairs are stored. */
    public void carryOut(Beginnings begun) {
        applier.carryOut(begun);
    }

    private void apply(AssetKind kind, List<Applier.Decided> decided) {
        Applier.Next next = applier.apply(kind, decided);
        if (!next.linked().isEmpty()) {
            process(kind, next.linked());
        }
        if (!next.read().isEmpty()) {
            Set<RemoteId> fresh = new HashSet<>();
            next.read().forEach(pair -> fresh.add(Objects.requireNonNull(pair.remote())));
            apply(kind, decideWithRivals(kind, loader.load(kind, next.read(), fresh)));
        }
    }

    private List<Applier.Decided> decideWithRivals(AssetKind kind, List<PairFacts> facts) {
        List<Applier.Decided> result = new ArrayList<>(facts.size());
        List<PairFacts> withoutRivals = new ArrayList<>();
        for (PairFacts each : facts) {
            Decision decision = planner.decide(each);
            if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
                withoutRivals.add(each);
            } else {
                result.add(braked(each, decision));
            }
        }
        if (!withoutRivals.isEmpty()) {
            for (PairFacts each : loader.withRivals(kind, withoutRivals, observer)) {
                result.add(braked(each, planner.decide(each)));
            }
        }
        return result;
    }

    private Applier.Decided braked(PairFacts facts, Decision decision) {
        Decision allowed = brakes.allowed(facts, decision);
        if (allowed instanceof Decision.Hold hold) {
            desk.tally().held(facts.pair(), () -> item(facts, hold.verb(), changes(facts, hold), hold.verdict()));
        }
        return new Applier.Decided(facts, allowed);
    }

    private static List<Event.Change> changes(PairFacts facts, Decision.Hold hold) {
        Asset local = facts.local();
        if (local == null || !(hold.whole() instanceof Decision.Keep keep)) {
            return List.of();
        }
        return switch (hold.verb()) {
            case UPDATE_LOCALLY -> Event.changes(local.values(), keep.merge().pull());
            case UPDATE_IN_PSA ->
                Event.changes(facts.pair().remoteValues(), keep.merge().push());
            default -> List.of();
        };
    }

    /** Before a record of the PSA is written it is read in the same step (MERGE-6). */
    private void pushWhatIsRead(AssetKind kind, List<Pair> pairs) {
        List<Pair> claimed = pairs.stream().filter(remoteWrites::claim).toList();
        try {
            Map<RemoteId, Pair> read = observer.read(
                    kind,
                    claimed.stream()
                            .map(Pair::remote)
                            .map(Objects::requireNonNull)
                            .toList());
            Set<RemoteId> fresh = new HashSet<>();
            read.forEach((id, pair) -> FirstReads.addIfFresh(fresh, id, pair));
            reads.organizationsOf(read.values());
            List<PairFacts> facts = loader.load(kind, List.copyOf(read.values()), fresh);
            apply(kind, decideWithRivals(kind, facts));
        } finally {
            claimed.forEach(remoteWrites::unclaim);
        }
    }

    // What all of them share -----------------------------------------------------------------------------------------

    boolean permits(PairFacts facts, Verb verb) {
        return !permit.waits(facts, verb) && permit.allows(facts, verb);
    }

    void did(PairFacts facts, Verb verb, List<Event.Change> changes, Verdict verdict) {
        desk.tally().did(facts.pair().kind(), verb, () -> item(facts, verb, changes, verdict));
    }

    public static SyncPlan.Item item(PairFacts facts, Verb verb, List<Event.Change> changes, Verdict verdict) {
        Pair pair = facts.pair();
        FieldValues named =
                facts.local() == null ? pair.remoteValues() : facts.local().values();
        return new SyncPlan.Item(
                pair.kind(),
                verb,
                Objects.requireNonNullElse(Fields.title(named), ""),
                pair.localRef(),
                pair.remoteRef(),
                changes,
                verdict.text(),
                Basis.of(facts, verb));
    }

    /**
     * Decides a pair again after something was written, so that what it is now is stored with what was done; what is
     * still to be written keeps it dirty.
     */
    Pair decidedAgain(Pair pair, @Nullable Asset local, PairFacts before) {
        // What is to be logged, or counted against the brakes, is decided on its own.
        return decideAgain(pair, local, before) instanceof Decision.Keep keep
                        && isQuiet(pair, keep)
                        && Closing.movement(pair, keep.standing()) == null
                ? Closing.kept(pair, keep)
                : pair.madeDirty();
    }

    /**
     * Returns the decision by which a link leaves the sync together with a local write, as was decided, counted and permitted
     * with it; null when it does not.
     */
    Decision.@Nullable Keep leaving(Pair pair, Asset local, PairFacts before, Decision decided) {
        return decided instanceof Decision.Keep whole
                        && Closing.verb(before.pair(), whole.standing()) == Verb.ORPHAN
                        && decideAgain(pair, local, before) instanceof Decision.Keep keep
                        && isQuiet(pair, keep)
                        && keep.standing().equals(whole.standing())
                        && permits(before, Verb.ORPHAN)
                ? keep
                : null;
    }

    private Decision decideAgain(Pair pair, @Nullable Asset local, PairFacts before) {
        return planner.decide(new PairFacts(
                pair,
                local,
                false,
                before.links(),
                null,
                before.heldFor(),
                before.inCircle(),
                before.localCircle(),
                before.owner()));
    }

    private static boolean isQuiet(Pair pair, Decision.Keep keep) {
        return !keep.merge().writes()
                && keep.merge().oscillating().isEmpty()
                && pair.trouble().frozen().containsAll(keep.merge().frozen());
    }
}
