package org.psasync.connectwise;

import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.ConnectWiseBench;
import org.psasync.testkit.contract.PsaConnectorContract;
import org.psasync.testkit.scenario.PsaBench;

/** The connector does, over HTTP, what every connector does. */
class ConnectWiseContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return ConnectWiseBench.open(clock);
    }

    @Override
    protected int manyRecords() {
        return 1005;
    }
}
