package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 4 of what a faithful fake must do: how records are shown. */
final class AnswerTest {
    private static FakeConnectWise fake;

    @BeforeAll
    static void start() {
        fake = FakeConnectWise.builder()
                .clock(TestClock.at("2026-10-05T08:00:00.750Z"))
                .start();
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

    private static List<String> names(JsonNode record) {
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whatIsNullIsLeftOutAndWhatIsEmptyStays() {
        int id = fake.records("company/companies").add(Map.of("identifier", "Empty", "name", "Empty"));
        JsonNode company = client().get("company/companies/" + id).json();
        assertThat(names(company)).doesNotContain("addressLine1", "city", "country", "territory", "dateDeleted");
        assertThat(company.toString()).doesNotContain("null");
        assertThat(company.at("/faxNumber").asText("missing")).isEmpty();
        assertThat(company.at("/annualRevenue").toString()).isEqualTo("0.0");
        assertThat(company.at("/types").isArray()).isTrue();
    }

    @Test
    void idComesFirstAndInfoNearTheEnd() {
        JsonNode company = client().get("company/companies/101").json();
        assertThat(names(company))
                .startsWith("id", "identifier", "name", "status")
                .endsWith("_info", "customFields");
        assertThat(client().get("company/companies/101/sites").ids()).isNotEmpty();
    }

    @Test
    void infoTellsStampsAndAddresses() {
        JsonNode company = client().get("company/companies/101").json();
        assertThat(names(company.at("/_info")))
                .startsWith("lastUpdated", "updatedBy", "dateEntered", "enteredBy")
                .contains("contacts_href", "sites_href");
        assertThat(company.at("/_info/lastUpdated").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(names(client().get("company/contacts/5001").at("/_info")))
                .contains("lastUpdated", "communications_href")
                .doesNotContain("dateEntered");
    }

    @Test
    void referencesHaveNameAndAddress() {
        JsonNode configuration = client().get("company/configurations/10001").json();
        assertThat(configuration.at("/company/id").asInt()).isEqualTo(101);
        assertThat(configuration.at("/company/identifier").asText()).isNotEmpty();
        assertThat(configuration.at("/company/_info/company_href").asText())
                .isEqualTo(fake.url() + "/v2025_1/apis/3.0//company/companies/101");
        assertThat(configuration.at("/status/name").asText()).isEqualTo("Active");
        assertThat(configuration.at("/site/_info/site_href").asText()).endsWith("company/companies/101/sites/2001");
        JsonNode ticket = client().get("service/tickets/70001").json();
        assertThat(ticket.at("/status/Sort").asInt()).isEqualTo(10);
        assertThat(ticket.at("/status/_info/status_href").asText()).contains("service/boards/1/statuses/");
    }

    @Test
    void aRenamedTargetShowsInReferencesWithoutMovingLastUpdated() {
        Response before = client().get("company/configurations/10002");
        fake.records("company/companies").edit(102, "name", "Renamed");
        Response after = client().get("company/configurations/10002");
        assertThat(after.at("/company/name").asText()).isEqualTo("Renamed");
        assertThat(after.at("/_info/lastUpdated")).isEqualTo(before.at("/_info/lastUpdated"));
    }

    @Test
    void writesStampTimeAndMember() {
        client().patch("company/companies/103", "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"Stamped\"}]");
        JsonNode info = client().get("company/companies/103").at("/_info");
        assertThat(info.at("/lastUpdated").asText()).isEqualTo("2026-10-05T08:00:00Z");
        assertThat(info.at("/updatedBy").asText()).isEqualTo("syncapi");
        fake.records("company/companies").as("mlopez").edit(103, "name", "Stamped again");
        assertThat(client().get("company/companies/103").at("/_info/updatedBy").asText())
                .isEqualTo("mlopez");
    }

    @Test
    void emptyReferencesCanBeEmptyObjects() {
        int id = fake.records("company/contacts").add(Map.of("firstName", "Nowhere"));
        assertThat(client().get("company/contacts/" + id).json().has("site")).isFalse();
        fake.switches().on(Switch.EMPTY_REFERENCES);
        fake.records("company/contacts").touch(id);
        assertThat(client().get("company/contacts/" + id).at("/site").toString())
                .isEqualTo("{}");
        assertThat(client().get("company/contacts/" + id).at("/companyLocation").toString())
                .isEqualTo("{}");
    }

    @Test
    void customFieldsWithoutValueLackItOrHaveNull() {
        JsonNode missing = client().get("company/companies/104").at("/customFields/0");
        assertThat(missing.at("/caption").asText()).isEqualTo("Tier");
        assertThat(missing.has("value")).isFalse();
        fake.switches().on(Switch.CUSTOM_FIELD_NULLS);
        fake.records("company/companies").touch(104);
        assertThat(client().get("company/companies/104")
                        .at("/customFields/0")
                        .get("value")
                        .isNull())
                .isTrue();
    }

    @Test
    void recordsThatAreNotThereAnswer404WithTheirName() {
        assertThat(client().get("company/companies/99999").http().body())
                .isEqualTo("{\"code\":\"NotFound\",\"message\":\"company 99999 not found\"}");
        assertThat(client().get("company/contacts/1").at("/message").asText()).isEqualTo("Contact 1 not found");
        assertThat(client().get("service/tickets/1").at("/message").asText()).isEqualTo("Service Ticket 1 not found");
        assertThat(client().get("company/companies/99999/sites").status()).isEqualTo(404);
        assertThat(client().get("company/companies/102/sites/2001").status()).isEqualTo(404);
    }

    @Test
    void methodsThatAPathLacksAreRefused() {
        assertThat(client().delete("company/companies").status()).isEqualTo(405);
        assertThat(client().delete("system/members/2").status()).isEqualTo(405);
        assertThat(client().post("system/info", "{}").status()).isEqualTo(405);
        assertThat(client().post("company/companies/101", "{}").status()).isEqualTo(405);
    }

    @Test
    void membersHaveAShortFormForPeopleLists() {
        Response people = client().where("system/info/members", "inactiveFlag=false and licenseClass=\"F\"");
        assertThat(people.json()).allSatisfy(member -> {
            assertThat(member.at("/licenseClass").asText()).isEqualTo("F");
            assertThat(member.at("/fullName").asText()).contains(" ");
            assertThat(member.at("/defaultEmail").asText()).endsWith("@msp.example");
        });
        assertThat(people.ids()).hasSize(3);
        assertThat(client().get("system/info/members/2").at("/fullName").asText())
                .isEqualTo("Jan Kowalski");
        assertThat(client().get("system/members").ids()).hasSize(7);
    }

    @Test
    void everyListOfTheReferenceIsThere() {
        for (String path : List.of(
                "company/companies/statuses",
                "company/companies/types",
                "company/companyTypeAssociations",
                "company/companies/101/typeAssociations",
                "company/contacts/types",
                "company/contacts/departments",
                "company/contacts/relationships",
                "company/contacts/5001/communications",
                "company/contacts/5001/typeAssociations",
                "company/contactTypeAssociations",
                "company/communicationTypes",
                "company/configurations/statuses",
                "company/configurations/types",
                "company/configurations/types/1/questions",
                "company/configurations/types/1/questions/3/values",
                "company/countries",
                "company/states",
                "company/companies/info",
                "procurement/manufacturers",
                "service/boards",
                "service/boards/1/statuses",
                "service/boards/1/types",
                "service/boards/1/subtypes",
                "service/boards/1/items",
                "service/boards/1/teams",
                "service/priorities",
                "service/sources",
                "service/tickets/70001/configurations",
                "system/callbacks",
                "system/userDefinedFields",
                "system/locations",
                "system/info/locations",
                "system/departments",
                "system/securityroles",
                "system/members/types")) {
            Response list = client().get(path);
            assertThat(list.status()).as(path).isEqualTo(200);
            assertThat(list.json().isArray()).as(path).isTrue();
            if (!path.equals("system/callbacks")) {
                assertThat(list.json()).as(path).isNotEmpty();
            }
        }
    }

    @Test
    void aCompanyTellsWhatUsesIt() {
        JsonNode usages = client().get("company/companies/101/usages").json();
        assertThat(usages.toString()).contains("configuration", "Contact", "companySite");
    }
}
