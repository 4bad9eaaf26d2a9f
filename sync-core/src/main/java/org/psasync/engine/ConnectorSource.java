package org.psasync.engine;

import org.psasync.spi.PsaConnector;

/**
 * Opens the connector of an integration, with the credentials that the host keeps (CONN-3).
 *
 * <p>The engine opens a connector when it first needs one, closes it when the engine is closed, and opens a new one
 * after the credentials were replaced.
 */
@FunctionalInterface
public interface ConnectorSource {
    /**
     * Opens a connector with the credentials of now.
     *
     * @throws IllegalArgumentException when a credential is missing or malformed, naming it
     */
    PsaConnector open();
}
