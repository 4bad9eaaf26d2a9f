package org.psasync.connectwise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.connectwise.Switch;

/** Making records. */
class CreatingTest {
    private static final WriteOptions TYPES = Bench.options("contactEmailType", "5", "contactPhoneType", "4");

    private final Bench bench =
            new Bench(psa -> psa.companies(3).contacts(3).configurations(3).tickets(1));
    private final Records companies = bench.psa.records("company/companies");

    @AfterEach
    void close() {
        bench.close();
    }

    private WriteResult create(Draft draft) {
        return bench.connector.create(bench.connector.prepare(draft));
    }

    private static FieldValues.Builder company(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.STATUS, new Choice("1", "Active"))
                .set(OrganizationFields.TYPES, Set.of(new Choice("1", "Customer"), new Choice("6", "Managed")));
    }

    private static FieldValues.Builder contact() {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, "Dana")
                .set(ContactFields.LAST_NAME, "Reyes")
                .set(ContactFields.TITLE, "Operations Lead")
                .set(ContactFields.TYPES, Set.of(new Choice("2", "Technical")))
                .set(
                        ContactFields.EMAILS,
                        Set.of(ContactPoint.primary("dana@harbor.example"), ContactPoint.further("d@home.example")))
                .set(ContactFields.PHONES, Set.of(new ContactPoint("2175550111", "204", true, null, null)));
    }

    private FieldValues.Builder configuration() {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ConfigurationFields.NAME, "HD-SRV-01")
                .set(ConfigurationFields.TYPE, new Choice("1", "Server"))
                .set(ConfigurationFields.STATUS, new Choice("1", "Active"))
                .set(ConfigurationFields.SERIAL_NUMBER, "SN-88213-A");
    }

    @Test
    @DisplayName("PUSH-11: a company is made with types, status and its first site, which is returned as a part")
    void createsACompanyWithItsSite() {
        FieldValues site = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.NAME, "Head office")
                .set(LocationFields.ADDRESS_1, "5 Quay Street")
                .set(LocationFields.CITY, "Springfield")
                .set(LocationFields.REGION, "IL")
                .set(LocationFields.POSTAL_CODE, "62702")
                .set(LocationFields.COUNTRY, "US")
                .build();
        FieldValues values = company("Harbor Dental")
                .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 101))
                .build();

        WriteResult result = create(Bench.draft(values, Bench.draft(site)));

        int id = Integer.parseInt(result.id().value());
        assertThat(result.failed()).isEmpty();
        RemoteRecord record = requireNonNull(result.record());
        assertThat(record.values().get(OrganizationFields.TYPES)).hasSize(2);
        assertThat(record.values().get(OrganizationFields.SHORT_NAME)).isEqualTo("Harbor Dental");
        assertThat(record.values().get(OrganizationFields.PARENT)).isEqualTo(Bench.ref(AssetKind.ORGANIZATION, 101));
        assertThat(result.parts()).singleElement().satisfies(part -> {
            assertThat(part.ref()).isEqualTo(record.values().get(OrganizationFields.PRIMARY_LOCATION));
            assertThat(part.values().get(LocationFields.NAME)).isEqualTo("Head office");
            assertThat(part.values().get(LocationFields.ADDRESS_1)).isEqualTo("5 Quay Street");
            assertThat(part.values().get(LocationFields.REGION)).isEqualTo("IL");
            assertThat(part.values().get(LocationFields.COUNTRY)).isEqualTo("US");
            assertThat(part.values().get(LocationFields.ORGANIZATION)).isEqualTo(Bench.ref(AssetKind.ORGANIZATION, id));
        });
        assertThat(bench.psa.records("company/companies/" + id + "/sites").count())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("PSA-CW-2: a company without a location gets a site of the name in the settings, or Main")
    void namesTheFirstSite() {
        WriteResult main = create(Bench.draft(company("Harbor Dental").build()));
        assertThat(main.parts().get(0).values().get(LocationFields.NAME)).isEqualTo("Main");

        WriteResult named =
                create(Bench.draft(company("Granite Legal").build(), Bench.options("defaultSiteName", "Office")));
        assertThat(named.parts().get(0).values().get(LocationFields.NAME)).isEqualTo("Office");
    }

    @Test
    @DisplayName("PUSH-11: the first site is named as a part even if it cannot be read after the company was made")
    void partWithoutRead() {
        bench.psa.faults().always("GET", "company/companies/*/sites/**", Fault.proxyError(503));

        WriteResult result = create(Bench.draft(company("Harbor Dental").build()));

        int site =
                bench.referred("company/companies", Integer.parseInt(result.id().value()), "site");
        assertThat(result.parts()).singleElement().satisfies(part -> {
            assertThat(part.id().value()).isEqualTo(result.id() + "/" + site);
            assertThat(part.values().has(LocationFields.CITY)).isFalse();
        });
    }

    @Test
    @DisplayName("PSA-CW-5: location, business unit and territory are never sent")
    void sendsNoDefaults() {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        bench.psa.observe(exchange -> bodies.add(exchange.method() + exchange.requestBody()));

        create(Bench.draft(company("Harbor Dental").build()));
        create(Bench.draft(contact().build(), TYPES));
        create(Bench.draft(configuration().build()));

        assertThat(bodies)
                .filteredOn(body -> body.startsWith("POST"))
                .hasSize(3)
                .allSatisfy(body -> assertThat(body)
                        .doesNotContain("\"location", "businessUnit", "territory", "companyLocation", "department"));
    }

    @Test
    @DisplayName("PSA-ALL-2: a contact is made with its e-mails and phones, of the types chosen in the settings")
    void createsAContact() {
        int site = bench.referred("company/companies", 101, "site");
        WriteResult result = create(Bench.draft(
                contact()
                        .set(ContactFields.LOCATION, Bench.ref(AssetKind.LOCATION, "101/" + site))
                        .build(),
                TYPES));

        assertThat(result.failed()).isEmpty();
        FieldValues values = requireNonNull(result.record()).values();
        assertThat(values.get(ContactFields.EMAILS))
                .allSatisfy(point -> assertThat(point.label()).isEqualTo("Email - Personal"))
                .filteredOn(ContactPoint::primary)
                .extracting(ContactPoint::value)
                .containsExactly("dana@harbor.example");
        assertThat(values.get(ContactFields.PHONES)).singleElement().satisfies(point -> {
            assertThat(point.label()).isEqualTo("Cell");
            assertThat(point.extension()).isEqualTo("204");
        });
        assertThat(values.get(ContactFields.TYPES)).extracting(Choice::name).containsExactly("Technical");
        assertThat(values.get(ContactFields.LOCATION)).isEqualTo(Bench.ref(AssetKind.LOCATION, "101/" + site));
    }

    @Test
    @DisplayName(
            "PSA-ALL-2: without a chosen type the contact goes without its e-mails and phones, and the result says so")
    void leavesOutItemsWithoutType() {
        WriteResult result = create(Bench.draft(contact().build(), Bench.options("contactEmailType", "1")));

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ContactFields.PHONES);
            assertThat(problem.text()).contains("2175550111", "settings");
        });
        FieldValues values = requireNonNull(result.record()).values();
        assertThat(values.get(ContactFields.EMAILS)).hasSize(2);
        assertThat(values.isBlank(ContactFields.PHONES)).isTrue();
    }

    @Test
    @DisplayName("FIELD-2: a configuration is made with every field of the table")
    void createsAConfiguration() {
        int site = bench.referred("company/companies", 101, "site");
        int person = bench.psa.records("company/contacts").ids().get(0);
        FieldValues values = configuration()
                .set(ConfigurationFields.ASSET_TAG, "HD-1")
                .set(ConfigurationFields.NOTES, "Rack 2\nU14")
                .set(ConfigurationFields.INSTALLED_ON, LocalDate.of(2024, 2, 14))
                .set(ConfigurationFields.INSTALLED_BY, new Choice("2", "Jan Kowalski"))
                .set(ConfigurationFields.PURCHASED_ON, LocalDate.of(2024, 2, 1))
                .set(ConfigurationFields.EXPIRES_ON, LocalDate.of(2027, 2, 1))
                .set(ConfigurationFields.MANUFACTURER, new Choice("1", "Fabrikam"))
                .set(ConfigurationFields.MODEL, Choice.named("R350"))
                .set(ConfigurationFields.OPERATING_SYSTEM, "Ubuntu")
                .set(ConfigurationFields.PRIMARY_IP, "192.0.2.14")
                .set(ConfigurationFields.DEFAULT_GATEWAY, "192.0.2.1")
                .set(ConfigurationFields.MAC_ADDRESS, "001b.4411.3ab7")
                .set(ConfigurationFields.LOCATION, Bench.ref(AssetKind.LOCATION, "101/" + site))
                .set(ConfigurationFields.CONTACT, Bench.ref(AssetKind.CONTACT, person))
                .build();

        WriteResult result = create(Bench.draft(values));

        assertThat(result.failed()).isEmpty();
        FieldValues made = requireNonNull(result.record()).values();
        assertThat(made.only(field -> values.has(field))).isEqualTo(values);
        assertThat(made.get(ConfigurationFields.ACTIVE)).isTrue();
    }

    @Test
    @DisplayName("FIELD-2: a site is made below its company; phone and fax are only pulled, and the result says so")
    void createsASite() {
        FieldValues values = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(LocationFields.NAME, "Depot")
                .set(LocationFields.CITY, "Lakemont")
                .set(LocationFields.REGION, "FL")
                .set(LocationFields.PHONE, "2175550300")
                .build();

        WriteResult result = create(Bench.draft(values));

        assertThat(result.id().value()).startsWith("101/");
        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(LocationFields.PHONE);
            assertThat(problem.code()).isEqualTo(Problem.Code.NOT_WRITABLE);
        });
        assertThat(bench.read(AssetKind.LOCATION, result.id()).values().get(LocationFields.REGION))
                .isEqualTo("FL");
    }

    @Test
    @DisplayName("SAFE-1: a create whose answer is lost is not repeated, says that its outcome is open, and is found")
    void lostAnswers() {
        for (Fault fault :
                List.of(Fault.cutAfterEffect(), Fault.resetAfterEffect(), Fault.garbage(), Fault.emptyBody())) {
            bench.psa.faults().clear();
            int before = companies.count();
            Draft draft = bench.connector.prepare(
                    Bench.draft(company("Lost and found").build()));
            bench.psa.faults().next(1, "POST", "company/companies", fault);

            assertThatThrownBy(() -> bench.connector.create(draft))
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());

            assertThat(companies.count()).isEqualTo(before + 1);
            assertThat(bench.connector.findCreated(draft))
                    .singleElement()
                    .satisfies(found -> assertThat(found.values().get(OrganizationFields.SHORT_NAME))
                            .isEqualTo(draft.fixed().get("identifier")));
        }
    }

    @Test
    @DisplayName("SAFE-1: lost contacts, configurations and sites are found by their names below their company")
    void findsLostRecords() {
        for (Draft draft : List.of(
                Bench.draft(contact().build(), TYPES),
                Bench.draft(configuration().build()),
                Bench.draft(FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                        .set(LocationFields.NAME, "Depot")
                        .build()))) {
            assertThat(bench.connector.findCreated(draft)).isEmpty();
            bench.psa.faults().next(1, "POST", "**", Fault.cutAfterEffect());
            assertThatThrownBy(() -> create(draft)).isInstanceOf(ConnectorException.Unavailable.class);
            bench.psa.faults().clear();
            assertThat(bench.connector.findCreated(draft)).hasSize(1);
        }
        Draft otherSerial = Bench.draft(configuration()
                .set(ConfigurationFields.SERIAL_NUMBER, "SN-OTHER")
                .build());
        assertThat(bench.connector.findCreated(otherSerial)).isEmpty();
    }

    @Test
    @DisplayName("C10.2: a record that was made is named even if the rest of the answer cannot be understood")
    void strangeAnswers() {
        Draft draft = Bench.draft(configuration().build());
        bench.psa.faults().next(1, "POST", "company/configurations", Fault.members(Map.of("status", "Active")));
        WriteResult result = create(draft);
        assertThat(result.record()).isNull();
        assertThat(bench.read(AssetKind.CONFIGURATION, result.id()).values().get(ConfigurationFields.NAME))
                .isEqualTo("HD-SRV-01");

        bench.psa.faults().next(1, "POST", "company/configurations", Fault.body("{\"name\":\"No id\"}"));
        assertThatThrownBy(() -> create(draft))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
    }

    @Test
    @DisplayName("C10.2: what was certainly not carried out is not said to be open")
    void certainFailures() {
        Draft draft =
                bench.connector.prepare(Bench.draft(company("Harbor Dental").build()));
        bench.psa.faults().next(1, "POST", "company/companies", Fault.throttled(Duration.ofMinutes(10)));
        assertThatThrownBy(() -> bench.connector.create(draft)).isInstanceOf(ConnectorException.Throttled.class);
        bench.clock.advance(Duration.ofMinutes(11));
        bench.psa.faults().next(1, "POST", "company/companies", Fault.forbidden());
        assertThatThrownBy(() -> bench.connector.create(draft))
                .isInstanceOfSatisfying(
                        ConnectorException.Forbidden.class,
                        e -> assertThat(e.right()).isEqualTo("Companies > Company Maintenance (Add)"));
        assertThat(companies.count()).isEqualTo(3);
        bench.psa.changeCodebase("v2025_2/");
        assertThat(bench.connector.create(draft).failed()).isEmpty();
    }

    @Test
    @DisplayName(
            "PUSH-7: a short name that was taken meanwhile is refused as a duplicate; an identifier that the host did"
                    + " not choose is only out of date")
    void duplicates() {
        Draft draft =
                bench.connector.prepare(Bench.draft(company("Harbor Dental").build()));
        Draft named = bench.connector.prepare(Bench.draft(
                company("Quay").set(OrganizationFields.SHORT_NAME, "QUAY").build()));
        companies.add(Map.of("identifier", "HARBOR dental", "name", "The other"));
        companies.add(Map.of("identifier", "quay", "name", "Another"));

        assertThatThrownBy(() -> bench.connector.create(named))
                .isInstanceOfSatisfying(
                        ConnectorException.Rejected.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo(Problem.Code.DUPLICATE);
                            assertThat(problem.field()).isEqualTo(OrganizationFields.SHORT_NAME);
                        }));
        assertThatThrownBy(() -> bench.connector.create(draft))
                .isInstanceOf(ConnectorException.Stale.class)
                .hasMessageContaining("Harbor Dental");
        assertThat(bench.connector
                        .prepare(Bench.draft(company("Harbor Dental").build()))
                        .fixed())
                .containsEntry("identifier", "Harbor Dental2");
    }

    @Test
    @DisplayName("PUSH-13: what the PSA refuses is a rejection that names the field, its own fields among them")
    void refusals() {
        bench.psa.switches().on(Switch.ADDRESS_REQUIRED);
        assertThatThrownBy(() -> create(Bench.draft(company("Harbor Dental").build())))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("addressLine1");

        bench.psa.switches().on(Switch.REQUIRED_ANSWERS);
        bench.psa.faults().always("GET", "company/configurations/types/**", Fault.body("[]"));
        assertThatThrownBy(() -> create(Bench.draft(configuration()
                        .set(ConfigurationFields.TYPE, new Choice("4", "Firewall"))
                        .build())))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("Support contract number");

        bench.psa
                .faults()
                .next(
                        1,
                        "POST",
                        "company/contacts",
                        Fault.error(
                                500,
                                "ConnectWiseApi",
                                "Error converting value \"x\" to type 'System.Int32'. Path 'id', line 1, position 1."));
        assertThatThrownBy(() -> create(Bench.draft(contact().build(), TYPES)))
                .isInstanceOf(ConnectorException.Rejected.class);
    }

    @Test
    @DisplayName("PUSH-13: a site below a company that is not there is refused, naming the organization")
    void siteWithoutCompany() {
        Draft draft = Bench.draft(FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 999_999))
                .set(LocationFields.NAME, "Depot")
                .build());
        assertThatThrownBy(() -> create(draft))
                .isInstanceOfSatisfying(
                        ConnectorException.Rejected.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::field)
                                .containsExactly(LocationFields.ORGANIZATION));
    }

    @Test
    @DisplayName("C0.3: tickets are never written")
    void refusesTickets() {
        Draft ticket = Bench.draft(FieldValues.empty(AssetKind.TICKET));
        assertThatThrownBy(() -> bench.connector.prepare(ticket)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> bench.connector.create(ticket)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> bench.connector.findCreated(ticket)).isInstanceOf(UnsupportedOperationException.class);
    }
}
