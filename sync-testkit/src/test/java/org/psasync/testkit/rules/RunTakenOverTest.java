package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.store.IntegrationState;

class RunTakenOverTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("RUN-1: a run that another one took over before it began says so and throws nothing")
    void saysThatItWasTakenOver() {
        stage.company("Acme");
        stage.selecting();
        Interruption interruption = new Interruption();
        interruption.after(() -> stage.later(Duration.ofMinutes(20)).engine.run());

        RunReport report = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "lease"))
                .run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("taken over");
        assertThat(stage.engine.lastRun().orElseThrow().status()).isEqualTo(RunReport.Status.OK);
    }
}
