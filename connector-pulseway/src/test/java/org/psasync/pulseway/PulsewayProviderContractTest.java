package org.psasync.pulseway;

import java.util.Map;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.testkit.contract.PsaConnectorProviderContract;

/** The provider does what every provider does. */
class PulsewayProviderContractTest extends PsaConnectorProviderContract {
    @Override
    protected PsaConnectorProvider provider() {
        return new PulsewayProvider();
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("server", "http://127.0.0.1:9", "tenant", "acme", "user", "ada", "password", "pass-word-1");
    }
}
