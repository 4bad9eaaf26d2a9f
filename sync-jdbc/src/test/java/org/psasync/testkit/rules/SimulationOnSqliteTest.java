package org.psasync.testkit.rules;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.store.StateStore;

/** The simulation on a file; {@code -Dpsasync.traces=100} plays so many. */
class SimulationOnSqliteTest extends SimulationTest {
    @TempDir
    Path folder;

    private int files;

    @Override
    StateStore memory() {
        return JdbcStateStore.sqlite(folder.resolve(++files + ".db"));
    }

    @Override
    int traces() {
        return Integer.getInteger("psasync.traces", 12);
    }
}
