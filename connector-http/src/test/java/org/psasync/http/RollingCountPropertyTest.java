package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RollingCountPropertyTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    @Property
    @Label("SAFE-4: whoever asks before each request never sends more than the limit within any window")
    void neverMoreThanTheLimitInAnyWindow(
            @ForAll @IntRange(min = 60, max = 100_000) int windowMillis,
            @ForAll @Size(min = 1, max = 150) List<@IntRange(max = 1_000) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 12) int limit) {
        Duration window = Duration.ofMillis(windowMillis);
        RollingCount count = new RollingCount(window);
        List<Instant> sent = new ArrayList<>();
        Instant now = Instant.parse("2026-05-20T10:00:00.123Z");
        for (int gap : gaps) {
            now = now.plusMillis((long) windowMillis * gap / 6_000);
            Duration wait = count.until(limit, Integer.MAX_VALUE, now);
            now = now.plus(wait);
            assertThat(count.until(limit, Integer.MAX_VALUE, now)).isZero();
            count.add(now);
            sent.add(now);
        }
        for (Instant end : sent) {
            Instant start = end.minus(window);
            assertThat(sent.stream().filter(at -> at.isAfter(start) && !at.isAfter(end)))
                    .hasSizeLessThanOrEqualTo(limit);
        }
    }

    @Property
    void nobodyWaitsMuchLongerThanAWindow(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 3_000) Integer> gapsMillis) {
        RollingCount count = new RollingCount(WINDOW);
        Instant now = Instant.parse("2026-05-20T10:00:00Z");
        for (int gap : gapsMillis) {
            now = now.plusMillis(gap);
            assertThat(count.until(1, 1, now)).isLessThanOrEqualTo(WINDOW.plusSeconds(1));
            count.add(now);
        }
        assertThat(count.own(now.plus(WINDOW).plusSeconds(1))).isZero();
    }

    @Property
    void aClockThatIsSetBackForgetsNothing(@ForAll @IntRange(min = 1, max = 100_000) int backMillis) {
        RollingCount count = new RollingCount(WINDOW);
        Instant now = Instant.parse("2026-05-20T10:00:00Z");
        count.add(now);
        count.add(now.minusMillis(backMillis));
        assertThat(count.own(now)).isEqualTo(2);
    }
}
