package org.psasync.autotask;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;

/** Makes connectors to Autotask PSA. */
public final class AutotaskProvider implements PsaConnectorProvider {
    static final String USER = "user";
    static final String SECRET = "secret";
    static final String INTEGRATION_CODE = "integrationCode";
    static final String WEBHOOK_SECRET = "webhookSecret";
    static final String SERVER = "server";

    /** Makes a provider, as the service loader does. */
    public AutotaskProvider() {}

    @Override
    public String id() {
        return Descriptor.ID;
    }

    @Override
    public String displayName() {
        return Descriptor.NAME;
    }

    /** Returns user, secret and integration code, and what is optional: see the connector's documentation. */
    @Override
    public List<Credential> credentials() {
        return List.of(
                new Credential(USER, "User name (key) of the API user", false, true),
                new Credential(SECRET, "Password (secret) of the API user", true, true),
                new Credential(INTEGRATION_CODE, "Tracking identifier (integration code)", true, true),
                new Credential(WEBHOOK_SECRET, "Secret of webhooks", true, false),
                new Credential(SERVER, "Server that looks up the zone, if it is not the vendor's", false, false));
    }

    @Override
    public AutotaskConnector connect(ConnectorConfig config) {
        return AutotaskConnector.connect(config);
    }
}
