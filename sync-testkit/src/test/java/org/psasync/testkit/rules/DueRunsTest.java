package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Runs that begin before their time, because something is due. */
class DueRunsTest {
    private final Fleet fleet = new Fleet();

    private Fleet.Ship ship() {
        Fleet.Ship ship = fleet.ran("acme");
        ship.added();
        fleet.advance(Duration.ofMinutes(61));
        return ship;
    }

    private PushResult saves(Fleet.Ship ship) {
        CompletableFuture<PushResult> answer =
                fleet.scheduler.saved("acme", ship.edits(0, "mine")).toCompletableFuture();
        fleet.threads.runAll();
        return answer.join();
    }

    @Test
    @DisplayName("PUSH-13, PUSH-14: a push that failed for a moment is tried again when its answer says")
    void retriesWhenItSays() {
        Fleet.Ship ship = ship();
        ship.psa.faults().choose((operation, kind) -> operation == Operation.UPDATE ? Fault.requestLost() : null);
        PushResult.Waiting waiting = (PushResult.Waiting) saves(ship);
        Instant until = waiting.until();
        assertThat(until)
                .isAfter(fleet.clock.instant())
                .isBefore(fleet.clock.instant().plus(Duration.ofMinutes(20)));
        ship.psa.faults().clear();

        fleet.advance(Duration.between(fleet.clock.instant(), until).plusSeconds(1));

        assertThat(ship.notesInPsa(0)).isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-13: what goes on failing is tried again with growing pauses, not in a loop")
    void retriesMoreAndMoreRarely() {
        Fleet.Ship ship = ship();
        ship.psa.faults().choose((operation, kind) -> operation == Operation.UPDATE ? Fault.requestLost() : null);
        saves(ship);
        long before = ship.runs();

        fleet.advance(Duration.ofHours(6));

        assertThat(ship.runs() - before).isBetween(6L, 16L);
        assertThat(ship.notesInPsa(0)).isNull();
    }

    @Test
    @DisplayName("PUSH-14, SAFE-4: a push that waits because the PSA wants a pause says until when, and goes out then")
    void saysUntilWhenThePsaPauses() {
        Fleet.Ship ship = ship();
        ship.psa
                .faults()
                .choose((operation, kind) ->
                        operation == Operation.READ ? Fault.throttled(Duration.ofMinutes(10)) : null);

        PushResult.Waiting waiting = (PushResult.Waiting) saves(ship);

        assertThat(waiting.until()).isEqualTo(fleet.clock.instant().plus(Duration.ofMinutes(10)));
        ship.psa.faults().clear();
        fleet.advance(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(ship.notesInPsa(0)).isEqualTo("mine");
    }

    @Test
    @DisplayName("RUN-7, SAFE-4: a run that a long pause of the PSA ended goes on when the pause is over")
    void goesOnAfterAPause() {
        Fleet.Ship ship = fleet.ran("acme");
        ship.engine.as(Stage.MANAGER).configure(settings -> settings.interval(Duration.ofHours(12)));
        ship.engine.run();
        ship.added();
        fleet.clock.advance(Duration.ofHours(11));
        ship.psa.faults().next(Fault.throttled(Duration.ofMinutes(20)).on(Operation.CHANGES));

        fleet.advance(Duration.ofHours(1).plusMinutes(1));
        assertThat(ship.engine.lastRun().orElseThrow().status()).isEqualTo(Status.INCOMPLETE);
        Instant goesOnAt = ship.engine.lastRun().orElseThrow().goesOnAt();
        assertThat(goesOnAt).isNotNull();
        assertThat(fleet.scheduler.status("acme").nextRun()).isEqualTo(goesOnAt);

        fleet.advance(Duration.ofMinutes(20));
        assertThat(ship.engine.lastRun().orElseThrow().status()).isEqualTo(Status.OK);
    }
}
