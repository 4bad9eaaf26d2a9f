package org.psasync.pulseway;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;

/** Makes connectors to Pulseway PSA. */
public final class PulsewayProvider implements PsaConnectorProvider {
    /** Makes a provider, as the service loader does. */
    public PulsewayProvider() {}

    @Override
    public String id() {
        return Product.PULSEWAY.id();
    }

    @Override
    public String displayName() {
        return Product.PULSEWAY.displayName();
    }

    /** Returns server, tenant, user and password, and what is optional: see the connector's documentation. */
    @Override
    public List<Credential> credentials() {
        return Product.PULSEWAY.credentials();
    }

    @Override
    public PulsewayConnector connect(ConnectorConfig config) {
        return PulsewayConnector.connect(Product.PULSEWAY, config);
    }
}
