package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/** The client within the limits of a tenant. */
class RestClientLimitsTest {
    private static final RestCall READ = RestCall.read("things.page", "things");
    private static final RestCall WRITE =
            RestCall.write("things.create", "POST", "things").json(JsonValue.object());

    private final ManualTime time = new ManualTime();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final ExecutorService serverThreads = Executors.newFixedThreadPool(8);
    private final ExecutorService callers = Executors.newFixedThreadPool(8);
    private volatile int status = 200;
    private volatile @Nullable CyclicBarrier meeting;
    private final HttpServer server;

    RestClientLimitsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    }

    @BeforeEach
    void start() {
        server.setExecutor(serverThreads);
        server.createContext("/", exchange -> {
            int now = underWay.incrementAndGet();
            mostUnderWay.accumulateAndGet(now, Math::max);
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            meet();
            byte[] body = "[1]".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            underWay.decrementAndGet();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
        callers.shutdownNow();
    }

    private void meet() throws IOException {
        CyclicBarrier barrier = meeting;
        try {
            if (barrier != null) {
                barrier.await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("no other request came", e);
        }
    }

    private RestClient client(CallBudget budget) {
        ConnectorConfig config = ConnectorConfig.with(Map.of())
                .clock(time)
                .pause(time)
                .random(new Random(3))
                .plainHttpToLoopback(true)
                .build();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return RestClient.to(BaseAddress.of(address, true), config)
                .budget(budget)
                .build();
    }

    @Test
    @DisplayName("SAFE-4: a budget that is free again soon is waited for, a longer wait is the caller's to decide")
    void waitsForTheBudgetIfItIsSoonFree() {
        RestClient quick = client(CallBudget.builder(time)
                .tenant(1, Duration.ofSeconds(10))
                .keptForPushes(0)
                .build());
        quick.call(READ);
        quick.call(READ);
        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11)));

        RestClient slow = client(CallBudget.builder(time)
                .tenant(1, Duration.ofHours(1))
                .keptForPushes(0)
                .build());
        slow.call(WRITE);
        ConnectorException.Throttled failure =
                catchThrowableOfType(ConnectorException.Throttled.class, () -> slow.call(WRITE));
        assertThat(failure.retryAfter()).isBetween(Duration.ofHours(1), Duration.ofMinutes(62));
        assertThat(requests).hasValue(3);
    }

    @Test
    @DisplayName("SAFE-4: pushes go on in the share that is kept for them, in the same budget")
    void pushesUseTheirShare() {
        CallBudget budget = CallBudget.builder(time)
                .tenant(10, Duration.ofHours(1))
                .keptForPushes(0.2)
                .build();
        RestClient run = client(budget);
        RestClient otherRun = client(budget);
        for (int i = 0; i < 4; i++) {
            run.call(READ);
            otherRun.call(READ);
        }
        assertThatThrownBy(() -> run.call(READ)).isInstanceOf(ConnectorException.Throttled.class);
        run.forPushes().call(WRITE);
        otherRun.forPushes().call(WRITE);
        assertThatThrownBy(() -> run.forPushes().call(WRITE)).isInstanceOf(ConnectorException.Throttled.class);
        assertThat(requests).hasValue(10);
        assertThat(run.counts().total()).isEqualTo(5);
    }

    @Test
    @DisplayName("PUSH-13: a PSA that fails again and again is left alone for a while, and nothing is in doubt then")
    void leavesAFailingPsaAlone() {
        RestClient client = client(
                CallBudget.builder(time).breaker(2, Duration.ofMinutes(1)).build());
        status = 500;
        assertThatThrownBy(() -> client.call(READ)).hasMessageStartingWith("things.page was answered with status 500");
        assertThat(requests).hasValue(2);

        ConnectorException.Unavailable refused =
                catchThrowableOfType(ConnectorException.Unavailable.class, () -> client.call(WRITE));
        assertThat(refused.outcomeUnknown()).isFalse();
        assertThat(refused).hasMessageContaining("it is tried again in 60 s");
        assertThat(requests).hasValue(2);

        status = 200;
        time.pass(Duration.ofMinutes(1));
        assertThat(client.call(WRITE).status()).isEqualTo(200);
        assertThat(client.call(READ).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("SAFE-4: many threads together keep the limit of requests at once, and none gets lost")
    void manyThreadsKeepTheLimits() throws Exception {
        meeting = new CyclicBarrier(2);
        RestClient client = client(CallBudget.builder(time)
                .atOnce(3)
                .atOnceInEachScope(2)
                .tenant(1000, Duration.ofHours(1))
                .build());
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            RestCall call = i % 2 == 0 ? READ : RestCall.read("others.page", "others/{}", i);
            work.add(() -> client.call(call).json().integer("0"));
        }
        for (Future<Long> done : callers.invokeAll(work)) {
            assertThat(done.get()).isEqualTo(1);
        }
        assertThat(requests).hasValue(160);
        assertThat(mostUnderWay.get()).isBetween(2, 3);
        assertThat(client.counts().reads()).isEqualTo(Map.of("others.page", 80L, "things.page", 80L));
        assertThat(client.budget().remaining("any")).isEqualTo(740);
    }

    @Test
    void anInterruptedCallEndsAtOnceAndKeepsTheSignal() {
        RestClient client = client(CallBudget.builder(time).build());
        Thread.currentThread().interrupt();
        ConnectorException.Unavailable failure =
                catchThrowableOfType(ConnectorException.Unavailable.class, () -> client.call(READ));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessage("things.page was interrupted before it was sent");
        assertThat(requests).hasValue(0);
    }

    @Test
    @DisplayName("SAFE-1: a write that is interrupted while it waits for its place was surely not sent")
    void anInterruptedWaitEndsAtOnce() throws Exception {
        CallBudget budget = CallBudget.builder(time).atOnce(1).build();
        RestClient client = client(budget);
        CallPlace taken = budget.take("other", "other", false, Duration.ZERO);
        FutureTask<RestAnswer> write = new FutureTask<>(() -> client.call(WRITE));
        Thread caller = new Thread(write);
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        assertThatThrownBy(write::get)
                .cause()
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        failure -> assertThat(failure.outcomeUnknown()).isFalse())
                .hasMessage("things.create was interrupted before it was sent");
        taken.close();
        assertThat(requests).hasValue(0);
        assertThat(client.call(WRITE).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("SAFE-4: clients that share a budget leave a failing PSA alone together")
    void clientsShareTheBreaker() {
        CallBudget budget =
                CallBudget.builder(time).breaker(2, Duration.ofMinutes(1)).build();
        status = 500;
        assertThatThrownBy(() -> client(budget).call(READ)).isInstanceOf(ConnectorException.Unavailable.class);
        assertThatThrownBy(() -> client(budget).call(READ)).hasMessageContaining("was not sent");
        assertThat(requests).hasValue(2);
    }
}
