package org.psasync.testkit.rules;

import org.psasync.jdbc.JdbcStateStore;
import org.psasync.jdbc.Postgres;
import org.psasync.store.StateStore;

/** The simulation on PostgreSQL; {@code -Dpsasync.traces=100} plays so many. */
class SimulationOnPostgresTest extends SimulationTest {
    @Override
    StateStore memory() {
        return JdbcStateStore.postgres(Postgres.pooled(Postgres.database()));
    }

    @Override
    int traces() {
        return Integer.getInteger("psasync.traces", 6);
    }
}
