package org.psasync.testkit.contract;

import org.psasync.store.StateStore;

/** The store in memory does what every store does. */
class MemoryStoreTest extends StateStoreContract {
    @Override
    protected StateStore open() {
        return StateStore.inMemory();
    }
}
