package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.testkit.connectwise.FakeConnectWise;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Switch;

/** Credentials, rights, versions and the way to the tenant. */
class ConnectingTest {
    private final Bench bench = Bench.impatient(
            psa -> psa.companies(3).contacts(3).configurations(3).tickets(3));

    @AfterEach
    void close() {
        bench.close();
    }

    private ConnectorException.Unauthorized refused(Map<String, String> replaced) {
        try (ConnectWiseConnector connector = bench.connectorWith(replaced)) {
            connector.check();
        } catch (ConnectorException.Unauthorized e) {
            return e;
        }
        throw new AssertionError("The credentials were accepted: " + replaced.keySet());
    }

    @Test
    @DisplayName(
            "CONN-1: the right credentials are accepted, and the answer names tenant, version and no missing right")
    void acceptsRightCredentials() {
        ConnectionCheck check = bench.connector.check();

        assertThat(check.tenant()).isEqualTo("connectwise:examplemsp");
        assertThat(check.version()).isEqualTo("v2025.1.10333");
        assertThat(check.missing()).isEmpty();
        assertThat(check.advice()).singleElement().asString().contains("API member of its own");
        assertThat(bench.connector.check()).isEqualTo(check);
    }

    @Test
    @DisplayName("C2.1: the tenant is the same however its name is written, and through whatever kind of code base")
    void tenantIsStable() {
        bench.psa.switches().on(Switch.CLOUD_FLAG_AS_BOOLEAN, Switch.OPEN_SYSTEM_INFO);
        bench.psa.changeCodebase("v4_6_release/");

        assertThat(bench.connector.check().tenant()).isEqualTo("connectwise:examplemsp");
        assertThat(refused(Map.of("companyId", "ExampleMSP")).getMessage()).contains("key");
    }

    @Test
    @DisplayName("CONN-1: an unknown company is refused, naming the company id")
    void namesTheCompanyId() {
        assertThat(refused(Map.of("companyId", "nobody")).credential()).isEqualTo("companyId");
        bench.psa.switches().on(Switch.UNKNOWN_COMPANY_ANSWERS_404);
        assertThat(refused(Map.of("companyId", "nobody")).credential()).isEqualTo("companyId");
    }

    @Test
    @DisplayName("CONN-1: wrong keys are refused, as 401 or as the cloud's 404, with or without a body")
    void refusesWrongKeys() {
        String wrong = "wrong-secret-value";
        for (String key : List.of("publicKey", "privateKey")) {
            assertThat(refused(Map.of(key, wrong)))
                    .hasMessageContaining("key")
                    .hasMessageNotContaining(wrong)
                    .satisfies(e -> assertThat(e.credential()).isNull());
        }
        bench.psa.switches().on(Switch.WRONG_CREDENTIALS_ANSWER_404);
        assertThat(refused(Map.of("privateKey", wrong)))
                .hasMessageContaining("404")
                .hasMessageContaining("key");
        bench.psa.switches().on(Switch.OPEN_SYSTEM_INFO, Switch.BARE_REFUSALS);
        assertThat(refused(Map.of("privateKey", wrong))).hasMessageContaining("key");
        bench.psa.switches().off(Switch.WRONG_CREDENTIALS_ANSWER_404);
        assertThat(refused(Map.of("privateKey", wrong))).hasMessageContaining("key");
    }

    @Test
    @DisplayName("CONN-1: a wrong client id is refused, named, whether the PSA says so or only refuses every call")
    void namesTheClientId() {
        assertThat(refused(Map.of("clientId", "00000000-0000-0000-0000-000000000000"))
                        .credential())
                .isEqualTo("clientId");
        bench.psa.switches().on(Switch.BARE_REFUSALS);
        assertThat(refused(Map.of("clientId", "00000000-0000-0000-0000-000000000000"))
                        .credential())
                .isEqualTo("clientId");
    }

    @Test
    @DisplayName("CONN-1: an unknown host is refused, naming the site; a site that is down is only unavailable")
    void namesTheSite() {
        assertThat(refused(Map.of("site", "no-such-host.invalid")).credential()).isEqualTo("site");
        String port = bench.psa.url().replaceAll(".*:", "");
        bench.psa.close();
        try (ConnectWiseConnector connector = bench.connectorWith(Map.of("site", "http://127.0.0.1:" + port))) {
            assertThatThrownBy(connector::check).isInstanceOf(ConnectorException.Unavailable.class);
        }
    }

    @Test
    @DisplayName("CONN-1: a site that is no ConnectWise at all is said to be none")
    void noConnectWise() {
        bench.psa.faults().always("GET", "/login/companyinfo/*", Fault.htmlPage());
        assertThatThrownBy(() -> bench.connector.check())
                .isInstanceOf(ConnectorException.class)
                .isNotInstanceOf(ConnectorException.Unauthorized.class);
        bench.psa.faults().clear();
        bench.psa.faults().always("GET", "/login/companyinfo/*", Fault.body("{\"Codebase\":\"../evil/\"}"));
        assertThatThrownBy(() -> bench.connector.check())
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("Codebase");
    }

