package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.Credential;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.spi.PsaConnectors;

/** How the connector is found, and what it says of itself. */
class ProviderTest {
    private static final Map<String, String> CREDENTIALS = Map.of(
            "site", "api-na.myconnectwise.net",
            "companyId", "example msp",
            "clientId", "00000000-0000-0000-0000-000000000000",
            "publicKey", "public",
            "privateKey", "very-private");

    @Test
    @DisplayName("PSA-CW-1: the provider is found by its id, and only the private key is secret")
    void isFound() {
        PsaConnectorProvider provider = PsaConnectors.provider("connectwise").orElseThrow();

        assertThat(provider.displayName()).isEqualTo("ConnectWise");
        assertThat(provider.credentials())
                .extracting(Credential::name)
                .containsExactly("site", "companyId", "clientId", "publicKey", "privateKey", "memberId");
        assertThat(provider.credentials())
                .filteredOn(Credential::secret)
                .extracting(Credential::name)
                .containsExactly("privateKey");
        assertThat(provider.credentials())
                .filteredOn(each -> !each.required())
                .extracting(Credential::name)
                .containsExactly("memberId");
        try (PsaConnector connector = PsaConnectors.connect("connectwise", CREDENTIALS)) {
            assertThat(connector.descriptor().id()).isEqualTo("connectwise");
            assertThat(connector.requests()).isZero();
        }
    }

    @Test
    @DisplayName("The provider is found on the module path as on the class path")
    void servicesAgree() throws IOException {
        ModuleDescriptor module;
        Path classes = Path.of(URI.create(ConnectWiseProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        try (InputStream in = java.nio.file.Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        List<String> provided = module.provides().stream()
                .filter(each -> each.service().equals(PsaConnectorProvider.class.getName()))
                .flatMap(each -> each.providers().stream())
                .toList();
        String listed;
        try (InputStream in = Objects.requireNonNull(ConnectWiseProvider.class.getResourceAsStream(
                "/META-INF/services/" + PsaConnectorProvider.class.getName()))) {
            listed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(listed.lines().map(String::strip).toList()).isEqualTo(provided);
        assertThat(provided).containsExactly(ConnectWiseProvider.class.getName());
    }

    @Test
    @DisplayName("FIELD-8: what is only pulled is declared; the fields of a kind are in the order of its table")
    void declaresItsFields() {
        try (PsaConnector connector = PsaConnectors.connect("connectwise", CREDENTIALS)) {
            ConnectorDescriptor descriptor = connector.descriptor();
            assertThat(descriptor.kinds()).containsOnlyKeys(AssetKind.values());
            for (AssetKind kind : AssetKind.values()) {
                KindDescriptor described = descriptor.kind(kind).orElseThrow();
                assertThat(described.fields().stream().map(FieldRule::field).toList())
                        .isSorted();
                assertThat(described.create()).isEqualTo(kind.twoWay());
                assertThat(described.visibilityDelay()).isGreaterThanOrEqualTo(descriptor.deadline());
            }
            KindDescriptor locations = descriptor.kind(AssetKind.LOCATION).orElseThrow();
            assertThat(locations.reading()).isEqualTo(KindDescriptor.Reading.LIST_PER_PARENT);
            assertThat(locations.rule(LocationFields.PHONE).orElseThrow().writable())
                    .isFalse();
            assertThat(locations.rule(LocationFields.FAX).orElseThrow().writable())
                    .isFalse();
            KindDescriptor organizations =
                    descriptor.kind(AssetKind.ORGANIZATION).orElseThrow();
            assertThat(organizations.keepsDeleted()).isTrue();
            assertThat(organizations
                            .rule(OrganizationFields.SHORT_NAME)
                            .orElseThrow()
                            .maxLength())
                    .isEqualTo(30);
            assertThat(descriptor.kind(AssetKind.TICKET).orElseThrow().fields()).noneMatch(FieldRule::writable);
            assertThat(connector.descriptor()).isEqualTo(descriptor);
        }
    }

    @Test
    @DisplayName("DATA-9: a record is opened on the host name that people use; sites have no page")
    void addresses() {
        try (PsaConnector connector = PsaConnectors.connect("connectwise", CREDENTIALS)) {
            assertThat(connector.address(AssetKind.CONFIGURATION, new RemoteId("30977")))
                    .contains(URI.create("https://na.myconnectwise.net/v4_6_release/services/system_io/router/"
                            + "openrecord.rails?locale=en_US&recordType=ConfigFV&recid=30977&companyName=example+msp"));
            assertThat(connector.address(AssetKind.LOCATION, new RemoteId("1/2")))
                    .isEmpty();
            assertThat(connector.address(AssetKind.TICKET, new RemoteId("no number")))
                    .isEmpty();
            assertThat(connector.toString()).doesNotContain("very-private", "public");
        }
    }
}
