package org.psasync.jdbc;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.psasync.store.StateStore;
import org.psasync.testkit.contract.StateStoreContract;

/** The contract on sources that somebody listens to; played by {@link QueryPlanTest} alone. */
final class ListeningStore extends StateStoreContract {
    private final Supplier<? extends DataSource> sources;

    ListeningStore(Supplier<? extends DataSource> sources) {
        this.sources = sources;
    }

    @Override
    protected StateStore open() {
        return JdbcStateStore.of(sources.get());
    }
}
