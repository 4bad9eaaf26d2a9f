package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** A kind of which lists show rows, and each record's details are a request of their own. */
class DetailsTest {
    private final Stage stage = new Stage(
            psa -> psa.kind(CONFIGURATION, kind -> kind.rowsAndDetails(ConfigurationFields.STATUS)), host -> {});

    private List<RemoteRef> servers(RemoteRef company, int count) {
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RemoteRef server = stage.server(company, company.id() + "-SRV-" + i);
            stage.psaEdits(server, ConfigurationFields.NOTES, "detail " + i);
            servers.add(server);
        }
        return servers;
    }

    private RunReport nextHour() {
        return stage.later(Duration.ofMinutes(61)).engine.run();
    }

    private List<RemoteId> detailsRead() {
        return stage.psa.journal().calls().stream()
                .filter(call -> call.operation() == Operation.READ && call.failure() == null)
                .flatMap(call -> call.ids().stream())
                .toList();
    }

    private String notes(RemoteRef server) {
        return stage.inHost(stage.localOf(server), ConfigurationFields.NOTES);
    }

    private void pause(int reads) {
        int[] count = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.READ && kind == CONFIGURATION && ++count[0] > reads
                        ? Fault.throttled(Duration.ofMinutes(60))
                        : null);
    }

    @Test
    @DisplayName(
            "PSA-PW-4, RUN-2, WHY-1: what only details hold is read at once as far as the limit allows; the rest waits,"
                    + " says so, and follows without repetition")
    void goesOnInTheNextHour() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 230);
        pause(1);

        RunReport first = stage.selecting().engine.run();

        assertThat(first.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(first.count(Verb.CREATE_LOCALLY)).isEqualTo(231);
        assertThat(detailsRead()).hasSize(100);
        RemoteRef last = servers.get(229);
        Explanation why = stage.engine.explain(last);
        assertThat(why.disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(why.print()).contains("PSA-PW-4");
        assertThat(notes(servers.get(0))).isEqualTo("detail 0");
        assertThat(notes(last)).isNull();

        pause(1);
        assertThat(nextHour().status()).isEqualTo(Status.INCOMPLETE);
        stage.psa.faults().clear();
        assertThat(nextHour().status()).isEqualTo(Status.OK);

        assertThat(notes(last)).isEqualTo("detail 229");
        assertThat(stage.engine.explain(last).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(detailsRead()).hasSize(230).doesNotHaveDuplicates();
        assertThat(stage.events(Event.Type.OVERWRITTEN)).isEmpty();
    }

    @Test
    @DisplayName("PSA-PW-4, BRAKE-2: details that are read for the first time trip no brake")
    void tripsNoBrake() {
        servers(stage.company("Acme"), 230);
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(60)).on(Operation.READ));
        stage.selecting().engine.run();

        RunReport next = nextHour();

        assertThat(next.status()).as(next.print()).isEqualTo(Status.OK);
        assertThat(next.count(Verb.UPDATE_LOCALLY)).isEqualTo(230);
    }

    @Test
    @DisplayName("PULL-2, P19: rows and details of a run that is no full check come to sixty requests, by turns")
    void readsFewByTurns() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 100);
        stage.selecting().engine.run();
        stage.psaEdits(servers.get(99), ConfigurationFields.NOTES, "no row shows this");
        stage.psa.journal().clear();

        assertThat(nextHour().status()).isEqualTo(Status.OK);

        assertThat(detailsRead()).hasSize(59).doesNotHaveDuplicates();
        nextHour();
        assertThat(detailsRead()).hasSizeGreaterThan(100);
        assertThat(notes(servers.get(99))).isEqualTo("no row shows this");
    }

    @Test
    @DisplayName("PULL-2, P19: where the rows take more than sixty requests, no details are read by turns")
    void rowsAloneMayBeEnough() {
        servers(stage.company("Acme"), 61);
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 1));
        stage.selecting().engine.run();
        stage.psa.journal().clear();

        assertThat(nextHour().status()).isEqualTo(Status.OK);

        assertThat(detailsRead()).isEmpty();
    }

    @Test
    @DisplayName(
            "PULL-3, PSA-PW-4: full checks read the others by turns, as long as the limit lets them, and no run fails")
    void fullChecksReadMore() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 230);
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));
        stage.selecting().engine.run();
        servers.forEach(server -> stage.psaEdits(server, ConfigurationFields.NOTES, "later"));
        pause(2);
        stage.later(Duration.ofHours(25));
        stage.psa.journal().clear();

        RunReport check = stage.engine.run();

        assertThat(check.status()).isEqualTo(Status.OK);
        assertThat(detailsRead())
                .as("ten to know the instance by, and one part")
                .hasSize(110);
        pause(2);
        assertThat(stage.later(Duration.ofHours(25)).engine.run().status()).isEqualTo(Status.OK);
        assertThat(Set.copyOf(detailsRead()))
                .as("it goes on where the last check stopped")
                .hasSize(200);
        stage.psa.faults().clear();
        assertThat(stage.later(Duration.ofHours(25)).engine.run().status()).isEqualTo(Status.OK);
        assertThat(Set.copyOf(detailsRead())).hasSize(230);
        assertThat(servers).allSatisfy(server -> assertThat(notes(server)).isEqualTo("later"));
    }

    @Test
    @DisplayName("PSA-PW-4: a changed row is read before anything is read by turns")
    void changedRowsComeFirst() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 30);
        stage.selecting().engine.run();
        RemoteRef changed = servers.get(29);
        stage.psaEdits(changed, ConfigurationFields.NAME, "renamed");
        stage.psaEdits(changed, ConfigurationFields.NOTES, "with its name");
        pause(1);

        assertThat(nextHour().status()).isEqualTo(Status.OK);

        assertThat(notes(changed)).isEqualTo("with its name");
    }

    @Test
    @DisplayName(
            "PSA-PW-4: what begins to sync later gets its details with the next run, whatever else need not be read")
    void readsDetailsOfWhatBeginsToSync() {
        RemoteRef late = stage.company("Late", "Vendor");
        List<RemoteRef> servers = servers(late, 3);
        stage.selecting().engine.run();
        assertThat(detailsRead()).as("what does not sync is not read").isEmpty();
        stage.psaEdits(late, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));

        nextHour();
        LocalRef local = stage.localOf(servers.get(2));
        nextHour();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("detail 2");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("FIELD-11, PSA-PW-4: a field that enters the mapping later is read of all records, not by turns")
    void readsAFieldThatIsNew() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 130);
        stage.engine = stage.newEngine(Between.without(stage.psa, ConfigurationFields.NOTES));
        stage.selecting().engine.run();
        assertThat(notes(servers.get(129))).isNull();

        stage.engine = stage.newEngine();
        stage.psa.journal().clear();
        RunReport run = nextHour();

        assertThat(run.status()).as(run.print()).isEqualTo(Status.OK);
        assertThat(Set.copyOf(detailsRead())).hasSize(130);
        assertThat(notes(servers.get(129))).isEqualTo("detail 129");
    }

    @Test
    @DisplayName("RUN-4, P19: a plan reads no details but of rows that changed")
    void plansWithoutDetails() {
        List<RemoteRef> servers = servers(stage.company("Acme"), 5);
        stage.selecting().engine.plan();
        assertThat(detailsRead()).isEmpty();
        stage.engine.run();
        stage.psaEdits(servers.get(1), ConfigurationFields.NAME, "renamed");
        stage.psa.journal().clear();

        stage.later(Duration.ofMinutes(61)).engine.plan();

        assertThat(detailsRead()).containsExactly(servers.get(1).id());
    }
}
