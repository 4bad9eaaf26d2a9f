package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 3 of what a faithful fake must do: conditions, order and fields. The companies here have the ids 1 to 5 above 100. */
final class ConditionTest {
    private static final TestClock CLOCK = TestClock.at("2026-10-05T08:00:00.750Z");
    private static FakeConnectWise fake;

    @BeforeAll
    static void start() {
        fake = FakeConnectWise.builder()
                .clock(CLOCK)
                .companies(0)
                .contacts(0)
                .configurations(0)
                .tickets(0)
                .start();
        Records companies = fake.records("company/companies");
        companies.add(company("Alpha", "Active", "Customer", "city", "Oslo", "numberOfEmployees", 5));
        companies.add(company("alpha two", "Inactive", "Prospect", "city", "Bergen"));
        companies.add(company("Beta [old]", "Active", "Customer", "numberOfEmployees", 50, "leadFlag", true));
        companies.add(company("Gamma \"G\" 100%", "Active", "Vendor", "city", "oslo", "numberOfEmployees", 7));
        companies.add(company("Delta & Söhne", "Not Approved", "Customer", "website", "delta.example"));
        Records contacts = fake.records("company/contacts");
        contacts.add(contact("Ann", List.of(item(1, "ann@a.example"), item(2, "5550001"))));
        contacts.add(contact("Bob", List.of(item(1, "5550001"), item(2, "ann@a.example"))));
        contacts.add(contact("Cy", List.of()));
        companies.edit(102, Map.of("customFields", List.of(Map.of("id", 1, "value", "Gold"))));
        companies.edit(103, Map.of("customFields", List.of(Map.of("id", 2, "value", "2026-01-01T00:00:00Z"))));
    }

