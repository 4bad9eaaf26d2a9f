package org.psasync.cluster;

import java.time.InstantSource;
import org.psasync.engine.SyncEngine;
import org.psasync.store.StateStore;

/**
 * Opens the engine of an integration on a node, when the node has something to do for it; any node may have. Called by
 * several threads, once for each integration and node. The scheduler closes what it opened.
 *
 * <p>What it throws counts as a run that failed, and is tried again.
 */
@FunctionalInterface
public interface EngineFactory {
    /**
     * Returns a new engine.
     *
     * @param integration the name under which it was added
     * @param state where the engine is to remember; what it holds there is given free within a minute if the node dies
     * @param clock for the engine and its connector: the database's clock, so that the nodes agree about the time
     */
    SyncEngine open(String integration, StateStore state, InstantSource clock);
}
