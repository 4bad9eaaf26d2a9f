package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.ConnectorUse;
import org.psasync.engine.desk.FailureText;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the open connector of an engine, and replaces it when credentials are replaced (CONN-3). The one that was in use
 * is closed when the last operation that works with it has ended. They may have been replaced on another node: the connector
 * is bound to the credentials that were in force when it was opened, and opened anew for newer ones.
 */
final class ConnectorHolder {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorHolder.class);

    private final ConnectorSource source;
    private final boolean ours;
    private final LongSupplier inForce;
    private final Object lock = new Object();
    private @Nullable Open current;
    private boolean closed;

    private ConnectorHolder(ConnectorSource source, boolean ours, LongSupplier inForce) {
        this.source = source;
        this.ours = ours;
        this.inForce = inForce;
    }

    /** An open connector and how many operations work with it. */
    private static final class Open {
        private final PsaConnector connector;
        private final long credentials;
        private int users;
        private boolean replaced;
        private boolean instanceSeen;

        Open(PsaConnector connector, long credentials) {
            this.connector = connector;
            this.credentials = credentials;
        }
    }

    /** A holder that closes nothing: the source hands out one connector again and again. */
    static ConnectorHolder ofOpen(ConnectorSource source, LongSupplier inForce) {
        return new ConnectorHolder(source, false, inForce);
    }

    /** A holder that closes what the source opened. */
    static ConnectorHolder of(ConnectorSource source, LongSupplier inForce) {
        return new ConnectorHolder(source, true, inForce);
    }

    /**
     * Begins an operation; nothing is opened before it asks for the connector.
     *
     * @throws IllegalStateException when the engine was closed
     */
    Use use() {
        synchronized (lock) {
            requireOpen();
        }
        return new Use();
    }

    /** What one operation works with. */
    final class Use implements ConnectorUse, AutoCloseable {
        private @Nullable Open mine;
        private long credentials;

        private Use() {}

        @Override
        public PsaConnector connector() {
            synchronized (lock) {
                if (mine == null) {
                    requireOpen();
                    credentials = inForce.getAsLong(); // before it is opened: those of the source can only be newer
                    if (current == null || current.credentials < credentials) {
                        Open newer = new Open(openedForWork(), credentials);
                        retire();
                        current = newer;
                    }
                    mine = current;
                    mine.users++;
                    credentials = mine.credentials;
                }
                return mine.connector;
            }
        }

        @Override
        public long credentials() {
            synchronized (lock) {
                return credentials;
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
        synchronized (lock) {
            requireOpen();
        }
        return opened();
    }

    /** Whoever closed the engine expects that it opens nothing any more. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The engine was closed.");
        }
    }

    private PsaConnector opened() {
        PsaConnector connector = requireNonNull(source.open(), "the source opened none");
        try {
            return OpenedConnector.of(connector);
        } catch (RuntimeException broken) {
            discard(connector);
            throw broken;
        }
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

    /** Puts a connector in the place of the one in use; returns whether it did, as it was not overtaken by a newer one. */
    boolean replace(PsaConnector newer, long credentials) {
        synchronized (lock) {
            if (closed || current != null && current.credentials >= credentials) {
                return false;
            }
            retire();
            current = new Open(newer, credentials);
            return true;
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
            closed = true;
        }
    }
}
