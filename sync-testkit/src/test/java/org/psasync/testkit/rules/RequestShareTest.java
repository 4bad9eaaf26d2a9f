package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.ConfigurationFields.NOTES;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.RunReport;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;

/** SAFE-4: the settings say which part of the PSA's limits an integration may use. */
class RequestShareTest {
    private final Stage stage = new Stage();
    private final List<Object> shares = new ArrayList<>();

    private PsaConnector watched() {
        return Between.with(stage.psa, (method, arguments, call) -> {
            if (method.equals("budgetShare")) {
                shares.add(arguments[0]);
            }
            return call.call(arguments);
        });
    }

    @Test
    @DisplayName(
            "SAFE-4: runs, plans and pushes keep to the share of the settings; without one the connector has its own")
    void isToldToTheConnector() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.engine = stage.newEngine(watched());
        stage.twoWay().engine.run();
        assertThat(shares).isEmpty();

        stage.configure(settings -> settings.requestShare(30));
        stage.engine.run();
        assertThat(shares).isNotEmpty().containsOnly(0.3);
        shares.clear();
        stage.configure(settings -> settings.requestShare(5));
        stage.engine.plan();
        assertThat(shares).isNotEmpty().containsOnly(0.05);
        shares.clear();
        LocalRef local = stage.localOf(server);
        stage.edits(local, NOTES, "new", Origin.USER);
        stage.engine.saved(local);
        assertThat(shares).isNotEmpty().containsOnly(0.05);
    }

    @Test
    @DisplayName("SAFE-4: a share is from 1 to 100 percent")
    void hasBounds() {
        stage.configure(settings -> settings.requestShare(100));
        for (int percent : new int[] {0, -1, 101}) {
            assertThatThrownBy(() -> stage.configure(settings -> settings.requestShare(percent)))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("from 1 to 100 percent");
        }
        assertThat(stage.engine.settings().schedule().requestPercent()).isEqualTo(100);
    }

    @Test
    @DisplayName("SAFE-4: a connector that cannot take its share ends the run with an error, and nothing is lost")
    void mayBeRefused() {
        stage.company("Acme");
        stage.selecting();
        stage.configure(settings -> settings.requestShare(1));
        PsaConnector strict = Between.with(stage.psa, (method, arguments, call) -> {
            if (method.equals("budgetShare")) {
                throw new IllegalArgumentException("Nothing would be left of the limit");
            }
            return call.call(arguments);
        });
        assertThat(stage.newEngine(strict).run().message()).contains("Nothing would be left of the limit");
        assertThat(stage.newEngine().run().status()).isEqualTo(RunReport.Status.OK);
    }
}
