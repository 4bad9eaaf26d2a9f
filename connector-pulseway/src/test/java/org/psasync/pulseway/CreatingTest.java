package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** What is needed for new records, and how they are made. */
class CreatingTest {
    private final Bench bench =
            new Bench(psa -> psa.accounts(3).contacts(3).assets(3).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private List<Problem> refused(Draft draft) {
        long writes = writes();
        try {
            bench.connector.prepare(draft);
        } catch (ConnectorException.Rejected e) {
            assertThat(writes()).isEqualTo(writes);
            return e.problems();
        }
        throw new AssertionError("The draft was accepted");
    }

    private long writes() {
        return bench.psa.requests().all().stream()
                .filter(request -> !request.method().equals("GET")
                        && !request.path().startsWith("v2/security")
                        && !request.path().endsWith("search"))
                .count();
    }

    private static List<Field<?>> fields(List<Problem> problems) {
        return problems.stream().<Field<?>>map(Problem::field).toList();
    }

    private RemoteRecord made(Draft draft) {
        return bench.read(
                draft.kind(),
                bench.connector.create(bench.connector.prepare(draft)).id());
    }

    @Test
    @DisplayName("PSA-PW-3: an account goes with type, business type, manager and one location, in one request")
    void makesAccounts() {
        Draft draft = bench.connector.prepare(Samples.account("Harbor Dental"));

        WriteResult result = bench.connector.create(draft);

        assertThat(writes()).isEqualTo(1);
        assertThat(result.failed()).isEmpty();
        RemoteRecord record = Bench.record(result);
        assertThat(record.values().get(OrganizationFields.NAME)).isEqualTo("Harbor Dental");
        assertThat(result.parts()).singleElement().satisfies(part -> {
            assertThat(part.ref()).isEqualTo(record.values().get(OrganizationFields.PRIMARY_LOCATION));
            assertThat(part.values().only(Samples.mainLocation()::has)).isEqualTo(Samples.mainLocation());
        });
        assertThat(bench.psa
                        .records("accounts")
                        .get(Integer.parseInt(record.id().value())))
                .containsEntry("BusinessTypeId", 41)
                .containsEntry("AccountManagerId", 5102);
        assertThat(bench.read(AssetKind.ORGANIZATION, record.id())).isEqualTo(record);
    }

    @Test
    @DisplayName("PSA-PW-3, PUSH-8: what an account lacks is said all at once, before anything is sent")
    void namesWhatAccountsLack() {
        FieldValues values = FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Harbor Dental")
                .build();

        List<Problem> problems = refused(Bench.draft(values));

        assertThat(fields(problems)).contains(OrganizationFields.TYPES, OrganizationFields.PRIMARY_LOCATION);
        assertThat(problems).extracting(Problem::text).anyMatch(text -> text.contains("business type"));
        assertThat(problems).extracting(Problem::text).anyMatch(text -> text.contains("account manager"));
        assertThat(problems).hasSize(4);
    }

    @Test
    @DisplayName("PSA-PW-2: a contact is made with e-mail, phone and location, then gets title and flags")
    void makesContacts() {
        RemoteRecord contact = made(Samples.contact(bench, "Ada"));

        assertThat(contact.values().without(ContactFields.ACTIVE)).isEqualTo(Samples.contactValues(bench, "Ada"));
        assertThat(writes()).isEqualTo(2);
    }

    @Test
    @DisplayName("PSA-PW-2: without first name, primary e-mail, phone, location or e-mail type it is not pushed")
    void namesWhatContactsLack() {
        FieldValues values = Samples.contactValues(bench, "Ada");
        for (Field<?> field :
                List.of(ContactFields.FIRST_NAME, ContactFields.EMAILS, ContactFields.PHONES, ContactFields.LOCATION)) {
            assertThat(fields(refused(Bench.draft(values.without(field), Samples.OPTIONS))))
                    .as("%s", field)
                    .containsExactly(field);
        }
        FieldValues furtherOnly = values.with(ContactFields.EMAILS, Set.of(ContactPoint.further("ada@client.example")));
        assertThat(fields(refused(Bench.draft(furtherOnly, Samples.OPTIONS)))).containsExactly(ContactFields.EMAILS);
        assertThat(refused(Bench.draft(values)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.text()).contains("type of e-mail").contains("settings"));
    }

    @Test
    @DisplayName("PSA-PW-2: an option fills a missing phone with 000-000-0000")
    void fillsMissingPhones() {
        FieldValues values = Samples.contactValues(bench, "Ada").without(ContactFields.PHONES);
        WriteOptions options = Bench.options("contactEmailType", "1", "placeholderPhone", "true");

        RemoteRecord contact = made(Bench.draft(values, options));

        assertThat(contact.values().get(ContactFields.PHONES)).containsExactly(ContactPoint.primary("000-000-0000"));
    }

    @Test
    @DisplayName("PSA-ALL-2: further phones go only with a type chosen in the settings; what is left out is said")
    void needsTypesForFurtherPhones() {
        Draft draft = Bench.draft(Samples.contactValues(bench, "Ada"), Bench.options("contactEmailType", "1"));

        WriteResult result = bench.connector.create(bench.connector.prepare(draft));

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ContactFields.PHONES);
            assertThat(problem.text()).contains("0161");
        });
        assertThat(bench.read(AssetKind.CONTACT, result.id()).values().get(ContactFields.PHONES))
                .containsExactly(ContactPoint.primary("+1 555 0160"));
    }

    @Test
    @DisplayName("PUSH-12: a contact whose title is refused is made, and the title is said to be open")
    void keepsContactsWithRefusedTitle() {
        bench.psa.faults().always("PATCH", "v2/crm/contacts/*", Fault.failure(200, 400, "No.", "JobTitle is odd."));

        WriteResult result = bench.connector.create(bench.connector.prepare(Samples.contact(bench, "Ada")));

        assertThat(fields(result.failed())).contains(ContactFields.TITLE);
        assertThat(bench.psa
                        .records("contacts")
                        .has(Integer.parseInt(result.id().value())))
                .isTrue();
    }

    @Test
    @DisplayName("PSA-PW-5: a configuration needs name, type, organization and location")
    void makesAssets() {
        Draft draft = Samples.asset(bench, "SRV-NEW");
        RemoteRecord asset = made(draft);
        assertThat(asset.values().only(draft.values()::has)).isEqualTo(draft.values());
        assertThat(asset.values().get(ConfigurationFields.STATUS)).isEqualTo(Forms.ACTIVE);

        for (Field<?> field : List.of(
                ConfigurationFields.NAME,
                ConfigurationFields.TYPE,
                ConfigurationFields.ORGANIZATION,
                ConfigurationFields.LOCATION)) {
            assertThat(fields(refused(Bench.draft(draft.values().without(field)))))
                    .as("%s", field)
                    .contains(field);
        }
    }

    @Test
    @DisplayName("FIELD-8: a location alone is refused before anything is sent, with the way out")
    void refusesLocationsAlone() {
        FieldValues values =
                Samples.mainLocation().with(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 1101));

        assertThat(refused(Bench.draft(values))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.NOT_WRITABLE);
            assertThat(problem.text())
                    .contains("only together with its account")
                    .contains("v1");
        });
        assertThat(bench.connector
                        .descriptor()
                        .kind(AssetKind.LOCATION)
                        .orElseThrow()
                        .update())
                .isFalse();
        assertThatThrownBy(() -> bench.connector.update(Bench.update(
                        bench.read(AssetKind.LOCATION, Samples.location(bench).id()), values)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("FIELD-8: with v1 allowed locations are made and changed, with nothing lost; refusals are told")
    void writesLocationsThroughV1() {
        try (PulsewayConnector connector = bench.connectorWith(Map.of("locationsThroughV1", "true"))) {
            FieldValues values =
                    Samples.mainLocation().with(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 1101));
            WriteResult made = connector.create(connector.prepare(Bench.draft(values)));
            RemoteRecord location = bench.read(AssetKind.LOCATION, made.id());
            assertThat(location.values().without(LocationFields.ACTIVE).only(values::has))
                    .isEqualTo(values);
            int number = Integer.parseInt(made.id().value().replaceAll(".*/", ""));
            bench.psa.editLocation(1101, number, Map.of("Latitude", 4.5));

            WriteResult changed = connector.update(Bench.update(
                    location,
                    FieldValues.of(AssetKind.LOCATION)
                            .set(LocationFields.CITY, "Lakemont")
                            .build()));

            assertThat(Bench.record(changed).values())
                    .isEqualTo(location.values().with(LocationFields.CITY, "Lakemont"));
            assertThat(bench.psa.location(1101, number).toString()).contains("Latitude=4.5");
            bench.psa.switches().on(Switch.V1_REFUSES_LOCATIONS);
            assertThatThrownBy(() -> connector.create(connector.prepare(Bench.draft(values))))
                    .isInstanceOf(ConnectorException.Rejected.class)
                    .hasMessageContaining("not allowed");
        }
    }

    @Test
    @DisplayName("PUSH-8: an account without location can have neither contact nor configuration; both say so")
    void accountsWithoutLocation() {
        try (Bench bare = new Bench(
                psa -> psa.accounts(2).locationsPerAccount(0).contacts(1).assets(1))) {
            assertThat(bare.readAll(AssetKind.LOCATION).records()).isEmpty();
            assertThat(bare.read(AssetKind.ORGANIZATION, 1101).values().isBlank(OrganizationFields.PRIMARY_LOCATION))
                    .isTrue();
            RemoteRecord asset = bare.read(
                    AssetKind.CONFIGURATION, bare.psa.records("assets").ids().get(0));
            assertThat(asset.values().isBlank(ConfigurationFields.LOCATION)).isTrue();
            assertThatThrownBy(() -> bare.connector.update(Bench.update(
                            asset,
                            FieldValues.of(AssetKind.CONFIGURATION)
                                    .set(ConfigurationFields.NOTES, "x")
                                    .build())))
                    .isInstanceOf(ConnectorException.Rejected.class)
                    .hasMessageContaining("AccountLocationId");
        }
    }

    @Test
    @DisplayName("C9.1, C10.1, SAFE-1: a create whose answer is lost is sent once, and its result is found")
    void createsOnce() {
        for (Draft draft : List.of(
                Samples.account("Harbor Dental"), Samples.contact(bench, "Ada"), Samples.asset(bench, "SRV-NEW"))) {
            bench.psa.faults().next(1, "POST", "v2/crm/accounts", Fault.cutAfterEffect());
            bench.psa.faults().next(1, "POST", "v2/crm/contacts/summary", Fault.cutAfterEffect());
            bench.psa.faults().next(1, "POST", "v2/servicedesk/hardwareasset", Fault.cutAfterEffect());
            assertThatThrownBy(() -> bench.connector.create(bench.connector.prepare(draft)))
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(bench.connector.findCreated(draft))
                    .as("%s", draft.kind())
                    .filteredOn(each -> bench.clock.instant().equals(each.createdAt()))
                    .hasSize(1);
            bench.psa.faults().clear();
        }
        assertThat(bench.psa.records("accounts").count()).isEqualTo(4);
    }

    @Test
    @DisplayName("C7.1: a search shows every record that matches, inactive ones too, in any case of the name")
    void finds() {
        String name = bench.read(AssetKind.ORGANIZATION, 1101).values().get(OrganizationFields.NAME);
        bench.psa.records("accounts").edit(1101, "IsActive", false);
        FieldValues key = FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, requireNonNull(name).toUpperCase(java.util.Locale.ROOT))
                .build();
        assertThat(bench.connector.find(new MatchKey(key, true)))
                .extracting(each -> each.id().value())
                .contains("1101");
        FieldValues place = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 1101))
                .build();
        assertThat(bench.connector.find(new MatchKey(place, false))).hasSize(2);
    }

    @Test
    @DisplayName("PUSH-13: what the PSA refuses is told with its words, by each member")
    void tellsRefusals() {
        FieldValues values = Samples.accountValues("Harbor Dental")
                .with(OrganizationFields.TYPES, Set.of(new org.psasync.model.Choice("99", "Gone")));
        assertThatThrownBy(() -> bench.connector.create(
                        Bench.draft(values, Samples.OPTIONS, Bench.draft(Samples.mainLocation()))))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("AccountTypeId is not valid");
    }
}
