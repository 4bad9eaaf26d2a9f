package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class AtMostOneCreateTest {
    private final Stage stage = new Stage();

    private LocalRef newServer(String name) {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        return stage.creates(stage.serverValues(stage.localOf(acme), name), Origin.USER)
                .ref();
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10));
            stage.engine.run();
        }
    }

    @Test
    @DisplayName("SAFE-1: a create whose answer was lost is found and linked, not repeated")
    void findsWhatWasMade() {
        LocalRef local = newServer("SRV-9");
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));

        PushResult result = stage.engine.saved(local);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.UNCERTAIN);
        runs(3);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a create that never arrived is repeated only after it was looked for in vain")
    void createsAgainWhatCertainlyIsMissing() {
        LocalRef local = newServer("SRV-9");
        stage.psa.faults().next(Fault.requestLost().on(Operation.CREATE));
        stage.engine.saved(local);
        stage.psa.journal().clear();

        stage.engine.run();
        assertThat(stage.psa.journal().count(Operation.CREATE)).isZero();
        runs(1);
        assertThat(stage.psa.journal().count(Operation.CREATE))
                .as("one look is not enough")
                .isZero();
        runs(3);

        assertThat(stage.psa.journal().count(Operation.CREATE)).isEqualTo(1);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a PSA record that may be the result of an open create is held, not pulled")
    void holdsWhatMayBeTheResult() {
        LocalRef local = newServer("SRV-9");
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        stage.engine.saved(local);

        stage.engine.run();

        assertThat(stage.all(CONFIGURATION)).as("nothing is pulled as new").hasSize(1);
        runs(3);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-1: it is held even when the local record was renamed since")
    void holdsWhatMayBeTheResultOfARenamedRecord() {
        LocalRef local = newServer("SRV-9");
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        stage.engine.saved(local);
        stage.later(Duration.ofSeconds(1));
        stage.userSaves(local, ConfigurationFields.NAME, "renamed");

        stage.engine.run();

        assertThat(stage.all(CONFIGURATION)).as("nothing is pulled as new").hasSize(1);
        runs(4);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: after a restart the intent is still known")
    void remembersTheIntentAcrossARestart() {
        LocalRef local = newServer("SRV-9");
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        stage.engine.saved(local);

        stage.engine = stage.newEngine();
        runs(3);

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a PSA that cannot be searched leaves it to a person")
    void asksAPersonWhereThePsaCannotBeSearched() {
        Stage blind = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.withoutFind()), host -> {});
        RemoteRef acme = blind.company("Acme");
        blind.twoWay().engine.run();
        blind.later(Duration.ofMinutes(1));
        LocalRef local = blind.creates(blind.serverValues(blind.localOf(acme), "SRV-9"), Origin.USER)
                .ref();
        blind.psa.faults().next(Fault.requestLost().on(Operation.CREATE));
        blind.engine.saved(local);

        for (int i = 0; i < 4; i++) {
            blind.later(Duration.ofMinutes(10));
            blind.engine.run();
        }

        assertThat(blind.psa.all(CONFIGURATION)).isEmpty();
        assertThat(blind.state().byLocal(local).orElseThrow().trouble().review())
                .isNotNull();
    }

    @Test
    @DisplayName("SAFE-7: a host that keeps pair ids is not asked to make a record twice")
    void makesALocalRecordOnce() {
        stage.company("Acme");
        stage.selecting();
        stage.engine.run();

        stage.engine = stage.newEngine();
        stage.engine.run();

        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("PUSH-7: a record that the PSA has already is linked, not made again")
    void linksWhatIsThere() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-9"), Origin.USER)
                .ref();
        RemoteRef there = stage.server(acme, "SRV-9");

        PushResult result = stage.engine.saved(local);

        assertThat(stage.psa.all(CONFIGURATION)).as(result.text()).hasSize(1);
        assertThat(stage.localOf(there)).isEqualTo(local);
    }
}
