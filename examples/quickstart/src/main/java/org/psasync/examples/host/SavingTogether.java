package org.psasync.examples.host;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.model.Asset;

/** What a host does whose records are in the database of the engine's state. */
final class SavingTogether {
    private final DataSource database;
    private final JdbcStateStore state;
    private final SyncEngine engine;
    private final Rows rows;

    SavingTogether(DataSource database, JdbcStateStore state, SyncEngine engine, Rows rows) {
        this.database = database;
        this.state = state;
        this.engine = engine;
        this.rows = rows;
    }

    /** The host's own tables. */
    interface Rows {
        void store(Connection transaction, Asset changed) throws SQLException;
    }

    // guide: saved-together
    PushResult save(Asset changed) throws SQLException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            rows.store(transaction, changed);
            state.saved(transaction, engine.integration(), changed.ref());
            transaction.commit();
        }
        return engine.saved(changed.ref()); // now; should this be lost, the next run finds the note
    }
    // guide: end
}
