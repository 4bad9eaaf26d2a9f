package org.psasync.engine.run;

import org.psasync.spi.PsaConnector;

/** The connector that one operation works with from its beginning to its end (CONN-3). Safe for use by several threads. */
public interface ConnectorUse {
    /**
     * Returns the connector; the same at every call.
     *
     * @throws IllegalArgumentException when it cannot be opened because a credential is malformed
     */
    PsaConnector connector();

    /**
     * Returns which credentials the connector was opened with, as {@link org.psasync.store.Setup#credentials} counts them.
     * The source may have handed out newer ones, never older ones. Before anything was opened, 0.
     */
    long credentials();
}
