package org.psasync.connectwise;

import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;

/** Makes connectors to ConnectWise PSA (Manage). */
public final class ConnectWiseProvider implements PsaConnectorProvider {
    static final String ID = "connectwise";
    static final String NAME = "ConnectWise";

    static final String SITE = "site";
    static final String COMPANY_ID = "companyId";
    static final String CLIENT_ID = "clientId";
    static final String PUBLIC_KEY = "publicKey";
    static final String PRIVATE_KEY = "privateKey";
    static final String MEMBER_ID = "memberId";

    /** Makes a provider, as the service loader does. */
    public ConnectWiseProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String displayName() {
        return NAME;
    }

    /**
     * Returns site, company id, client id, public and private key, and the optional member id.
     *
     * <p>Source: ConnectWise developer guide, Authentication, 2026-10.
     */
    @Override
    public List<Credential> credentials() {
        return List.of(
                new Credential(SITE, "Site (host name, such as api-na.myconnectwise.net)", false, true),
                new Credential(COMPANY_ID, "Company ID (the one used to log in)", false, true),
                new Credential(CLIENT_ID, "Client ID of the integration", false, true),
                new Credential(PUBLIC_KEY, "Public key of the API member", false, true),
                new Credential(PRIVATE_KEY, "Private key of the API member", true, true),
                new Credential(MEMBER_ID, "Member ID of the API member", false, false));
    }

    @Override
    public ConnectWiseConnector connect(ConnectorConfig config) {
        return ConnectWiseConnector.connect(config);
    }
}
