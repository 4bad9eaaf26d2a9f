package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** What is wrong in the PSA, its answers or its settings is said where it matters, and the rest goes on. */
class WrongInputTest {
    private static final String LOG_IN = "v2/security/authenticate";

    private final Office office =
            new Office(psa -> psa.accounts(4).contacts(6).assets(8).tickets(0));

    @AfterEach
    void close() {
        office.close();
    }

    private int logIns() {
        return office.bench.psa.requests().count("POST", LOG_IN);
    }

    private int firstId(String records) {
        return office.bench.psa.records(records).ids().get(0);
    }

    @Test
    @DisplayName("CONN-1: a wrong tenant is named at connecting, and nothing is stored")
    void wrongTenant() {
        try (PsaConnector wrong = office.bench.connectorWith(Map.of("tenant", "nobody"))) {
            SyncEngine engine = office.engine(wrong);

            Connection connection = engine.as(Actor.manager("mia")).connect();

            assertThat(connection).isInstanceOfSatisfying(Connection.Refused.class, refused -> {
                assertThat(refused.credential()).isEqualTo("tenant");
                assertThat(refused.reason()).contains("tenant");
            });
            assertThat(engine.run().status()).isNotEqualTo(Status.OK);
            assertThat(office.host.all(AssetKind.ORGANIZATION)).isEmpty();
        }
    }

    @Test
    @DisplayName("PSA-PW-1, SAFE-3: an expired refresh token costs one log-in, and no run")
    void expiredRefreshToken() {
        office.twoWay(Office.options());
        office.bench.psa.requests().reset();
        office.bench.clock.advance(Duration.ofDays(3));

        assertThat(office.engine.run().status()).isEqualTo(Status.OK);

        assertThat(logIns()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "SAFE-3, CONN-1: a code that is demanded suddenly ends runs with the way out, orphans nothing, and is not"
                    + " tried again before somebody connects anew")
    void demandedCode() {
        office.twoWay(Office.options());
        office.bench.psa.switches().on(Switch.MFA_DEMANDED);
        office.bench.psa.forgetTokens();
        office.bench.psa.requests().reset();

        RunReport refused = office.nextHour();

        assertThat(refused.status()).isEqualTo(Status.ERROR);
        assertThat(refused.print()).contains("Api Employee");
        assertThat(refused.count(Verb.ORPHAN)).isZero();
        office.nextHour();
        LocalRef asset = office.localOf(AssetKind.CONFIGURATION, firstId("assets"));
        assertThat(office.saves(asset, ConfigurationFields.NOTES, "kept")).isNotInstanceOf(PushResult.Pushed.class);
        assertThat(logIns()).isEqualTo(1);

        office.bench.psa.switches().off(Switch.MFA_DEMANDED);
        assertThat(office.manager().connect()).isInstanceOf(Connection.Accepted.class);
        assertThat(office.nextHour().status()).isEqualTo(Status.OK);
        assertThat(office.bench.psa.records("assets").get(firstId("assets"))).containsEntry("Description", "kept");
    }

    @Test
    @DisplayName("PUSH-8, PSA-PW-5: what belongs to an account without location is refused by what it lacks; others are"
            + " pushed")
    void accountWithoutLocation() {
        int bare = office.bench
                .psa
                .records("accounts")
                .add(Map.of("AccountName", "Bare", "AccountTypeId", 31, "BusinessTypeId", 41, "IsActive", true));
        int asset = office.bench
                .psa
                .records("assets")
                .add(Map.of("Name", "SRV-BARE", "AccountId", bare, "CategoryId", 61, "IsActive", true));
        office.twoWay(Office.options());
        LocalRef account = office.localOf(AssetKind.ORGANIZATION, bare);

        PushResult changed =
                office.saves(office.localOf(AssetKind.CONFIGURATION, asset), ConfigurationFields.NOTES, "x");
        Asset made = office.creates(FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, account)
                .set(ConfigurationFields.NAME, "SRV-NEW")
                .set(ConfigurationFields.TYPE, new Choice("61", "Server"))
                .build());
        PushResult created = office.engine.saved(made.ref());
        PushResult other = office.saves(
                office.localOf(AssetKind.CONFIGURATION, firstId("assets")), ConfigurationFields.NOTES, "y");

        assertThat(changed).isInstanceOf(PushResult.Refused.class);
        assertThat(changed.text()).contains("AccountLocationId");
        assertThat(created).isInstanceOf(PushResult.Refused.class);
        assertThat(created.text()).contains("location");
        assertThat(other).isInstanceOf(PushResult.Pushed.class);
        assertThat(office.bench.psa.requests().count("POST", "v2/servicedesk/hardwareasset"))
                .isZero();
        assertThat(office.engine.explain(made.ref()).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(office.nextHour().status()).isEqualTo(Status.INCOMPLETE);
    }

    @Test
    @DisplayName(
            "PSA-PW-2, PUSH-8: without an e-mail type in the settings a new contact is not sent, and says what to choose;"
                    + " once chosen it goes")
    void contactWithoutEmailType() {
        Map<String, String> options = Office.options();
        options.remove("contactEmailType");
        office.twoWay(options);
        LocalRef account = office.localOf(AssetKind.ORGANIZATION, 1101);
        LocalRef place = office.localOf(
                AssetKind.LOCATION, "1101/" + office.bench.psa.locations(1101).get(0));
        Asset ada = office.creates(FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, account)
                .set(ContactFields.LOCATION, place)
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.LAST_NAME, "Quill")
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@client.example")))
                .set(ContactFields.PHONES, Set.of(ContactPoint.primary("+1 555 0160")))
                .build());

        PushResult refused = office.engine.saved(ada.ref());
        PushResult other =
                office.saves(office.localOf(AssetKind.CONTACT, firstId("contacts")), ContactFields.TITLE, "Captain");

