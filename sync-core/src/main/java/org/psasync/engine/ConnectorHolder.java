package org.psasync.engine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.ConnectorUse;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Parties;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.store.IntegrationState;
import org.psasync.store.Setup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the open connector of an engine, and replaces it when credentials are replaced (CONN-3). The one that was in use
 * is closed when the last operation that works with it has ended. They may have been replaced on another node: the connector
 * is bound to the credentials that were in force when it was opened, and opened anew for newer ones.
 *
 * <p>To open one may take a log-in, and long while the PSA is down. So refused credentials are not used again (SAFE-3), and
 * nobody waits for it who can do without.
 */
final class ConnectorHolder {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorHolder.class);

    private final ConnectorSource source;
    private final boolean ours;
    private final IntegrationState state;
    /** Held while one is opened, so that nobody logs in beside; taken before {@link #lock}. */
    private final Object opening = new Object();
    /** Held for a moment only: nothing is asked while it is. */
    private final Object lock = new Object();

    private @Nullable Open current;
    private boolean closed;

    private ConnectorHolder(ConnectorSource source, boolean ours, IntegrationState state) {
        this.source = source;
        this.ours = ours;
        this.state = state;
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
    static ConnectorHolder ofOpen(ConnectorSource source, IntegrationState state) {
        return new ConnectorHolder(source, false, state);
    }

    /** A holder that closes what the source opened. */
    static ConnectorHolder of(ConnectorSource source, IntegrationState state) {
        return new ConnectorHolder(source, true, state);
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
        private @Nullable ConnectorException failure;
        private long credentials;

        private Use() {}

        @Override
        public PsaConnector connector() {
            Open open = taken();
            if (open == null) {
                synchronized (opening) {
                    open = taken(); // somebody else may have opened it meanwhile
                    if (open == null) {
                        open = openedAndTaken();
                    }
                }
            }
            return open.connector;
        }

        @Override
        public @Nullable PsaConnector ifOpen() {
            if (!ours) {
                try {
                    return connector(); // it was handed in open, so nobody waits for it
                } catch (ConnectorException broken) {
                    return null;
                }
            }
            Open open = taken();
            return open == null ? null : open.connector;
        }

        @Override
        public ConnectorDescriptor descriptor() {
            PsaConnector open = ifOpen();
            ConnectorDescriptor known = open == null ? state.setup().connector() : open.descriptor();
            return known == null ? connector().descriptor() : known;
        }

        /** Returns what this operation works with; null while nothing is open that was opened with the credentials of now. */
        private @Nullable Open taken() {
            synchronized (lock) {
                if (mine != null) {
                    return mine;
                }
            }
            long inForce = state.setup().credentials();
            synchronized (lock) {
                requireOpen();
                if (mine == null && current != null && current.credentials >= inForce) {
                    take(current);
                }
                return mine;
            }
        }

        private void take(Open open) {
            mine = open;
            open.users++;
            credentials = open.credentials;
        }

        /** An operation tries it once: what it asks for later fails at once in the same way. */
        private Open openedAndTaken() {
            if (failure != null) {
                throw failure;
            }
            Setup setup = state.setup(); // before it is opened: the credentials of the source can only be newer
            synchronized (lock) {
                credentials = setup.credentials();
            }
            try {
                return take(openedForWork(setup), setup.credentials());
            } catch (ConnectorException.Unauthorized refused) {
                String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
                Parties.refuse(state, setup.credentials(), reason);
                failure = refused;
                throw refused;
            } catch (ConnectorException failed) {
                failure = failed;
                throw failed;
            }
        }

        private Open take(PsaConnector opened, long with) {
            synchronized (lock) {
                Open newest = current;
                if (closed || newest != null && newest.credentials >= with) {
                    discard(opened); // it was overtaken
                    requireOpen();
                } else {
                    retire();
                    newest = new Open(opened, with);
                    current = newest;
                }
                take(requireNonNull(newest));
                return newest;
            }
        }

        @Override
        public long credentials() {
            synchronized (lock) {
                return credentials;
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

    /**
     * Whatever keeps the host from opening one, what was to be done is tried again later; but not with credentials that
     * were refused (SAFE-3).
     */
    private PsaConnector openedForWork(Setup setup) {
        if (setup.refusal() != null) {
            throw new ConnectorException.Unauthorized(setup.refusal(), null);
        }
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
