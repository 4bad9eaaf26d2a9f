package org.psasync.cluster;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;
import org.psasync.store.StoreException;

/** The state as the engines of one node see it. Safe for use by several threads. */
final class NodeStore implements StateStore {
    private final StateStore store;
    private final Holdings holdings;
    private final InstantSource clock;
    private final Map<String, NodeState> integrations = new ConcurrentHashMap<>();
    private volatile @Nullable String closedBecause;

    NodeStore(StateStore store, Holdings holdings, InstantSource clock) {
        this.store = store;
        this.holdings = holdings;
        this.clock = clock;
    }

    @Override
    public IntegrationState integration(String name) {
        return integrations.computeIfAbsent(name, key -> new NodeState(store.integration(key), this, holdings, clock));
    }

    /** Nothing is stored from here any more, until {@link #open}. */
    void shut(String why) {
        closedBecause = why;
    }

    void open() {
        closedBecause = null;
    }

    void requireOpen() {
        String why = closedBecause;
        if (why != null) {
            throw new StoreException(why, null);
        }
    }

    /** Does nothing: the store belongs to the scheduler. */
    @Override
    public void close() {}
}
