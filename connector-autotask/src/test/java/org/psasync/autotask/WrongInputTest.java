package org.psasync.autotask;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.ConfigurationFields.MANUFACTURER;
import static org.psasync.model.ConfigurationFields.MODEL;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.autotask.AutotaskBench;
import org.psasync.testkit.autotask.FakeAutotask;
import org.psasync.testkit.autotask.Fault;
import org.psasync.testkit.autotask.Switch;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Scenario;

/** What is wrong in the PSA, its answers or the settings is said where it matters, and the rest goes on. */
class WrongInputTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String API_USER = "Docs Sync";

    private @Nullable AutotaskBench bench;
    private final Scenario s = Scenario.on(clock -> {
        PsaBench opened = AutotaskBench.open(clock);
        bench = (AutotaskBench) opened;
        return opened;
    });
    private final Item acme = s.inPsa(organization("Acme"));
    private final Item server = s.inPsa(configuration("SRV-1").of(acme));

    @AfterEach
    void close() {
        s.close();
    }

    private FakeAutotask psa() {
        return requireNonNull(bench).psa();
    }

    private static long number(RemoteRef ref) {
        return Long.parseLong(ref.id().value());
    }

    private RemoteRef last(AssetKind kind) {
        return s.psa().all(kind).get(s.psa().all(kind).size() - 1);
    }

    private void otherSavesArrive() {
        s.userSaves(server, NOTES, "rack 4");
        s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "rack 4");
    }

    // The integration ------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "CONN-1, SAFE-3: a locked user ends runs with the way out, orphans nothing, and is let in when unlocked")
    void lockedUser() {
        s.customersAndServers().twoWay();
        psa().faults()
                .always(
                        "POST",
                        "*/query",
                        Fault.errors(500, "The user account is locked. Contact your administrator."));

        RunReport locked = s.later(HOUR).run();

        assertThat(locked.status()).isEqualTo(Status.ERROR);
        assertThat(locked.print()).contains("administrator of Autotask can unlock it");
        assertThat(locked.count(Verb.ORPHAN)).isZero();
        psa().requests().reset();
        s.later(HOUR).run();
        assertThat(psa().requests().count("POST", "**"))
                .as("nothing more with them")
                .isZero();
        s.psaRecovers();
        assertThat(s.manager().connect()).isInstanceOf(Connection.Accepted.class);
        assertThat(s.later(HOUR).run().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("SAFE-3: an integration code that is taken back ends runs and is named at connecting")
    void wrongIntegrationCode() {
        s.customersAndServers().run();
        psa().faults().always("*", "**", Fault.errors(500, "IntegrationCode is invalid."));

        assertThat(s.later(HOUR).run().status()).isEqualTo(Status.ERROR);
        assertThat(s.manager().connect())
                .isInstanceOfSatisfying(
                        Connection.Refused.class,
                        refused -> assertThat(refused.credential()).isEqualTo("integrationCode"));
        s.expect(server).isLinked();
    }

    @Test
    @DisplayName("PSA-AT-1, SAFE-3: a user whom Autotask knows no longer ends runs and is named at connecting")
    void unknownUser() {
        s.customersAndServers().run();
        psa().faults().always("GET", "zoneInformation", Fault.errors(500, "Zone information could not be determined"));
        psa().faults().always("POST", "**", Fault.unauthorized());

        assertThat(s.later(HOUR).run().status()).isEqualTo(Status.ERROR);
        assertThat(s.manager().connect()).isInstanceOfSatisfying(Connection.Refused.class, refused -> {
            assertThat(refused.credential()).isEqualTo("user");
            assertThat(refused.reason()).contains("knows no such user");
        });
        s.expect(server).isLinked();
    }

    @Test
    @DisplayName("PULL-4, SAFE-5: a next page at a foreign host stops the reading, says so, and nothing is sent there")
    void foreignHost() {
        s.customersAndServers().run();
        for (int i = 0; i < 3; i++) {
            s.inPsa(configuration("SRV-1" + i).of(acme));
        }
        Item last = s.inPsa(configuration("SRV-19").of(acme));
        psa().switches().largestPage(2).nextPageHost("https://evil.example");

        RunReport stopped = s.later(HOUR).run();

        assertThat(stopped.status()).isNotEqualTo(Status.OK);
        assertThat(stopped.print()).contains("evil.example");
        psa().switches().nextPageHost("");
        assertThat(s.later(HOUR).run().status()).isEqualTo(Status.OK);
        s.expect(last).is(Disposition.IN_SYNC);
        s.expect(server).is(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("FIELD-4, C6.2: times without zone and {\"item\":null} for what is missing change nothing")
    void otherForms() {
        s.customersAndServers().twoWay();
        psa().switches().on(Switch.TIMES_WITHOUT_ZONE, Switch.MISSING_AS_NULL);
        s.later(Duration.ofHours(25)).run();
        s.expectRun(Status.OK);
        s.expectNothingSent();
        s.psaDeletes(server);
        s.later(Duration.ofHours(25)).run();
        s.later(Duration.ofHours(25)).run();
        s.expect(server).is(Disposition.ORPHANED).because("STATE-5");
        s.expect(acme).is(Disposition.IN_SYNC);
    }

    // Records --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("PULL-4, GATE-7: an item that cannot be understood is set aside by itself")
    void garbledItem() {
        Item bad = s.inPsa(configuration("SRV-2").of(acme));
        s.psa().garble(last(AssetKind.CONFIGURATION));

        s.customersAndServers().run();

        s.expectRun(Status.INCOMPLETE);
        s.expect(bad).notInHost();
        s.expect(server).is(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("FIELD table: an item whose product names no manufacturer is synced without one")
    void productWithoutManufacturer() {
        s.customersAndServers().twoWay();

        s.expect(server).is(Disposition.IN_SYNC).both(MANUFACTURER, null).both(MODEL, null);
        otherSavesArrive();
    }

    @Test
    @DisplayName("FIELD-2: a text that is too long is refused by its field, and arrives when it is shorter")
    void longText() {
        Item ada = s.inPsa(contact("Ada", "Lovelace").of(acme));
        s.customersAndServers().twoWay();

        PushResult refused = s.userSaves(ada, ContactFields.TITLE, "x".repeat(51));

        assertThat(refused).isInstanceOf(PushResult.Refused.class);
        assertThat(refused.text()).contains("title").contains("50");
        s.expect(ada).is(Disposition.REFUSED_BY_PSA).wasNotSent();
        otherSavesArrive();
        s.userSaves(ada, ContactFields.TITLE, "CTO");
        s.expect(ada).is(Disposition.IN_SYNC).both(ContactFields.TITLE, "CTO");
    }

    @Test
    @DisplayName("PUSH-8: a type that Autotask dropped from its list is named, and nothing is sent")
    void unknownType() {
        s.customersAndServers().twoWay();
        long type = psa().records("ConfigurationItemTypes").idWhere("name", "Server");
        psa().records("ConfigurationItemTypes").edit(type, "isActive", false);

        Item made = s.userCreates(
                configuration("SRV-9").of(acme).with(MANUFACTURER, "Contoso").with(MODEL, "R1"));

        s.expect(made).is(Disposition.REFUSED_BY_PSA).toDo("type").notInPsa().wasNotSent();
        otherSavesArrive();
    }

    @Test
    @DisplayName(
            "PUSH-12: a reference to an inactive contact is refused by its field, and the rest of the save arrives")
    void inactiveReference() {
        Item ada = s.inPsa(contact("Ada", "Lovelace").of(acme));
        s.customersAndServers().twoWay();
        psa().records("Contacts").edit(number(last(AssetKind.CONTACT)), "isActive", 0);

        PushResult result = s.userSaves(server, Map.of(ConfigurationFields.CONTACT, ada, NOTES, "rack 4"));

        assertThat(result.text()).contains("contact");
        s.expect(server).remote(NOTES, "rack 4").remote(ConfigurationFields.CONTACT, null);
    }

    @Test
    @DisplayName("PSA-AT-2: the manager of new companies can be no API user, and one who left is named at the company")
    void unfitManager() {
        s.customersAndServers().twoWay();
        assertThatThrownBy(() -> s.settings(settings -> settings.option("accountManager", API_USER)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(API_USER);
        psa().records("Resources").edit(29_682_891, "isActive", false);
        s.later(Duration.ofHours(2));

        Item globex = s.userCreates(organization("Globex"));
        Item main = s.userCreates(location("Globex").of(globex).with(LocationFields.PHONE, "(503) 555-0142"));
        s.userSaves(globex, OrganizationFields.PRIMARY_LOCATION, main);

        s.expect(globex)
                .is(Disposition.REFUSED_BY_PSA)
                .toDo("Dana Okafor")
                .notInPsa()
                .wasNotSent();
        otherSavesArrive();
    }

    @Test
    @DisplayName("PSA-AT-2: a company whose primary location has no phone is refused by that")
    void missingPhone() {
        s.customersAndServers().twoWay();
        Item globex = s.userCreates(organization("Globex"));
        Item main = s.userCreates(location("Globex").of(globex));
        s.userSaves(globex, OrganizationFields.PRIMARY_LOCATION, main);

        s.expect(globex).is(Disposition.REFUSED_BY_PSA).toDo("phone").notInPsa().wasNotSent();
        otherSavesArrive();
    }
}
