package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Managing;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;

class CancellingTest {
    private final Stage stage = new Stage();

    @BeforeEach
    void manyServers() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 500; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting();
    }

    @Test
    @DisplayName(
            "DATA-7: a run that is cancelled from another node ends where all is stored; the next one goes on there")
    void stopsARunOfAnotherNode() {
        Interruption interruption = new Interruption();
        Managing elsewhere = stage.newEngine().as(Stage.MANAGER);
        PsaConnector small = Between.smallPages(stage.psa, 100);
        interruption.after(() -> interruption.after(() -> interruption.after(elsewhere::cancel)));

        RunReport report = stage.newEngine(interruption.watching(PsaConnector.class, small, "changes"))
                .run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(report.message()).contains("cancelled by mia");
        assertThat(stage.events(Event.Type.RUN_CANCELLED)).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("mia");
            assertThat(event.run()).isEqualTo(report.id());
        });
        assertThat(stage.all(CONFIGURATION)).isEmpty();
        assertThat(stage.engine.status().message()).contains("cancelled by mia");
        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(500);
    }

    @Test
    @DisplayName("DATA-7: between slices it ends before anything else is asked or written")
    void stopsBetweenSlices() {
        OngoingRun run = stage.engine.begin();
        run.step(Duration.ZERO);
        stage.psa.journal().clear();

        assertThat(stage.engine.as(Stage.MANAGER).cancel()).isTrue();

        assertThat(run.step(Duration.ofHours(1))).isEmpty();
        assertThat(run.report().orElseThrow().message()).contains("cancelled by mia");
        assertThat(stage.psa.journal().calls()).isEmpty();
    }

    @Test
    @DisplayName(
            "DATA-7: what was cancelled is not cancelled for the next run, and without a run there is nothing to do")
    void cancelsOneRun() {
        assertThat(stage.engine.as(Stage.MANAGER).cancel()).isFalse();
        OngoingRun run = stage.engine.begin();
        run.step(Duration.ZERO);
        stage.engine.as(Stage.MANAGER).cancel();
        run.step(Duration.ZERO);

        assertThat(stage.engine.as(Stage.MANAGER).cancel()).isFalse();
        assertThat(stage.events(Event.Type.RUN_CANCELLED)).hasSize(1);
        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("DATA-7: a run whose node died is not going on once its lease has ended")
    void doesNotCancelTheDead() {
        stage.engine.begin().step(Duration.ZERO);
        stage.later(Duration.ofMinutes(11));

        assertThat(stage.engine.as(Stage.MANAGER).cancel()).isFalse();
    }

    @Test
    @DisplayName("DATA-8: cancelling and beginning a run need a manager")
    void needsAManager() {
        OngoingRun run = stage.engine.begin();
        run.step(Duration.ZERO);
        Managing user = stage.engine.as(Actor.user("ursula"));

        assertThatThrownBy(user::cancel).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(user::begin).isInstanceOf(NotAllowedException.class);

        run.step(Duration.ofHours(1));
        assertThat(run.report().orElseThrow().status()).isEqualTo(Status.OK);
    }
}
