package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

class RestClientTest {
    private static final RestCall READ = RestCall.read("things.page", "things");
    private static final RestCall WRITE = RestCall.write("things.create", "POST", "things")
            .json(JsonValue.object().with("name", "Acme"));

    private final WireServer server = new WireServer();
    private final ManualTime time = new ManualTime();

    @AfterEach
    void stop() {
        server.close();
    }

    private ConnectorConfig.Builder config() {
        return ConnectorConfig.with(Map.of())
                .clock(time)
                .pause(time)
                .random(new Random(7))
                .deadline(Duration.ofSeconds(20))
                .plainHttpToLoopback(true);
    }

    private RestClient client(UnaryOperator<RestClient.Builder> more) {
        return more.apply(RestClient.to(BaseAddress.of(server.address(), true), config().build()))
                .build();
    }

    private RestClient client() {
        return client(builder -> builder);
    }

    @Test
    void sendsPathQueryHeadersAndBodyAndReturnsTheAnswer() {
        server.then(200, "X-Version: 7\r\n", "{\"id\": 5, \"name\": \"Acme\"}");
        RestAnswer answer = client(builder -> builder.header("Accept", "application/json; version=2"))
                .call(RestCall.write("things.patch", "PATCH", "things/{}/parts/{}", "a/b c", 7)
                        .query("filter", "name=\"A&B\" +1*")
                        .header("X-Extra", "yes")
                        .json(JsonValue.object().with("name", "Ünal")));

        String request = server.requests().get(0);
        assertThat(request)
                .startsWith("PATCH /things/a%2Fb%20c/parts/7?filter=name%3D%22A%26B%22%20%2B1%2A HTTP/1.1\r\n")
                .contains("Accept: application/json; version=2\r\n")
                .contains("X-Extra: yes\r\n")
                .contains("Content-Type: application/json\r\n")
                .endsWith("{\"name\":\"Ünal\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-version")).contains("7");
        assertThat(answer.json().integer("id")).isEqualTo(5);
        assertThat(answer.startedAt()).isEqualTo(time.instant());
    }

    @Test
    void aReadIsTriedAgainWithGrowingPauses() {
        server.thenJson(502, "")
                .thenBreakOff()
                .then(200, "", "<html>busy</html>")
                .thenJson(200, "[1]");
        RestClient client = client();

        assertThat(client.call(READ).json().elements()).hasSize(1);
        assertThat(time.pauses()).hasSize(3).satisfies(pauses -> {
            assertThat(pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
            assertThat(pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            assertThat(pauses.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        });
        assertThat(client.counts().reads()).isEqualTo(Map.of("things.page", 4L));
        assertThat(client.counts().totalWrites()).isZero();
    }

    @Test
    void aReadGivesUpAfterItsTriesAndItsOutcomeIsNeverUnknown() {
        server.thenJson(503, "").thenJson(503, "").thenJson(503, "").thenJson(503, "");
        ConnectorException.Unavailable failure =
                catchThrowableOfType(ConnectorException.Unavailable.class, () -> client().call(READ));

        assertThat(failure.outcomeUnknown()).isFalse();
        assertThat(failure).hasMessage("things.page was answered with status 503");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    @DisplayName("SAFE-1: a write whose connection breaks is sent once, and its outcome is unknown")
    void aWriteWithoutAnswerIsNotRepeated() {
        server.thenHangUp();
        assertThat(writeFailure(client()).outcomeUnknown()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 302})
    @DisplayName("SAFE-1: a write that is answered by a failure of the server is sent once, and its outcome is unknown")
    void aWriteThatFailedInTheServerIsNotRepeated(int status) {
        server.then(status, "Retry-After: 1\r\n", "{}");
        assertThat(writeFailure(client()).outcomeUnknown()).isTrue();
        assertThat(server.requests()).hasSize(1);
        assertThat(time.pauses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\": 5, \"na", "<html>Service</html>", "{\"id\":5} trailing"})
    @DisplayName("SAFE-1: a write whose answer cannot be read is sent once, and its outcome is unknown")
    void aWriteWithAnUnreadableAnswerIsNotRepeated(String body) {
        server.thenJson(200, body);
        assertThat(writeFailure(client()).outcomeUnknown()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-1: a write whose body breaks off is sent once, and its outcome is unknown")
    void aWriteWhoseAnswerBreaksOffIsNotRepeated() {
        server.thenBreakOff();
        assertThat(writeFailure(client()).outcomeUnknown()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-1: a write that certainly did not leave has a known outcome")
    void aRefusedConnectionLeavesNoDoubt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RestClient client = RestClient.to(BaseAddress.of("http://127.0.0.1:" + port, true), config().build())
                .build();
        assertThat(writeFailure(client))
                .hasMessage("things.create was not sent: 127.0.0.1 does not accept connections")
                .extracting(ConnectorException.Unavailable::outcomeUnknown)
                .isEqualTo(false);
    }

    @Test
    @DisplayName("SAFE-1: a write to an unknown host has a known outcome")
    void anUnknownHostLeavesNoDoubt() {
        RestClient client = RestClient.to(BaseAddress.of("psa.invalid", false), config().build())
                .build();
        assertThat(writeFailure(client).outcomeUnknown()).isFalse();
    }

    @Test
    @DisplayName("SAFE-1, SAFE-5: a certificate that nobody vouches for is refused, and nothing is sent")
    void anUntrustedCertificateIsRefused() {
        WireMockServer selfSigned = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort());
        selfSigned.start();
        try {
            RestClient client = RestClient.to(
                            BaseAddress.of("https://127.0.0.1:" + selfSigned.httpsPort(), false), config().build())
                    .build();
            ConnectorException.Unavailable failure = writeFailure(client);
            assertThat(failure).hasMessageContaining("was not sent: no trusted connection to 127.0.0.1");
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(selfSigned.getAllServeEvents()).isEmpty();
        } finally {
            selfSigned.stop();
        }
    }

    @Test
    @DisplayName("SAFE-1: a write that the PSA throttled is not sent again here, and the caller learns when it may be")
    void aThrottledWriteIsNotSentAgain() {
        server.then(429, "Retry-After: 3\r\n", "");
        ConnectorException.Throttled failure =
                catchThrowableOfType(ConnectorException.Throttled.class, () -> client().call(WRITE));
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(server.requests()).hasSize(1);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-4: a PSA that throttles without saying for how long gets a pause all the same")
    void throttlingWithoutATimeStillMeansAPause() {
        server.then(429, "", "").then(429, "Retry-After: soon\r\n", "").thenJson(200, "[]");
        ConnectorException.Throttled failure =
                catchThrowableOfType(ConnectorException.Throttled.class, () -> client().call(WRITE));
        assertThat(failure.retryAfter()).isPositive();
        client().call(READ);
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isPositive());
    }

    @Test
    @DisplayName("SAFE-4: a write waits for a short pause of the PSA before it is sent at all")
    void aWriteWaitsBeforeItIsSent() {
        server.then(429, "Retry-After: 3\r\n", "").thenJson(201, "{\"id\":1}");
        RestClient client = client();
        assertThatThrownBy(() -> client.call(WRITE)).isInstanceOf(ConnectorException.Throttled.class);
        assertThat(client.call(WRITE).status()).isEqualTo(201);
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3500)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After: 30 | 30",
                "Retry-After: Wed, 20 May 2026 10:00:20 GMT | 20",
                "Retry-After: Wed, 20 May 2026 09:00:20 GMT | 0",
                "Date: Wed, 20 May 2026 08:00:00 GMT~Retry-After: Wed, 20 May 2026 08:00:10 GMT | 10"
            })
    @DisplayName("SAFE-4: Retry-After is kept, in seconds and as a time by the server's clock, and never undercut")
    void keepsRetryAfter(String headers, int seconds) {
        server.then(429, headers.strip().replace("~", "\r\n") + "\r\n", "").thenJson(200, "[]");
        client().call(READ);
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause)
                        .isBetween(
                                Duration.ofSeconds(seconds),
                                Duration.ofSeconds(seconds).plusMillis(1000)));
    }

    @Test
    @DisplayName("SAFE-4: a long Retry-After is handed to the caller instead of waiting")
    void aLongPauseIsThrown() {
        server.then(429, "Retry-After: 1800\r\n", "{\"message\":\"Too many requests.\"}");
        ConnectorException.Throttled failure =
                catchThrowableOfType(ConnectorException.Throttled.class, () -> client().call(READ));
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(failure).hasMessage("things.page was answered with status 429: Too many requests.");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-4: while the PSA wants a pause, no other call of the tenant is sent")
    void aPauseHoldsForAllCalls() {
        server.then(429, "Retry-After: 1800\r\n", "").thenJson(200, "[]");
        RestClient client = client();
        assertThatThrownBy(() -> client.call(READ)).isInstanceOf(ConnectorException.Throttled.class);
        time.pass(Duration.ofMinutes(10));
        ConnectorException.Throttled failure = catchThrowableOfType(
                ConnectorException.Throttled.class, () -> client.call(RestCall.read("others", "others")));
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(20));
        assertThat(server.requests()).hasSize(1);
        time.pass(Duration.ofMinutes(20));
        assertThat(client.call(READ).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeadlineIncludesABodyThatDripsAndOneThatNeverComes(boolean drips) {
        if (drips) {
            server.thenDrip();
        } else {
            server.thenSilence();
        }
        ConnectorException.Unavailable failure = catchThrowableOfType(
                ConnectorException.Unavailable.class, () -> client().call(WRITE.deadline(Duration.ofMillis(300))));
        assertThat(failure).hasMessage("things.create gave no complete answer within 300 ms");
        assertThat(failure.outcomeUnknown()).isTrue();
    }

    @Test
    void anAnswerLargerThanAllowedIsNotReadToItsEnd() {
        server.thenJson(200, "[" + "1,".repeat(5000) + "1]").thenJson(200, "[" + "1,".repeat(400) + "1]");
        RestClient client = client(builder -> builder.retries(Retries.standard().tries(1)));
        assertThatThrownBy(() -> client.call(READ.largestAnswer(1000)))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessage("things.page failed: the answer is larger than 1000 bytes");
        assertThat(client.call(READ.largestAnswer(1000)).size()).isEqualTo(803);
    }

    @Test
    void saysWhatIsWrongWithAnAnswerThatIsNotJson() {
        server.then(200, "", "<html><body>Maintenance</body></html>")
                .thenJson(200, "")
                .thenJson(200, "{\"a\":");
        RestClient client = client(builder -> builder.retries(Retries.standard().tries(1)));
        assertThatThrownBy(() -> client.call(READ))
                .hasMessageContaining("a web page where JSON was expected")
                .hasMessageNotContaining("Maintenance");
        assertThatThrownBy(() -> client.call(READ)).hasMessageContaining("no body where JSON was expected");
        assertThatThrownBy(() -> client.call(READ)).hasMessageContaining("not readable as JSON (line 1, column");
    }

    @Test
    void anEmptyAnswerAndAnyAnswerAreGoodWhereTheCallSaysSo() {
        server.then(204, "", "").then(200, "Content-Type: text/plain\r\n", "hello");
        assertThat(client().call(RestCall.write("d", "PUT", "d").emptyAllowed())
                        .json()
                        .isMissing())
                .isTrue();
        assertThat(client().call(RestCall.read("t", "t").anyContent()).text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected",
        "401, Unauthorized",
        "403, Forbidden",
        "404, Gone",
        "409, Rejected",
        "410, Gone",
        "412, Stale",
        "422, Rejected"
    })
    void tellsFailuresByStatus(int status, String type) {
        server.thenJson(status, "{\"errors\":[{\"message\":\"The firstName field is required.\"}]}");
        assertThatThrownBy(() -> client().call(READ))
                .satisfies(failure ->
                        assertThat(failure.getClass().getSimpleName()).isEqualTo(type))
                .hasMessage("things.page was answered with status " + status + ": The firstName field is required.");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theConnectorMayCallAnAnswerOfStatus200AFailure() {
        server.thenJson(200, "{\"success\":false}");
        FailureReader reader = answer -> Boolean.FALSE.equals(answer.json().flag("success"))
                ? java.util.Optional.of(new ConnectorException.Gone("no such thing"))
                : FailureReader.byStatus().failure(answer);
        assertThatThrownBy(() -> client(builder -> builder.failures(reader)).call(READ))
                .isInstanceOf(ConnectorException.Gone.class);
    }

    @Test
    @DisplayName("SAFE-5: a redirect is not followed, nor is it asked for again")
    void doesNotFollowRedirects() {
        server.then(307, "Location: https://elsewhere.example/\r\n", "");
        RestClient client = client();
        assertThatThrownBy(() -> client.call(READ)).hasMessageContaining("redirects are not followed");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-5: credentials go to trusted servers only, and not where a call wants none")
    void sendsCredentialsToTrustedServersOnly() {
        server.thenJson(200, "{}").thenJson(200, "{}").thenJson(200, "{}");
        RestClient client =
                client(builder -> builder.credentials(() -> Map.of("Authorization", "Bearer abcdef123456")));
        client.call(READ);
        client.call(READ.withoutCredentials());
        client.call(RestCall.readLink("next", URI.create(server.address() + "things?page=2&x=%7b1%7d")));
        assertThatThrownBy(() -> client.call(RestCall.readLink("next", URI.create("https://psa.example.com/things"))))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("psa.example.com, which is not the PSA's; nothing was sent there");

        List<String> requests = server.requests();
        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).contains("Authorization: Bearer abcdef123456");
        assertThat(requests.get(1)).doesNotContain("Authorization");
        assertThat(requests.get(2)).startsWith("GET /things?page=2&x=%7b1%7d HTTP/1.1");
    }

    @Test
    @DisplayName("SAFE-3, SAFE-5: an HTTP client that follows redirects or logs in by itself is refused")
    void refusesHttpClientsThatActByThemselves() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpClient loggingIn =
                HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
        HttpClient remembering =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        BaseAddress address = BaseAddress.of("psa.example.com", false);
        for (HttpClient http : List.of(following, loggingIn, remembering)) {
            RestClient.Builder builder =
                    RestClient.to(address, config().httpClient(http).build());
            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdk.httpclient.enableAllMethodRetry", "jdk.internal.httpclient.disableHostnameVerification"})
    @DisplayName("SAFE-1, SAFE-5: a JDK that repeats writes, or takes any certificate, is refused")
    void refusesSettingsOfTheJdkThatBreakTheRules(String property) {
        RestClient.Builder builder = RestClient.to(BaseAddress.of("psa.example.com", false), config().build());
        System.setProperty(property, "true");
        try {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(property);
        } finally {
            System.clearProperty(property);
        }
        assertThat(builder.build()).isNotNull();
    }

    @Test
    @DisplayName("SAFE-1: a write whose answer the connector cannot understand has an unknown outcome")
    void aFailureReaderThatFailsLeavesAWriteInDoubt() {
        server.thenJson(200, "{}").thenJson(200, "{}");
        RestClient client = client(builder -> builder.failures(answer -> {
            throw new IllegalStateException("no rule for this");
        }));
        assertThat(writeFailure(client))
                .hasMessage("things.create was sent, but its answer was not understood")
                .extracting(ConnectorException.Unavailable::outcomeUnknown)
                .isEqualTo(true);
        assertThatThrownBy(() -> client.call(READ)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("SAFE-4: Retry-After of a failed write holds back every other call")
    void aFailedWriteThatWantsAPauseHoldsAllCalls() {
        server.then(503, "Retry-After: 600\r\n", "");
        RestClient client = client();
        assertThat(writeFailure(client).outcomeUnknown()).isTrue();
        assertThat(catchThrowableOfType(ConnectorException.Throttled.class, () -> client.call(READ))
                        .retryAfter())
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-4: throttling without a time holds back every other call for a moment")
    void throttlingWithoutATimeHoldsAllCalls() {
        server.then(429, "", "").thenJson(200, "[]");
        RestClient client = client();
        assertThatThrownBy(() -> client.call(WRITE)).isInstanceOf(ConnectorException.Throttled.class);
        client.call(RestCall.read("others", "others"));
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
    }

    @Test
    @DisplayName("SAFE-4: a read waits as long as an unavailable PSA asks for")
    void aReadWaitsForAnUnavailablePsa() {
        server.then(503, "Retry-After: 7\r\n", "").thenJson(200, "[]");
        client().call(READ);
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8)));
    }

    @Test
    void aBodyWithoutEndIsGivenUpWhenItIsTooLarge() {
        server.then((out, end) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("400\r\n" + "1".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(chunk);
            }
        });
        RestClient client = client(builder -> builder.retries(Retries.standard().tries(1)));
        assertThatThrownBy(() -> client.call(READ.largestAnswer(100_000)))
                .hasMessage("things.page failed: the answer is larger than 100000 bytes");
    }

    @Test
    void countsWhatWasSentByName() {
        server.thenJson(200, "{}").thenJson(201, "{}").thenJson(201, "{}");
        RestClient client = client();
        client.call(READ);
        client.call(WRITE);
        client.forPushes().call(WRITE);
        assertThat(client.counts()).isEqualTo(new CallCounts(Map.of("things.page", 1L), Map.of("things.create", 2L)));
        assertThat(client.counts().total()).isEqualTo(3);
    }

    private static ConnectorException.Unavailable writeFailure(RestClient client) {
        ConnectorException.Unavailable failure =
                catchThrowableOfType(ConnectorException.Unavailable.class, () -> client.call(WRITE));
        assertThat(failure).isNotNull();
        return failure;
    }
}
