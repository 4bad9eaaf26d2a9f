package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
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
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.testkit.pulseway.Fault;

/** What a host's users make goes to the PSA by the engine, as this PSA demands it. */
class PushesTest {
    private final Office office =
            new Office(psa -> psa.accounts(4).contacts(6).assets(8).tickets(0));

    @AfterEach
    void close() {
        office.close();
    }

    /** Saves an organization and its main location, in the order in which a person does. */
    private LocalRef[] harbor() {
        LocalRef account = LocalRef.of(AssetKind.ORGANIZATION, "harbor");
        Asset place = office.creates(FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, account)
                .set(LocationFields.NAME, "Quay")
                .set(LocationFields.ADDRESS_1, "1 Quay Street")
                .set(LocationFields.CITY, "Port Ellis")
                .build());
        office.host.save(
                account,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Harbor Dental")
                        .set(OrganizationFields.TYPES, Set.of(new Choice("31", "Customer")))
                        .set(OrganizationFields.STATUS, new Choice("active", "Active"))
                        .set(OrganizationFields.PRIMARY_LOCATION, place.ref())
                        .build(),
                new org.psasync.model.Edit(org.psasync.model.Origin.USER, "ursula", office.bench.clock.instant()));
        return new LocalRef[] {account, place.ref()};
    }

    @Test
    @DisplayName(
            "PUSH-11, PSA-PW-3: a new organization goes with its location in one request, and both are linked at once")
    void accountWithItsLocation() {
        office.twoWay(Office.options());
        LocalRef[] made = harbor();

        PushResult result = office.engine.saved(made[0]);

        assertThat(result)
                .as(result.text())
                .isInstanceOfSatisfying(
                        PushResult.Pushed.class,
                        pushed -> assertThat(pushed.created()).isTrue());
        assertThat(office.bench.psa.requests().count("POST", "v2/crm/accounts")).isEqualTo(1);
        int account = office.bench.psa.records("accounts").idWhere("AccountName", "Harbor Dental");
        assertThat(office.bench.psa.records("accounts").get(account))
                .containsEntry("AccountTypeId", 31)
                .containsEntry("BusinessTypeId", 41)
                .containsEntry("AccountManagerId", 5102);
        assertThat(office.bench.psa.locations(account)).hasSize(1);
        assertThat(office.localOf(AssetKind.ORGANIZATION, account)).isEqualTo(made[0]);
        assertThat(office.localOf(
                        AssetKind.LOCATION,
                        account + "/" + office.bench.psa.locations(account).get(0)))
                .isEqualTo(made[1]);

        assertThat(office.nextHour().count(Verb.CREATE_LOCALLY)).isZero();
        assertThat(office.engine.explain(made[0]).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(office.engine.explain(made[1]).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(office.host.all(AssetKind.LOCATION)).hasSize(9);
    }

    @Test
    @DisplayName("PUSH-11, SAFE-1: when the answer is lost, the account and its location are found, and made once")
    void findsBothAfterALostAnswer() {
        office.twoWay(Office.options());
        LocalRef[] made = harbor();
        office.bench.psa.faults().next(1, "POST", "v2/crm/accounts", Fault.cutAfterEffect());

        office.engine.saved(made[0]);
        for (int hour = 0; hour < 3; hour++) {
            office.nextHour();
        }

        assertThat(office.bench.psa.records("accounts").count()).isEqualTo(5);
        int account = office.bench.psa.records("accounts").idWhere("AccountName", "Harbor Dental");
        assertThat(office.localOf(AssetKind.ORGANIZATION, account)).isEqualTo(made[0]);
        assertThat(office.localOf(
                        AssetKind.LOCATION,
                        account + "/" + office.bench.psa.locations(account).get(0)))
                .isEqualTo(made[1]);
        assertThat(office.host.all(AssetKind.LOCATION)).hasSize(9);
    }

    @Test
    @DisplayName("PSA-PW-3, PUSH-8: what a new organization lacks is said all at once, before anything is sent")
    void accountWithoutSettings() {
        office.twoWay(Map.of());
        Asset account = office.creates(FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Harbor Dental")
                .set(OrganizationFields.STATUS, new Choice("active", "Active"))
                .set(OrganizationFields.TYPES, Set.of(new Choice("31", "Customer")))
                .build());

        PushResult result = office.engine.saved(account.ref());

        assertThat(result).isInstanceOf(PushResult.Refused.class);
        assertThat(result.text()).contains("business type", "account manager", "main location");
        assertThat(office.bench.psa.requests().count("POST", "v2/crm/accounts")).isZero();
    }

    @Test
    @DisplayName("PSA-PW-5, PUSH-8: a new configuration needs a location; given one, it goes")
    void configurationNeedsALocation() {
        office.twoWay(Office.options());
        Asset server = office.creates(FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, office.localOf(AssetKind.ORGANIZATION, 1101))
                .set(ConfigurationFields.NAME, "SRV-NEW")
                .set(ConfigurationFields.TYPE, new Choice("61", "Server"))
                .set(ConfigurationFields.STATUS, new Choice("active", "Active"))
                .build());
        PushResult refused = office.engine.saved(server.ref());
        LocalRef place = office.localOf(
                AssetKind.LOCATION, "1101/" + office.bench.psa.locations(1101).get(1));

        PushResult pushed = office.saves(server.ref(), ConfigurationFields.LOCATION, place);

        assertThat(refused).isInstanceOf(PushResult.Refused.class);
        assertThat(refused.text()).containsIgnoringCase("location");
        assertThat(pushed).as(pushed.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(office.engine.explain(server.ref()).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PSA-PW-2: a setting fills a missing phone with 000-000-0000, which is no phone in the host")
    void fillsMissingPhones() {
        Map<String, String> options = Office.options();
        options.put("placeholderPhone", "true");
        office.twoWay(options);
        Asset ada = office.creates(FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, office.localOf(AssetKind.ORGANIZATION, 1101))
                .set(
                        ContactFields.LOCATION,
                        office.localOf(
                                AssetKind.LOCATION,
                                "1101/" + office.bench.psa.locations(1101).get(0)))
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@client.example")))
                .build());

        PushResult result = office.engine.saved(ada.ref());

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        int id = office.bench.psa.records("contacts").idWhere("FirstName", "Ada");
        assertThat(String.valueOf(office.bench.psa.records("contacts").get(id).get("Phones")))
                .contains("000-000-0000");
        assertThat(office.nextHour().count(Verb.UPDATE_IN_PSA)).isZero();
        assertThat(office.inHost(ada.ref(), ContactFields.PHONES)).isNull();
        assertThat(office.engine.explain(ada.ref()).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PSA-ALL-2: an added e-mail goes with the type chosen in the settings; an edited one keeps its type")
    void typesOfItems() {
        office.twoWay(Map.of());
        int id = office.bench.psa.records("contacts").ids().get(0);
        LocalRef contact = office.localOf(AssetKind.CONTACT, id);
        ContactPoint known = requireNonNull(office.inHost(contact, ContactFields.EMAILS))
                .iterator()
                .next();

        PushResult withoutType = office.saves(
                contact,
                ContactFields.EMAILS,
                Set.of(ContactPoint.primary("edited@client.example"), ContactPoint.further("more@client.example")));

        assertThat(withoutType.text()).contains("more@client.example");
        assertThat(emails(id))
                .hasSize(1)
                .first()
                .satisfies(item -> assertThat(item)
                        .containsEntry("EmailAddress", "edited@client.example")
                        .containsEntry("EmailTypeId", 1));
        assertThat(known.value()).isNotEqualTo("edited@client.example");

        office.manager().configure(settings -> settings.option("contactEmailType", "2"));
        office.nextHour();
        assertThat(emails(id))
                .hasSize(2)
                .last()
                .satisfies(item -> assertThat(item)
                        .containsEntry("EmailAddress", "more@client.example")
                        .containsEntry("EmailTypeId", 2));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> emails(int contact) {
        return (List<Map<String, Object>>)
                requireNonNull(office.bench.psa.records("contacts").get(contact).get("Emails"));
    }

    @Test
    @DisplayName("PSA-ALL-1: active employees but the integration's own user are offered for invitation")
    void offersPeople() {
        Connection connection = office.manager().connect();

        assertThat(connection)
                .isInstanceOfSatisfying(
                        Connection.Accepted.class,
                        accepted -> assertThat(accepted.reference().users())
                                .extracting(PsaUser::name)
                                .containsExactlyInAnyOrder("Dana Okafor", "Tomas Fischer"));
    }

    @Test
    @DisplayName(
            "FIELD-5, P15: a save writes the whole asset as it was just read, with nothing lost but what was saved")
    void keepsTheRest() {
        office.twoWay(Office.options());
        int id = office.bench.psa.records("assets").ids().get(0);
        Map<String, @Nullable Object> before =
                office.bench.psa.records("assets").get(id);
        office.bench.clock.advance(Duration.ofMinutes(1));

        office.saves(office.localOf(AssetKind.CONFIGURATION, id), ConfigurationFields.NOTES, "moved");

        Map<String, @Nullable Object> after = office.bench.psa.records("assets").get(id);
        for (Map<String, @Nullable Object> asset : List.of(before, after)) {
            asset.keySet().removeAll(List.of("Description", "ModifiedOn", "ModifiedBy"));
            asset.values().removeIf(Objects::isNull);
        }
        assertThat(after).isEqualTo(before);
    }
}
