package org.psasync.engine;

import org.jspecify.annotations.Nullable;
import org.psasync.spi.PsaConnector;

/** Holds the open connector of an engine, and replaces it when credentials are replaced (CONN-3). */
final class ConnectorHolder {
    private final ConnectorSource source;
    private final boolean ours;
    private @Nullable PsaConnector open;

    private ConnectorHolder(ConnectorSource source, boolean ours) {
        this.source = source;
        this.ours = ours;
    }

    static ConnectorHolder of(PsaConnector connector) {
        return new ConnectorHolder(() -> connector, false);
    }

    static ConnectorHolder of(ConnectorSource source) {
        return new ConnectorHolder(source, true);
    }

    synchronized PsaConnector get() {
        if (open == null) {
            open = source.open();
        }
        return open;
    }

    /** Opens a connector with the credentials of now, beside the one in use. */
    PsaConnector openAnew() {
        return source.open();
    }

    /** Puts a connector in the place of the one in use. */
    synchronized void replace(PsaConnector newer) {
        PsaConnector older = open;
        open = newer;
        if (ours && older != null && older != newer) {
            older.close();
        }
    }

    /** Closes a connector that was opened and is not used. */
    void discard(PsaConnector connector) {
        if (ours) {
            connector.close();
        }
    }

    synchronized void close() {
        if (ours && open != null) {
            open.close();
        }
        open = null;
    }
}
