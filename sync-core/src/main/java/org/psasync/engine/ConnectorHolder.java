package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.engine.run.ConnectorUse;
import org.psasync.engine.run.FailureText;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the open connector of an engine, and replaces it when credentials are replaced (CONN-3). The one that was in use
 * is closed when the last operation that works with it has ended.
 */
final class ConnectorHolder {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorHolder.class);

    private final ConnectorSource source;
    private final boolean ours;
    private final Object lock = new Object();
    private @Nullable Open current;

    private ConnectorHolder(ConnectorSource source, boolean ours) {
        this.source = source;
        this.ours = ours;
    }

    /** An open connector and how many operations work with it. */
    private static final class Open {
        private final PsaConnector connector;
        private int users;
        private boolean replaced;
        private boolean instanceSeen;

        Open(PsaConnector connector) {
            this.connector = connector;
        }
    }

    static ConnectorHolder of(PsaConnector connector) {
        return new ConnectorHolder(() -> connector, false);
    }

    static ConnectorHolder of(ConnectorSource source) {
        return new ConnectorHolder(source, true);
    }

    /** Begins an operation; nothing is opened before it asks for the connector. */
    Use use() {
        return new Use();
    }

    /** What one operation works with. */
    final class Use implements ConnectorUse, AutoCloseable {
        private @Nullable Open mine;

        private Use() {}

        @Override
        public PsaConnector connector() {
            synchronized (lock) {
                if (mine == null) {
                    if (current == null) {
                        current = new Open(openedForWork());
                    }
                    mine = current;
                    mine.users++;
                }
                return mine.connector;
            }
        }

        @Override
        public boolean replaced() {
            synchronized (lock) {
                return mine != null && mine.replaced;
            }
        }

        @Override
        public boolean opened() {
            synchronized (lock) {
                return mine != null || current != null;
            }
        }

        @Override
        public boolean instanceSeen() {
            synchronized (lock) {
                return mine != null && mine.instanceSeen;
            }
        }

        @Override
        public void seeInstance() {
            synchronized (lock) {
                if (mine != null) {
                    mine.instanceSeen = true;
                }
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (mine != null) {
                    mine.users--;
                    closeIfUnused(mine);
                }
                mine = null;
            }
        }
    }

    /** Opens a connector with the credentials of now, beside the one in use. */
    PsaConnector openAnew() {
        return opened();
    }

    private PsaConnector opened() {
        return requireNonNull(source.open(), "the source opened none");
    }

    /** Whatever keeps the host from opening one, what was to be done is tried again later. */
    private PsaConnector openedForWork() {
        try {
            return opened();
        } catch (ConnectorException failure) {
            throw failure;
        } catch (RuntimeException broken) {
            throw new ConnectorException.Unavailable(
                    "The connector could not be opened: " + FailureText.of(broken), false, broken);
        }
    }

    /** Puts a connector in the place of the one in use. */
    void replace(PsaConnector newer) {
        synchronized (lock) {
            if (current == null || current.connector != newer) {
                retire();
                current = new Open(newer);
            }
        }
    }

    private void retire() {
        if (current != null) {
            current.replaced = true;
            closeIfUnused(current);
        }
    }

    private void closeIfUnused(Open open) {
        if (open.replaced && open.users == 0) {
            discard(open.connector);
        }
    }

    /** Closes a connector that was opened and is not used; if that fails, what was done with it still counts. */
    void discard(PsaConnector connector) {
        if (ours) {
            try {
                connector.close();
            } catch (RuntimeException failure) {
                LOG.warn("A connector could not be closed", failure);
            }
        }
    }

    /** Closes the connector, at once or when the last operation that works with it has ended. */
    void close() {
        synchronized (lock) {
            retire();
            current = null;
        }
    }
}