        assertThat(refused).isInstanceOf(PushResult.Refused.class);
        assertThat(refused.text()).contains("type of e-mail addresses");
        assertThat(office.bench.psa.requests().count("POST", "v2/crm/contacts/summary"))
                .isZero();
        assertThat(other).isInstanceOf(PushResult.Pushed.class);

        office.manager().configure(settings -> settings.option("contactEmailType", "1"));
        assertThat(office.saves(ada.ref(), ContactFields.TITLE, "Buyer")).isInstanceOf(PushResult.Pushed.class);
        assertThat(office.engine.explain(ada.ref()).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName(
            "FIELD-8, PUSH-1: a location cannot be written: it is read-only, and its save says so; nothing is sent")
    void locationsAreReadOnly() {
        office.twoWay(Office.options());
        LocalRef place = office.localOf(
                AssetKind.LOCATION, "1101/" + office.bench.psa.locations(1101).get(0));
        office.bench.psa.requests().reset();

        assertThat(office.engine.editable(place).allows(LocationFields.CITY)).isFalse();
        PushResult result = office.saves(place, LocationFields.CITY, "Elsewhere");

        assertThat(result).isNotInstanceOf(PushResult.Pushed.class);
        assertThat(office.engine.explain(place).print()).contains("FIELD-8");
        assertThat(office.bench.psa.requests().count("PUT", "**")).isZero();
    }

    @Test
    @DisplayName(
            "FIELD-8, PUSH-13: a location that the older interface refuses is refused with its words; contacts go on")
    void refusedLocations() {
        try (PsaConnector older = office.bench.connectorWith(Map.of("locationsThroughV1", "true"))) {
            office.engine = office.engine(older);
            office.twoWay(Office.options());
            LocalRef place = office.localOf(
                    AssetKind.LOCATION,
                    "1101/" + office.bench.psa.locations(1101).get(0));
            office.bench.psa.switches().on(Switch.V1_REFUSES_LOCATIONS);

            PushResult refused = office.saves(place, LocationFields.CITY, "Elsewhere");
            PushResult other = office.saves(
                    office.localOf(AssetKind.CONTACT, firstId("contacts")), ContactFields.TITLE, "Captain");

            assertThat(refused).isInstanceOf(PushResult.Refused.class);
            assertThat(refused.text()).contains("API v1 refuses the location");
            assertThat(other).isInstanceOf(PushResult.Pushed.class);

            office.bench.psa.switches().off(Switch.V1_REFUSES_LOCATIONS);
            assertThat(office.saves(place, LocationFields.CITY, "Port Ellis")).isInstanceOf(PushResult.Pushed.class);
        }
    }

    @Test
    @DisplayName(
            "C0.2, SAFE-3, PULL-5: an HTML page in place of a list ends a run with its reason; nothing is orphaned, and"
                    + " the next run goes on")
    void htmlInPlaceOfAList() {
        office.twoWay(Office.options());
        office.bench.psa.faults().always("GET", "v2/crm/contacts/summary", Fault.htmlPage(200));

        RunReport report = office.nextHour();

        assertThat(report.status()).isNotEqualTo(Status.OK);
        assertThat(report.print()).contains("contacts.page");
        assertThat(report.count(Verb.ORPHAN)).isZero();
        office.bench.psa.faults().clear();
        assertThat(office.nextHour().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("PUSH-13: an HTML page in place of a record lets its save wait; other saves are pushed")
    void htmlInPlaceOfARecord() {
        office.twoWay(Office.options());
        int id = firstId("contacts");
        office.bench.psa.faults().always("GET", "v2/crm/contacts/summary/" + id, Fault.htmlPage(502));

        PushResult waiting = office.saves(office.localOf(AssetKind.CONTACT, id), ContactFields.TITLE, "Captain");
        PushResult other = office.saves(office.localOf(AssetKind.CONTACT, id + 1), ContactFields.TITLE, "Pilot");

        assertThat(waiting).isInstanceOf(PushResult.Waiting.class);
        assertThat(other).isInstanceOf(PushResult.Pushed.class);
        office.bench.psa.faults().clear();
        office.nextHour();
        assertThat(office.bench.psa.records("contacts").get(id)).containsEntry("JobTitle", "Captain");
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, -3, 3, 100})
    @DisplayName("C4.2, STATE-5: totals that lie lose no record, invent none and orphan none")
    void totalsThatLie(int by) {
        office.bench.psa.switches().totalsOffBy(by).largestPage(3);
        office.twoWay(Office.options());
        office.bench.clock.advance(Duration.ofHours(25));

        RunReport report = office.engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
        assertThat(office.host.all(AssetKind.ORGANIZATION)).hasSize(4);
        assertThat(office.host.all(AssetKind.LOCATION)).hasSize(8);
        assertThat(office.host.all(AssetKind.CONTACT)).hasSize(6);
        assertThat(office.host.all(AssetKind.CONFIGURATION)).hasSize(8);
        assertThat(report.count(Verb.ORPHAN)).isZero();
    }

    @Test
    @DisplayName("PULL-4: a record that cannot be understood is set aside with its error, and the others go on")
    void recordsThatCannotBeUnderstood() {
        office.twoWay(Office.options());
        int id = firstId("contacts");
        office.bench.psa.records("contacts").edit(id, "LocationId", "nowhere");
        office.bench.psa.records("contacts").edit(id + 1, "JobTitle", "Pilot");

        RunReport report = office.nextHour();

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(office.engine.explain(office.localOf(AssetKind.CONTACT, id)).disposition())
                .isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(office.inHost(office.localOf(AssetKind.CONTACT, id + 1), ContactFields.TITLE))
                .isEqualTo("Pilot");
    }
}
