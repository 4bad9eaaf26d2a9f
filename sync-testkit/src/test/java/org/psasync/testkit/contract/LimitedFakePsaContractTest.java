package org.psasync.testkit.contract;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;

import java.time.Duration;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.testkit.FakeKind;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.FakePsaBench;
import org.psasync.testkit.scenario.PsaBench;

/** So does one that reads in every other way, and can little. */
class LimitedFakePsaContractTest extends PsaConnectorContract {
    @Override
    protected PsaBench open(TestClock clock) {
        return FakePsaBench.with(psa -> psa.everyKind(kind -> kind.visibilityDelay(Duration.ofSeconds(30)))
                        .kind(
                                LOCATION,
                                kind -> kind.reading(Reading.LIST_PER_PARENT).withoutUpdate())
                        .kind(CONTACT, kind -> kind.reading(Reading.FULL_LIST).withoutFind())
                        .kind(CONFIGURATION, kind -> kind.rowsAndDetails().withoutCreate())
                        .everyKind(FakeKind::withoutIds)
                        .everyKind(FakeKind::answeringWithoutRecord))
                .open(clock);
    }
}
