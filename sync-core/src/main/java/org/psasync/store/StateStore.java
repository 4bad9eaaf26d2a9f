package org.psasync.store;

/**
 * What the engine remembers, for any number of integrations. Safe for use by several threads.
 *
 * <p>An integration is named {@code account/name}, such as {@code contoso/connectwise}. To the integrations of one account
 * the same local id means the same local record of a kind, and no two of them sync it (SET-9). Those of different accounts
 * have nothing to do with each other.
 */
public interface StateStore extends AutoCloseable {
    /** Returns a store that remembers until the process ends; for tests and short programs. */
    static StateStore inMemory() {
        return new MemoryStateStore();
    }

    /** Returns the state of the integration with that name; a new one is empty. */
    IntegrationState integration(String name);

    /** Returns the account of an integration: what comes before the last slash of its name; empty when there is none. */
    static String account(String integration) {
        return integration.substring(0, Math.max(0, integration.lastIndexOf('/')));
    }

    /** Ends the store. */
    @Override
    void close();
}
