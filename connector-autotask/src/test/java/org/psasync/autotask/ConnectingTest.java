package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RequestShares;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.autotask.Fault;
import org.psasync.testkit.autotask.Switch;

/** Zone, credentials, rights and limits. */
class ConnectingTest {
    private static final String ZONE = "zoneInformation";

    private final Bench bench =
            new Bench(psa -> psa.companies(3).contacts(3).configurations(3).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private void readCompanies() {
        bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 100);
    }

    private ConnectorException.Unauthorized refused(Map<String, String> replaced) {
        try (AutotaskConnector connector = bench.connectorWith(replaced)) {
            connector.check();
        } catch (ConnectorException.Unauthorized e) {
            return e;
        }
        throw new AssertionError("The credentials were accepted: " + replaced.keySet());
    }

    @Test
    @DisplayName("PSA-AT-1, CONN-1, CONN-2, C2.1: the right credentials are accepted, with tenant, version and advice")
    void acceptsRightCredentials() {
        ConnectionCheck check = bench.connector.check();

        assertThat(check.tenant()).isEqualTo("autotask:441207");
        assertThat(check.version()).isEqualTo("2026.2.31");
        assertThat(check.missing()).isEmpty();
        assertThat(check.advice()).singleElement().asString().contains("alone");
        assertThat(bench.connector.check()).isEqualTo(check);
    }

