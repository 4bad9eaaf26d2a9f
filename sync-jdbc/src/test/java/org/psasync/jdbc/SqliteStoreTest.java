package org.psasync.jdbc;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.store.StateStore;
import org.psasync.testkit.contract.StateStoreContract;

/** SQLite does what every store does. */
class SqliteStoreTest extends StateStoreContract {
    @TempDir
    Path folder;

    @Override
    protected StateStore open() {
        return JdbcStateStore.sqlite(folder.resolve("state.db"));
    }

    @Override
    protected Optional<StateStore> openAgain() {
        return Optional.of(open());
    }
}
