package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

class PickListsTest {
    private final Stage stage = new Stage();
    private boolean hostFails;

    private SyncEngine engine() {
        return BrokenHost.engine(stage, Broken.host(stage.host, "pickLists", () -> {
            if (hostFails) {
                throw new IllegalStateException("broken");
            }
        }));
    }

    @Test
    @DisplayName("FIELD-9: values that the host could not take are handed over again")
    void handsOverAgain() {
        stage.company("Acme");
        stage.selecting();
        SyncEngine engine = engine();
        hostFails = true;
        RunReport failed = engine.run();
        assertThat(failed.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(failed.message()).contains("pick-list values").contains("IllegalStateException: broken");

        hostFails = false;
        engine.run();

        assertThat(stage.host.pickList(OrganizationFields.TYPES))
                .extracting(Choice::name)
                .contains("Customer");
    }

    @Test
    @DisplayName("FIELD-9: a value of a list that the PSA does not publish is renamed by the records that use it")
    void renamesByRecords() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.MODEL, new Choice("77", "R740"));
        stage.selecting().engine.run();

        stage.psaEdits(server, ConfigurationFields.MODEL, new Choice("77", "PowerEdge R740"));
        stage.psaEdits(server, ConfigurationFields.NOTES, "changed");
        stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(stage.host.pickList(ConfigurationFields.MODEL))
                .extracting(Choice::name)
                .containsExactly("PowerEdge R740");
    }

    @Test
    @DisplayName("SET-3: a rename that happened while the engine was down is handed over and logged once")
    void logsARenameAfterARestart() {
        stage.company("Acme");
        stage.selecting().engine.run();
        stage.psa.rename(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"), "Client");
        stage.engine = stage.newEngine();
        stage.later(Duration.ofDays(2)).engine.run();
        stage.later(Duration.ofDays(2)).engine.run();

        assertThat(stage.events(Event.Type.RENAMED))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("Client"));
        assertThat(stage.host.pickList(OrganizationFields.TYPES))
                .extracting(Choice::name)
                .contains("Client")
                .doesNotContain("Customer");
    }
}
