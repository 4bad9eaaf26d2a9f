package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What needs nothing more of the PSA does not wait while the PSA wants a long pause (SAFE-4). */
class LongPausesTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    private void throttling(Operation wanted, AssetKind of) {
        stage.psa
                .faults()
                .choose((operation, kind) ->
                        operation == wanted && kind == of ? Fault.throttled(Duration.ofHours(1)) : null);
    }

    @Test
    @DisplayName("SAFE-4: a long pause while ids are listed keeps nothing from being applied that was read")
    void appliesWhatWasRead() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(25));
        stage.psaEdits(server, ConfigurationFields.NOTES, "new");
        throttling(Operation.IDS, ORGANIZATION);

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(report.message()).contains("wants a pause");
        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("new");
        stage.psa.faults().clear();
        assertThat(stage.later(Duration.ofHours(1)).engine.run().fullCheck())
                .as("the check is still under way")
                .isTrue();
    }

    @Test
    @DisplayName("SAFE-4, BRAKE-1: what a long pause keeps from being counted is held, and nothing else")
    void holdsWhatWasNotCounted() {
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(1)).engine.run();
        stage.later(Duration.ofHours(1));
        stage.psaEdits(ada, ContactFields.TITLE, "Countess");
        stage.psaEdits(servers.get(24), ConfigurationFields.NOTES, "new");
        throttling(Operation.READ, CONFIGURATION);
        stage.state()
                .pairs(new PairQuery.OfKind(CONFIGURATION), null, 100)
                .forEach(pair -> stage.state()
                        .commit(Commit.builder()
                                .put(pair.toBuilder().mustRead(true).dirty(true).build())
                                .build()));

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(stage.inHost(stage.localOf(ada), ContactFields.TITLE)).isEqualTo("Countess");
        assertThat(stage.inHost(stage.localOf(servers.get(24)), ConfigurationFields.NOTES))
                .as("not counted")
                .isNull();
        assertThat(stage.all(CONTACT)).hasSize(1);
        stage.psa.faults().clear();
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.inHost(stage.localOf(servers.get(24)), ConfigurationFields.NOTES))
                .isEqualTo("new");
    }
}
