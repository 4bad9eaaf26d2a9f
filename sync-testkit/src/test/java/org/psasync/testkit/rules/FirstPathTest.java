package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

class FirstPathTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("PULL-1: records that pass the gate become local records, parents first")
    void pullsWhatPassesTheGate() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(vendor, "SRV-2");
        stage.contact(acme, "Ada", "Lovelace");
        stage.site(acme, "Main", "Tampa");

        RunReport report = stage.selecting().engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.all(CONTACT)).hasSize(1);
        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(acme));
        assertThat(report.kind(ORGANIZATION).seen()).isEqualTo(2);
        assertThat(report.kind(ORGANIZATION).count(Disposition.NOT_SELECTED)).isEqualTo(1);
    }

    @Test
    @DisplayName("P1: a run that changes nothing is followed by runs that change nothing")
    void restsWhenNothingChanges() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.psa.journal().clear();

        RunReport second = stage.engine.run();

        assertThat(second.status()).as(second.print()).isEqualTo(Status.OK);
        assertThat(second.count(Verb.UPDATE_LOCALLY)).isZero();
        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName("PUSH-2: an edit is in the PSA when the save returns")
    void pushesASaveAtOnce() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();

        PushResult result = stage.userSaves(stage.localOf(server), ConfigurationFields.SERIAL_NUMBER, "S-77");

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.SERIAL_NUMBER)).isEqualTo("S-77");
        assertThat(stage.engine.run().status()).isEqualTo(Status.OK);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PUSH-7: a new local record that passes the gate is created in the PSA once")
    void createsInThePsa() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(java.time.Duration.ofMinutes(1));

        LocalRef local = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-9"), Origin.USER)
                .ref();
        PushResult result = stage.engine.saved(local);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        RunReport report = stage.engine.run();
        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-4: a plan shows what the next run does, and writes nothing")
    void plansWithoutWriting() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.selecting();

        SyncPlan plan = stage.engine.plan();

        assertThat(plan.print()).contains("create locally organization \"Acme\"");
        assertThat(plan.count(Verb.CREATE_LOCALLY)).isEqualTo(2);
        assertThat(stage.all(ORGANIZATION)).isEmpty();
        assertThat(stage.engine.run().count(Verb.CREATE_LOCALLY)).isEqualTo(2);
    }

    @Test
    @DisplayName("PUSH-4: what an import wrote awaits confirmation, and saving sends it")
    void waitsForConfirmation() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);

        stage.engine.saved(stage.edits(local, ConfigurationFields.NOTES, "imported", Origin.IMPORT)
                .ref());
        stage.engine.run();

        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        PushResult saved = stage.userSaves(local, FieldValues.empty(CONFIGURATION));
        assertThat(saved).as(saved.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("imported");
    }
}
