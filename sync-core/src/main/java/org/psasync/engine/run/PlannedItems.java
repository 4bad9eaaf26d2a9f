package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.pair.Basis;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.Pair;

/** Items that a manager was shown; each is allowed while its basis holds. */
final class PlannedItems implements Permit {
    private final Map<AssetRef, SyncPlan.Item> open = new LinkedHashMap<>();
    private final Set<PairId> begun = new HashSet<>();
    private final Map<AssetRef, Verb> changed = new HashMap<>();

    PlannedItems(List<SyncPlan.Item> items) {
        for (SyncPlan.Item item : items) {
            AssetRef record = item.remote() != null ? item.remote() : item.local();
            if (record != null) {
                open.putIfAbsent(record, item);
            }
        }
    }

    @Override
    public boolean allows(PairFacts facts, Verb verb) {
        Pair pair = facts.pair();
        if (begun.contains(pair.id())) {
            return true; // what follows from a thing that was planned
        }
        AssetRef record = record(pair);
        SyncPlan.Item item = open.get(record);
        if (item == null) {
            return false;
        }
        if (item.verb() != verb || !item.basis().equals(Basis.of(facts, verb))) {
            changed.put(record, verb);
            return false;
        }
        begin(pair);
        return true;
    }

    void begin(Pair pair) {
        begun.add(pair.id());
        open.remove(record(pair));
    }

    /** Returns whether this is one of the items as it was shown, or follows from one that was begun. */
    boolean covers(PairFacts facts, Verb verb) {
        AssetRef record = record(facts.pair());
        SyncPlan.Item item = open.get(record);
        if (item == null) {
            return begun.contains(facts.pair().id());
        }
        if (!item.basis().equals(Basis.of(facts, verb))) {
            changed.put(record, verb);
            return false;
        }
        return item.verb() == verb;
    }

    private static AssetRef record(Pair pair) {
        return Objects.requireNonNull(pair.remoteRef() != null ? pair.remoteRef() : pair.localRef());
    }

    @Override
    public boolean braked() {
        return false;
    }

    /**
     * Names every item that was not done, and why, in the event log; the report has the first of them.
     *
     * @param completed whether the run came to its end
     */
    List<Event> leftOut(Desk desk, boolean completed) {
        List<Event> events = new ArrayList<>();
        open.forEach((record, item) -> {
            Optional<Pair> pair = pair(desk, record);
            String text = why(record, pair, completed) + ": " + item.print();
            desk.tally().problem("Left out, because " + text);
            events.add(new Event(
                    0,
                    desk.now(),
                    desk.run(),
                    desk.actor(),
                    Event.Type.PLAN_ITEM_STALE,
                    item.kind(),
                    pair.map(Pair::id).orElse(null),
                    item.local() == null ? null : item.local().id(),
                    item.remote() == null ? null : item.remote().id(),
                    item.changes(),
                    text + " (RUN-4)"));
        });
        return events;
    }

    private static Optional<Pair> pair(Desk desk, AssetRef record) {
        return record instanceof LocalRef local
                ? desk.state().byLocal(local)
                : desk.state().byRemote((RemoteRef) record);
    }

    private String why(AssetRef record, Optional<Pair> pair, boolean completed) {
        if (changed.containsKey(record)) {
            return "it changed since the plan was made";
        }
        if (!completed) {
            return "the run ended before it came to it";
        }
        return "it is no longer to be done"
                + pair.map(Pair::disposition)
                        .map(disposition -> ", the record is " + disposition.words())
                        .orElse("");
    }
}
