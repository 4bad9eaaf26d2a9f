package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.psasync.model.PairId;
import org.psasync.store.Pair;

/**
 * What is begun of records that the PSA shows for the first time. It is stored together with their first sight, and carried
 * out after that, so that a first pull stores each pair once less.
 */
public final class Beginnings {
    private final Map<PairId, Pair> pairs = new HashMap<>();
    private final List<LocalWrites.Job> creates = new ArrayList<>();

    Beginnings() {}

    void add(Pair decided) {
        pairs.put(decided.id(), decided);
    }

    void add(LocalWrites.Job create, Pair announced) {
        add(announced);
        creates.add(create);
    }

    /** Returns a pair as it is to be stored. */
    public Pair of(Pair fresh) {
        return pairs.getOrDefault(fresh.id(), fresh);
    }

    List<LocalWrites.Job> creates() {
        return creates;
    }

    /** Returns the pairs of the creates, as they stand in the store after their first sight was stored. */
    Map<PairId, Pair> announced() {
        Map<PairId, Pair> result = new HashMap<>();
        for (LocalWrites.Job create : creates) {
            PairId id = create.facts().pair().id();
            Pair stored = of(create.facts().pair());
            result.put(id, stored.versioned(stored.version() + 1));
        }
        return result;
    }
}
