package org.psasync.engine.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.HeldPushes;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Grant;
import org.psasync.store.Grant.Terms;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Holds the saves of an actor who wrote too much to the PSA within an hour, runs aside (BRAKE-3).
 *
 * <p>What was written is in the event log, so the count outlasts a restart and is the same in every process. A push that
 * began goes to its end, and those that begin at the same moment do not count each other.
 */
public final class PushBrake {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int NAMED = 100;

    private final Desk desk;
    private final Ledger ledger;

    PushBrake(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /** Makes the brake of an engine for a manager who looks at what it holds. */
    public static PushBrake of(Parties parties, @Nullable String actor) {
        return new PushBrake(parties.deskAlone(parties.newName(), null, actor, null));
    }

    /** Returns a grant on the terms on which it may be pushed now. */
    Grant onTerms(Grant grant, @Nullable Pair known) {
        Grant before = known == null ? null : known.grant();
        if (before != null && before.held()) {
            return grant.on(before.terms());
        }
        return wroteTooMuch(grant.actor()) ? grant.on(new Terms.Held(grant.actor())) : grant;
    }

    private boolean wroteTooMuch(String actor) {
        int limit = desk.policy().settings().brakes().pushesPerHour();
        EventQuery pushes = EventQuery.ALL
                .ofActor(actor)
                .onlyOutsideRuns()
                .since(desk.now().minus(WINDOW))
                .limit(limit);
        int written = 0;
        for (Event.Type type : List.of(Event.Type.UPDATED_IN_PSA, Event.Type.CREATED_IN_PSA)) {
            written += desk.state().events(pushes.ofType(type)).size();
        }
        return written >= limit;
    }

    // What a manager does about it -----------------------------------------------------------------------------------

    /** Returns what is held, by actor, in the order of their names; from what is remembered alone. */
    public static List<HeldPushes> held(IntegrationState state) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, List<LocalRef>> named = new TreeMap<>();
        forEachPage(
                state,
                page -> page.forEach(pair -> {
                    String actor = heldActor(pair);
                    counts.merge(actor, 1L, Long::sum);
                    List<LocalRef> some = named.computeIfAbsent(actor, key -> new ArrayList<>());
                    if (some.size() < NAMED) {
                        some.add(Objects.requireNonNull(pair.localRef()));
                    }
                }));
        return counts.entrySet().stream()
                .map(each ->
                        new HeldPushes(each.getKey(), each.getValue(), named.getOrDefault(each.getKey(), List.of())))
                .toList();
    }

    /** Lets go what is held of an actor; no brake holds or counts it any more. Returns how many records that is. */
    public long approve(String actor, String manager) {
        return change(
                actor,
                grant -> grant.on(new Terms.Approved(manager)),
                "the push that was held is approved by " + manager + " (BRAKE-3)");
    }

    /** Forgets what is held of an actor; the records await confirmation then. Returns how many records that is. */
    public long discard(String actor, String manager) {
        return change(
                actor,
                grant -> grant.without(field -> true).on(new Terms.Discarded(manager)),
                "the push that was held is discarded by " + manager + "; saving the record confirms it anew (BRAKE-3)");
    }

    private long change(String actor, UnaryOperator<Grant> change, String reason) {
        long[] count = {0};
        forEachPage(desk.state(), page -> {
            List<Ledger.Entry> entries = page.stream()
                    .filter(pair -> heldActor(pair).equals(actor))
                    .map(pair -> new Ledger.Entry(
                            pair,
                            stored -> changed(stored, actor, change),
                            List.of(ledger.event(Event.Type.NOTED, pair, List.of(), reason)),
                            true))
                    .toList();
            ledger.store(entries);
            count[0] += entries.size();
        });
        return count[0];
    }

    /** A save that came in between is held too, and meant as well. */
    private static Pair changed(Pair stored, String actor, UnaryOperator<Grant> change) {
        Grant grant = stored.grant();
        return grant == null || !isHeld(stored) || !heldActor(stored).equals(actor)
                ? stored
                : stored.toBuilder().grant(change.apply(grant)).dirty(true).build();
    }

    /** What is held stays to be decided, and is found by that. */
    private static void forEachPage(IntegrationState state, Consumer<List<Pair>> action) {
        for (AssetKind kind : AssetKind.values()) {
            PairId after = null;
            while (true) {
                List<Pair> batch = state.pairs(new PairQuery.Dirty(kind), after, Desk.PAGE);
                if (batch.isEmpty()) {
                    break;
                }
                after = batch.get(batch.size() - 1).id();
                action.accept(batch.stream().filter(PushBrake::isHeld).toList());
            }
        }
    }

    private static boolean isHeld(Pair pair) {
        return pair.grant() != null && pair.grant().held() && pair.local() != null;
    }

    private static String heldActor(Pair pair) {
        return ((Terms.Held) Objects.requireNonNull(pair.grant()).terms()).actor();
    }
}
