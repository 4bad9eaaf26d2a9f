package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.spi.RequestShares.Share;

/** SAFE-4: nodes that share the limits of a PSA by a real PostgreSQL. */
class SharedRequestsTest {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final DataSource database = new Databases.Line(Databases.database()).source();
    private final SharedRequests one = SharedRequests.on(database);
    private final SharedRequests two = SharedRequests.on(database);

    private static int takeAll(SharedRequests shares, int wanted, int allowed) {
        int all = 0;
        for (int part = -1; part != 0; all += part) {
            part = shares.take("t", wanted, allowed, WINDOW).requests();
        }
        return all;
    }

    @Test
    @DisplayName(
            "SAFE-4: two nodes together never send more than the limit in any window, though each asks for all it can")
    void neverMoreThanTheLimit() throws Exception {
        List<Instant> sent = Collections.synchronizedList(new ArrayList<>());
        ExecutorService executor = Executors.newFixedThreadPool(4);
        Instant end = Instant.now().plus(WINDOW.multipliedBy(4));
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SharedRequests shares = i % 2 == 0 ? one : two;
            ends.add(executor.submit(() -> {
                while (Instant.now().isBefore(end)) {
                    Share share = shares.take("t", 5, 100, WINDOW);
                    for (int j = 0; j < share.requests(); j++) {
                        sent.add(Instant.now());
                    }
                    if (share.requests() == 0) {
                        LockSupport.parkNanos(share.time().toNanos());
                    }
                }
            }));
        }
        for (Future<?> each : ends) {
            each.get();
        }
        executor.shutdown();
        List<Instant> sorted = sent.stream().sorted().toList();
        assertThat(sorted).hasSizeGreaterThanOrEqualTo(200);
        for (int i = 100; i < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i - 100), sorted.get(i)))
                    .as("request %d comes a window after the hundredth before it", i)
                    .isGreaterThanOrEqualTo(WINDOW);
        }
    }

    @Test
    @DisplayName("SAFE-4: a push gets through while a pull has used all else, on whatever node")
    void pushesGetThrough() {
        assertThat(takeAll(one, 7, 90)).isEqualTo(90);
        assertThat(two.take("t", 7, 90, WINDOW).requests()).isZero();
        assertThat(two.take("t", 7, 100, WINDOW).requests()).isEqualTo(7);
        assertThat(two.take("another", 7, 100, WINDOW).requests()).isEqualTo(7);
    }

    @Test
    @DisplayName("SAFE-4: what is not used is given back at once; what a dead node took comes back with the window")
    void sharesComeBack() {
        Share share = one.take("t", 60, 100, WINDOW);
        one.giveBack("t", share, 50);
        assertThat(takeAll(two, 100, 100)).isEqualTo(90);
        Share none = two.take("t", 1, 100, WINDOW); // node one is dead, and so is what it took
        assertThat(none.requests()).isZero();
        assertThat(none.time()).isPositive().isLessThan(WINDOW.multipliedBy(2));
        LockSupport.parkNanos(none.time().toNanos());
        Tenants.await(
                "it comes back", WINDOW, () -> two.take("t", 1, 100, WINDOW).requests() == 1);
    }
}
