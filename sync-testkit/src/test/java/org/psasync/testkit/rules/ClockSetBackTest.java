package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
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

/** Clocks of nodes differ, and are set back. */
class ClockSetBackTest {
    private final Stage stage = new Stage();

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
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        SyncEngine other = ahead(Duration.ofSeconds(seconds));
        other.saved(local);
        other.run();

        stage.later(Duration.ofSeconds(5));
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-2");
        stage.psaEdits(acme, OrganizationFields.NAME, "Acme 2");
        stage.engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NAME)).isEqualTo("SRV-2");
        assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.NAME)).isEqualTo("Acme 2");
    }
}
