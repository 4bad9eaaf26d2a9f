package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.psasync.testkit.pulseway.FakePulseway;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** Log-in, tokens, rights and the way to the tenant. */
class ConnectingTest {
    private static final String LOG_IN = "v2/security/authenticate";
    private static final String REFRESH = "v2/security/refreshtoken";

    private final Bench bench =
            new Bench(psa -> psa.accounts(3).contacts(3).assets(3).tickets(3));

    @AfterEach
    void close() {
        bench.close();
    }

    private void readAccounts() {
        bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 100);
    }

    private ConnectorException.Unauthorized refused(Map<String, String> replaced) {
        try (PulsewayConnector connector = bench.connectorWith(replaced)) {
            connector.check();
        } catch (ConnectorException.Unauthorized e) {
            return e;
        }
        throw new AssertionError("The credentials were accepted: " + replaced.keySet());
    }

    @Test
    @DisplayName("PSA-PW-1, CONN-1: the right credentials are accepted, with tenant, advice and no missing right")
    void acceptsRightCredentials() {
        ConnectionCheck check = bench.connector.check();

        assertThat(check.tenant()).isEqualTo("pulseway:777");
        assertThat(check.missing()).isEmpty();
        assertThat(check.advice()).singleElement().asString().contains("Api Employee");
        assertThat(bench.connector.check()).isEqualTo(check);
    }

    @Test
    @DisplayName("PSA-PW-1: server, tenant, user and password are needed, and missing ones are named")
    void namesMissingCredentials() {
        for (String name : List.of("server", "tenant", "user", "password")) {
            assertThatThrownBy(() -> bench.connectorWith(Map.of(name, " ")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> bench.connectorWith(Map.of("locationsThroughV1", "perhaps")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("locationsThroughV1");
    }

    @Test
    @DisplayName("CONN-1: a wrong tenant, a wrong password and an unknown host are refused, named where the PSA tells")
    void namesTheCredential() {
        assertThat(refused(Map.of("tenant", "nobody")).credential()).isEqualTo("tenant");
        assertThat(refused(Map.of("password", "wrong-secret-value")))
                .hasMessageContaining("Invalid credentials")
                .hasMessageNotContaining("wrong-secret-value");
        assertThat(refused(Map.of("server", "no-such-host.invalid")).credential())
                .isEqualTo("server");
    }

    @Test
    @DisplayName("CONN-1: a user of whom a one-time code is demanded is refused, with the way out")
    void refusesUsersWithMfa() {
        bench.psa.switches().on(Switch.MFA_DEMANDED);

        assertThat(refused(Map.of()))
                .hasMessageContaining("Api Employee")
                .satisfies(e -> assertThat(e.credential()).isEqualTo("user"));
    }

    @Test
    @DisplayName("PSA-PW-1: one token is for all calls, and is renewed before it expires, whatever the server's clock")
    void renewsTokens() {
        bench.psa.switches().clockSkew(Duration.ofHours(-5));
        readAccounts();
        readAccounts();
        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(1);

        for (int i = 0; i < 5; i++) {
            bench.clock.advance(Duration.ofMinutes(29));
            readAccounts();
        }

        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(1);
        assertThat(bench.psa.requests().count("POST", REFRESH)).isEqualTo(5);
        assertThat(bench.psa.requests().all()).noneMatch(request -> request.status() == 401);
    }

    @Test
    @DisplayName("PSA-PW-1: a token that lives shortly is kept for three quarters of its life")
    void keepsShortLivedTokens() {
        bench.psa.switches().tokenLifetime(Duration.ofSeconds(100));
        readAccounts();
        bench.clock.advance(Duration.ofSeconds(70));
        readAccounts();
        assertThat(bench.psa.requests().count("POST", REFRESH)).isZero();

        bench.clock.advance(Duration.ofSeconds(10));
        readAccounts();

        assertThat(bench.psa.requests().count("POST", REFRESH)).isEqualTo(1);
        assertThat(bench.psa.requests().all()).noneMatch(request -> request.status() == 401);
    }

    @Test
    @DisplayName("PSA-PW-1: an expired refresh token is followed by a log-in")
    void logsInWhenRefreshIsTooLate() {
        bench.psa.switches().refreshLifetime(Duration.ofHours(1));
        readAccounts();
        bench.clock.advance(Duration.ofHours(30));
        readAccounts();

        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(2);
    }

    @Test
    @DisplayName("PSA-PW-1: a token that the PSA refuses is followed by one new log-in, and the call is made again")
    void logsInOnceAfter401() {
        readAccounts();
        bench.psa.forgetTokens();
        readAccounts();

        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(2);
    }

    @Test
    @DisplayName("SAFE-3: when a new token does not help nothing is tried any more; a check begins anew")
    void stopsAfterOneLogIn() {
        bench.psa.switches().on(Switch.NO_API_ACCESS);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::readAccounts)
                    .isInstanceOf(ConnectorException.Unauthorized.class)
                    .hasMessageContaining("API access");
        }
        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(2);
        assertThat(bench.psa.requests().count("GET", "v2/crm/accounts/summary")).isEqualTo(2);

        bench.psa.switches().off(Switch.NO_API_ACCESS);
        assertThat(bench.connector.check().missing()).isEmpty();
        readAccounts();
    }

    @Test
    @DisplayName("SAFE-3: a refused log-in is not repeated, so that no user gets locked")
    void repeatsNoRefusedLogIn() {
        try (PulsewayConnector connector = bench.connectorWith(Map.of("password", "wrong-secret-value"))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> connector.changes(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start(), 10))
                        .isInstanceOf(ConnectorException.Unauthorized.class);
            }
        }
        assertThat(bench.psa.requests().count("POST", LOG_IN)).isEqualTo(1);
    }

    @Test
    @DisplayName("SAFE-3: a log-in that fails for the moment is no refusal, and the next call tries again")
    void triesAgainAfterPassingFailures() {
        bench.psa.faults().next(1, "POST", LOG_IN, Fault.htmlPage(502));
        assertThatThrownBy(this::readAccounts)
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        readAccounts();
    }

    @Test
    @DisplayName("C2.2: a missing right is named with the kinds that cannot be read without it, not thrown")
    void reportsMissingRights() {
        String with = bench.connector.check().rights();
        bench.psa
                .faults()
                .always("GET", "v2/crm/contacts/summary", Fault.failure(200, 403, "You do not have permission."));

        ConnectionCheck check = bench.connector.check();

        assertThat(check.canRead(AssetKind.CONTACT)).isFalse();
        assertThat(check.canRead(AssetKind.ORGANIZATION)).isTrue();
        assertThat(check.missing())
                .singleElement()
                .satisfies(right -> assertThat(right.name()).contains("Contacts"));
        assertThat(check.rights()).isNotEqualTo(with);
    }

    @Test
    @DisplayName("SAFE-4: a long Retry-After is thrown as it is, a short one waited out")
    void keepsPauses() {
        String accounts = "v2/crm/accounts/summary";
        bench.psa.faults().next(1, "GET", accounts, Fault.throttled(Duration.ofSeconds(5)));
        readAccounts();

        bench.psa.faults().next(1, "GET", accounts, Fault.throttled(Duration.ofMinutes(55)));
        assertThatThrownBy(this::readAccounts)
                .asInstanceOf(InstanceOfAssertFactories.type(ConnectorException.Throttled.class))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(55)));
        bench.connector.changes(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start(), 10);
    }

    @Test
    @DisplayName("SAFE-5: no message and no text of the connector holds a secret; plain HTTP needs to be asked for")
    void showsNoSecret() {
        String secret = bench.psa.credentials().get("password");
        assertThat(bench.connector.toString()).doesNotContain(secret);
        bench.psa.faults().always("GET", "v2/crm/**", Fault.failure(200, 400, "Password " + secret + " is known"));
        assertThatThrownBy(this::readAccounts).hasMessageNotContaining(secret);
        ConnectorConfig strict =
                ConnectorConfig.with(bench.credentials(Map.of())).build();
        assertThatThrownBy(() -> new VorexProvider().connect(strict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server");
    }

    @Test
    @DisplayName("SAFE-5: TLS works with a trusted certificate, and nothing is sent to a server without one")
    void verifiesCertificates() throws Exception {
        try (FakePulseway psa = FakePulseway.builder()
                .accounts(2)
                .contacts(1)
                .assets(1)
                .tickets(1)
                .tls(true)
                .start()) {
            try (PulsewayConnector connector = new PulsewayProvider()
                    .connect(ConnectorConfig.with(psa.credentials())
                            .pause(pause -> {})
                            .build())) {
                assertThatThrownBy(connector::check)
                        .isInstanceOfSatisfying(
                                ConnectorException.Unauthorized.class,
                                e -> assertThat(e.credential()).isEqualTo("server"))
                        .hasMessageContaining("certificate");
                assertThat(psa.requests().all()).isEmpty();
            }
            try (PulsewayConnector connector = new PulsewayProvider()
                    .connect(ConnectorConfig.with(psa.credentials())
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
        PulsewayConnector connector = bench.connectorWith(Map.of());
        PulsewayConnector pushes = connector.forPushes();
        connector.close();
        connector.close();
        assertThatThrownBy(connector::check).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pushes::reference).isInstanceOf(IllegalStateException.class);
        assertThat(pushes.forPushes()).isSameAs(pushes);
    }
}
