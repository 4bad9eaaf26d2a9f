package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/** What belongs to an organization that has no link waits only as long as there is to be one. */
class BelowLeftOutTest {
    private final Stage stage = new Stage();

    private ReviewQueue queue() {
        return stage.engine.as(MANAGER).reviews();
    }

    private RunReport soon() {
        return stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private FieldValues acme() {
        return FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }

    /** A company of the PSA that may be one of two local organizations, which is asked. */
    private RemoteRef doubtful() {
        stage.selecting().engine.run();
        stage.creates(acme(), Origin.IMPORT);
        stage.creates(acme(), Origin.IMPORT);
        return stage.company("Acme");
    }

    private void ignore(RemoteRef company) {
        assertThat(queue().ignore(queue().item(company).orElseThrow()).decided())
                .isTrue();
    }

    /** A local organization that may be one of two companies of the PSA, with a local server that waits for it. */
    private LocalRef waitingLocally() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.company("Acme");
        stage.company("Acme");
        LocalRef acme = stage.creates(acme(), Origin.USER).ref();
        stage.engine.saved(acme);
        stage.engine.saved(
                stage.creates(stage.serverValues(acme, "SRV-1"), Origin.USER).ref());
        soon();
        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.WAITING_FOR_RECORD);
        return acme;
    }

    private void stands(Disposition disposition, RemoteRef server) {
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(disposition);
        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(disposition);
    }

    @Test
    @DisplayName("GATE-1, MATCH-5, RUN-2: below a company that a person left alone nothing waits, until it is taken up")
    void leftAlone() {
        RemoteRef acme = doubtful();
        RemoteRef server = stage.server(acme, "SRV-1");
        soon();
        stands(Disposition.WAITING_FOR_RECORD, server);

        ignore(acme);
        RunReport report = soon();

        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        stands(Disposition.NOT_SELECTED, server);
        assertThat(report.status()).isEqualTo(Status.OK);

        assertThat(queue().reopen(queue().item(acme).orElseThrow()).decided()).isTrue();
        soon();
        stands(Disposition.WAITING_FOR_RECORD, server);
    }

    @Test
    @DisplayName("GATE-1, MATCH-5: nor below a company that is like a local organization which a person left alone")
    void likeOneLeftAlone() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        RemoteRef acme = stage.company("Acme");
        stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        LocalRef local = stage.creates(acme(), Origin.USER).ref();
        stage.engine.saved(local);
        ReviewItem item = queue().item(local).orElseThrow();
        soon();

        assertThat(queue().ignore(item).decided()).isTrue();
        RunReport report = soon();

        stands(Disposition.NOT_SELECTED, server);
        assertThat(report.status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("GATE-1, MATCH-5: nor does a local record below a local organization that a person left alone")
    void localRecords() {
        waitingLocally();

        for (ReviewItem item : queue().page(ORGANIZATION, null, 10).items()) {
            queue().ignore(item);
        }
        RunReport report = soon();

        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.NOT_SELECTED);
        assertThat(report.status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("GATE-1, STATE-3: what waits for its company hears that it is selected no more, and that it is again")
    void deselected() {
        RemoteRef acme = doubtful();
        RemoteRef server = stage.server(acme, "SRV-1");
        soon();

        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        RunReport report = soon();
        stands(Disposition.NOT_SELECTED, server);
        assertThat(report.status()).isEqualTo(Status.OK);

        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"));
        soon();
        stands(Disposition.WAITING_FOR_RECORD, server);
    }

    @Test
    @DisplayName("GATE-1, STATE-11: a local record below a local organization that was deleted does not wait for it")
    void organizationDeleted() {
        LocalRef acme = waitingLocally();

        stage.host.delete(acme);
        stage.later(Duration.ofHours(25)).engine.run();
        soon();

        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.UNKNOWN);
        assertThat(stage.state().counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName("FIELD-10, MATCH-5: a record that moved to a company which is left alone afterwards becomes an orphan")
    void moved() {
        RemoteRef server = stage.server(stage.company("Other"), "SRV-1");
        RemoteRef acme = doubtful();
        soon();
        stage.psaEdits(server, org.psasync.model.ConfigurationFields.ORGANIZATION, acme);
        soon();
        stands(Disposition.WAITING_FOR_RECORD, server);

        ignore(acme);
        soon();

        stands(Disposition.ORPHANED, server);
    }
}