    @Test
    @DisplayName("SAFE-5: the cloud's hint that its host name lacks api- is passed on, naming the site")
    void namesTheSiteWithoutPrefix() {
        bench.psa.faults().always("GET", "**", Fault.error(403, "Security", "SSL is required."));
        assertThatThrownBy(() -> bench.connector.check())
                .isInstanceOfSatisfying(
                        ConnectorException.Unauthorized.class,
                        e -> assertThat(e.credential()).isEqualTo("site"))
                .hasMessageContaining("api-");
    }

    @Test
    @DisplayName("SAFE-5: plain HTTP goes to this machine only, and only if it was asked for")
    void refusesPlainHttp() {
        for (String site : List.of("http://psa.example.com", "http://192.0.2.7", "ftp://psa.example.com", "https://")) {
            assertThatThrownBy(() -> bench.connectorWith(Map.of("site", site)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"site\"");
        }
        ConnectorConfig strict =
                ConnectorConfig.with(bench.credentials(Map.of())).build();
        assertThatThrownBy(() -> ConnectWiseConnector.connect(strict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"site\"");
    }

    @Test
    @DisplayName("PSA-CW-1: every credential but the member id is needed")
    void namesMissingCredentials() {
        for (String name : List.of("site", "companyId", "clientId", "publicKey", "privateKey")) {
            assertThatThrownBy(() -> bench.connectorWith(Map.of(name, " ")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        bench.connectorWith(Map.of("memberId", "")).close();
    }

    @Test
    @DisplayName("PSA-CW-4: a missing right is named with the kinds that cannot be read without it, not thrown")
    void reportsMissingRights() {
        bench.psa.faults().always("GET", "company/contacts", Fault.forbidden());
        bench.psa.faults().always("GET", "company/companies/types", Fault.forbidden());

        ConnectionCheck check = bench.connector.check();

        assertThat(check.canRead(AssetKind.CONTACT)).isFalse();
        assertThat(check.canRead(AssetKind.ORGANIZATION)).isTrue();
        assertThat(check.missing())
                .extracting(ConnectionCheck.MissingRight::name)
                .containsExactly("Companies > Contacts (Inquire)", "System > Table Setup (Inquire)");
        String with = check.rights();
        bench.psa.faults().clear();
        assertThat(bench.connector.check().rights()).isNotEqualTo(with);
    }

    @Test
    @DisplayName(
            "CONN-2: an old release, a person's licence and a low level of the member are advice, and do not block")
    void advises() {
        bench.psa.faults().always("GET", "system/info", Fault.body("{\"version\":\"v2022.1.5\",\"isCloud\":true}"));
        int member = bench.psa.records("system/members").idWhere("identifier", "jkowalski");
        bench.psa.records("system/members").edit(member, "structureLevel", Map.of("id", 2));
        try (ConnectWiseConnector connector = bench.connectorWith(Map.of("memberId", "JKowalski"))) {
            assertThat(connector.check().advice())
                    .satisfiesExactly(
                            version -> assertThat(version).contains("v2022.1.5").contains("no longer supported"),
                            licence -> assertThat(licence).contains("API member of its own"),
                            level -> assertThat(level).contains("Office"));
            assertThat(connector.check().rights()).contains("level 2");
        }
        try (ConnectWiseConnector connector = bench.connectorWith(Map.of("memberId", "nobody"))) {
            assertThat(connector.check().advice()).last().asString().contains("nobody");
        }
    }

    @Test
    @DisplayName("PSA-CW-1: a release that changes in mid-run is followed once, also by a write")
    void followsTheCodeBase() {
        bench.readAll(AssetKind.ORGANIZATION);
        bench.psa.changeCodebase("v2025_2/");
        assertThat(bench.readAll(AssetKind.ORGANIZATION).records()).hasSize(3);
        assertThat(bench.psa.requests().count("GET", "/login/companyinfo/*")).isEqualTo(2);
    }

    @Test
    @DisplayName("SAFE-3: 404 for everything on an unchanged code base of the cloud stops as refused credentials do")
    void repeated404IsUnauthorized() {
        bench.readAll(AssetKind.ORGANIZATION);
        bench.psa.faults().always("GET", "company/**", Fault.notFoundInsteadOfUnauthorized());

        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION))
                .isInstanceOf(ConnectorException.Unauthorized.class);
    }

    @Test
    @DisplayName("PSA-CW-1: the model asked for is the server's own, never a newer one")
    void pinsTheModel() {
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        bench.psa.observe(exchange -> accepted.addAll(exchange.requestHeaders().getOrDefault("Accept", List.of())));

        bench.connector.check();

        assertThat(accepted).contains("application/vnd.connectwise.com+json; version=2025.1");
        assertThat(accepted).noneMatch(accept -> accept.contains("2025.8"));
    }

    @Test
    @DisplayName("SAFE-5: no message, log name or text of connector and failures holds a secret")
    void showsNoSecret() {
        String secret = bench.psa.privateKey();
        assertThat(bench.connector.toString()).doesNotContain(secret).doesNotContain(bench.psa.publicKey());
        bench.psa.faults().always("GET", "company/**", Fault.error(400, "InvalidObject", "key " + secret));
        assertThatThrownBy(() -> bench.connector.reference()).hasMessageNotContaining(secret);
    }

    @Test
    @DisplayName("SAFE-5: TLS works with a trusted certificate, and nothing is sent to a server without one")
    void verifiesCertificates() throws Exception {
        try (FakeConnectWise psa = FakeConnectWise.builder()
                .companies(2)
                .contacts(1)
                .configurations(1)
                .tickets(1)
                .tls(true)
                .start()) {
            try (ConnectWiseConnector connector = ConnectWiseConnector.connect(
                    ConnectorConfig.with(psa.credentials()).pause(pause -> {}).build())) {
                assertThatThrownBy(connector::check)
                        .isInstanceOfSatisfying(
                                ConnectorException.Unauthorized.class,
                                e -> assertThat(e.credential()).isEqualTo("site"))
                        .hasMessageContaining("certificate");
                assertThat(psa.requests().all()).isEmpty();
            }
            try (ConnectWiseConnector connector = ConnectWiseConnector.connect(ConnectorConfig.with(psa.credentials())
                    .httpClient(trusting(psa.certificate().orElseThrow()))
                    .build())) {
                assertThat(connector.check().missing()).isEmpty();
                assertThat(connector
                                .changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10)
                                .records())
                        .hasSize(2);
            }
        }
    }

    private static HttpClient trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("psa", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Test
    @DisplayName("C13.1: closing twice is harmless, and calls after it fail")
    void closes() {
        ConnectWiseConnector connector = bench.connectorWith(Map.of());
        ConnectWiseConnector pushes = connector.forPushes();
        connector.close();
        connector.close();
        assertThatThrownBy(connector::check).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pushes::reference).isInstanceOf(IllegalStateException.class);
        assertThat(connector.descriptor().canWrite()).isTrue();
    }

    @Test
    @DisplayName("SAFE-4: pushes have a share of their own, and their requests count with the others")
    void countsPushes() {
        ConnectWiseConnector pushes = bench.connector.forPushes();
        pushes.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        assertThat(bench.connector.requests()).isEqualTo(2);
        assertThat(pushes.requests()).isEqualTo(2);
        assertThat(pushes.forPushes()).isSameAs(pushes);
    }

    @Test
    @DisplayName("SAFE-4: a smaller share of the limit holds at once")
    void takesItsShare() {
        bench.readAll(AssetKind.ORGANIZATION);
        Instant begin = bench.clock.instant();
        bench.connector.budgetShare(0.01); // ten requests a minute
        for (int i = 0; i < 12; i++) {
            bench.readAll(AssetKind.ORGANIZATION);
        }
        assertThat(bench.clock.instant()).isAfter(begin.plusSeconds(20));
    }

    @Test
    @DisplayName("SAFE-4: 429 is waited out when it is short, and thrown with its pause when it is long")
    void keepsPauses() {
        bench.psa.faults().next(1, "GET", "company/companies", Fault.throttled(Duration.ofSeconds(5)));
        assertThat(bench.readAll(AssetKind.ORGANIZATION).records()).hasSize(3);

        bench.psa.faults().next(1, "GET", "company/companies", Fault.throttled(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION))
                .asInstanceOf(InstanceOfAssertFactories.type(ConnectorException.Throttled.class))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
    }

    @Test
    @DisplayName("SAFE-4: what fails for the moment is tried again; an error page, broken JSON or a dripping body ends")
    void unusableAnswers() {
        bench.psa.faults().next(1, "GET", "company/companies", Fault.proxyError(502));
        bench.psa.faults().next(1, "GET", "company/companies", Fault.timeout());
        assertThat(bench.readAll(AssetKind.ORGANIZATION).records()).hasSize(3);

        for (Fault fault : List.of(
                Fault.htmlPage(),
                Fault.truncatedJson(),
                Fault.emptyBody(),
                Fault.body("{\"companies\":[]}"),
                Fault.proxyError(521))) {
            bench.psa.faults().clear();
            bench.clock.advance(Duration.ofMinutes(30));
            bench.psa.faults().always("GET", "company/companies", fault);
            assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION))
                    .isInstanceOf(ConnectorException.Unavailable.class);
        }
        bench.psa.faults().clear();
        bench.clock.advance(Duration.ofMinutes(30));
        ConnectorConfig hasty = ConnectorConfig.with(bench.credentials(Map.of()))
                .plainHttpToLoopback(true)
                .clock(bench.clock)
                .pause(bench.clock)
                .deadline(Duration.ofMillis(400))
                .build();
        try (ConnectWiseConnector connector = ConnectWiseConnector.connect(hasty)) {
            connector.check();
            bench.psa.faults().always("GET", "company/companies", Fault.dripping(Duration.ofSeconds(20)));
            assertThatThrownBy(() -> connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10))
                    .isInstanceOf(ConnectorException.Unavailable.class)
                    .hasMessageContaining("400 ms");
        }
    }
}
