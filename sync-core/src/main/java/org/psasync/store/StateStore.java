package org.psasync.store;

/**
 * What the engine remembers, for any number of integrations. Safe for use by several threads.
 *
 * <p>The integrations of one store belong to one host: within a kind, the same local id means the same local record to all
 * of them, so that no two of them sync it (SET-9).
 */
public interface StateStore extends AutoCloseable {
    /** Returns a store that remembers until the process ends; for tests and short programs. */
    static StateStore inMemory() {
        return new MemoryStateStore();
    }

    /** Returns the state of the integration with that name; a new one is empty. */
    IntegrationState integration(String name);

    /** Ends the store. */
    @Override
    void close();
}
