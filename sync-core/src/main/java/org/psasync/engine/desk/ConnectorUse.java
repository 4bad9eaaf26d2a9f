package org.psasync.engine.desk;

import org.psasync.spi.PsaConnector;

/** The connector that one operation works with from its beginning to its end (CONN-3). Safe for use by several threads. */
public interface ConnectorUse {
    /**
     * Returns the connector; the same at every call.
     *
     * @throws IllegalArgumentException when it cannot be opened because a credential is malformed
     */
    PsaConnector connector();

    /** Returns whether the connector is open, so that nobody has to log in to get it. */
    boolean opened();

    /** Returns whether it was seen since the connector was opened which PSA answers through it (SAFE-2). */
    boolean instanceSeen();

    /** Notes that the PSA which answers through the connector is the one whose records are linked. */
    void seeInstance();
    /**
     * Returns which credentials the connector was opened with, as {@link org.psasync.store.Setup#credentials} counts them.
     * The source may have handed out newer ones, never older ones. Before anything was opened, 0.
     */
    long credentials();
}
