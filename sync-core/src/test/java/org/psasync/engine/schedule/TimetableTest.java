package org.psasync.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.RunReport;

class TimetableTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static RunReport run(Duration length) {
        return new RunReport(
                "run",
                RunReport.Status.OK,
                "",
                START,
                START.plus(length),
                false,
                Map.of(),
                0,
                List.of(),
                List.of(),
                null);
    }

    private static Duration minutes(long count) {
        return Duration.ofMinutes(count);
    }

    static Stream<Arguments> nextRuns() {
        return Stream.of(
                //        length       interval      failures  after the beginning
                arguments(minutes(1), HOUR, 0, HOUR),
                arguments(minutes(90), HOUR, 0, minutes(90)), // never before its end
                arguments(minutes(1), HOUR, 1, HOUR),
                arguments(minutes(1), HOUR, 2, Duration.ofHours(2)),
                arguments(minutes(1), HOUR, 5, Duration.ofHours(16)),
                arguments(minutes(1), HOUR, 6, Duration.ofHours(24)), // a day at most
                arguments(minutes(1), HOUR, 1000, Duration.ofHours(24)),
                arguments(minutes(1), Duration.ofDays(7), 9, Duration.ofDays(7)));
    }

    @ParameterizedTest(name = "a run of {0} at an interval of {1} after {2} failures: {3}")
    @MethodSource("nextRuns")
    @DisplayName("RUN-1: the next run is one interval after the beginning of the last")
    void runsAgain(Duration length, Duration interval, int failures, Duration expected) {
        assertThat(Timetable.next(run(length), interval, failures)).isEqualTo(START.plus(expected));
    }

    @Test
    @DisplayName("RUN-1: who is late begins within the interval, at a place of its own, and who is not keeps its time")
    void spreads() {
        Instant late = START.plus(Duration.ofHours(3));
        assertThat(Timetable.first("acme", run(minutes(1)), HOUR, START.plus(minutes(30))))
                .isEqualTo(START.plus(HOUR));

        List<Instant> firsts = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> Timetable.first("tenant-" + i + "/connectwise", run(minutes(1)), HOUR, late))
                .toList();

        assertThat(firsts).allSatisfy(first -> assertThat(first).isBetween(late, late.plus(HOUR)));
        for (int tenth = 0; tenth < 10; tenth++) {
            Instant from = late.plus(minutes(6L * tenth));
            assertThat(firsts.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plus(minutes(6)))))
                    .as("in the %sth tenth of the hour", tenth + 1)
                    .hasSizeBetween(60, 140);
        }
        assertThat(Timetable.offset("acme", HOUR)).isEqualTo(Timetable.offset("acme", HOUR));
    }

    static Stream<Arguments> hints() {
        return Stream.of(
                //        first  this  last run began  run at
                arguments(0, 0, null, 5),
                arguments(0, 3, null, 8),
                arguments(0, 58, null, 60), // they go on coming
                arguments(0, 70, null, 60),
                arguments(0, 0, -30, 30), // one run was only just
                arguments(0, 0, -300, 5));
    }

    @ParameterizedTest(name = "first hint at {0} s, this one at {1} s, last run at {2} s: run at {3} s")
    @MethodSource("hints")
    @DisplayName("PSA-ALL-3: hints wait for a quiet moment, but not long")
    void waitsForHints(int first, int now, Integer lastStart, int expected) {
        Instant last = lastStart == null ? null : START.plusSeconds(lastStart);

        assertThat(Timetable.hinted(START.plusSeconds(first), START.plusSeconds(now), last))
                .isEqualTo(START.plusSeconds(expected));
    }
}
