package org.psasync.testkit.contract;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.testkit.FakeKind;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.FakePsaBench;
import org.psasync.testkit.scenario.PsaBench;

/** The fake PSA in memory does what every connector does. */
class FakePsaContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return FakePsaBench.with(psa -> psa.idsPerPage(5)
                        .everyKind(FakeKind::marking)
                        .kind(ORGANIZATION, kind -> kind.maxLength(OrganizationFields.SHORT_NAME, 20))
                        .kind(CONFIGURATION, kind -> kind.maxLength(ConfigurationFields.ASSET_TAG, 30)))
                .open(clock);
    }
}
