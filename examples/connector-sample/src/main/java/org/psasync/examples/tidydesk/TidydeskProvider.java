package org.psasync.examples.tidydesk;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;

// guide: provider
/** Opens connectors to Tidydesk. */
public final class TidydeskProvider implements PsaConnectorProvider {
    @Override
    public String id() {
        return "tidydesk";
    }

    @Override
    public String displayName() {
        return "Tidydesk";
    }

    @Override
    public List<Credential> credentials() {
        return List.of(new Credential("url", "Address", false, true), new Credential("token", "API token", true, true));
    }

    @Override
    public PsaConnector connect(ConnectorConfig config) {
        return TidydeskConnector.connect(config);
    }
}
// guide: end
