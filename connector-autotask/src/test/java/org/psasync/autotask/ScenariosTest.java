package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.MANUFACTURER;
import static org.psasync.model.ConfigurationFields.MODEL;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.testkit.autotask.AutotaskBench;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.Scenario;
import org.psasync.testkit.scenario.Trouble;

/** The whole engine over this connector, as hosts and users see it. */
class ScenariosTest {
    private final Scenario s = Scenario.on(AutotaskBench::open);
    private final Item acme = s.inPsa(organization("Acme"));

    @AfterEach
    void close() {
        s.close();
    }

    @Test
    @DisplayName("PUSH-2, PSA-AT-4: contacts, locations and items are pulled, and edits of them pushed at once")
    void pullsAndPushes() {
        Item hq = s.inPsa(location("HQ").of(acme).with(LocationFields.CITY, "Tampa"));
        Item ada = s.inPsa(contact("Ada", "Lovelace").of(acme).with(ContactFields.PHONES, "(503) 555-0111"));
        Item server = s.inPsa(configuration("SRV-1").of(acme).with(ConfigurationFields.LOCATION, hq));
        s.customersAndServers().twoWay();
        s.expectRun(RunReport.Status.OK);

        s.userSaves(hq, LocationFields.PHONE, "(503) 555-0199");
        s.userSaves(ada, ContactFields.TITLE, "CTO");
        s.userSaves(server, NOTES, "rack 4");

        s.expect(hq)
                .is(Disposition.IN_SYNC)
                .both(LocationFields.PHONE, "(503) 555-0199")
                .wasSent(1);
        s.expect(ada).is(Disposition.IN_SYNC).both(ContactFields.TITLE, "CTO").wasSent(1);
        s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "rack 4").wasSent(1);
        s.later(Duration.ofHours(1)).run();
        s.expectRun(RunReport.Status.OK);
        s.expect(server).wasSent(1);
    }

    @Test
    @DisplayName("PSA-AT-2, PUSH-11: a new organization waits for manager and phone, and is made with its location")
    void makesOrganizations() {
        s.customersAndServers().twoWay();
        s.settings(settings -> settings.option("accountManager", null));
        Item globex = s.userCreates(organization("Globex"));
        s.expect(globex).is(Disposition.REFUSED_BY_PSA).toDo("phone").notInPsa();

        s.settings(settings -> settings.option("accountManager", "Dana Okafor"));
        Item main = s.userCreates(location("Globex").of(globex).with(LocationFields.PHONE, "(503) 555-0142"));
        s.userSaves(globex, OrganizationFields.PRIMARY_LOCATION, main);
        s.later(Duration.ofHours(1)).run();

        s.expect(globex).is(Disposition.IN_SYNC).isLinked();
        s.expect(main).is(Disposition.IN_SYNC).isLinked();
        assertThat(s.psa().all(AssetKind.LOCATION)).hasSize(1);
        s.later(Duration.ofHours(25)).run();
        assertThat(s.psa().all(AssetKind.LOCATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "SAFE-1, PSA-AT-3: a create whose answer is lost, and a restart, make no second item and no second product")
    void makesOneRecordOnly() {
        s.customersAndServers().twoWay();
        s.settings(settings ->
                settings.option("productMissing", "Make a product").option("productBillingCode", "Hardware"));
        s.psaFails(Trouble.ANSWER_LOST, Doing.CREATING);
        Item server = s.userCreates(
                configuration("SRV-9").of(acme).with(MANUFACTURER, "Contoso").with(MODEL, "R1"));
        s.psaRecovers().restart().later(Duration.ofHours(1)).run();
        s.later(Duration.ofHours(2)).run();
        s.later(Duration.ofHours(2)).run();

        s.expect(server).is(Disposition.IN_SYNC).isLinked();
        assertThat(s.psa().all(AssetKind.CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("PSA-AT-3, PUSH-8: an item without manufacturer and model is refused, and says what to fill in")
    void needsManufacturerAndModel() {
        s.customersAndServers().twoWay();
        Item server = s.userCreates(configuration("SRV-9").of(acme));
        s.expect(server)
                .is(Disposition.REFUSED_BY_PSA)
                .toDo("manufacturer")
                .notInPsa()
                .wasNotSent();
        s.userSaves(server, Map.of(MANUFACTURER, "Contoso", MODEL, "R1"));
        s.expect(server).is(Disposition.IN_SYNC).both(MODEL, "R1");
    }

    @Test
    @DisplayName("FIELD-10: a move of an item in the host is reported, and the item stays with its company in the PSA")
    void reportsMoves() {
        Item globex = s.inPsa(organization("Globex"));
        Item server = s.inPsa(configuration("SRV-1").of(acme));
        s.customersAndServers().twoWay();

        s.userSaves(server, ConfigurationFields.ORGANIZATION, globex);
        s.expect(server).remote(ConfigurationFields.ORGANIZATION, acme);
        s.later(Duration.ofHours(1)).run();
        s.expect(server).remote(ConfigurationFields.ORGANIZATION, acme);
        assertThat(s.explain(server).print()).contains("organization");
    }

    @Test
    @DisplayName(
            "GATE-4: an item without a type syncs only if the settings say so, as \"Autotask Default\", never sent")
    void takesUntypedItems() {
        Item server = s.inPsa(configuration("SRV-1").type().of(acme));
        s.customersAndServers().twoWay();
        s.expect(server).is(Disposition.NOT_SELECTED).notInHost();

        s.settings(settings -> settings.configurations(c -> c.untyped(true))).run();
        s.expect(server).is(Disposition.IN_SYNC).local(ConfigurationFields.TYPE, Descriptor.UNTYPED);
        s.userSaves(server, NOTES, "rack 4");
        s.expect(server)
                .is(Disposition.IN_SYNC)
                .remote(ConfigurationFields.TYPE, null)
                .both(NOTES, "rack 4");
    }

    @Test
    @DisplayName("SET-5: locations that are turned on later replace those of items, by none too")
    void replacesLocations() {
        s.customersAndServers();
        s.settings(settings -> settings.locations(false)).run();
        Item hq = s.inHost(location("HQ").of(acme));
        Item server = s.inHost(configuration("SRV-1").of(acme).with(ConfigurationFields.LOCATION, hq));
        s.inPsa(configuration("SRV-1").of(acme));
        s.later(Duration.ofHours(1)).run();
        s.expect(server).isLinked().local(ConfigurationFields.LOCATION, hq);

        s.settings(settings -> settings.locations(true))
                .later(Duration.ofHours(1))
                .run();

        s.expect(server).is(Disposition.IN_SYNC).local(ConfigurationFields.LOCATION, null);
    }

    @Test
    @DisplayName("GATE-1: a company whose classification is not selected stays out")
    void looksAtClassifications() {
        Item globex = s.inPsa(organization("Globex").with(OrganizationFields.CLASSIFICATION, "Managed Client"));
        s.settings(settings -> settings.organizations(
                o -> o.types("Customer").statuses("Active").classifications("Managed Client")));
        s.run();
        s.expect(globex).is(Disposition.IN_SYNC);
        s.expect(acme).is(Disposition.NOT_SELECTED).notInHost();
    }

    @Test
    @DisplayName("STATE-3, GATE-7: an item that turns inactive leaves the sync and comes back with it")
    void followsActivity() {
        Item server = s.inPsa(configuration("SRV-1").of(acme));
        s.customersAndServers().run();
        s.psaChanges(server, ConfigurationFields.STATUS, "Inactive")
                .later(Duration.ofHours(1))
                .run();
        s.expect(server).is(Disposition.ORPHANED);
        s.psaChanges(server, ConfigurationFields.STATUS, "Active")
                .later(Duration.ofHours(1))
                .run();
        s.expect(server).is(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("STATE-5: what is deleted in the PSA leaves no trace, and is an orphan after two looks")
    void noticesDeletions() {
        Item kept = s.inPsa(configuration("SRV-1").of(acme));
        Item gone = s.inPsa(configuration("SRV-2").of(acme));
        s.customersAndServers().run();
        s.psaDeletes(gone);
        for (int day = 0; day < 2; day++) {
            s.later(Duration.ofHours(25)).run();
        }
        s.expect(gone).is(Disposition.ORPHANED).because("STATE-5");
        s.expect(kept).is(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-3: refused credentials stop the run, orphan nothing and are not tried again by themselves")
    void stopsAtRefusedCredentials() {
        Item server = s.inPsa(configuration("SRV-1").of(acme));
        s.customersAndServers().run();
        s.psaFails(Trouble.UNAUTHORIZED).later(Duration.ofHours(1)).run();
        s.expectRun(RunReport.Status.ERROR);
        s.expect(server).isLinked();
        assertThat(List.of(acme)).isNotEmpty();
    }
}
