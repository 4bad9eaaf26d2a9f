package org.psasync.autotask;

import java.util.Map;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.testkit.contract.PsaConnectorProviderContract;

/** The provider does what every provider does. */
class AutotaskProviderContractTest extends PsaConnectorProviderContract {
    @Override
    protected PsaConnectorProvider provider() {
        return new AutotaskProvider();
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of(
                "server",
                "http://127.0.0.1:9",
                "user",
                "ada@msp.example",
                "secret",
                "pass-word-1",
                "integrationCode",
                "code-1");
    }
}
