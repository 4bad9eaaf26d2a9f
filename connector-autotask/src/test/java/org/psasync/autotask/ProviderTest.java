package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.spi.PsaConnectors;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;

/** The connector as hosts find it. */
class ProviderTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("user", "sync-api@msp.example", "secret", "secret-value", "integrationCode", "CODE-VALUE");

    private static ConnectorConfig config() {
        return ConnectorConfig.with(CREDENTIALS).build();
    }

    @Test
    @DisplayName(
            "Autotask is found by its id; user, secret and integration code are asked for, and opening sends nothing")
    void isFound() {
        PsaConnectorProvider provider = PsaConnectors.provider("autotask").orElseThrow();
        assertThat(provider.credentials().stream().filter(Credential::required))
                .extracting(Credential::name)
                .containsExactly("user", "secret", "integrationCode");
        assertThat(provider.credentials().stream().filter(Credential::secret))
                .extracting(Credential::name)
                .containsExactly("secret", "integrationCode", "webhookSecret");
        PsaConnector connector = PsaConnectors.connect("autotask", config());
        assertThat(connector.requests()).isZero();
        assertThat(connector.address(AssetKind.ORGANIZATION, new RemoteId("7"))).isEmpty();
        assertThat(connector.toString()).doesNotContain("secret-value").doesNotContain("CODE-VALUE");
        connector.close();
        connector.close();
        assertThatThrownBy(() -> connector.changes(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start(), 10))
                .isInstanceOf(IllegalStateException.class);
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
                    System.getProperty("psasync.root", ".."), "connector-autotask/src/main/java/module-info.java"));
            assertThat(named).hasSize(1).allSatisfy(name -> assertThat(module).contains(name));
        }
    }

    @Test
    @DisplayName("C1.1, PULL-2, FIELD-2: the descriptor is stable and says how each kind is read and written")
    void describesItself() {
        try (PsaConnector connector = PsaConnectors.connect("autotask", config())) {
            assertThat(connector.descriptor()).isEqualTo(connector.descriptor());
            KindDescriptor locations =
                    connector.descriptor().kind(AssetKind.LOCATION).orElseThrow();
            assertThat(locations.reading()).isEqualTo(KindDescriptor.Reading.FULL_LIST);
            assertThat(locations.tellsCreation()).isFalse();
            KindDescriptor companies =
                    connector.descriptor().kind(AssetKind.ORGANIZATION).orElseThrow();
            assertThat(companies.deltaComplete()).isFalse();
            assertThat(companies.rule(OrganizationFields.CLASSIFICATION).map(FieldRule::writable))
                    .contains(false);
            assertThat(companies.rule(OrganizationFields.NAME).map(FieldRule::maxLength))
                    .contains(100);
            assertThat(connector
                            .descriptor()
                            .kind(AssetKind.TICKET)
                            .orElseThrow()
                            .create())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("FIELD-1: a user-defined field is mapped to a custom field of the host, once")
    void refusesBadMappings() {
        Field<String> crm = Field.custom(AssetKind.ORGANIZATION, "crm", FieldType.TEXT);
        assertThatThrownBy(() -> AutotaskUdf.named(OrganizationFields.NAME, "CRM ID"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AutotaskUdf.named(crm, "a]b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AutotaskConnector.connect(
                        config(), AutotaskUdf.named(crm, "CRM ID"), AutotaskUdf.named(crm, "Other")))
                .isInstanceOf(IllegalArgumentException.class);
        try (AutotaskConnector connector = AutotaskConnector.connect(
                config(), AutotaskUdf.named(crm, "CRM ID").pullOnly())) {
            assertThat(connector
                            .descriptor()
                            .kind(AssetKind.ORGANIZATION)
                            .orElseThrow()
                            .rule(crm)
                            .map(FieldRule::writable))
                    .contains(false);
        }
    }
}
