package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.autotask.Fault;
import org.psasync.testkit.autotask.Records;

/** How records are made, and what is refused before anything is sent. */
class CreatingTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(4).configurations(4).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private Records records(String path) {
        return bench.psa.records(path);
    }

    private WriteResult create(Draft draft) {
        Draft prepared = bench.connector.prepare(draft);
        assertThat(bench.connector.prepare(prepared)).isEqualTo(prepared);
        return bench.connector.create(prepared);
    }

    private static WriteOptions without(String key) {
        Map<String, String> values = new HashMap<>(Samples.OPTIONS.values());
        values.remove(key);
        return new WriteOptions(values);
    }

    private static WriteOptions with(String key, String value) {
        Map<String, String> values = new HashMap<>(Samples.OPTIONS.values());
        values.put(key, value);
        return new WriteOptions(values);
    }

    private List<Problem> problems(Draft draft) {
        int sent = writes();
        try {
            bench.connector.prepare(draft);
        } catch (ConnectorException.Rejected e) {
            assertThat(writes()).as("nothing was sent").isEqualTo(sent);
            return e.problems();
        }
        return List.of();
    }

    private int writes() {
        return bench.psa.requests().count("POST", "Companies")
                + bench.psa.requests().count("POST", "Companies/*/*")
                + bench.psa.requests().count("POST", "ConfigurationItems")
                + bench.psa.requests().count("POST", "Products")
                + bench.psa.requests().count("PATCH", "**");
    }

    private static long number(RemoteId id) {
        return Long.parseLong(id.value());
    }

    // Companies ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "PUSH-11, PSA-AT-2: a company is made with owner and phone, and its primary location is linked with it")
    void makesCompanies() {
        WriteResult result = create(Samples.account("Harbor Dental"));

        assertThat(result.failed()).isEmpty();
        assertThat(records("Companies").get(number(result.id())))
                .containsEntry("companyName", "Harbor Dental")
                .containsEntry("companyType", 1L)
                .containsEntry("companyNumber", "HARBOR")
                .containsEntry("phone", "(503) 555-0150")
                .containsEntry("ownerResourceID", Samples.PERSON)
                .containsEntry("isActive", true);
        RemoteRecord location = result.parts().get(0);
        assertThat(result.parts()).hasSize(1);
        assertThat(location.values().get(LocationFields.NAME)).isEqualTo("Quay");
        assertThat(location.values().get(LocationFields.CITY)).isEqualTo("Port Ellis");
        assertThat(records("CompanyLocations").idsWhere("companyID", number(result.id())))
                .hasSize(1);
        assertThat(Bench.record(result).values().get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(location.ref());
    }

    @Test
    @DisplayName("PSA-AT-2, PUSH-8: without account manager and phone nothing is sent, and setting and field are named")
    void refusesCompaniesWithoutOwnerAndPhone() {
        Draft draft = new Draft(
                Samples.account("X").pair(),
                Samples.accountValues("X"),
                List.of(Bench.draft(Samples.mainLocation().without(LocationFields.PHONE))),
                Map.of(),
                without("accountManager"));
        assertThat(problems(draft))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem.text()).contains("default account manager"))
                .anySatisfy(problem -> {
                    assertThat(problem.field()).isEqualTo(OrganizationFields.PRIMARY_LOCATION);
                    assertThat(problem.text()).contains("phone");
                });
        assertThat(problems(Bench.draft(Samples.accountValues("X"), Samples.OPTIONS)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.REQUIRED));
    }

    @Test
    @DisplayName("PSA-AT-2, bad input: an account manager who is an API user, inactive or unknown is refused by name")
    void refusesUnfitOwners() {
        for (Map.Entry<Long, String> owner : Map.of(
                        Samples.API_USER,
                        "\"Docs Sync\" is an API user",
                        29_682_893L,
                        "\"Paula Left\" is not active",
                        1L,
                        "is no resource")
                .entrySet()) {
            Draft draft = new Draft(
                    Samples.account("X").pair(),
                    Samples.accountValues("X"),
                    List.of(Bench.draft(Samples.mainLocation())),
                    Map.of(),
                    with("accountManager", owner.getKey().toString()));
            assertThat(problems(draft))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.text())
                            .contains(owner.getValue())
                            .contains("settings"));
        }
    }

    @Test
    @DisplayName(
            "FIELD-2, bad input: too long a text and an unknown or inactive value are refused before anything is sent")
    void refusesLongTextsAndUnknownValues() {
        FieldValues values =
                Samples.accountValues("N".repeat(101)).with(OrganizationFields.TYPES, Set.of(new Choice("99", "Gone")));
        Draft draft = new Draft(
                Samples.account("X").pair(),
                values,
                List.of(Bench.draft(Samples.mainLocation().with(LocationFields.CITY, "C".repeat(51)))),
                Map.of(),
                Samples.OPTIONS);
        assertThat(problems(draft))
                .extracting(Problem::field)
                .contains(OrganizationFields.NAME, OrganizationFields.TYPES);
        Draft inactive = Bench.draft(
                Samples.assetValues(bench, "X").with(ConfigurationFields.TYPE, new Choice("19", "Fax Machine")),
                Samples.OPTIONS);
        assertThat(problems(inactive)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ConfigurationFields.TYPE);
            assertThat(problem.code()).isEqualTo(Problem.Code.UNKNOWN_VALUE);
        });
    }

    @Test
    @DisplayName("FIELD-4: a country that the tenant lacks is refused; one that it has goes by its number")
    void looksUpCountries() {
        FieldValues values = Samples.mainLocation().with(LocationFields.ORGANIZATION, Samples.company());
        WriteResult made = create(Bench.draft(values.with(LocationFields.COUNTRY, "DE")));
        assertThat(records("CompanyLocations").get(number(made.id()))).containsEntry("countryID", 82L);
        assertThat(problems(Bench.draft(values.with(LocationFields.COUNTRY, "Atlantis"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("Atlantis"));
    }

    @Test
    @DisplayName("PUSH-8: a member that this tenant requires and nobody fills is named before anything is sent")
    void namesWhatTheTenantRequires() {
        bench.psa
                .faults()
                .always(
                        "GET",
                        "CompanyLocations/entityInformation/fields",
                        Fault.answer(
                                200,
                                "{\"fields\":[{\"name\":\"taxRegionID\",\"dataType\":\"integer\",\"length\":0,"
                                        + "\"isRequired\":true,\"isReadOnly\":false,\"isPickList\":false}]}"));
        assertThat(problems(Bench.draft(Samples.mainLocation().with(LocationFields.ORGANIZATION, Samples.company()))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("taxRegionID"));
    }

    @Test
    @DisplayName("PUSH-12: a company stays made when its location cannot be finished, and the location is still linked")
    void keepsTheCompanyWhateverBecomesOfItsLocation() {
        bench.psa.faults().next(1, "PATCH", "Companies/*/Locations", Fault.errors(500, "Name is not allowed."));
        WriteResult result = create(Samples.account("Harbor Dental"));
        assertThat(result.parts()).hasSize(1);
        assertThat(result.failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isNull());
    }

    // Contacts and locations -----------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "PSA-AT-4, PSA-AT-5: contacts and locations are made below their company; what they need is named at once")
    void makesChildren() {
        WriteResult contact = create(Samples.contact(bench, "Ada"));
        assertThat(contact.failed()).isEmpty();
        assertThat(records("Contacts").get(number(contact.id())))
                .containsEntry("emailAddress", "ada@client.example")
                .containsEntry("phone", "(503) 555-0160")
                .containsEntry("extension", "12")
                .containsEntry("isActive", 1L)
                .containsEntry("companyID", Samples.COMPANY);
        assertThat(bench.psa.requests().count("POST", "Companies/" + Samples.COMPANY + "/Contacts"))
                .isEqualTo(1);
        assertThat(bench.psa.requests().count("POST", "Contacts")).isZero();
        create(Bench.draft(Samples.mainLocation().with(LocationFields.ORGANIZATION, Samples.company())));
        assertThat(bench.psa.requests().count("POST", "Companies/" + Samples.COMPANY + "/Locations"))
                .isEqualTo(1);

        assertThat(problems(Bench.draft(FieldValues.of(AssetKind.CONTACT)
                        .set(ContactFields.ORGANIZATION, Samples.company())
                        .set(ContactFields.TITLE, "Owner")
                        .build())))
                .extracting(Problem::field)
                .containsExactly(ContactFields.FIRST_NAME, ContactFields.LAST_NAME);
        assertThat(problems(Bench.draft(FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.ORGANIZATION, Samples.company())
                        .build())))
                .extracting(Problem::field)
                .containsExactly(LocationFields.NAME);
    }

    @Test
    @DisplayName(
            "PSA-ALL-2, FIELD-4: an e-mail or phone without chosen type, or without free slot, is left out and named")
    void leavesOutWhatHasNoPlace() {
        FieldValues values = Samples.contactValues(bench, "Ada")
                .with(
                        ContactFields.PHONES,
                        new LinkedHashSet<>(List.of(
                                ContactPoint.primary("(503) 555-0161"), ContactPoint.further("(503) 555-0162"))));
        WriteResult result = create(Bench.draft(values, without("contactEmailType")));
        assertThat(result.failed())
                .hasSize(2)
                .extracting(Problem::field)
                .containsExactlyInAnyOrder((Field<?>) ContactFields.EMAILS, ContactFields.PHONES);
        assertThat(records("Contacts").get(number(result.id())))
                .containsEntry("phone", "(503) 555-0161")
                .containsEntry("mobilePhone", null)
                .containsEntry("emailAddress", null);
    }

    // Configuration items --------------------------------------------------------------------------------------------

    @Test
    @DisplayName("PSA-AT-3: manufacturer and model choose the product, whatever their case; none is made or changed")
    void choosesProducts() {
        Map<String, ?> before = records("Products").get(12_001);
        FieldValues values =
                Samples.assetValues(bench, "SRV-NEW").with(ConfigurationFields.MANUFACTURER, Choice.named("NORDLANE"));
        WriteResult result = create(Bench.draft(values, with("productMissing", "REFUSE")));
        assertThat(result.failed()).isEmpty();
        assertThat(records("ConfigurationItems").get(number(result.id())))
                .containsEntry("productID", 12_001L)
                .containsEntry("referenceTitle", "SRV-NEW")
                .containsEntry("configurationItemType", 14L)
                .containsEntry("warrantyExpirationDate", "2029-03-01T00:00:00Z");
        assertThat(records("Products").get(12_001)).isEqualTo(before);
        assertThat(records("Products").count()).isEqualTo(30);
    }

    @Test
    @DisplayName("PSA-AT-3: a product that is not active is not chosen, and of several active ones the oldest is")
    void choosesActiveProducts() {
        FieldValues values = Samples.assetValues(bench, "SRV-NEW");
        Map<String, Object> twin = Map.of(
                "name",
                "Nordlane again",
                "manufacturerName",
                "Nordlane",
                "manufacturerProductName",
                String.valueOf(records("Products").get(12_001).get("manufacturerProductName")),
                "isActive",
                true,
                "isSerialized",
                true,
                "productBillingCodeID",
                29_682_840);
        records("Products").add(twin);
        WriteResult first = create(Bench.draft(values, Samples.OPTIONS));
        assertThat(records("ConfigurationItems").get(number(first.id()))).containsEntry("productID", 12_001L);

        records("Products").edit(12_001, "isActive", false);
        WriteResult second = create(
                Bench.draft(values.with(ConfigurationFields.NAME, "SRV-NEXT"), with("productMissing", "REFUSE")));

        assertThat(records("ConfigurationItems").get(number(second.id())).get("productID"))
                .isEqualTo(records("Products").idWhere("name", "Nordlane again"));
    }

    @Test
    @DisplayName(
            "PSA-AT-3, PUSH-8: without manufacturer and model, or without such a product, it is refused and says so")
    void needsManufacturerAndModel() {
        FieldValues values = Samples.assetValues(bench, "SRV-NEW");
        assertThat(problems(Bench.draft(
                        values.without(ConfigurationFields.MANUFACTURER).without(ConfigurationFields.MODEL),
                        Samples.OPTIONS)))
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(ConfigurationFields.MANUFACTURER, ConfigurationFields.MODEL);
        assertThat(problems(Bench.draft(
                        values.with(ConfigurationFields.MODEL, Choice.named("ZZ-1")),
                        with("productMissing", "REFUSE"))))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.text()).contains("Nordlane").contains("ZZ-1"));
        assertThat(problems(Bench.draft(values, without("productBillingCode"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("billing code"));
        assertThat(problems(Bench.draft(values, with("productMissing", "DEFAULT"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("default product"));
    }

    @Test
    @DisplayName("PSA-AT-3: a missing product is made once where the settings say so, and then chosen")
    void makesProductsOnce() {
        FieldValues values = Samples.assetValues(bench, "SRV-1").with(ConfigurationFields.MODEL, Choice.named("ZZ-1"));
        create(Bench.draft(values, Samples.OPTIONS));
        create(Bench.draft(values.with(ConfigurationFields.NAME, "SRV-2"), Samples.OPTIONS));
        List<Long> made = records("Products").idsWhere("manufacturerProductName", "ZZ-1");
        assertThat(made).hasSize(1);
        assertThat(records("Products").get(made.get(0)))
                .containsEntry("manufacturerName", "Nordlane")
                .containsEntry("isActive", true)
                .containsEntry("productBillingCodeID", 29_682_840L);
    }

    @Test
    @DisplayName("PSA-AT-3, SAFE-1: a product whose answer was lost is found at the next try, and not made twice")
    void findsProductsWhoseAnswerWasLost() {
        Draft draft = Bench.draft(
                Samples.assetValues(bench, "SRV-1").with(ConfigurationFields.MODEL, Choice.named("ZZ-1")),
                Samples.OPTIONS);
        bench.psa.faults().next(1, "POST", "Products", Fault.cutAfterEffect());
        assertThatThrownBy(() -> bench.connector.create(draft))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(bench.connector.findCreated(draft)).isEmpty();
        bench.connector.create(draft);
        assertThat(records("Products").idsWhere("manufacturerProductName", "ZZ-1"))
                .hasSize(1);
        assertThat(bench.connector.findCreated(draft)).hasSize(1);
    }

    @Test
    @DisplayName(
            "PSA-AT-3: the default product takes the place of a missing one, and the result names what was not written")
    void takesTheDefaultProduct() {
        Map<String, String> options = new HashMap<>(Samples.OPTIONS.values());
        options.put("productMissing", "DEFAULT");
        options.put("defaultProduct", "12002");
        Draft draft = Bench.draft(
                Samples.assetValues(bench, "SRV-1").with(ConfigurationFields.MODEL, Choice.named("ZZ-1")),
                new WriteOptions(options));
        WriteResult result = create(draft);
        assertThat(records("ConfigurationItems").get(number(result.id()))).containsEntry("productID", 12_002L);
        assertThat(result.failed())
                .extracting(Problem::field)
                .containsExactly(ConfigurationFields.MANUFACTURER, ConfigurationFields.MODEL);
    }

    // Refusals and lost answers --------------------------------------------------------------------------------------

    @Test
    @DisplayName("Bad input: a reference to something inactive is refused on its field")
    void namesInactiveReferences() {
        records("Contacts").editUnnoticed(Samples.CONTACT, Map.of("isActive", 0));
        FieldValues values = Samples.assetValues(bench, "SRV-1")
                .with(ConfigurationFields.CONTACT, Bench.ref(AssetKind.CONTACT, Samples.CONTACT));
        assertThatThrownBy(() -> create(Bench.draft(values, Samples.OPTIONS)))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class, e -> {
                    assertThat(e.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo(ConfigurationFields.CONTACT);
                        assertThat(problem.code()).isEqualTo(Problem.Code.UNKNOWN_VALUE);
                    });
                });
    }

    @Test
    @DisplayName("SAFE-1, C10.1, C10.2: a create whose answer is lost is sent once, and leaves its outcome unknown")
    void doesNotRepeatCreates() {
        List<Fault> faults = new ArrayList<>(
                List.of(Fault.cutAfterEffect(), Fault.failureAfterEffect(502), Fault.failureAfterEffect(500)));
        for (Fault fault : faults) {
            bench.psa.faults().clear();
            bench.psa.faults().next(1, "POST", "Companies/*/Contacts", fault);
            Draft draft = Samples.contact(bench, "Ada" + faults.indexOf(fault));
            assertThatThrownBy(() -> bench.connector.create(draft))
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(bench.connector.findCreated(draft)).hasSize(1);
        }
        assertThat(bench.psa.requests().count("POST", "Companies/*/Contacts")).isEqualTo(3);
        assertThat(bench.connector
                        .descriptor()
                        .kind(AssetKind.CONTACT)
                        .orElseThrow()
                        .visibilityDelay())
                .isGreaterThanOrEqualTo(bench.connector.descriptor().deadline());
    }

    @Test
    @DisplayName("C0.2: a missing right to make a record is told as such")
    void namesMissingRights() {
        bench.psa.rights().deny("Contacts", "create");
        assertThatThrownBy(() -> create(Samples.contact(bench, "Ada")))
                .isInstanceOfSatisfying(
                        ConnectorException.Forbidden.class,
                        e -> assertThat(e.right()).isEqualTo("Contacts: create"));
    }

    @Test
    @DisplayName("FIELD-1: user-defined fields go with a new record")
    void writesUserDefinedFields() {
        Field<String> language = Field.custom(AssetKind.CONTACT, "language", FieldType.TEXT);
        try (AutotaskConnector connector = bench.connectorWith(AutotaskUdf.named(language, "Preferred Language"))) {
            Draft draft = Bench.draft(Samples.contactValues(bench, "Ada").with(language, "DEU"), Samples.OPTIONS);
            WriteResult result = connector.create(connector.prepare(draft));
            assertThat(records("Contacts").udf(number(result.id()), "Preferred Language"))
                    .isEqualTo("DEU");
            assertThat(Bench.record(result).values().get(language)).isEqualTo("DEU");
        }
    }
}