    private static Map<String, Object> company(String name, String status, String type, Object... others) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("identifier", name.replaceAll("\\W", ""));
        members.put("name", name);
        members.put("status", Map.of("name", status));
        members.put("types", List.of(Map.of("name", type)));
        for (int i = 0; i < others.length; i += 2) {
            members.put((String) others[i], others[i + 1]);
        }
        return members;
    }

    private static Map<String, Object> item(int type, String value) {
        return Map.of("type", Map.of("id", type), "value", value);
    }

    private static Map<String, Object> contact(String name, List<Map<String, Object>> items) {
        return Map.of("firstName", name, "company", Map.of("id", 101), "communicationItems", items);
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @AfterEach
    void reset() {
        fake.switches().off(Switch.values());
    }

    private static Client client() {
        return new Client(fake);
    }

    private static String numbers(Response response) {
        assertThat(response.status()).as(response.http().body()).isEqualTo(200);
        StringBuilder numbers = new StringBuilder();
        response.ids().forEach(id -> numbers.append(id % 100));
        return numbers.toString();
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "id = 101 | 1",
                "id=101 | 1",
                "id != 101 | 2345",
                "id > 103 | 45",
                "id >= 103 and id < 105 | 34",
                "id <= 102 | 12",
                "id > 101.5 | 2345",
                "id in (101, 104,999) | 14",
                "id not in (101,104) | 235",
                "name = \"alpha\" | 1",
                "NAME = 'Alpha' | 1",
                "name like \"alpha*\" | 12",
                "name like '%two' | 2",
                "name not like \"alpha%\" | 345",
                "name contains \"amm\" | 4",
                "name not contains 'a' | ``",
                "name contains '[[]old]' | 3",
                "name contains '[xyz]wo' | ``",
                "name = 'Beta [old]' | 3",
                "name contains 'Söhne' | 5",
                "name = \"Gamma \\\"G\\\" 100%\" | 4",
                "name contains '&' | 5",
                "status/name = \"Active\" | 134",
                "Status/ID = 2 | 2",
                "status/id in (2,3) | 25",
                "status/name != 'Active' | 25",
                "city = null | 35",
                "city != null | 124",
                "city != 'Oslo' | 235",
                "city = 'oslo' | 14",
                "website = '' | 1234",
                "numberOfEmployees > 5 | 34",
                "numberOfEmployees = null | 25",
                "leadFlag = true | 3",
                "leadFlag != true | 1245",
                "deletedFlag = False | 12345",
                "status/id = 1 and city = 'Oslo' or id = 105 | 145",
                "status/id = 1 AND (city = 'Oslo' OR id = 103) | 134",
                "((id=101)) or ( id = 105 ) | 15",
                "lastUpdated >= [2026-10-05T08:00:00Z] | 12345",
                "lastUpdated > [2026-10-05T08:00:00Z] | ``",
                "lastUpdated < [2026-10-05T09:00:01+01:00] | 12345",
                "dateEntered >= [2026-10-05] | 12345",
                "updatedBy = 'jkowalski' | 12345",
                "mobileGuid = 'nothing' | ``",
                "country/name = 'Norway' | ``",
            })
    void conditionsFindWhatTheySay(String condition, String expected) {
        assertThat(numbers(client().where("company/companies", condition))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "foo = 1 | foo is not a recognized name.",
                "status = 1 | status is not a recognized name.",
                "status/foo = 1 | status/foo is not a recognized name.",
                "status/id/x = 1 | status/id/x is not a recognized name.",
                "types/id = 1 | types/id is not a recognized name.",
                "_info/lastUpdated > [2026-01-01] | _info/lastUpdated is not a recognized name.",
                "leadFlag = 1 | Expected a boolean value, not a numeric. String values should be enclosed in quotation marks.",
                "id = 'x' | Expected a numeric value, not a string. String values should be enclosed in quotation marks.",
                "lastUpdated > '2026-01-01' | Expected a datetime value, not a string. String values should be enclosed in quotation marks.",
                "name = Alpha | Expected a value at position 7. String values should be enclosed in quotation marks.",
                "id = 1 and | Expected a name at position 10.",
                "(id = 1 | Expected ')' at position 7.",
                "id = 1) | Unexpected ')' at position 6.",
                "id | Expected a comparison at position 2.",
                "name = 'x | The string is not closed.",
                "lastUpdated > [yesterday] | String was not recognized as a valid DateTime.",
                "id contains 1 | contains and like apply to strings only.",
            })
    void whatCannotBeUnderstoodIsRefused(String condition, String message) {
        Response refused = client().where("company/companies", condition);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code").asText()).isEqualTo("ApiFindCondition");
        assertThat(refused.at("/message").asText()).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "communicationItems/value = 'ann@a.example' | 12",
                "communicationItems/value = 'ann@a.example' and communicationItems/communicationType = 'Email' | 1",
                "communicationItems/type/name = 'Direct' and communicationItems/value like '555*' | 1",
                "CommunicationItems/Value contains 'nobody' | ``",
            })
    void childConditionsAreMetByOneElement(String condition, String expected) {
        Response found = client().get("company/contacts?childConditions=" + Client.encode(condition));
        assertThat(numbers(found)).isEqualTo(expected);
    }

    @Test
    void childConditionsReachTypesAsWell() {
        assertThat(numbers(client().get("company/companies?childConditions=" + Client.encode("types/name='Customer'"))))
                .isEqualTo("135");
        assertThat(numbers(client().get("company/companies?conditions=" + Client.encode("city='Oslo'")
                        + "&childconditions=" + Client.encode("types/id in (1,2)"))))
                .isEqualTo("1");
        assertThat(client().get("company/companies?childConditions=" + Client.encode("types/foo=1"))
                        .at("/message")
                        .asText())
                .isEqualTo("types/foo is not a recognized name.");
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "caption=\"Tier\" AND value != null | 2",
                "caption='Tier' and value = 'gold' | 2",
                "caption='Renewal Date' and value != null | 3",
                "value = null | 12345",
            })
    void customFieldConditionsAreMetByOneField(String condition, String expected) {
        Response found = client().get("company/companies?customFieldConditions=" + Client.encode(condition));
        assertThat(numbers(found)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "id desc | 54321",
                "name | 12354",
                "Name desc | 45321",
                "status/name asc, id desc | 43125",
                "city,id | 35214",
                "numberOfEmployees desc | 34125",
                "lastUpdated | 12345",
            })
    void orderFollowsNamesAndReferences(String order, String expected) {
        assertThat(numbers(client().get("company/companies?orderBy=" + Client.encode(order))))
                .isEqualTo(expected);
    }

    @Test
    void anOrderByAnUnknownNameIsRefused() {
        Response refused = client().get("company/companies?orderBy=foo");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code").asText()).isEqualTo("ApiFindCondition");
    }

    @Test
    void fieldsLimitTheAnswerAndInfoMustBeNamed() {
        Response few = client().get("company/companies?pageSize=1&fields=ID,name,status/name,types/id");
        assertThat(few.http().body())
                .isEqualTo("[{\"id\":101,\"name\":\"Alpha\",\"status\":{\"name\":\"Active\"},\"types\":[{\"id\":1}]}]");
        Response info = client().get("company/companies/101?fields=id,_info/lastUpdated");
        assertThat(info.http().body()).isEqualTo("{\"id\":101,\"_info\":{\"lastUpdated\":\"2026-10-05T08:00:00Z\"}}");
        assertThat(client().get("company/companies/101?fields=id,nothing")
                        .http()
                        .body())
                .isEqualTo("{\"id\":101}");
    }

    @Test
    void changedRecordsShowInCachedFields() {
        String path = "company/companies/105?fields=name,status/name";
        client().get(path);
        fake.records("company/companies").edit(105, "status", Map.of("id", 1));
        assertThat(client().get(path).at("/status/name").asText()).isEqualTo("Active");
        int status = fake.records("company/companies/statuses").idWhere("name", "Active");
        fake.records("company/companies/statuses").edit(status, "name", "Live");
        assertThat(client().get(path).at("/status/name").asText()).isEqualTo("Live");
        fake.records("company/companies/statuses").edit(status, "name", "Active");
        fake.records("company/companies").edit(105, "status", Map.of("name", "Not Approved"));
    }

    @Test
    void ticketsAreSearchedByPost() {
        fake.records("service/tickets").add(Map.of("summary", "One", "company", Map.of("id", 101)));
        int two = fake.records("service/tickets").add(Map.of("summary", "Two", "company", Map.of("id", 102)));
        Response found = client().post(
                        "service/tickets/search?pageSize=5",
                        "{\"conditions\":\"company/id in (102,105) and lastUpdated > [2026-01-01T00:00:00Z]\"}");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.ids()).containsExactly(two);
        Response ordered =
                client().post("service/tickets/search", "{\"childConditions\":\"\",\"orderBy\":\"summary desc\"}");
        assertThat(ordered.at("/0/summary").asText()).isEqualTo("Two");
    }

    @Test
    void someSystemsWantDatesWithoutZone() {
        fake.switches().on(Switch.DATES_WITHOUT_ZONE);
        assertThat(client().where("company/companies", "lastUpdated > [2026-10-05T07:00:00Z]")
                        .status())
                .isEqualTo(400);
        assertThat(client().where("company/companies", "lastUpdated > [2026-10-05T07:00:00]")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void blanksAreWrittenAsPlusOrPercent20() {
        assertThat(numbers(client().get("company/companies?conditions=name+like+%22alpha%25%22")))
                .isEqualTo("12");
        assertThat(numbers(client().get("company/companies?conditions=name%20like%20%22alpha%25%22")))
                .isEqualTo("12");
    }

    @Test
    void urlsThatAreTooLongAreRefused() {
        String ids = "101,".repeat(600);
        assertThat(client().get("company/companies?conditions=id%20in%20(" + ids + "101)")
                        .status())
                .isEqualTo(414);
    }
}
