package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.FakeKind;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.FakePsaBench;
import org.psasync.testkit.scenario.PsaBench;

/** Every test of the contract of connectors can fail, and a connector that breaks one rule fails just the tests of it. */
class WrongConnectorsTest {
    private static WrongConnectors.Maker maker = (psa, clock) -> psa;

    /** The contract, with the connector that is on trial; run by this class alone. */
    static class OnTrial extends PsaConnectorContract {
        @Override
        protected PsaBench open(TestClock clock) {
            FakePsaBench right = right(clock);
            PsaConnector wrong = maker.make(right.psa(), clock);
            return (PsaBench) Proxy.newProxyInstance(
                    OnTrial.class.getClassLoader(), new Class<?>[] {PsaBench.class}, (p, method, given) -> {
                        try {
                            return method.getName().equals("connector") ? wrong : method.invoke(right, given);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause() == null ? failure : failure.getCause();
                        }
                    });
        }
    }

    static FakePsaBench right(TestClock clock) {
        return (FakePsaBench) FakePsaBench.with(psa -> psa.idsPerPage(5)
                        .everyKind(FakeKind::marking)
                        .kind(ORGANIZATION, kind -> kind.maxLength(OrganizationFields.SHORT_NAME, 20))
                        .kind(CONFIGURATION, kind -> kind.maxLength(ConfigurationFields.ASSET_TAG, 30)))
                .open(clock);
    }

    static List<WrongConnectors.Wrong> wrongConnectors() {
        return WrongConnectors.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongConnectors")
    @DisplayName("A connector that breaks one rule fails the tests of that rule, and no other")
    void isNoticed(WrongConnectors.Wrong wrong) {
        maker = wrong.maker();
        assertThat(Trial.failures(OnTrial.class)).containsExactlyInAnyOrderElementsOf(wrong.tests());
    }

    @Test
    @DisplayName("The right connector fails none")
    void theRightOnePasses() {
        maker = (psa, clock) -> new Faithful(psa, clock);
        assertThat(Trial.failures(OnTrial.class)).isEmpty();
    }

    @Test
    @DisplayName("For every test of the contract there is a connector that fails it")
    void noTestIsWithout() {
        Set<String> failed = new TreeSet<>();
        wrongConnectors().forEach(wrong -> failed.addAll(wrong.tests()));
        assertThat(failed)
                .isEqualTo(Trial.tests(
                        DescribingRules.class,
                        ReadingRules.class,
                        ChangesRules.class,
                        SearchingRules.class,
                        CreatingRules.class,
                        UpdatingRules.class,
                        FailingRules.class));
    }
}
