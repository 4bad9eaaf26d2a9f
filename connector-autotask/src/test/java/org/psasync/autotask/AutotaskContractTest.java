package org.psasync.autotask;

import org.psasync.testkit.TestClock;
import org.psasync.testkit.autotask.AutotaskBench;
import org.psasync.testkit.contract.PsaConnectorContract;
import org.psasync.testkit.scenario.PsaBench;

/** The connector does, over HTTP, what every connector does. */
class AutotaskContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return AutotaskBench.open(clock);
    }

    @Override
    protected int manyRecords() {
        return 502;
    }
}
