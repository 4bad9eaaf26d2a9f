package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(clock.instant());
        clock.advance(Duration.ofSeconds(90));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T12:01:30Z"));
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aPauseMovesItInsteadOfWaiting() {
        clock.sleep(Duration.ofDays(1));
        assertThat(clock).hasToString("2026-03-02T12:00:00Z");
    }
}
