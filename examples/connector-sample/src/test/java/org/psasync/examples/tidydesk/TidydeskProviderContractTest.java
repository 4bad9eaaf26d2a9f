package org.psasync.examples.tidydesk;

import java.util.Map;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.testkit.contract.PsaConnectorProviderContract;

// guide: provider-contract
/** The provider does what every provider does. */
class TidydeskProviderContractTest extends PsaConnectorProviderContract {
    @Override
    protected PsaConnectorProvider provider() {
        return new TidydeskProvider();
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("url", "http://127.0.0.1:9", "token", "token-1");
    }
}
// guide: end
