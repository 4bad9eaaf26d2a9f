package org.psasync.testkit.pulseway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import picocli.CommandLine;

/** The fake by itself, as any client sees it. */
class FakePulsewayTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestClock clock = TestClock.at("2026-11-02T09:00:00Z");
    private final FakePulseway psa = FakePulseway.builder()
            .clock(clock)
            .accounts(12)
            .contacts(5)
            .assets(7)
            .tickets(4)
            .start();

    @AfterEach
    void close() {
        psa.close();
    }

    private HttpResponse<String> send(String method, String path, String token, String type, String body)
            throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(psa.url() + "/" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return send("POST", path, "", "application/x-www-form-urlencoded", form);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Wire.MAPPER.readTree(answer.body());
    }

    private String form(String password) {
        Map<String, String> credentials = psa.credentials();
        return "GrantType=password&UserName=" + credentials.get("user") + "&Password=" + password + "&Tenant="
                + URLEncoder.encode(credentials.get("tenant"), StandardCharsets.UTF_8);
    }

    private String password() {
        return psa.credentials().getOrDefault("password", "");
    }

    private String token() throws Exception {
        return json(post("v2/security/authenticate", form(password())))
                .at("/result/accessToken")
                .asText();
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, token(), "application/json", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "SLAId, slaId",
        "IPAddress, ipAddress",
        "DNSServers, dnsServers",
        "Id, id",
        "HasMetSLA, hasMetSLA",
        "AccountName, accountName"
    })
    void lowersTheLeadingCapitals(String described, String onTheWire) {
        assertThat(Wire.camel(described)).isEqualTo(onTheWire);
    }

    @Test
    void issuesTokensAndRefusesWithoutOne() throws Exception {
        assertThat(send("GET", "v2/security/userinfo", "none", "application/json", "")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> wrong = post("v2/security/authenticate", form("wrong"));
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(json(wrong).path("success").asBoolean(true)).isFalse();
        assertThat(get("v2/security/userinfo").at("/result/tenantId").asInt()).isEqualTo(777);
        String token = token();
        clock.advance(Duration.ofMinutes(31));
        assertThat(send("GET", "v2/security/userinfo", token, "application/json", "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void pagesAndFiltersAndSpellsEitherWay() throws Exception {
        JsonNode page = get("v2/crm/accounts/summary?pageSize=5&PageNumber=3");
        assertThat(page.path("result")).hasSize(2);
        assertThat(page.path("totalRecords").asInt()).isEqualTo(12);
        assertThat(get("v2/crm/accounts/summary?Filter.IsActive=false")
                        .path("totalRecords")
                        .asInt())
                .isEqualTo(1);
        psa.switches().on(Switch.PASCAL_CASE);
        String token = json(post("v2/security/authenticate", form(password())))
                .at("/Result/AccessToken")
                .asText();
        JsonNode row = json(send("GET", "v2/servicedesk/hardwareasset/searchselect", token, "application/json", ""))
                .at("/Result/0");
        assertThat(row.path("IPAddress").asText()).startsWith("10.0.");
    }

    @Test
    void limitsEachEndpointByItself() throws Exception {
        psa.switches().requestsPerHour(3);
        String token = token();
        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "v2/crm/accounts/summary/110" + (i + 1), token, "application/json", "")
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> tooMany = send("GET", "v2/crm/accounts/summary/1104", token, "application/json", "");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("3601");
        assertThat(send("GET", "v2/crm/accounts/summary", token, "application/json", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void clearsWhatAPutLeavesOut() throws Exception {
        String asset = "v2/servicedesk/hardwareasset/9901";
        String location = psa.locations(1101).get(0).toString();
        String body = "{\"name\":\"X\",\"accountId\":1101,\"accountLocationId\":" + location + ",\"categoryId\":61}";
        JsonNode changed = json(send("PUT", asset, token(), "application/json", body));
        assertThat(changed.at("/result/name").asText()).isEqualTo("X");
        assertThat(changed.at("/result/serialNumber").isNull()).isTrue();
    }

    @Test
    void letsPeopleWorkInIt() {
        clock.advance(Duration.ofHours(1));
        psa.records("accounts").edit(1101, "AccountName", "Renamed");
        assertThat(psa.records("accounts").get(1101)).containsEntry("ModifiedOn", "2026-11-02T10:00:00Z");
        int added = psa.addLocation(1101, Map.of("LocationName", "Depot", "City", "Hartwell"));
        assertThat(psa.location(1101, added)).containsEntry("LocationName", "Depot");
        assertThat(psa.records("contacts").idWhere("FirstName", "Mia")).isEqualTo(6601);
        psa.lookup("queues", 404, "Sales");
        psa.records("tickets").delete(psa.records("tickets").ids().get(0));
        assertThat(psa.records("tickets").count()).isEqualTo(3);
    }

    @Test
    void startsFromACommandLine() throws Exception {
        JsonNode plain = Wire.MAPPER.readTree(started("--accounts", "1", "--assets", "1", "--pascal"));
        assertThat(plain.path("url").asText()).startsWith("http://127.0.0.1:");
        for (String name : List.of("server", "tenant", "user", "password")) {
            assertThat(plain.path(name).asText()).as(name).isNotEmpty();
        }
        assertThat(plain.has("certificate")).isFalse();

        JsonNode secure = Wire.MAPPER.readTree(started("--accounts", "1", "--tls"));

        assertThat(secure.path("url").asText())
                .isEqualTo("https://" + secure.path("server").asText());
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                secure.path("certificate").asText().getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(X509Certificate.class);
    }

    /** What is printed by a command whose standard input is at its end at once. */
    private static String started(String... arguments) {
        PrintStream out = System.out;
        InputStream in = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setIn(new ByteArrayInputStream(new byte[0]));
            assertThat(new CommandLine(new Command()).execute(arguments)).isZero();
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
