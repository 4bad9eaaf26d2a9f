package org.psasync.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps everything in memory. */
final class MemoryStateStore implements StateStore {
    private final Map<String, MemoryState> integrations = new ConcurrentHashMap<>();
    private final AtomicLong entered = new AtomicLong();
    /** Held while an integration takes local records; a state's own lock is taken inside it, never around it. */
    final Object taking = new Object();

    @Override
    public IntegrationState integration(String name) {
        return integrations.computeIfAbsent(name, key -> new MemoryState(this, name, entering()));
    }

    /** Returns the other integrations of the same account. */
    List<MemoryState> others(String name) {
        return integrations.size() < 2
                ? List.of()
                : integrations.values().stream()
                        .filter(each -> !each.name().equals(name)
                                && StateStore.account(each.name()).equals(StateStore.account(name)))
                        .toList();
    }

    /** Returns the place of an integration that begins to take part, after all others. */
    long entering() {
        return entered.incrementAndGet();
    }

    @Override
    public void close() {
        integrations.clear();
    }
}
