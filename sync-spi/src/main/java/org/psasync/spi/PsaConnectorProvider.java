package org.psasync.spi;

import java.util.List;

/**
 * Makes connectors to one kind of PSA; found through {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters and keep no state.
 */
public interface PsaConnectorProvider {
    /**
     * Returns the id by which hosts choose the PSA, such as {@code connectwise}. V1.1 It is in lower case, without blanks,
     * and that of the connector's descriptor.
     */
    String id();

    /** Returns what people call the PSA. */
    String displayName();

    /** Returns what is needed to connect, in the order to ask for it. V2.1 Each has a name of its own and a label. */
    List<Credential> credentials();

    /**
     * Opens a connector.
     * <ul>
     *   <li>V3.1 It makes no request, so that a host can open it while the PSA is away.
     *   <li>V3.2 A credential that is required and missing or blank is named; no message holds the value of a secret.
     * </ul>
     *
     * @throws IllegalArgumentException when a credential is missing or malformed, naming it
     */
    PsaConnector connect(ConnectorConfig config);
}
