package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class SettlingTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    @Test
    @DisplayName("MERGE-9, SET-10: what became of an update is found out with two-way off too, and pulls go on")
    void settlesAnUpdate() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.UNCERTAIN);
        stage.configure(settings -> settings.twoWay(false));
        stage.later(Duration.ofMinutes(20));
        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "theirs");

        stage.engine.run();
        stage.later(Duration.ofMinutes(20)).engine.run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("theirs");
    }

    @Test
    @DisplayName(
            "SAFE-1, SET-10: the result of a create is found and linked with two-way off too, and not pulled as new")
    void settlesACreate() {
        stage.twoWay().engine.run();
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        LocalRef made = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.engine.saved(made);
        stage.configure(settings -> settings.twoWay(false));

        for (int i = 0; i < 3; i++) {
            stage.later(Duration.ofMinutes(20)).engine.run();
        }

        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.all(AssetKind.CONFIGURATION)).hasSize(2);
        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(2);
    }
}
