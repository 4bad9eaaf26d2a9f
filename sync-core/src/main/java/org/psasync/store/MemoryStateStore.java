package org.psasync.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps everything in memory. */
final class MemoryStateStore implements StateStore {
    private final Map<String, MemoryState> integrations = new ConcurrentHashMap<>();

    @Override
    public IntegrationState integration(String name) {
        return integrations.computeIfAbsent(name, key -> new MemoryState());
    }

    @Override
    public void close() {
        integrations.clear();
    }
}
