package org.psasync.spi;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors that are on the class path or module path. */
public final class PsaConnectors {
    private PsaConnectors() {}

    /**
     * Opens a connector with default settings; whoever opens it closes it.
     *
     * @param id the provider's id, such as {@code connectwise}
     * @throws IllegalArgumentException when there is no such provider, or a credential is missing or malformed
     */
    public static PsaConnector connect(String id, Map<String, String> credentials) {
        return connect(id, ConnectorConfig.with(credentials).build());
    }

    /**
     * Opens a connector; whoever opens it closes it.
     *
     * @throws IllegalArgumentException when there is no such provider, or a credential is missing or malformed
     */
    public static PsaConnector connect(String id, ConnectorConfig config) {
        return provider(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no connector \"" + id
                        + "\" on the class path; there are " + providers().keySet()))
                .connect(config);
    }

    /** Returns the provider with that id, if there is one. */
    public static Optional<PsaConnectorProvider> provider(String id) {
        return Optional.ofNullable(providers().get(id));
    }

    /** Returns all providers by id. */
    public static Map<String, PsaConnectorProvider> providers() {
        Map<String, PsaConnectorProvider> result = new TreeMap<>();
        for (PsaConnectorProvider provider : ServiceLoader.load(PsaConnectorProvider.class)) {
            result.put(provider.id(), provider);
        }
        return result;
    }
}
