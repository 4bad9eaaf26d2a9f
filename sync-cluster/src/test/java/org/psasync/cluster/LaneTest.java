package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.cluster.Lane.Rank;
import org.psasync.engine.Actor;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;

/** What an integration is to do next, of what it was told and what became of it. */
class LaneTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Actor MIA = Actor.manager("mia");

    private final Lane idle = Lane.added("contoso/fake", NOW.plus(HOUR), HOUR);

    private static Instant in(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    private static RunReport report(Status status, Instant started) {
        return new RunReport(
                "run", status, "", started, started.plusSeconds(60), false, Map.of(), 0, List.of(), List.of(), null);
    }

    @Test
    @DisplayName("RUN-1: what a person asks for is due at once and first, then what changed; the schedule comes last")
    void whatIsDue() {
        assertThat(idle.dueAt()).isEqualTo(NOW.plus(HOUR));
        assertThat(idle.rank()).isEqualTo(Rank.ROUTINE);
        Lane changed = idle.changed(NOW);
        assertThat(changed.dueAt()).isEqualTo(NOW);
        assertThat(changed.rank()).isEqualTo(Rank.CHANGED);
        assertThat(changed.askedBy(MIA, NOW).rank()).isEqualTo(Rank.MANUAL);
        assertThat(changed.askedBy(MIA, NOW).cancelled().rank()).isEqualTo(Rank.CHANGED);
        assertThat(Rank.MANUAL.priority).isGreaterThan(Rank.CHANGED.priority);
        assertThat(Rank.CHANGED.priority).isGreaterThan(Rank.ROUTINE.priority);
    }

    @Test
    @DisplayName("RUN-1: a run that ended is done with what it began with, and not with what came meanwhile")
    void whatCameMeanwhileIsKept() {
        Lane begun = idle.askedBy(MIA, NOW).changed(NOW).hinted(3, NOW);
        RunReport report = report(Status.OK, in(1));
        Lane ended = begun.ended(begun, report, HOUR, null);
        assertThat(ended.asked()).isNull();
        assertThat(ended.changedAt()).isNull();
        assertThat(ended.hints()).isNull();
        assertThat(ended.dueAt()).isEqualTo(in(1).plus(HOUR));
        Lane meanwhile = begun.askedBy(MIA, in(30)).changed(in(30)).hinted(1, in(30));
        Lane again = meanwhile.ended(begun, report, HOUR, null);
        assertThat(again.asked()).isNotNull();
        assertThat(again.changedAt()).isEqualTo(in(30));
        assertThat(again.hints()).isNotNull();
        assertThat(again.dueAt()).isEqualTo(in(30));
    }

    @Test
    @DisplayName("A run that made room or stopped with its node goes on at once, behind those that waited")
    void goesOn() {
        Lane begun = idle.askedBy(MIA, NOW);
        Lane later = begun.goesOn(begun, NOW, in(300), true);
        assertThat(later.dueAt()).isEqualTo(in(300));
        assertThat(later.rank()).isEqualTo(Rank.ROUTINE);
        assertThat(later.madeRoom()).isEqualTo(1);
        assertThat(later.ended(later, report(Status.OK, in(300)), HOUR, null).madeRoom())
                .isZero();
        assertThat(begun.goesOn(begun, NOW, in(300), false).madeRoom()).isZero();
    }

    @Test
    @DisplayName(
            "RUN-2: after an error a run comes soon, after more in a row the pause doubles; what breaks off keeps its wishes, and is looked at a minute later")
    void errorsInARow() {
        Lane once = idle.ended(idle, report(Status.ERROR, NOW), HOUR, null);
        Lane twice = once.ended(once, report(Status.ERROR, NOW.plus(HOUR)), HOUR, null);
        assertThat(once.dueAt()).isEqualTo(in(60 + 60));
        assertThat(twice.dueAt()).isEqualTo(NOW.plus(HOUR.multipliedBy(3)));
        Lane broken = idle.askedBy(MIA, NOW).failed(NOW);
        assertThat(broken.asked()).isNotNull();
        assertThat(broken.dueAt()).isEqualTo(in(60));
    }

    @Test
    @DisplayName("While somebody else runs it, it is looked at again when that lease ends")
    void elsewhere() {
        Lane waiting = idle.askedBy(MIA, NOW).elsewhere(in(20));
        assertThat(waiting.dueAt()).isEqualTo(in(20));
        assertThat(waiting.asked()).isNotNull();
        assertThat(waiting.changed(in(5)).dueAt()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("PSA-ALL-3: hints wait for a quiet moment, not for ever, and not within a minute of the last run")
    void hints() {
        Lane hinted = idle.hinted(1, NOW);
        assertThat(hinted.dueAt()).isEqualTo(in(5));
        assertThat(hinted.wanted(in(4))).isFalse();
        assertThat(hinted.wanted(in(5))).isTrue();
        Lane longer = hinted;
        for (int i = 1; i < 100; i++) {
            longer = longer.hinted(1, in(i));
        }
        assertThat(Objects.requireNonNull(longer.hints()).count()).isEqualTo(100);
        assertThat(longer.dueAt()).isEqualTo(in(60));
        Lane ran = idle.ended(idle, report(Status.OK, NOW), HOUR, null);
        assertThat(ran.hinted(1, in(10)).dueAt()).isEqualTo(in(60));
    }

    @Test
    @DisplayName(
            "DATA-7: an integration that may not run is idle; hints whose time has come do not make it try again at once")
    void idle() {
        Lane begun = idle.hinted(1, NOW).changed(NOW);
        Lane paused = begun.idle(begun, in(5), in(5).plus(HOUR), HOUR);
        assertThat(paused.dueAt()).isEqualTo(in(5).plus(HOUR));
        assertThat(begun.idle(begun, in(2), in(2).plus(HOUR), HOUR).dueAt()).isEqualTo(in(5));
    }

    @Test
    @DisplayName(
            "PUSH-13: what is to be tried again has its run then, and the later the more runs in a row began for it")
    void early() {
        Lane ran = idle.ended(idle, report(Status.OK, NOW), HOUR, in(90));
        assertThat(ran.dueAt()).isEqualTo(in(90));
        assertThat(ran.wanted(in(89))).isFalse();
        assertThat(ran.wanted(in(90))).isTrue();
        assertThat(ran.due(in(70)).dueAt()).isEqualTo(in(70));
        assertThat(ran.due(in(10)).dueAt())
                .as("not within a minute of the last run")
                .isEqualTo(in(60));
        Lane again = ran.ended(ran, report(Status.OK, in(90)), HOUR, in(100));
        assertThat(again.dueAt()).isEqualTo(in(90 + 120));
        Lane third = again.ended(again, report(Status.OK, in(210)), HOUR, in(220));
        assertThat(third.dueAt()).isEqualTo(in(210 + 240));
        Lane nothingLeft = third.ended(third, report(Status.OK, in(450)), HOUR, null);
        assertThat(nothingLeft.dueAt()).isEqualTo(in(450).plus(HOUR));
        assertThat(nothingLeft.early().inARow()).isZero();
        Lane paused = ran.idle(ran, in(95), in(95).plus(HOUR), HOUR);
        assertThat(paused.dueAt()).as("it does not try again at once").isEqualTo(in(95).plus(HOUR));
    }
}
