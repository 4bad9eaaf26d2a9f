package org.psasync.examples.tidydesk;

import org.psasync.testkit.TestClock;
import org.psasync.testkit.contract.PsaConnectorContract;
import org.psasync.testkit.scenario.PsaBench;

// guide: contract
/** The connector does what every connector does. */
class TidydeskContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return TidydeskBench.open(clock);
    }
}
// guide: end
