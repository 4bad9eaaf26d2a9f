package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncEngine;
import org.psasync.store.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines that are open on a node. Safe for use by several threads. */
final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);

    private final EngineFactory factory;
    private final StateStore state;
    private final InstantSource clock;
    private final Consumer<String> changed;
    private final Map<String, Slot> slots = new HashMap<>();

    /** Makes a place for engines; whoever changes an integration through one of them, that is told of. */
    Engines(EngineFactory factory, StateStore state, InstantSource clock, Consumer<String> changed) {
        this.factory = factory;
        this.state = state;
        this.clock = clock;
        this.changed = changed;
    }

    /** One integration, whose engine is opened once, by whoever needs it first. */
    private static final class Slot {
        private @Nullable SyncEngine engine;
    }

    SyncEngine of(String integration) {
        Slot slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(integration, key -> new Slot());
        }
        synchronized (slot) {
            SyncEngine engine = slot.engine;
            if (engine == null) {
                engine = open(integration);
                slot.engine = engine;
            }
            return engine;
        }
    }

    private SyncEngine open(String integration) {
        SyncEngine engine = requireNonNull(factory.open(integration, state, clock), "The factory answered null");
        if (!engine.integration().equals(integration)) {
            engine.close();
            throw new IllegalArgumentException("The factory was asked for the engine of \"" + integration
                    + "\" and opened that of \"" + engine.integration() + "\"");
        }
        engine.subscribe((name, event) -> {
            if (event.kind() == null && event.run() == null) {
                changed.accept(integration);
            }
        });
        return engine;
    }

    /** Closes the engine of an integration, if it is open. */
    void close(String integration) {
        Slot slot;
        synchronized (slots) {
            slot = slots.remove(integration);
        }
        if (slot != null) {
            synchronized (slot) {
                close(slot.engine);
            }
        }
    }

    /** Returns the integrations whose engines are open. */
    List<String> open() {
        synchronized (slots) {
            return List.copyOf(slots.keySet());
        }
    }

    void closeAll() {
        List<Slot> all;
        synchronized (slots) {
            all = new ArrayList<>(slots.values());
            slots.clear();
        }
        for (Slot slot : all) {
            synchronized (slot) {
                close(slot.engine);
            }
        }
    }

    private static void close(@Nullable SyncEngine engine) {
        if (engine != null) {
            try {
                engine.close();
            } catch (RuntimeException failure) {
                LOG.warn("The engine of {} could not be closed", engine.integration(), failure);
            }
        }
    }
}
