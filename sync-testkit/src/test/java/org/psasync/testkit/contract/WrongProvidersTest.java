package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;

/** Every test of the contract of providers can fail, and the fake provider passes them all. */
class WrongProvidersTest {
    private static PsaConnectorProvider onTrial = new FakeProvider();

    /** The contract, with the provider that is on trial; run by this class alone. */
    static class OnTrial extends PsaConnectorProviderContract {
        @Override
        protected PsaConnectorProvider provider() {
            return onTrial;
        }

        @Override
        protected Map<String, String> credentials() {
            return Map.of("user", "ada", "key", "opensesame");
        }
    }

    /** A class of its own is not the one that is registered. */
    private static class Unregistered extends FakeProvider {}

    static List<Arguments> wrongProviders() {
        String found = "PsaConnectorProviderContract#isFound";
        return List.of(
                Arguments.of("PsaConnectorProviderContract#isFound", new Unregistered()),
                Arguments.of("PsaConnectorProviderContract#hasAnId, " + found, new FakeProvider() {
                    @Override
                    public String id() {
                        return "Fake PSA";
                    }
                }),
                Arguments.of("PsaConnectorProviderContract#namesItsCredentials, " + found, new FakeProvider() {
                    @Override
                    public List<Credential> credentials() {
                        List<Credential> twice = new ArrayList<>(super.credentials());
                        twice.addAll(super.credentials());
                        return twice;
                    }
                }),
                Arguments.of("PsaConnectorProviderContract#connectsWithoutRequest, " + found, new FakeProvider() {
                    @Override
                    public PsaConnector connect(ConnectorConfig config) {
                        PsaConnector connector = super.connect(config);
                        connector.check();
                        return connector;
                    }
                }),
                Arguments.of("PsaConnectorProviderContract#namesWhatIsMissing, " + found, new FakeProvider() {
                    @Override
                    public PsaConnector connect(ConnectorConfig config) {
                        try {
                            return super.connect(config);
                        } catch (IllegalArgumentException missing) {
                            throw new IllegalArgumentException(
                                    missing.getMessage() + ", but the key is " + config.optional("key"));
                        }
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongProviders")
    @DisplayName("A provider that breaks one rule fails the tests of that rule, and that it is not the registered one")
    void isNoticed(String tests, PsaConnectorProvider wrong) {
        onTrial = wrong;
        assertThat(Trial.failures(OnTrial.class)).containsExactlyInAnyOrder(tests.split(", "));
    }

    @Test
    @DisplayName("The right provider fails none, and for every test there is one that fails it")
    void noTestIsWithout() {
        onTrial = new FakeProvider();
        assertThat(Trial.failures(OnTrial.class)).isEmpty();
        Set<String> failed = new TreeSet<>();
        wrongProviders().forEach(wrong -> failed.addAll(List.of(((String) wrong.get()[0]).split(", "))));
        assertThat(failed).isEqualTo(Trial.tests(PsaConnectorProviderContract.class));
    }
}
