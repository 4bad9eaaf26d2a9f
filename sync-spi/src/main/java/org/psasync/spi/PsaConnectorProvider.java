package org.psasync.spi;

import java.util.List;

/**
 * Makes connectors to one kind of PSA; found through {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters and keep no state.
 */
public interface PsaConnectorProvider {
    /** Returns the id by which hosts choose the PSA, such as {@code connectwise}; lower case, without blanks. */
    String id();

    /** Returns what people call the PSA. */
    String displayName();

    /** Returns what is needed to connect, in the order to ask for it. */
    List<Credential> credentials();

    /**
     * Opens a connector; makes no request.
     *
     * @throws IllegalArgumentException when a credential is missing or malformed, naming it
     */
    PsaConnector connect(ConnectorConfig config);
}
