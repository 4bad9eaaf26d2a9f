package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.Problem.Code;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.testkit.connectwise.Fault;

/** What is said of a draft before anything is sent. */
class PreparingTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(3).contacts(2).configurations(2).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private List<Problem> problems(Draft draft) {
        try {
            bench.connector.prepare(draft);
        } catch (ConnectorException.Rejected e) {
            return e.problems();
        }
        return List.of();
    }

    private static FieldValues.Builder company(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION).set(OrganizationFields.NAME, name);
    }

    private FieldValues.Builder configuration() {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ConfigurationFields.NAME, "NB-SRV-09")
                .set(ConfigurationFields.TYPE, new Choice("1", "Server"))
                .set(ConfigurationFields.STATUS, new Choice("1", "Active"));
    }

    private static List<Field<?>> fields(List<Problem> problems) {
        return problems.stream().<Field<?>>map(Problem::field).toList();
    }

    @Test
    @DisplayName("PSA-CW-2: the identifier is the short name")
    void takesTheShortName() {
        Draft draft = Bench.draft(company("Harbor Dental")
                .set(OrganizationFields.SHORT_NAME, "HARBOR")
                .build());

        assertThat(bench.connector.prepare(draft).fixed()).containsExactly(Map.entry("identifier", "HARBOR"));
    }

    @Test
    @DisplayName("PSA-CW-2: without a short name the identifier is the name shortened to 30, numbered on collision")
    void shortensAndNumbersTheName() {
        String name = "The Honourable Society of Harbor Dentists";
        String shortened = "The Honourable Society of Harb";
        assertThat(bench.connector.prepare(Bench.draft(company(name).build())).fixed())
                .containsEntry("identifier", shortened);

        int deleted = bench.psa
                .records("company/companies")
                .add(Map.of("identifier", shortened.toUpperCase(java.util.Locale.ROOT), "name", "A"));
        bench.psa.records("company/companies").delete(deleted);
        for (int number = 2; number <= 11; number++) {
            String taken = shortened.substring(0, number < 10 ? 29 : 28) + number;
            bench.psa.records("company/companies").add(Map.of("identifier", taken, "name", "B" + number));
        }
        assertThat(bench.connector.prepare(Bench.draft(company(name).build())).fixed())
                .containsEntry("identifier", shortened.substring(0, 28) + "12");
        assertThat(bench.connector.prepare(Bench.draft(company("Quay").build())).fixed())
                .containsEntry("identifier", "Quay");
    }

    @Test
    @DisplayName("C8.2: a prepared draft stays as it is, also once its company exists")
    void preparingTwiceChangesNothing() {
        Draft prepared =
                bench.connector.prepare(Bench.draft(company("Harbor Dental").build()));
        assertThat(bench.connector.prepare(prepared)).isEqualTo(prepared);
        bench.connector.create(prepared);

        assertThat(bench.connector.prepare(prepared)).isEqualTo(prepared);
        Draft other = Bench.draft(configuration().build());
        assertThat(bench.connector.prepare(other)).isEqualTo(other);
    }

    @Test
    @DisplayName("PUSH-8: everything that is missing or wrong is said at once, in words a person can act on")
    void saysEverythingAtOnce() {
        FieldValues values = company("")
                .set(OrganizationFields.SHORT_NAME, "x".repeat(31))
                .set(OrganizationFields.STATUS, new Choice("99", "Dormant"))
                .set(OrganizationFields.TYPES, Set.of(new Choice("1", "Customer"), new Choice("98", "Friend")))
                .build();

        List<Problem> problems = problems(Bench.draft(values));

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(Code.REQUIRED, Code.TOO_LONG, Code.UNKNOWN_VALUE, Code.UNKNOWN_VALUE);
        assertThat(problems)
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("Dormant"));
        assertThat(problems)
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("Friend"));
        assertThat(problems)
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("31", "30"));
        assertThat(bench.psa.records("company/companies").count()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "PSA-CW-2: a configuration needs name, type, status and company; a contact a first name; a site a name")
    void namesRequiredFields() {
        assertThat(fields(problems(Bench.draft(FieldValues.empty(AssetKind.CONFIGURATION)))))
                .containsExactlyInAnyOrder(
                        ConfigurationFields.ORGANIZATION,
                        ConfigurationFields.NAME,
                        ConfigurationFields.TYPE,
                        ConfigurationFields.STATUS);
        assertThat(fields(problems(Bench.draft(FieldValues.empty(AssetKind.CONTACT)))))
                .containsExactlyInAnyOrder(ContactFields.ORGANIZATION, ContactFields.FIRST_NAME);
        assertThat(fields(problems(Bench.draft(FieldValues.empty(AssetKind.LOCATION)))))
                .containsExactlyInAnyOrder(LocationFields.ORGANIZATION, LocationFields.NAME);
    }

    @Test
    @DisplayName("PSA-CW-3: a configuration type with required questions is refused, naming the questions")
    void namesRequiredQuestions() {
        assertThat(problems(Bench.draft(configuration().build()))).isEmpty();

        List<Problem> problems = problems(Bench.draft(configuration()
                .set(ConfigurationFields.TYPE, new Choice("4", "Firewall"))
                .build()));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(ConfigurationFields.TYPE))
                .satisfies(problem -> assertThat(problem.text()).contains("Support contract number", "Firewall"));
    }

    @Test
    @DisplayName("FIELD-2: values that the PSA cannot hold are refused per field, never cut")
    void checksLengths() {
        FieldValues long1 = configuration()
                .set(ConfigurationFields.NAME, "n".repeat(101))
                .set(ConfigurationFields.ASSET_TAG, "t".repeat(51))
                .set(ConfigurationFields.MODEL, Choice.named("m".repeat(51)))
                .set(ConfigurationFields.NOTES, "no limit ".repeat(1000))
                .set(ConfigurationFields.PURCHASED_ON, LocalDate.of(2024, 2, 1))
                .build();
        assertThat(fields(problems(Bench.draft(long1))))
                .containsExactlyInAnyOrder(
                        ConfigurationFields.NAME, ConfigurationFields.ASSET_TAG, ConfigurationFields.MODEL);

        FieldValues contact = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("a@" + "b".repeat(250))))
                .set(ContactFields.PHONES, Set.of(new ContactPoint("5551234567", "1234567890123456", true, null, null)))
                .build();
        assertThat(fields(problems(Bench.draft(contact)))).containsExactly(ContactFields.EMAILS, ContactFields.PHONES);
    }

    @Test
    @DisplayName(
            "FIELD-2: unknown states, countries, manufacturers and members are refused, known names are understood")
    void resolvesNames() {
        FieldValues site = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(LocationFields.NAME, "Depot")
                .set(LocationFields.REGION, "Bavaria")
                .set(LocationFields.COUNTRY, "Atlantis")
                .build();
        assertThat(fields(problems(Bench.draft(site))))
                .containsExactlyInAnyOrder(LocationFields.REGION, LocationFields.COUNTRY);
        assertThat(problems(
                        Bench.draft(site.with(LocationFields.REGION, "Illinois").with(LocationFields.COUNTRY, "USA"))))
                .isEmpty();

        FieldValues named = configuration()
                .set(ConfigurationFields.MANUFACTURER, Choice.named("fabrikam"))
                .set(ConfigurationFields.INSTALLED_BY, Choice.named("Jan Kowalski"))
                .build();
        assertThat(problems(Bench.draft(named))).isEmpty();
        FieldValues unknown = configuration()
                .set(ConfigurationFields.MANUFACTURER, Choice.named("Dell"))
                .set(ConfigurationFields.INSTALLED_BY, new Choice("999", "Nobody"))
                .build();
        assertThat(problems(Bench.draft(unknown)))
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains("manufacturer \"Dell\""))
                .hasSize(2);
        bench.psa.records("procurement/manufacturers").add(Map.of("name", "Dell"));
        bench.clock.advance(java.time.Duration.ofMinutes(1));
        assertThat(fields(problems(Bench.draft(unknown)))).containsExactly(ConfigurationFields.INSTALLED_BY);
    }

    @Test
    @DisplayName("PSA-CW-4: a list that the member may not see does not stop a draft that names ids of it")
    void hiddenLists() {
        bench.psa.faults().always("GET", "company/configurations/types/**", Fault.forbidden());
        bench.psa.faults().always("GET", "company/configurations/types", Fault.forbidden());

        assertThat(problems(Bench.draft(configuration().build()))).isEmpty();
        assertThat(problems(Bench.draft(configuration()
                        .set(ConfigurationFields.TYPE, Choice.named("Server"))
                        .build())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("Table Setup"));
    }

    @Test
    @DisplayName("PUSH-11: the first site of a company is checked with it; its name may be missing")
    void checksParts() {
        FieldValues site = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.CITY, "c".repeat(60))
                .build();
        Draft draft = Bench.draft(company("Harbor Dental").build(), Bench.draft(site));

        assertThat(fields(problems(draft))).containsExactly(LocationFields.CITY);
        Draft two = Bench.draft(
                company("Harbor Dental").build(),
                Bench.draft(FieldValues.empty(AssetKind.LOCATION)),
                Bench.draft(FieldValues.empty(AssetKind.LOCATION)));
        assertThat(problems(two))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.NOT_WRITABLE));
    }

    @Test
    @DisplayName("PSA-CW-2: a short name that another company has is refused as a duplicate")
    void refusesTakenShortNames() {
        Object taken = bench.psa.records("company/companies").get(101).get("identifier");

        assertThat(problems(Bench.draft(company("Another")
                        .set(OrganizationFields.SHORT_NAME, String.valueOf(taken))
                        .build())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.DUPLICATE))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(OrganizationFields.SHORT_NAME));
    }
}
