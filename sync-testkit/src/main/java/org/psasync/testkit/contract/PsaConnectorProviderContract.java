package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.spi.PsaConnectors;

/**
 * What every {@link PsaConnectorProvider} does: one test or more for each of its rules, under the rule's number. To prove
 * one, extend this class; nothing needs to listen at the address among the credentials.
 */
public abstract class PsaConnectorProviderContract {
    /** For subclasses. */
    protected PsaConnectorProviderContract() {}

    /** Returns the provider. */
    protected abstract PsaConnectorProvider provider();

    /** Returns credentials in the right form, by the names that the provider lists; plain HTTP to this machine is allowed. */
    protected abstract Map<String, String> credentials();

    private PsaConnector connect(Map<String, String> credentials) {
        return provider()
                .connect(ConnectorConfig.with(credentials)
                        .plainHttpToLoopback(true)
                        .build());
    }

    @Test
    @DisplayName("V1.1: the id is in lower case, without blanks, and that of the descriptor")
    void hasAnId() {
        assertThat(provider().id())
                .as("V1.1: hosts store the id: lower case, digits and hyphens")
                .matches("[a-z][a-z0-9-]*");
        assertThat(provider().displayName()).as("V1.1: people see a name").isNotBlank();
        try (PsaConnector connector = connect(credentials())) {
            assertThat(connector.descriptor().id())
                    .as("V1.1: the descriptor bears the id of the provider")
                    .isEqualTo(provider().id());
        }
    }

    @Test
    @DisplayName("V2.1: each credential has a name of its own and a label")
    void namesItsCredentials() {
        Set<String> names = new HashSet<>();
        for (Credential credential : provider().credentials()) {
            assertThat(names.add(credential.name()))
                    .as("V2.1: \"%s\" is listed once", credential.name())
                    .isTrue();
            assertThat(credential.name()).as("V2.1: a name").isNotBlank();
            assertThat(credential.label())
                    .as("V2.1: a settings page needs a label")
                    .isNotBlank();
        }
        assertThat(names)
                .as("V2.1: what is needed to connect is listed")
                .containsAll(credentials().keySet());
    }

    @Test
    @DisplayName("V3.1: connecting makes no request")
    void connectsWithoutRequest() {
        try (PsaConnector connector = connect(credentials())) {
            assertThat(connector.requests())
                    .as("V3.1: the first request is made by the first call")
                    .isZero();
        }
    }

    @Test
    @DisplayName("V3.2: a missing or blank credential is named, and no message holds a secret")
    void namesWhatIsMissing() {
        for (Credential credential : provider().credentials()) {
            if (credential.required()) {
                for (boolean blank : new boolean[] {false, true}) {
                    Map<String, String> credentials = new HashMap<>(credentials());
                    credentials.remove(credential.name());
                    if (blank) {
                        credentials.put(credential.name(), "  ");
                    }
                    assertThatThrownBy(() -> connect(credentials))
                            .as("V3.2: \"%s\" is missing", credential.name())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(credential.name())
                            .satisfies(failure -> provider().credentials().stream()
                                    .filter(Credential::secret)
                                    .map(secret -> credentials.getOrDefault(secret.name(), ""))
                                    .filter(value -> !value.isBlank())
                                    .forEach(value -> assertThat(failure.toString())
                                            .as("V3.2: the value of a secret")
                                            .doesNotContain(value)));
                }
            }
        }
    }

    @Test
    @DisplayName("V3.3: the provider is found by its id, and keeps no state")
    void isFound() {
        assertThat(PsaConnectors.provider(provider().id()).map(Object::getClass))
                .as("V3.3: list the class in META-INF/services/org.psasync.spi.PsaConnectorProvider, and in the"
                        + " module-info where there is one")
                .isEqualTo(Optional.of(provider().getClass()));
        PsaConnector first = connect(credentials());
        PsaConnector second = connect(credentials());
        assertThat(first).as("V3.3: each call opens a connector of its own").isNotSameAs(second);
        first.close();
        second.close();
    }
}