    @Test
    @DisplayName("PSA-AT-1: user, secret and integration code are needed, and missing ones are named")
    void namesMissingCredentials() {
        for (String name : List.of("user", "secret", "integrationCode")) {
            assertThatThrownBy(() -> bench.connectorWith(Map.of(name, " ")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> bench.connectorWith(Map.of("server", "http://somewhere.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server");
    }

    @Test
    @DisplayName(
            "CONN-1, bad input: an unknown user, a wrong secret, a wrong integration code, each as far as it is told")
    void namesTheCredential() {
        assertThat(refused(Map.of("user", "nobody@msp.example")))
                .hasMessageContaining("knows no such user")
                .satisfies(e -> assertThat(e.credential()).isEqualTo("user"));
        assertThat(refused(Map.of("secret", "wrong-secret-value")))
                .hasMessageNotContaining("wrong-secret-value")
                .hasMessageContaining("locks users")
                .satisfies(e -> assertThat(e.credential()).isNull());
        assertThat(refused(Map.of("integrationCode", "WRONG")).credential()).isNull();
        bench.psa.switches().on(Switch.INTEGRATION_CODE_NAMED);
        assertThat(refused(Map.of("integrationCode", "WRONG")).credential()).isEqualTo("integrationCode");
    }

    @Test
    @DisplayName("PSA-AT-1: a user without the API licence is refused, with the way out")
    void refusesOtherUsers() {
        bench.psa.records("Resources").edit(Samples.API_USER, "licenseType", 3);
        assertThat(refused(Map.of()))
                .hasMessageContaining("not an API user")
                .satisfies(e -> assertThat(e.credential()).isEqualTo("user"));
    }

    @Test
    @DisplayName("PSA-AT-1: which licence is that of API users, the tenant's own pick list tells")
    void asksThePickListForTheLicence() {
        bench.psa.pick("licenseType", 7, "Legacy");
        bench.psa.pick("licenseType", 70, "API User (system)");
        assertThat(refused(Map.of())).hasMessageContaining("not an API user");
        bench.psa.records("Resources").edit(Samples.API_USER, "licenseType", 70);
        bench.clock.advance(Duration.ofHours(2));
        assertThat(bench.connector.check().missing()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-3, PSA-AT-1: a 401 stops at once: nothing more is sent until somebody tries again")
    void stopsAfterRefusal() {
        readCompanies();
        bench.psa.faults().always("POST", "**", Fault.unauthorized());
        bench.psa.faults().always("GET", "ThresholdInformation", Fault.unauthorized());
        assertThatThrownBy(this::readCompanies).isInstanceOf(ConnectorException.Unauthorized.class);
        bench.psa.requests().reset();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::readCompanies).isInstanceOf(ConnectorException.Unauthorized.class);
            assertThatThrownBy(() -> bench.connector.forPushes().prepare(Samples.account("Harbor")))
                    .isInstanceOf(ConnectorException.Unauthorized.class);
        }
        assertThat(bench.psa.requests().all()).isEmpty();
        bench.psa.faults().clear();
        bench.connector.check();
        readCompanies();
    }

    @Test
    @DisplayName("PSA-AT-1, SAFE-3: a 401 stops also when the zone cannot be looked up")
    void stopsWhileTheZoneIsUnknown() {
        readCompanies();
        bench.psa.faults().always("POST", "**", Fault.unauthorized());
        bench.psa.faults().always("GET", "**", Fault.errors(503, "The service is unavailable."));
        assertThatThrownBy(this::readCompanies).isInstanceOf(ConnectorException.Unauthorized.class);
        bench.psa.requests().reset();
        assertThatThrownBy(this::readCompanies).isInstanceOf(ConnectorException.Unauthorized.class);
        assertThat(bench.psa.requests().all()).isEmpty();
    }

    @Test
    @DisplayName("Bad input: a locked user is refused without being tried again")
    void namesLockedUsers() {
        bench.psa.faults().next(9, "GET", "Version", Fault.errors(500, "The account is locked out."));
        assertThat(refused(Map.of())).hasMessageContaining("administrator of Autotask can unlock");
    }

    @Test
    @DisplayName("PSA-AT-1: the zone is looked up once and kept, and looked up anew after half a day")
    void keepsTheZone() {
        readCompanies();
        readCompanies();
        assertThat(bench.psa.requests().count("GET", ZONE)).isEqualTo(1);
        bench.clock.advance(Duration.ofHours(13));
        readCompanies();
        assertThat(bench.psa.requests().count("GET", ZONE)).isEqualTo(2);
    }

    @Test
    @DisplayName("PSA-AT-1: a moved tenant is followed once, in the middle of a reading too, and a write is sent there")
    void followsTheZone() {
        var page = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 2);
        bench.psa.moveZone();
        var second = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, page.next(), 2);
        assertThat(second.records())
                .extracting(record -> record.id().value())
                .containsExactly(Long.toString(Samples.COMPANY + 1), Long.toString(Samples.COMPANY + 2));
        assertThat(bench.psa.requests().count("GET", ZONE)).isEqualTo(2);
        bench.psa.moveZone();
        bench.connector.update(Bench.update(
                bench.read(AssetKind.ORGANIZATION, Samples.COMPANY),
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Moved")
                        .build()));
        assertThat(bench.psa.records("Companies").get(Samples.COMPANY)).containsEntry("companyName", "Moved");
    }

    @Test
    @DisplayName("SAFE-5: a zone at a foreign host gets no credentials")
    void refusesForeignZones() {
        bench.psa
                .faults()
                .always("GET", ZONE, Fault.answer(200, "{\"url\":\"https://evil.example/ATServicesRest/\",\"ci\":7}"));
        assertThatThrownBy(this::readCompanies)
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("not at autotask.net");
        bench.psa.faults().clear();
    }

    @Test
    @DisplayName(
            "C2.2, STATE-10: missing rights are reported with the kinds that they stop, and change the rights' text")
    void reportsMissingRights() {
        String before = bench.connector.check().rights();
        bench.psa.rights().deny("Products", "query").deny("Contacts", "create");
        ConnectionCheck check = bench.connector.check();
        assertThat(check.missing())
                .containsExactlyInAnyOrder(
                        new ConnectionCheck.MissingRight("Products: query", Set.of(AssetKind.CONFIGURATION)),
                        new ConnectionCheck.MissingRight("Contacts: create", Set.of()));
        assertThat(check.rights()).isNotEqualTo(before);
        assertThatThrownBy(() -> bench.readAll(AssetKind.CONFIGURATION))
                .isInstanceOfSatisfying(
                        ConnectorException.Forbidden.class,
                        e -> assertThat(e.right()).isEqualTo("Products: query"));
        assertThat(bench.readAll(AssetKind.CONTACT).records()).isNotEmpty();
    }

    @Test
    @DisplayName("SAFE-4: the tenant's own meter and limit are read now and then, and what others used is left to them")
    void readsTheMeter() {
        bench.psa.switches().requestsPerHour(1000).otherRequests(890);
        readCompanies();
        readCompanies();
        assertThat(bench.psa.requests().count("GET", "ThresholdInformation")).isEqualTo(1);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 30; i++) {
                        readCompanies();
                    }
                })
                .isInstanceOf(ConnectorException.Throttled.class);
        assertThat(bench.psa.requests().all()).hasSizeBetween(5, 25).noneMatch(request -> request.status() == 429);
    }

    @Test
    @DisplayName("SAFE-4: a smaller share of the threshold holds at once")
    void takesItsShare() {
        bench.connector.reference();
        bench.connector.budgetShare(0.002); // twenty requests an hour
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
                    }
                })
                .isInstanceOf(ConnectorException.Throttled.class);
    }

    @Test
    @DisplayName("SAFE-4: nodes that share the tenant's threshold take parts of it, by a name without secrets")
    void takesSharesOfTheThreshold() {
        List<String> limits = new ArrayList<>();
        RequestShares usedUp = new RequestShares() {
            @Override
            public Share take(String limit, int wanted, int allowed, Duration window) {
                limits.add(limit + " " + allowed + " " + window);
                return new Share(0, Duration.ofMinutes(10), "");
            }

            @Override
            public void giveBack(String limit, Share share, int unused) {}
        };
        TestClock own = TestClock.at("2026-11-02T09:00:00Z");
        ConnectorConfig config = ConnectorConfig.with(bench.psa.credentials())
                .clock(own)
                .pause(own)
                .plainHttpToLoopback(true)
                .deadline(Duration.ofSeconds(5))
                .requestShares(usedUp)
                .build();
        try (AutotaskConnector shared = new AutotaskProvider().connect(config)) {
            assertThatThrownBy(shared::reference)
                    .isInstanceOfSatisfying(
                            ConnectorException.Throttled.class,
                            failure -> assertThat(failure.retryAfter()).isPositive());
        }
        assertThat(limits)
                .isNotEmpty()
                .allSatisfy(limit -> assertThat(limit)
                        .contains("msp.example")
                        .doesNotContain(bench.psa.credentials().get("secret"))
                        .endsWith(" PT1H"));
        assertThat(bench.psa.requests().count("*", "**"))
                .as("nothing but the look-up of the zone")
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "SAFE-4: of each entity three requests are under way at once and no more, so that none is refused for it")
    void sendsThreeAtOnce() throws Exception {
        bench.psa.switches().latency(Duration.ofMillis(100));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> readings = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readings.add(threads.submit(this::readCompanies));
            }
            for (Future<?> reading : readings) {
                reading.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bench.psa.requests().count("POST", "Companies/query")).isEqualTo(8);
        assertThat(bench.psa.requests().all()).allMatch(request -> request.status() == 200);
    }

    @Test
    @DisplayName("SAFE-4: too many requests at once are tried again a moment later, whatever the status")
    void waitsForThreads() {
        bench.psa.faults().next(1, "POST", "Companies/query", Fault.throttled());
        readCompanies();
        bench.psa
                .faults()
                .next(
                        1,
                        "POST",
                        "Companies/query",
                        Fault.errors(500, "API thread threshold of 3 threads has been exceeded"));
        readCompanies();
        assertThat(bench.psa.requests().count("POST", "Companies/query")).isEqualTo(4);
    }

    @Test
    @DisplayName("SAFE-4: what the tenant's threshold refuses is thrown with a pause, not tried at once")
    void waitsForTheHour() {
        bench.psa
                .faults()
                .always(
                        "POST",
                        "Companies/query",
                        Fault.errors(500, "The request threshold of 10000 has been exceeded."));
        assertThatThrownBy(this::readCompanies)
                .isInstanceOfSatisfying(
                        ConnectorException.Throttled.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Failures.PAUSE_OF_THE_HOUR));
        assertThat(bench.psa.requests().count("POST", "Companies/query")).isEqualTo(1);
    }

    @Test
    @DisplayName("C0.2: reads are tried again after failures of the moment, with words and without")
    void readsAgain() {
        bench.psa.faults().next(1, "POST", "Companies/query", Fault.htmlPage(502));
        readCompanies();
        bench.psa
                .faults()
                .next(
                        1,
                        "POST",
                        "Companies/query",
                        Fault.errors(500, "An unexpected error has occurred. Error ID: 1166"));
        readCompanies();
        bench.psa.faults().next(1, "POST", "Companies/query", Fault.cut());
        readCompanies();
    }

    @Test
    @DisplayName("SAFE-5: neither the connector nor its configuration shows a secret")
    void showsNoSecrets() {
        String secret = String.valueOf(bench.psa.credentials().get("secret"));
        ConnectorConfig config = bench.config(Map.of());
        assertThat(bench.connector + config.toString()).doesNotContain(secret).doesNotContain("FAKEINTEGRATION");
    }
}
