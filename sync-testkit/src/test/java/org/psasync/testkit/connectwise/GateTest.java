package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 1 of what a faithful fake must do: credentials, code bases, and what is open to everybody. */
final class GateTest {
    private static final TestClock CLOCK = TestClock.at("2026-10-05T08:00:00.750Z");
    private static FakeConnectWise fake;

    @BeforeAll
    static void start() {
        fake = FakeConnectWise.builder().clock(CLOCK).companies(3).contacts(3).start();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @AfterEach
    void reset() {
        fake.switches().off(Switch.values()).requestsPerMinute(0).clockSkew(Duration.ZERO);
        fake.changeCodebase("v2025_1/");
    }

    private static Client client() {
        return new Client(fake);
    }

    @Test
    void theCodebaseIsToldWithoutCredentials() {
        Client client = client().with("Authorization", "").with("clientId", "");
        Response info = client.get(fake.url() + "/login/companyinfo/" + fake.companyId());
        assertThat(info.status()).isEqualTo(200);
        assertThat(info.at("/Codebase").asText()).isEqualTo("v2025_1/");
        assertThat(info.at("/CompanyID").asText()).isEqualTo(fake.companyId());
        assertThat(info.at("/VersionCode").asText()).isEqualTo("v2025.1");
        assertThat(info.at("/IsCloud").isTextual()).isTrue();
        fake.switches().on(Switch.CLOUD_FLAG_AS_BOOLEAN);
        assertThat(client.get(fake.url() + "/login/companyinfo/" + fake.companyId())
                        .at("/IsCloud")
                        .isBoolean())
                .isTrue();
    }

    @Test
    void anUnknownCompanyIsNull() {
        Response unknown = client().get(fake.url() + "/login/companyinfo/nobody");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.http().body()).isEqualTo("null");
        fake.switches().on(Switch.UNKNOWN_COMPANY_ANSWERS_404);
        assertThat(client().get(fake.url() + "/login/companyinfo/nobody").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, '', 401",
        "Authorization, Basic bm9ib2R5, 401",
        "Authorization, Basic %%%, 401",
        "Authorization, Bearer x, 401",
        "clientId, '', 403",
        "clientId, other, 403",
    })
    void wrongCredentialsAreRefused(String header, String value, int status) {
        Response refused = client().with(header, value).get("company/companies");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.at("/code").asText()).isEqualTo("ConnectWiseApi");
    }

    @Test
    void wrongCredentialsCanAnswer404AsTheCloudDoes() {
        fake.switches().on(Switch.WRONG_CREDENTIALS_ANSWER_404);
        assertThat(client().with("Authorization", "").get("company/companies").status())
                .isEqualTo(404);
        assertThat(client().get("company/companies").status()).isEqualTo(200);
    }

    @Test
    void refusalsCanComeWithoutBody() {
        fake.switches().on(Switch.BARE_REFUSALS);
        Response refused = client().with("Authorization", "").get("company/companies");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.http().body()).isEmpty();
    }

    @Test
    void theHeaderOfTheClientIdIsKnownInAnyCase() {
        Client client = client().with("clientId", "").with("CLIENTID", fake.clientId());
        assertThat(client.get("company/companies").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2025_1/apis/3.0/company/companies, 200",
        "/v4_6_release/apis/3.0/company/companies, 200",
        "/v2024_3/apis/3.0/company/companies, 404",
        "/apis/3.0/company/companies, 404",
        "/v2025_1/apis/3.0/company/nothing, 404",
        "/v2025_1/apis/3.0/company/companies/101/nothing, 404",
        "/v2025_1/apis/3.0/company/companies/x, 404",
        "/v2025_1/apis/2.0/company/companies, 404",
    })
    void onlyAnnouncedCodebasesAndKnownPathsAreServed(String path, int status) {
        Response response = client().get(fake.url() + path);
        assertThat(response.status()).isEqualTo(status);
        if (status == 404) {
            assertThat(response.at("/code").asText()).isEqualTo("ConnectWiseApi");
            assertThat(response.at("/message").asText()).isEqualTo("The endpoint does not exist.");
        }
    }

    @Test
    void aNewReleaseAnswers404BelowTheOldCodebase() {
        fake.changeCodebase("v2025_2/");
        assertThat(client().get("company/companies").status()).isEqualTo(404);
        assertThat(client().get(fake.url() + "/login/companyinfo/" + fake.companyId())
                        .at("/Codebase")
                        .asText())
                .isEqualTo("v2025_2/");
        assertThat(client().get(fake.url() + "/v2025_2/apis/3.0/company/companies")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersTellModelServerAndTime() {
        Response list = client().get("company/companies");
        assertThat(list.header("Content-Type")).isEqualTo("application/vnd.connectwise.com+json; version=2025.1");
        assertThat(list.header("api-current-version")).isEqualTo("2025.1");
        assertThat(list.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(list.header("x-cw-request-id")).isNotEqualTo("(none)");
        assertThat(list.header("Date")).isEqualTo("Mon, 05 Oct 2026 08:00:00 GMT");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/vnd.connectwise.com+json; version=2021.1, 200",
        "'application/vnd.connectwise.com+json; version=2025.1, application/json', 200",
        "application/vnd.connectwise.com+json; version=2025.8, 400",
        "application/vnd.connectwise.com+json; version=2026.1, 400",
    })
    void aModelNewerThanTheServerIsRefused(String accept, int status) {
        assertThat(client().with("Accept", accept).get("company/companies").status())
                .isEqualTo(status);
    }

    @Test
    void aNewReleaseKnowsNewerModels() {
        try (FakeConnectWise moving = FakeConnectWise.builder().companies(1).start()) {
            moving.changeCodebase("v2025_8/");
            Client client = new Client(moving, Client.HTTP, moving.url() + "/v2025_8/apis/3.0/")
                    .with("Accept", "application/vnd.connectwise.com+json; version=2025.8");
            assertThat(client.get("company/companies").header("api-current-version"))
                    .isEqualTo("2025.8");
            assertThat(client.get("system/info").at("/version").asText()).isEqualTo("v2025.8.10333");
            assertThat(client.get(moving.url() + "/login/companyinfo/examplemsp")
                            .at("/VersionCode")
                            .asText())
                    .isEqualTo("v2025.8");
            moving.changeCodebase("v4_6_release/");
            assertThat(client.get(moving.url() + "/login/companyinfo/examplemsp")
                            .at("/VersionCode")
                            .asText())
                    .isEqualTo("v2025.8");
        }
    }

    @Test
    void bodiesThatAreNotJsonAreRefused() {
        Response text = client().with("Content-Type", "text/plain").post("company/companies", "{}");
        assertThat(text.status()).isEqualTo(415);
        Response patch =
                client().with("Content-Type", "application/json-patch+json").patch("company/companies/101", "[]");
        assertThat(patch.status()).isEqualTo(200);
    }

    @Test
    void theServerTellsAboutItself() {
        Response info = client().get("system/info");
        assertThat(info.at("/version").asText()).isEqualTo("v2025.1.10333");
        assertThat(info.at("/isCloud").asBoolean()).isTrue();
        assertThat(client().with("Authorization", "").get("system/info").status())
                .isEqualTo(401);
        fake.switches().on(Switch.OPEN_SYSTEM_INFO);
        assertThat(client().with("Authorization", "").get("system/info").status())
                .isEqualTo(200);
    }

    @Test
    void whatGoesBeyondTheRateWaitsForTheNextMinute() {
        fake.switches().requestsPerMinute(3);
        for (int i = 0; i < 3; i++) {
            assertThat(client().get("company/companies").status()).isEqualTo(200);
            CLOCK.advance(Duration.ofSeconds(5));
        }
        Response limited = client().get("company/companies");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("45");
        assertThat(limited.at("/error").asText()).isEqualTo("ConnectWiseAPI");
        assertThat(limited.at("/message").asText()).isEqualTo("Too many requests. Please try again in 45 seconds.");
        CLOCK.advance(Duration.ofSeconds(45));
        assertThat(client().get("company/companies").status()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(-1));
    }

    @Test
    void theServersClockCanBeWrong() {
        fake.switches().clockSkew(Duration.ofMinutes(-7));
        assertThat(client().get("company/companies").header("Date")).isEqualTo("Mon, 05 Oct 2026 07:53:00 GMT");
        int id = fake.records("procurement/manufacturers").add(Map.of("name", "Late"));
        assertThat(client().get("procurement/manufacturers/" + id)
                        .at("/_info/lastUpdated")
                        .asText())
                .isEqualTo("2026-10-05T07:53:00Z");
    }
}
