package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.SyncEngine;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.FakeKind;

/** Clocks of nodes differ, and are set back. */
class ClockSetBackTest {
    private Stage stage = new Stage();

    /** Another node, whose clock goes before. */
    private SyncEngine ahead(Duration time) {
        InstantSource clock = () -> stage.clock.instant().plus(time);
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(clock)
                .pause(stage.clock)
                .random(new Random(5))
                .build();
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 3600, 400 * 24 * 3600})
    @DisplayName("MERGE-8, P3: what the PSA changes while a clock goes before another comes over")
    void losesNothing(long seconds) {
        losesNothing(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 3600, 400 * 24 * 3600})
    @DisplayName("MERGE-8, P3: so it does from a PSA that does not tell when a record changed")
    void losesNothingWithoutChangeTimes(long seconds) {
        stage = new Stage(psa -> psa.everyKind(FakeKind::withoutChangeTimes), host -> {});
        losesNothing(Duration.ofSeconds(seconds));
    }

    private void losesNothing(Duration ahead) {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        SyncEngine other = ahead(ahead);
        other.saved(local);
        other.run();
        for (String suffix : List.of("2", "3")) {
            stage.later(Duration.ofSeconds(5));
            stage.psaEdits(server, ConfigurationFields.NAME, "SRV-" + suffix);
            stage.psaEdits(acme, OrganizationFields.NAME, "Acme " + suffix);

            stage.engine.run();

            assertThat(stage.inHost(local, ConfigurationFields.NAME)).isEqualTo("SRV-" + suffix);
            assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.NAME))
                    .isEqualTo("Acme " + suffix);
        }
    }
}
