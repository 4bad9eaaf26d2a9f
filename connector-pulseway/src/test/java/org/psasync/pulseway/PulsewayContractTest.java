package org.psasync.pulseway;

import org.psasync.testkit.TestClock;
import org.psasync.testkit.contract.PsaConnectorContract;
import org.psasync.testkit.pulseway.PulsewayBench;
import org.psasync.testkit.scenario.PsaBench;

/** The connector does, over HTTP, what every connector does. */
class PulsewayContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return PulsewayBench.open(clock);
    }
}
