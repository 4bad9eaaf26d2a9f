package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Operation;

/** New local records that lack what the PSA needs of a new one: its serial number, in this PSA (PUSH-7, PUSH-8). */
class IncompleteRecordsTest {
    private final Stage stage = new Stage(
            psa -> psa.kind(CONFIGURATION, kind -> kind.required(ConfigurationFields.SERIAL_NUMBER)), host -> {});
    private RemoteRef acme;

    @BeforeEach
    void begin() {
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private LocalRef incomplete() {
        return stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.USER)
                .ref();
    }

    private void soon() {
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    @Test
    @DisplayName("PUSH-7, PUSH-8: what is missing is told before the PSA is searched; filled in, the record is linked")
    void toldBeforeTheSearch() {
        RemoteRef there = stage.server(acme, "SRV-1");
        LocalRef local = incomplete();
        stage.psa.journal().clear();

        PushResult answer = stage.engine.saved(local);

        assertThat(answer).as(answer.text()).isInstanceOf(PushResult.Refused.class);
        assertThat(stage.psa.journal().count(Operation.FIND)).isZero();
        PushResult second = stage.userSaves(local, ConfigurationFields.SERIAL_NUMBER, "S-1");
        assertThat(stage.psa.all(CONFIGURATION)).as(second.text()).hasSize(1);
        assertThat(stage.psa.journal().count(Operation.FIND)).isPositive();
        assertThat(there).isNotNull();
    }

    @Test
    @DisplayName("MATCH-4, PUSH-7: it is linked with the PSA's record all the same, once a run has seen that one")
    void linkedOnceSeen() {
        LocalRef local = incomplete();
        stage.engine.saved(local);
        RemoteRef there = stage.server(acme, "SRV-1");

        soon();

        assertThat(stage.localOf(there)).isEqualTo(local);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("MATCH-5, PUSH-8: what is like a record that a person left alone is not selected, whatever it lacks")
    void leftAlone() {
        RemoteRef one = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-1");
        LocalRef local = incomplete();
        stage.engine.saved(local);
        soon();
        ReviewQueue queue = stage.engine.as(Stage.MANAGER).reviews();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_REVIEW);

        queue.page(CONFIGURATION, null, 10).items().forEach(queue::ignore);
        soon();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(stage.engine.explain(one).disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }
}
