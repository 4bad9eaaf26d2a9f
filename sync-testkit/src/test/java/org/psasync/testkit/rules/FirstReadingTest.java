package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What is pulled while a kind is read for the first time is nothing that the sweep would not have pulled. */
class FirstReadingTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("MATCH-9: a first reading makes no record that is like one behind a closed gate")
    void looksBehindClosedGates() {
        stage.creates(
                FieldValues.of(ORGANIZATION)
                        .set(OrganizationFields.NAME, "Acme")
                        .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")))
                        .build(),
                Origin.IMPORT);
        RemoteRef acme = stage.company("Acme");
        RemoteRef beta = stage.company("Beta");

        stage.selecting().engine.run();

        assertThat(stage.all(ORGANIZATION)).as("theirs, and Beta").hasSize(2);
        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.engine.explain(beta).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a first reading pulls nothing that could be the result of a create whose answer was lost")
    void holdsForOpenCreates() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        LocalRef made = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.engine.saved(made);
        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.UNCERTAIN);

        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true)); // all is read anew
        stage.engine.run();

        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(30)).engine.run();
        }
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.IN_SYNC);
    }
}
