package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Because;
import org.psasync.engine.decide.BrakesOn;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Situation;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.model.SyncState;
import org.psasync.store.IntegrationState;
import org.psasync.store.LinkCounts;

/**
 * Counts what a run does of each verb to each kind, before it writes and while it does (BRAKE-4).
 * A brake that trips stays on for the rest of the run. Not safe for use by several threads.
 */
public final class Brakes implements Braking.Holding {
    private static final int FROM = SyncSettings.Brakes.FEWEST_LINKS;

    private final Desk desk;
    private final Permit permit;
    private final boolean working;
    private final Braking braking;
    private final Map<AssetKind, Map<Brake, Counter>> counters = new EnumMap<>(AssetKind.class);
    private final Map<AssetKind, Links> links = new EnumMap<>(AssetKind.class);

    public Brakes(Desk desk, Permit permit) {
        this(desk, permit, permit.braked());
    }

    private Brakes(Desk desk, Permit permit, boolean working) {
        this.desk = desk;
        this.permit = permit;
        this.working = working;
        this.braking = new Braking(desk.policy(), working ? desk.policyBefore() : null);
    }

    /** Returns brakes that count nothing, for what is not part of a run; saves held by BRAKE-3 are held all the same. */
    public static Brakes none(Desk desk) {
        return new Brakes(desk, Permit.ALL, false);
    }

    /** What one brake counted of one kind. */
    private static final class Counter {
        private long planned;
        private long localGone;
        private long remoteGone;
        private long done;
        private boolean emptied;
        private boolean on;
    }

    /**
     * How many links a kind has.
     *
     * @param syncing those in the sync
     * @param all orphans too
     */
    private record Links(long syncing, long all) {}

    /** Returns whether anything is counted at all. */
    public boolean working() {
        return working;
    }

    private Counter counter(AssetKind kind, Brake brake) {
        return counters.computeIfAbsent(kind, key -> new EnumMap<>(Brake.class))
                .computeIfAbsent(brake, key -> new Counter());
    }

    // Before the first write -----------------------------------------------------------------------------------------

    /** Counts what a decision would come to, unless a manager was shown it. */
    public void plan(PairFacts facts, Decision whole) {
        for (Verb verb : braking.verbs(facts, whole)) {
            Brake brake = Brake.of(verb);
            if (brake == null || !braking.counts(facts, whole, verb) || permit.shown(facts, verb)) {
                continue;
            }
            Counter counter = counter(facts.pair().kind(), brake);
            counter.planned++;
            if (verb == Verb.DISABLE) {
                counter.localGone++;
            } else if (whole.verdict().situation() == Situation.LINKED_REMOTE_GONE) {
                counter.remoteGone++;
            }
        }
    }

    /** Counts a record that will be made in the PSA once others are. */
    public void planCreate(PairFacts facts, Decision pending) {
        if (braking.counts(facts, pending, Verb.CREATE_IN_PSA) && !permit.shown(facts, Verb.CREATE_IN_PSA)) {
            counter(facts.pair().kind(), Brake.PSA_WRITES).planned++;
        }
    }

    /** Trips every brake for which too much was counted, before anything is done (BRAKE-1). */
    public void tripForPlan() {
        counters.forEach((kind, brakes) -> brakes.forEach((brake, counter) -> {
            counter.emptied = counter.localGone >= FROM
                            && counter.localGone == links(kind).all()
                    || counter.remoteGone >= FROM
                            && counter.remoteGone == links(kind).syncing();
            counter.on = counter.emptied || exceeds(kind, brake, counter.planned);
        }));
    }

    private boolean exceeds(AssetKind kind, Brake brake, long count) {
        return desk.policy().settings().brakes().holds(brake, count, links(kind).all());
    }

    private Links links(AssetKind kind) {
        return links.computeIfAbsent(kind, key -> {
            LinkCounts counts = desk.state().links().getOrDefault(kind, LinkCounts.NONE);
            long syncing = counts.of(SyncState.SYNCING);
            return new Links(syncing, syncing + counts.of(SyncState.ORPHANED));
        });
    }

    // While it goes on -----------------------------------------------------------------------------------------------

    /** Returns what may be done of a decision now, and counts that. */
    Decision allowed(PairFacts facts, Decision decision) {
        Decision allowed = braking.under(this, facts, decision);
        if (working && !(allowed instanceof Decision.Need) && trips(facts, allowed)) {
            allowed = braking.under(this, facts, decision);
        }
        if (!(allowed instanceof Decision.Need)) {
            begin(facts, allowed);
        }
        return allowed;
    }

    private void begin(PairFacts facts, Decision allowed) {
        for (Verb verb : braking.verbs(facts, allowed)) {
            if (permit.shown(facts, verb)) {
                permit.begin(facts, verb);
            }
        }
    }

    private boolean trips(PairFacts facts, Decision decision) {
        List<Counter> counted = new ArrayList<>();
        boolean tripped = false;
        for (Verb verb : braking.verbs(facts, decision)) {
            Brake brake = Brake.of(verb);
            boolean notNow = permit.shown(facts, verb) || permit.waits(facts, verb);
            if (brake == null || notNow || !braking.counts(facts, decision, verb)) {
                continue;
            }
            AssetKind kind = facts.pair().kind();
            Counter counter = counter(kind, brake);
            if (!counter.on && exceeds(kind, brake, counter.done + 1)) {
                counter.on = true;
                tripped = true;
            }
            counted.add(counter);
        }
        if (!tripped) {
            counted.forEach(counter -> counter.done++);
        }
        return tripped;
    }

    @Override
    public @Nullable Because holds(PairFacts facts, Verb verb) {
        Brake brake = Brake.of(verb);
        AssetKind kind = facts.pair().kind();
        if (!working || brake == null || !isOn(kind, brake) || permit.shown(facts, verb)) {
            return null;
        }
        return BrakesOn.because(tripped(kind, brake));
    }

    public boolean isOn(AssetKind kind, Brake brake) {
        Map<Brake, Counter> ofKind = counters.get(kind);
        Counter counter = ofKind == null ? null : ofKind.get(brake);
        return counter != null && counter.on;
    }

    // What came of it ------------------------------------------------------------------------------------------------

    private TrippedBrake tripped(AssetKind kind, Brake brake) {
        Counter counter = counter(kind, brake);
        long all = links(kind).all();
        return new TrippedBrake(
                kind,
                brake,
                Math.max(counter.planned, counter.done + 1),
                counter.done,
                all,
                desk.policy().settings().brakes().of(brake).of(all),
                counter.emptied);
    }

    /** Returns the brakes that the last run left on and that still hold something. */
    public static List<TrippedBrake> leftOn(IntegrationState state) {
        RunReport last = state.progress().lastRun();
        return last == null
                ? List.of()
                : last.brakes().stream()
                        .filter(brake -> state.counts()
                                .getOrDefault(brake.kind(), Map.of())
                                .containsKey(Disposition.HELD_BY_BRAKE))
                        .toList();
    }

    /** Returns the brakes that are on. */
    public List<TrippedBrake> tripped() {
        List<TrippedBrake> result = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            for (Brake brake : Brake.values()) {
                if (isOn(kind, brake)) {
                    result.add(tripped(kind, brake));
                }
            }
        }
        return result;
    }
}
