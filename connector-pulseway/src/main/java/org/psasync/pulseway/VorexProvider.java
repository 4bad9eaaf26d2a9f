package org.psasync.pulseway;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;

/** Makes connectors to Vorex. */
public final class VorexProvider implements PsaConnectorProvider {
    /** Makes a provider, as the service loader does. */
    public VorexProvider() {}

    @Override
    public String id() {
        return Product.VOREX.id();
    }

    @Override
    public String displayName() {
        return Product.VOREX.displayName();
    }

    /** Returns server, tenant, user and password, and what is optional: see the connector's documentation. */
    @Override
    public List<Credential> credentials() {
        return Product.VOREX.credentials();
    }

    @Override
    public PulsewayConnector connect(ConnectorConfig config) {
        return PulsewayConnector.connect(Product.VOREX, config);
    }
}
