package org.psasync.connectwise;

import java.util.Map;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.testkit.contract.PsaConnectorProviderContract;

/** The provider does what every provider does. */
class ConnectWiseProviderContractTest extends PsaConnectorProviderContract {
    @Override
    protected PsaConnectorProvider provider() {
        return new ConnectWiseProvider();
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of(
                "site",
                "http://127.0.0.1:9",
                "companyId",
                "acme",
                "clientId",
                "c-1",
                "publicKey",
                "pub-1",
                "privateKey",
                "priv-1");
    }
}
