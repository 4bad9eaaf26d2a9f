package org.psasync.pulseway;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;

/** Makes connectors to Kaseya BMS. */
public final class KaseyaBmsProvider implements PsaConnectorProvider {
    /** Makes a provider, as the service loader does. */
    public KaseyaBmsProvider() {}

    @Override
    public String id() {
        return Product.KASEYA_BMS.id();
    }

    @Override
    public String displayName() {
        return Product.KASEYA_BMS.displayName();
    }

    /** Returns server, tenant, user and password, and what is optional: see the connector's documentation. */
    @Override
    public List<Credential> credentials() {
        return Product.KASEYA_BMS.credentials();
    }

    @Override
    public PulsewayConnector connect(ConnectorConfig config) {
        return PulsewayConnector.connect(Product.KASEYA_BMS, config);
    }
}
