package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psasync.spi.ConnectorException;

class CircuitBreakerTest {
    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(10), time);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.enter("c");
            breaker.learn(new ConnectorException.Unavailable("x", false, null));
        }
    }

    private void refuses() {
        assertThatThrownBy(() -> breaker.enter("c"))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageStartingWith("c was not sent: the PSA failed ")
                .satisfies(failure -> assertThat(((ConnectorException.Unavailable) failure).outcomeUnknown())
                        .isFalse());
    }

    @Test
    void opensAfterFailuresInARowAndLetsOneProbeThrough() {
        fail(2);
        assertThat(breaker.isOpen()).isFalse();
        fail(1);
        assertThat(breaker.isOpen()).isTrue();
        refuses();
        time.pass(Duration.ofSeconds(10));
        breaker.enter("probe");
        refuses();
        breaker.answered();
        assertThatCode(() -> fail(2)).doesNotThrowAnyException();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aFailedProbeDoublesThePauseUpToALimit() {
        fail(3);
        for (int seconds : List.of(10, 20, 40, 80, 100, 100)) {
            time.pass(Duration.ofSeconds(seconds).minusMillis(1));
            refuses();
            time.pass(Duration.ofMillis(1));
            fail(1);
        }
    }

    @Test
    void aRefusalShowsThatThePsaLives() {
        fail(2);
        breaker.enter("c");
        breaker.learn(new ConnectorException.Gone("x"));
        fail(2);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aPauseSaysNothingAndFreesTheProbe() {
        fail(3);
        time.pass(Duration.ofSeconds(10));
        breaker.enter("probe");
        breaker.learn(new ConnectorException.Throttled("x", Duration.ZERO));
        assertThatCode(() -> breaker.enter("another probe")).doesNotThrowAnyException();
    }
}
