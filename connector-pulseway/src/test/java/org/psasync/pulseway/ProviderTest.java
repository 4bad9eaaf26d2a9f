package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.spi.PsaConnectors;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

/** One connector under three names. */
class ProviderTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("server", "psa.pulseway.com", "tenant", "Example MSP", "user", "sync", "password", "secret-value");

    private static PsaConnector connect(String id, Map<String, String> more) {
        Map<String, String> credentials = new HashMap<>(CREDENTIALS);
        credentials.putAll(more);
        return PsaConnectors.connect(id, ConnectorConfig.with(credentials).build());
    }

    @Test
    @DisplayName("Pulseway PSA, Kaseya BMS and Vorex are found by their ids, with their own names")
    void threeNames() {
        Map<String, PsaConnectorProvider> providers = PsaConnectors.providers();
        assertThat(providers.keySet()).containsExactlyInAnyOrder("pulseway", "kaseya-bms", "vorex");
        providers.forEach((id, provider) -> {
            try (PsaConnector connector = connect(id, Map.of())) {
                assertThat(connector.descriptor().id()).isEqualTo(id);
                assertThat(connector.descriptor().displayName()).isEqualTo(provider.displayName());
                assertThat(connector.toString())
                        .contains("api.psa.pulseway.com")
                        .doesNotContain("secret-value");
                assertThat(connector.requests()).isZero();
            }
            assertThat(provider.credentials().stream().filter(Credential::required))
                    .extracting(Credential::name)
                    .containsExactly("server", "tenant", "user", "password");
        });
        assertThat(requireNonNull(providers.get("kaseya-bms")).displayName()).isEqualTo("Kaseya BMS");
    }

    @Test
    @DisplayName("What the module provides is what META-INF/services names")
    void servicesAgree() throws Exception {
        try (InputStream in =
                getClass().getResourceAsStream("/META-INF/services/" + PsaConnectorProvider.class.getName())) {
            List<String> named = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            String module = Files.readString(Path.of(
                    System.getProperty("psasync.root", ".."), "connector-pulseway/src/main/java/module-info.java"));
            assertThat(named).hasSize(3).allSatisfy(name -> assertThat(module).contains(name));
        }
    }

    @Test
    @DisplayName("C1.1, PULL-2, MATCH-1, FIELD-8: the descriptor is stable and says how each kind is read and written")
    void describesItself() {
        try (PsaConnector connector = connect("pulseway", Map.of());
                PsaConnector older = connect("pulseway", Map.of("locationsThroughV1", "true"))) {
            assertThat(connector.descriptor()).isEqualTo(connector.descriptor());
            KindDescriptor assets =
                    connector.descriptor().kind(AssetKind.CONFIGURATION).orElseThrow();
            assertThat(assets.reading()).isEqualTo(KindDescriptor.Reading.ROWS_AND_DETAILS);
            KindDescriptor locations =
                    connector.descriptor().kind(AssetKind.LOCATION).orElseThrow();
            assertThat(locations.moreKeys()).containsExactly(LocationFields.COUNTRY);
            assertThat(locations.update()).isFalse();
            assertThat(older.descriptor().kind(AssetKind.LOCATION).orElseThrow().update())
                    .isTrue();
            assertThat(connector
                            .descriptor()
                            .kind(AssetKind.TICKET)
                            .orElseThrow()
                            .create())
                    .isFalse();
            assertThat(connector.descriptor().canWrite()).isTrue();
        }
    }

    @Test
    @DisplayName("PSA-ALL-3, C12.1: a ticket webhook is believed by the secret in its address, and is a hint")
    void verifiesWebhooks() {
        byte[] body = "{\"TicketId\":120001}".getBytes(StandardCharsets.UTF_8);
        WebhookRequest right = new WebhookRequest("a=b&secret=s%26cret", Map.of(), body);
        WebhookRequest wrong = new WebhookRequest("secret=other", Map.of(), body);
        try (PsaConnector connector = connect("vorex", Map.of("webhookSecret", "s&cret"));
                PsaConnector without = connect("vorex", Map.of())) {
            assertThat(connector.webhook(right))
                    .isEqualTo(new Webhook.Hints(List.of(org.psasync.model.RemoteRef.of(AssetKind.TICKET, "120001"))));
            for (WebhookRequest request : Set.of(wrong, new WebhookRequest("", Map.of(), body))) {
                assertThat(connector.webhook(request)).isInstanceOf(Webhook.Refused.class);
            }
            assertThat(without.webhook(right)).isInstanceOf(Webhook.Refused.class);
        }
    }
}
