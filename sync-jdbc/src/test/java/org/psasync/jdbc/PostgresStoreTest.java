package org.psasync.jdbc;

import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.psasync.store.StateStore;
import org.psasync.testkit.contract.StateStoreContract;

/** PostgreSQL does what every store does. */
class PostgresStoreTest extends StateStoreContract {
    private @Nullable DataSource database;

    @Override
    protected StateStore open() {
        database = Postgres.database();
        return JdbcStateStore.postgres(database);
    }

    @Override
    protected Optional<StateStore> openAgain() {
        return Optional.ofNullable(database).map(JdbcStateStore::of);
    }
}
