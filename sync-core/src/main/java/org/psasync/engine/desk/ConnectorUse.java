package org.psasync.engine.desk;

import org.jspecify.annotations.Nullable;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;

/** The connector that one operation works with from its beginning to its end (CONN-3). Safe for use by several threads. */
public interface ConnectorUse {
    /**
     * Returns the connector, and opens it first if that has to be; the same at every call.
     *
     * @throws ConnectorException when it cannot be opened; the same at every call. {@code Unauthorized} without a log-in when
     *     the credentials in force were refused before (SAFE-3)
     */
    PsaConnector connector();

    /** Returns the connector if it can be had without waiting for the PSA; null while it is not open. */
    @Nullable
    PsaConnector ifOpen();

    /**
     * Returns what the connector can do, as the open one tells, or else as it is remembered; opens one only where nothing is
     * remembered.
     *
     * @throws ConnectorException when it would have to be opened and cannot be
     */
    ConnectorDescriptor descriptor();

    /** Returns whether it was seen since the connector was opened which PSA answers through it (SAFE-2). */
    boolean instanceSeen();

    /** Notes that the PSA which answers through the connector is the one whose records are linked. */
    void seeInstance();

    /**
     * Returns which credentials the connector was opened with, as {@link org.psasync.store.Setup#credentials} counts them.
     * The source may have handed out newer ones, never older ones. Before anything was to be opened, 0.
     */
    long credentials();
}
