package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class WaysOfReadingTest {
    private static RunReport nextHour(Stage stage) {
        return stage.later(Duration.ofMinutes(61)).engine.run();
    }

    private static Stage rows() {
        return new Stage(
                psa -> psa.kind(CONFIGURATION, kind -> kind.rowsAndDetails(ConfigurationFields.STATUS)), host -> {});
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    @DisplayName("PULL-2, P16: whichever way a kind is read, edits arrive, and a run that changes nothing is cheap")
    void reads(Reading way) {
        Stage stage = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.reading(way)), host -> {});
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        nextHour(stage);
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-9");

        nextHour(stage);

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NAME))
                .isEqualTo("SRV-9");
        nextHour(stage);
        stage.psa.journal().clear();
        RunReport rest = nextHour(stage);
        assertThat(rest.status()).isEqualTo(Status.OK);
        assertThat(stage.psa.journal().calls())
                .as(stage.psa.journal().toString())
                .hasSizeLessThanOrEqualTo(5);
        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName("PSA-PW-4: a first sync creates from list rows, and the details follow once they can be read")
    void createsFromRows() {
        Stage stage = rows();
        RemoteRef acme = stage.company("Acme");
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
            stage.psaEdits(servers.get(i), ConfigurationFields.NOTES, "detail");
        }
        stage.psa.faults().next(Fault.throttled(Duration.ofHours(1)).on(Operation.READ));

        stage.selecting().engine.run();

        LocalRef local = stage.localOf(servers.get(0));
        assertThat(stage.host.get(local).orElseThrow().values().get(ConfigurationFields.NOTES))
                .isNull();
        nextHour(stage);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("detail");
    }

    @Test
    @DisplayName("PSA-PW-4, FIELD-3: a changed row lets its details be read, and clears none of them")
    void readsDetailsOfChangedRows() {
        Stage stage = rows();
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "first");
        stage.selecting().engine.run();
        nextHour(stage);
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "second");
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-2");

        nextHour(stage);

        assertThat(stage.inHost(local, ConfigurationFields.NAME)).isEqualTo("SRV-2");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("second");
        assertThat(nextHour(stage).status()).isEqualTo(Status.OK);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("second");
    }

    @Test
    @DisplayName("PULL-5: listing per parent, interrupted, lists a company that was selected meanwhile too")
    void listsParentsThatChangedMeanwhile() {
        Stage stage = new Stage(psa -> psa.kind(LOCATION, kind -> kind.reading(Reading.LIST_PER_PARENT)), host -> {});
        RemoteRef acme = stage.company("Acme");
        RemoteRef late = stage.company("Late", "Vendor");
        RemoteRef other = stage.company("Other");
        RemoteRef first = stage.site(acme, "Main", "Bern");
        RemoteRef second = stage.site(late, "Main", "Basel");
        RemoteRef third = stage.site(other, "Main", "Genf");
        stage.psa
                .faults()
                .next(Fault.throttled(Duration.ofHours(1)).on(Operation.CHANGES).of(LOCATION));
        assertThat(stage.selecting().engine.run().status()).isEqualTo(Status.INCOMPLETE);
        stage.psaEdits(late, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));

        nextHour(stage);

        for (RemoteRef site : List.of(first, second, third)) {
            assertThat(stage.inHost(stage.localOf(site), LocationFields.CITY)).isNotNull();
        }
    }

    @Test
    @DisplayName("PULL-2: a company that changed while locations could not be listed is listed next")
    void owesParents() {
        Stage stage = new Stage(psa -> psa.kind(LOCATION, kind -> kind.reading(Reading.LIST_PER_PARENT)), host -> {});
        RemoteRef late = stage.company("Late", "Vendor");
        for (int i = 0; i < 60; i++) {
            stage.company("Company " + i);
        }
        RemoteRef site = stage.site(late, "Main", "Basel");
        stage.selecting().engine.run();
        nextHour(stage);
        stage.psaEdits(late, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));
        stage.psa
                .faults()
                .next(Fault.throttled(Duration.ofHours(1)).on(Operation.CHANGES).of(LOCATION));
        nextHour(stage);

        nextHour(stage);

        assertThat(stage.localOf(site)).isNotNull();
    }

    @Test
    @DisplayName(
            "MATCH-4: nothing is matched before the kind was read to its end; what is like no other is made at once")
    void waitsForTheListing() {
        Stage stage = new Stage();
        RemoteRef acme = stage.company("Acme");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        stage.creates(stage.serverValues(stage.localOf(acme), "SRV-1"), Origin.IMPORT);
        RemoteRef first = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        RemoteRef twin = stage.server(acme, "SRV-1");
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));
        int[] page = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == CONFIGURATION && ++page[0] == 2
                        ? Fault.throttled(Duration.ofHours(1))
                        : null);

        stage.selecting().engine.run();

        assertThat(stage.engine.explain(first).disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(stage.all(CONFIGURATION)).as("SRV-2 is like no other").hasSize(2);
        nextHour(stage);
        assertThat(stage.engine.explain(first).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.all(CONFIGURATION)).as("the third is made").hasSize(2);
        stage.psa.delete(twin);
        stage.later(Duration.ofHours(25)).engine.run();
        nextHour(stage);
        assertThat(stage.engine.explain(first).disposition())
                .as("the contest is over")
                .isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MATCH-4: what waited for the listing is decided though nothing of it changed")
    void decidesWhatWaited() {
        Stage stage = new Stage();
        RemoteRef acme = stage.company("Acme");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        for (int i = 0; i < 5; i++) {
            stage.creates(stage.serverValues(stage.localOf(acme), "SRV-" + i), Origin.IMPORT);
            stage.server(acme, "SRV-" + i);
        }
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));
        int[] page = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == CONFIGURATION && ++page[0] == 2
                        ? Fault.throttled(Duration.ofHours(1))
                        : null);
        assertThat(stage.selecting().engine.run().count(Verb.LINK)).isZero();

        RunReport next = nextHour(stage);

        assertThat(next.status()).isEqualTo(Status.OK);
        assertThat(next.count(Verb.LINK)).isEqualTo(5);
        assertThat(stage.all(CONFIGURATION)).hasSize(5);
    }

    @Test
    @DisplayName("PULL-1: what a page shows and nothing is like is made while the next pages are read")
    void pullsWhileItReads() {
        Stage stage = new Stage();
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 5; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));
        int[] page = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == CONFIGURATION && ++page[0] == 3
                        ? Fault.unauthorized(null)
                        : null);

        stage.selecting().engine.run();

        assertThat(stage.all(CONFIGURATION))
                .as("of two pages, then the credentials failed")
                .hasSize(4);
    }

    @Test
    @DisplayName("PUSH-7, P4: below an organization that came back by a push its records are listed before one is made")
    void listsInsteadOfSearching() {
        Stage stage = new Stage(
                psa -> psa.kind(
                        CONTACT,
                        kind -> kind.reading(Reading.LIST_PER_PARENT)
                                .withoutFind()
                                .withoutIds()),
                host -> {});
        RemoteRef acme = stage.company("Acme");
        stage.contact(stage.company("Other"), "Bob", "Other");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        LocalRef local = stage.localOf(acme);
        stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive"));
        stage.engine.run();
        RemoteRef ann = stage.contact(acme, "Ann", "Lee");
        stage.later(Duration.ofMinutes(5)).engine.run();
        stage.userSaves(local, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"));

        LocalRef made = stage.creates(stage.contactValues(local, "Ann", "Lee"), Origin.USER)
                .ref();
        stage.engine.saved(made);

        assertThat(stage.localOf(ann)).isEqualTo(made);
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.psa.all(CONTACT)).hasSize(2);
    }
}
