package org.psasync.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.store.Pair;

/** The items of a plan that is applied; each is allowed while its basis holds. */
final class PlannedItems implements Permit {
    private final Map<Key, SyncPlan.Item> items = new HashMap<>();
    private final Set<PairId> begun = new HashSet<>();
    private final Map<Key, SyncPlan.Item> done = new HashMap<>();

    private record Key(AssetKind kind, Object record) {}

    PlannedItems(SyncPlan plan) {
        for (SyncPlan.Item item : plan.items()) {
            Object record = item.remote() != null ? item.remote() : item.local();
            if (record != null) {
                items.putIfAbsent(new Key(item.kind(), record), item);
            }
        }
    }

    @Override
    public boolean allows(PairFacts facts, Verb verb) {
        Pair pair = facts.pair();
        if (begun.contains(pair.id())) {
            return true; // what follows from a thing that was planned
        }
        Object record = pair.remoteRef() != null ? pair.remoteRef() : pair.localRef();
        Key key = new Key(pair.kind(), Objects.requireNonNull(record));
        SyncPlan.Item item = items.get(key);
        boolean holds = item != null && item.verb() == verb && item.basis() == Permit.basis(facts);
        if (holds) {
            begun.add(pair.id());
            done.put(key, item);
        }
        return holds;
    }

    void nameStale(Desk desk) {
        items.forEach((key, item) -> {
            if (!done.containsKey(key)) {
                desk.tally().problem("Left out, because it changed since the plan was made: " + item.print());
            }
        });
    }
}
