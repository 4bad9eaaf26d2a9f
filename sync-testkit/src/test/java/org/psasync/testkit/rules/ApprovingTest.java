package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.RemoteRef;
import org.psasync.store.StateStore;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** BRAKE-1: an approval is of what a manager saw just now, and holds once. */
class ApprovingTest {
    private final Stage stage = new Stage();
    private final List<RemoteRef> companies =
            IntStream.range(0, 30).mapToObj(i -> stage.company("Company " + i)).toList();

    ApprovingTest() {
        stage.twoWay().configure(settings -> settings.brake(Brake.LEAVING, 5, 0));
        stage.engine.run();
    }

    private SyncPlan held() {
        companies.forEach(stage.psa::delete);
        assertThat(stage.later(Duration.ofDays(2)).engine.run().status()).isEqualTo(Status.STOPPED);
        SyncPlan plan = stage.engine.plan();
        assertThat(plan.held()).hasSize(30);
        return plan;
    }

    private RunReport approve(SyncPlan plan) {
        return stage.engine.as(Stage.MANAGER).approve(plan);
    }

    private void refuses(SyncPlan plan, String why) {
        assertThatThrownBy(() -> approve(plan))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining(why);
        RunReport report = stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(report.status()).isEqualTo(Status.STOPPED);
        assertThat(report.count(Verb.ORPHAN)).isZero();
    }

    private static SyncPlan madeAt(Instant time, SyncPlan plan) {
        return new SyncPlan(
                plan.id(),
                plan.integration(),
                time,
                plan.items(),
                plan.kinds(),
                plan.requests(),
                plan.message(),
                plan.brakes(),
                plan.held());
    }

    @Test
    @DisplayName("BRAKE-1: a plan is approved once, not again for what comes later and looks the same")
    void holdsOnce() {
        SyncPlan plan = held();
        assertThat(approve(plan).count(Verb.ORPHAN)).isEqualTo(30);
        companies.forEach(stage.psa::undelete);
        stage.later(Duration.ofHours(1)).engine.as(Stage.MANAGER).fullCheck();
        assertThat(stage.engine.run().count(Verb.RETURN)).isEqualTo(30);
        companies.forEach(stage.psa::delete);
        stage.later(Duration.ofHours(1)).engine.as(Stage.MANAGER).fullCheck();
        assertThat(stage.engine.run().status()).isEqualTo(Status.STOPPED);

        refuses(plan, "approved before");
        stage.engine = stage.newEngine();
        refuses(plan, "approved before");
    }

    @Test
    @DisplayName("BRAKE-1: nor is a plan that is older than a day, or from the future")
    void holdsForADay() {
        SyncPlan plan = held();
        Instant made = plan.madeAt();
        refuses(madeAt(made.plus(Duration.ofHours(1)), plan), "can be approved for a day");
        stage.clock.advance(Duration.between(stage.clock.instant(), made.plus(Duration.ofDays(1)))
                .plusSeconds(1));
        refuses(plan, "can be approved for a day");

        assertThat(approve(stage.engine.plan()).count(Verb.ORPHAN)).isEqualTo(30);
    }

    @Test
    @DisplayName("BRAKE-1, RUN-4: a plan of another integration is neither approved nor applied")
    void isOfItsIntegration() {
        SyncPlan plan = SyncPlan.parse(held().toText());
        SyncEngine other = SyncEngine.builder()
                .integration("fabrikam/fake")
                .connector(stage.psa)
                .assets(InMemoryAssetRepository.builder(stage.clock).build())
                .state(StateStore.inMemory())
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(77))
                .build();

        assertThatThrownBy(() -> other.as(Stage.MANAGER).approve(plan))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("contoso/fake");
        assertThatThrownBy(() -> other.as(Stage.MANAGER).apply(plan)).isInstanceOf(PreviewExpiredException.class);
        assertThat(approve(plan).count(Verb.ORPHAN)).isEqualTo(30);
    }

    @Test
    @DisplayName("BRAKE-1, SAFE-6: what a run that broke off left of an approval can be approved again")
    void canBeApprovedAgainAfterAFailure() {
        SyncPlan plan = held();
        stage.psa.faults().next(Fault.unavailable().on(Operation.CHANGES));
        assertThat(approve(plan).status()).isEqualTo(Status.ERROR);

        assertThat(stage.later(Duration.ofMinutes(5))
                        .engine
                        .as(Stage.MANAGER)
                        .approve(plan)
                        .count(Verb.ORPHAN))
                .isEqualTo(30);
    }
}
