package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/** How long a call may wait before it is sent. */
class LateCallTest {
    private static final RestCall READ = RestCall.read("things.page", "things");
    private static final RestCall WRITE =
            RestCall.write("things.create", "POST", "things").json(JsonValue.object());

    private final WireServer server = new WireServer();
    private final ManualTime time = new ManualTime();
    private int timesAsLong = 1;

    @AfterEach
    void stop() {
        server.close();
    }

    private RestClient client() {
        ConnectorConfig config = ConnectorConfig.with(Map.of())
                .clock(time)
                .pause(wanted -> time.sleep(wanted.multipliedBy(timesAsLong)))
                .random(new Random(5))
                .deadline(Duration.ofSeconds(20))
                .plainHttpToLoopback(true)
                .build();
        return RestClient.to(BaseAddress.of(server.address(), true), config).build();
    }

    private static ConnectorException.Throttled throttled(RestClient client, RestCall call) {
        ConnectorException.Throttled failure =
                catchThrowableOfType(ConnectorException.Throttled.class, () -> client.call(call));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    @DisplayName("SAFE-1: a write does not wait for a pause that ends after its deadline, a read does")
    void aWriteDoesNotWaitBeyondItsDeadline() {
        server.then(429, "Retry-After: 25\r\n", "").thenJson(200, "[]");
        RestClient client = client();
        throttled(client, WRITE);
        assertThat(throttled(client, WRITE).retryAfter()).isEqualTo(Duration.ofSeconds(25));
        assertThat(time.pauses()).isEmpty();

        assertThat(client.call(READ).status()).isEqualTo(200);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    @DisplayName("SAFE-1: a write that was held up for longer than its deadline is not sent any more")
    void aWriteThatWasHeldUpIsNotSent() {
        server.then(429, "Retry-After: 3\r\n", "").thenJson(201, "{}");
        RestClient client = client();
        throttled(client, WRITE);
        timesAsLong = 10;
        assertThat(throttled(client, WRITE))
                .hasMessage("things.create was not sent: it waited longer than its deadline of 20000 ms");
        assertThat(server.requests()).hasSize(1);
        assertThat(client.counts().totalWrites()).isEqualTo(1);
    }

    @Test
    @DisplayName("SAFE-4: the patience of a call is charged with the time that really passed")
    void patienceIsMeasured() {
        server.then(429, "Retry-After: 4\r\n", "")
                .then(429, "Retry-After: 4\r\n", "")
                .then(429, "Retry-After: 4\r\n", "")
                .thenJson(200, "[]");
        timesAsLong = 4;
        throttled(client(), READ);
        assertThat(server.requests()).hasSize(3);
    }
}
