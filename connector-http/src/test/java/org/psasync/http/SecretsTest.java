package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/** Puts secrets in every place, and looks for them in everything that leaves the kit. */
@DisplayName("SAFE-5: secrets and personal values appear nowhere")
class SecretsTest {
    private static final String KEY = "s3cr3t-Pr1vate+K\"ey";
    private static final String TOKEN = "tok-91f2a7c05e";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("acme+publicKey9:" + KEY).getBytes(StandardCharsets.UTF_8));
    private static final String MAIL = "dana.reyes@northwind.example";
    private static final String PHONE = "(503) 555-0143";
    private static final String NAME = "Dana Quillfeather";
    private static final List<String> FORBIDDEN = List.of(
            KEY,
            Addresses.encoded(KEY),
            "s3cr3t-Pr1vate",
            TOKEN,
            BASIC,
            BASIC.substring(6),
            "publicKey9",
            MAIL,
            "dana.reyes",
            PHONE,
            "555-0143",
            NAME,
            "Quillfeather");

    private final WireServer server = new WireServer();
    private final ManualTime time = new ManualTime();
    private final RecordedLog log = RecordedLog.of("test.wire.secrets");
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void clear() {
        log.clear();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RestClient client(FailureReader failures) {
        ConnectorConfig config = ConnectorConfig.with(Map.of())
                .clock(time)
                .pause(time)
                .random(new Random(1))
                .deadline(Duration.ofSeconds(10))
                .plainHttpToLoopback(true)
                .build();
        return RestClient.to(BaseAddress.of(server.address(), true), config)
                .credentials(() -> Map.of("Authorization", BASIC, "X-Api-Token", TOKEN))
                .failures(failures)
                .retries(Retries.standard().tries(2))
                .logger("test.wire.secrets")
                .build();
    }

    private static RestCall call(boolean write) {
        JsonValue body = JsonValue.object()
                .with("firstName", NAME)
                .with("password", KEY)
                .with("nested/apiKey", KEY)
                .with("emails", List.of(Map.of("value", MAIL)))
                .with("free", "call " + PHONE + " or mail " + MAIL + " with " + TOKEN)
                .with("id", 7);
        RestCall call = write
                ? RestCall.write("things.create", "POST", "things/{}", TOKEN)
                : RestCall.read("things.find", "things/{}", TOKEN).method("POST");
        return call.query("conditions", "name=\"" + NAME + "\" and key=\"" + KEY + "\"")
                .query("page", 3)
                .header("X-Session", TOKEN)
                .json(body);
    }

    private void collect(Object... things) {
        for (Object thing : things) {
            seen.add(String.valueOf(thing));
            if (thing instanceof Throwable failure) {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                seen.add(trace.toString());
            }
            if (thing instanceof ConnectorException.Rejected rejected) {
                seen.add(rejected.problems().toString());
            }
        }
    }

    private void nothingLeaked() {
        seen.addAll(log.lines());
        for (String text : seen) {
            for (String forbidden : FORBIDDEN) {
                assertThat(text).doesNotContain(forbidden);
            }
        }
    }

    @Test
    @DisplayName("a good call shows none of its secrets and personal values, even at TRACE")
    void aGoodCall() {
        server.then(
                200,
                "Content-Type: application/json\r\nSet-Cookie: session=" + TOKEN + "\r\n",
                "{\"id\":7,\"contact\":{\"fullName\":\"" + NAME + "\"},\"primaryEmail\":\"" + MAIL
                        + "\",\"phoneNbr\":5550143,"
                        + "\"comment\":\"" + PHONE + "\",\"other\":\"ask " + MAIL + "\",\"accessToken\":\"" + TOKEN
                        + "\",\"activeFlag\":true}");
        RestClient client = client(FailureReader.byStatus());
        RestCall call = call(true);
        RestAnswer answer = client.call(call);
        collect(client, call, call.parts(), answer, answer.json(), client.budget(), client.address());

        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("things.create POST /things/*** ".strip())
                        .contains("page=3")
                        .contains("-> 200 in 0 ms"))
                .anySatisfy(line -> assertThat(line).contains("\"id\":7").contains("\"activeFlag\":true"));
        nothingLeaked();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 412, 429, 500, 503})
    @DisplayName("a failure that quotes what was sent passes none of it on")
    void aFailureThatQuotes(int status) {
        String body = JsonValue.object()
                .with(
                        "message",
                        "Login with " + KEY + " and Authorization: " + BASIC + " failed for " + MAIL + ", " + PHONE
                                + ", token=" + TOKEN)
                .toJson();
        for (int i = 0; i < 4; i++) {
            server.then(status, "Content-Type: application/json\r\nRetry-After: 900\r\n", body);
        }
        RestClient client = client(FailureReader.byStatus());
        collect(catchThrowable(() -> client.call(call(true))), catchThrowable(() -> client.call(call(false))));
        assertThat(seen).noneMatch("null"::equals);
        nothingLeaked();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    @DisplayName("a connector that quotes the PSA's answer gives nothing away either")
    void aCarelessConnector(int which) {
        server.thenJson(200, "{}").thenJson(200, "{}");
        String leak = "the PSA said: " + KEY + " " + TOKEN + " " + BASIC;
        List<ConnectorException> failures = List.of(
                new ConnectorException.Throttled(leak, Duration.ofHours(1)),
                new ConnectorException.Unavailable(leak, true, new IllegalStateException("caused by " + TOKEN)),
                new ConnectorException.Unauthorized(leak, "privateKey"),
                new ConnectorException.Forbidden(leak, "right " + TOKEN),
                new ConnectorException.Rejected(List.of(Problem.ofRecord(Problem.Code.REFUSED, leak))),
                new ConnectorException.Gone(leak),
                new ConnectorException.Stale(leak));
        ConnectorException failure = failures.get(which);
        RestClient client = client(answer -> Optional.of(failure));
        Throwable thrown = catchThrowable(() -> client.call(call(true)));
        assertThat(thrown).isInstanceOf(failure.getClass()).hasMessageContaining("the PSA said: ***");
        if (thrown instanceof ConnectorException.Forbidden forbidden) {
            seen.add(forbidden.right());
        }
        collect(thrown);
        nothingLeaked();
    }

    @Test
    @DisplayName("a call that gets no usable answer shows none of its secrets")
    void aCallWithoutAnswer() {
        server.thenHangUp()
                .thenBreakOff()
                .then(200, "", "<html>" + KEY + "</html>")
                .thenJson(200, "{\"password\":\"" + KEY)
                .thenSilence()
                .thenDrip();
        RestClient client = client(FailureReader.byStatus());
        for (int i = 0; i < 6; i++) {
            collect(catchThrowable(() -> client.call(call(true).deadline(Duration.ofMillis(400)))));
        }
        nothingLeaked();
    }

    @Test
    @DisplayName("what cannot be sent at all is refused without being quoted")
    void whatCannotBeSent() {
        RestClient client = client(FailureReader.byStatus());
        String address = server.address().replace("http://", "http://user:" + TOKEN + "@");
        collect(
                catchThrowable(() -> RestCall.read("a", "a").header("X-Key", TOKEN + "\r\nX: y")),
                catchThrowable(() -> client.call(RestCall.readLink("next", URI.create(address + "?k=" + TOKEN)))),
                catchThrowable(() -> client.call(RestCall.read("bad", "a b/" + TOKEN))),
                catchThrowable(() -> BaseAddress.of(address, true)));
        assertThat(seen).noneMatch("null"::equals);
        nothingLeaked();
    }

    @Test
    @DisplayName("a form shows its harmless fields only")
    void aForm() {
        server.then(200, "Content-Type: application/json\r\n", "{\"refreshToken\":\"" + TOKEN + "\"}");
        RestClient client = client(FailureReader.byStatus());
        client.call(RestCall.write("login", "POST", "token")
                .withoutCredentials()
                .form(Map.of("grant_type", "password", "username", MAIL, "password", KEY)));
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("grant_type=password"));
        nothingLeaked();
    }

    @Test
    @DisplayName("without TRACE no body is logged at all")
    void withoutTraceNoBodies() {
        log.debugOnly();
        server.thenJson(200, "{\"harmless\":\"visible-at-trace\"}");
        client(FailureReader.byStatus()).call(RestCall.read("a", "a"));
        assertThat(log.lines())
                .hasSize(1)
                .noneMatch(line -> line.contains("visible-at-trace"))
                .allMatch(line -> line.startsWith("a GET /a -> 200"));
    }

    @Test
    @DisplayName("the mask can be widened")
    void theMaskCanBeWidened() {
        Mask mask = Mask.standard()
                .members("colour")
                .showingParameters("conditions")
                .secrets(List.of("hunter2", "ab"));
        byte[] body = "{\"favouriteColour\":\"red\",\"size\":\"x-hunter2\",\"cab\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(mask.body("application/json", body))
                .isEqualTo("{\"favouriteColour\":\"***\",\"size\":\"x-***\",\"cab\":1}");
        assertThat(mask.address(URI.create("https://psa.example.com/a/hunter2?conditions=id=5&x=1")))
                .isEqualTo("/a/***?conditions=id=5&x=***");
        assertThat(mask).hasToString("Mask");
    }
}
