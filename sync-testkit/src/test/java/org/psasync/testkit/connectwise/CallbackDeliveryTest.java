package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.testkit.TestClock;

/** How the fake delivers callbacks. */
final class CallbackDeliveryTest {
    private final TestClock clock = TestClock.at("2026-10-05T08:00:00Z");
    private final FakeConnectWise fake = FakeConnectWise.builder()
            .clock(clock)
            .companies(3)
            .contacts(2)
            .configurations(2)
            .tickets(2)
            .start();
    private final Records companies = fake.records("company/companies");
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private volatile int status = 204;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestURI().getRawQuery());
            signatures.add(exchange.getRequestHeaders().getFirst("x-content-signature") + " " + body);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        fake.close();
    }

    private int register(String type, String level, int object, Map<String, Object> more) {
        Map<String, Object> entry = new HashMap<>(more);
        entry.put("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?recordId=");
        entry.put("type", type);
        entry.put("level", level);
        entry.put("objectId", object);
        return fake.records("system/callbacks").add(entry);
    }

    private List<Integer> deliver() {
        return fake.callbacks().deliver().stream()
                .map(Callbacks.Attempt::status)
                .toList();
    }

    @Test
    @DisplayName("A callback names record and action at the end of its address, and is signed")
    void namesRecordAndAction() {
        register("company", "owner", 1, Map.of());
        companies.touch(101);
        companies.delete(102);
        deliver();

        assertThat(received).containsExactly("recordId=101&action=updated", "recordId=102&action=deleted");
        assertThat(signatures).allSatisfy(signed -> {
            String body = signed.substring(signed.indexOf(' ') + 1);
            String key = new Client(fake)
                    .get(body.replaceAll(".*\"key_url\":\"([^\"]*)\".*", "$1"))
                    .at("/signing_key")
                    .asText();
            assertThat(signed).startsWith(Signatures.sign(key, body));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 419, 429})
    @DisplayName("What is refused for the moment is tried after 2 s and after 4 s more, and then no more")
    void triesAgain(int refusal) {
        status = refusal;
        register("company", "owner", 1, Map.of());
        companies.touch(101);
        assertThat(deliver()).containsExactly(refusal);
        assertThat(deliver()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(deliver()).containsExactly(refusal);
        clock.advance(Duration.ofSeconds(3));
        assertThat(deliver()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(deliver()).containsExactly(refusal);
        clock.advance(Duration.ofHours(1));
        assertThat(deliver()).isEmpty();
        assertThat(fake.callbacks().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500, 503})
    @DisplayName("Any other failure is not tried again")
    void losesTheRest(int failure) {
        status = failure;
        register("company", "owner", 1, Map.of());
        companies.touch(101);
        assertThat(deliver()).containsExactly(failure);
        clock.advance(Duration.ofSeconds(10));
        assertThat(deliver()).isEmpty();
    }

    @Test
    @DisplayName("A callback that fails for three days in a row ends; one success in between starts the count anew")
    void endsAfterThreeDays() {
        int entry = register("company", "owner", 1, Map.of());
        for (int day = 0; day < 6; day++) {
            status = day == 2 ? 200 : 500;
            companies.touch(101);
            deliver();
            assertThat(fake.records("system/callbacks").get(entry))
                    .as("day " + day)
                    .satisfies(record -> assertThat(record.get("inactiveFlag")).isNotEqualTo(true));
            clock.advance(Duration.ofDays(1));
        }
        companies.touch(101);
        deliver();
        assertThat(fake.records("system/callbacks").get(entry)).containsEntry("inactiveFlag", true);
        companies.touch(101);
        assertThat(fake.callbacks().waiting()).isZero();
    }

    @Test
    @DisplayName("Levels: all records, one record, or those with a status")
    void levels() {
        register("company", "company", 102, Map.of());
        companies.touch(101);
        companies.touch(102);
        fake.records("company/contacts")
                .touch(fake.records("company/contacts").ids().get(0));
        deliver();
        assertThat(received).containsExactly("recordId=102&action=updated");
    }

    @Test
    @DisplayName("What the API member does itself is not told where that was asked, and a ticket can be kept quiet")
    void suppressed() {
        register("company", "owner", 1, Map.of("isSelfSuppressedFlag", true));
        register("ticket", "owner", 1, Map.of());
        Client client = new Client(fake);
        client.patch("company/companies/101", "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"Own\"}]");
        assertThat(fake.callbacks().waiting()).isZero();
        companies.touch(101);
        assertThat(fake.callbacks().waiting()).isEqualTo(1);
        fake.callbacks().lose();

        int status = client.post(
                        "service/tickets", "{\"summary\":\"Q\",\"company\":{\"id\":101},\"skipCallback\":true}")
                .status();
        assertThat(status).isEqualTo(201);
        assertThat(fake.callbacks().waiting()).isZero();
        client.post("service/tickets", "{\"summary\":\"L\",\"company\":{\"id\":101}}");
        assertThat(fake.callbacks().waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName("Callbacks come doubled, late and in reverse where that is switched on")
    void oddDeliveries() {
        register("company", "owner", 1, Map.of());
        fake.switches().on(Switch.CALLBACKS_DOUBLED, Switch.CALLBACKS_REVERSED).callbackDelay(Duration.ofMinutes(1));
        companies.touch(101);
        clock.advance(Duration.ofSeconds(1));
        companies.touch(102);
        assertThat(deliver()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        deliver();
        assertThat(received)
                .containsExactly(
                        "recordId=102&action=updated",
                        "recordId=102&action=updated",
                        "recordId=101&action=updated",
                        "recordId=101&action=updated");
    }
}
