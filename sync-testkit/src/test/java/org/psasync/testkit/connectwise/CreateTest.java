package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 5 of what a faithful fake must do: what a POST needs, refuses and fills in. */
final class CreateTest {
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

    @Test
    void aCompanyNeedsIdentifierAndNameAndGetsStatusTypesAndSite() {
        Response created = client().post(
                        "company/companies",
                        "{\"id\":0,\"identifier\":\"HarborD\",\"name\":\"Harbor D\",\"types\":[{\"id\":1},{\"name\":\"Partner\"}],"
                                + "\"site\":{\"name\":\"Dock\"},\"addressLine1\":\"5 Quay\",\"state\":\"OH\",\"_info\":{}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/id").asInt()).isGreaterThan(100);
        assertThat(created.at("/status/name").asText()).isEqualTo("Active");
        assertThat(created.json().findValuesAsText("name")).contains("Customer", "Partner");
        assertThat(created.at("/site/name").asText()).isEqualTo("Dock");
        assertThat(created.at("/_info/enteredBy").asText()).isEqualTo("syncapi");
        Response sites = client().get("company/companies/" + created.at("/id").asInt() + "/sites");
        assertThat(sites.ids()).hasSize(1);
        assertThat(sites.at("/0/addressLine1").asText()).isEqualTo("5 Quay");
        assertThat(sites.at("/0/stateReference/identifier").asText()).isEqualTo("OH");
        assertThat(sites.at("/0/primaryAddressFlag").asBoolean()).isTrue();
    }

    @Test
    void unknownMembersAreRefusedWithTheirPlace() {
        Response refused = client().post("company/contacts", "{\n \"firstName\":\"A\",\n \"type\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/message").asText())
                .startsWith("Could not find member 'type' on object of type 'Contact'. Path 'type', line 3, position ")
                .endsWith(".Check your accept header to make sure you are using the correct version.");
        assertThat(refused.json().get("errors").isNull()).isTrue();
        Response inReference =
                client().post("company/contacts", "{\"firstName\":\"A\",\"company\":{\"id\":101,\"x\":1}}");
        assertThat(inReference.status()).isEqualTo(400);
        assertThat(inReference.at("/message").asText()).contains("company.x");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "company/contacts | {\"lastName\":\"x\"} | MissingRequiredField | firstName | The firstName field is required.",
                "company/companies | {\"identifier\":\"x\",\"name\":\" \"} | MissingRequiredField | name | The name field is required.",
                "company/companies/101/sites | {} | MissingRequiredField | name | The name field is required.",
                "company/configurations | {\"name\":\"x\",\"type\":{\"id\":1}} | MissingRequiredField | company | The company field is required.",
                "company/configurations | {\"name\":\"x\",\"company\":{\"id\":101}} | MissingRequiredField | type | The type field is required.",
                "service/tickets | {\"company\":{\"id\":101}} | MissingRequiredField | summary | The summary field is required.",
                "company/contacts/5001/communications | {\"type\":{\"id\":1}} | MissingRequiredField | value | The value field is required.",
                "service/tickets | {\"summary\":\"x\",\"company\":{\"id\":99999}} | NotFound | company/id | company 99999 not found",
                "company/contacts | {\"firstName\":\"x\",\"company\":{\"identifier\":\"Nobody\"}} | NotFound | company/identifier | company Nobody not found",
                "company/contacts | {\"firstName\":\"x\",\"company\":{\"id\":101},\"site\":{\"id\":2003}} | NotFound | site/id | companySite 2003 not found",
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"sicCode\":{\"id\":3}} | NotFound | sicCode/id | sicCode 3 not found",
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"yearEstablished\":1} | OutOfRange | yearEstablished | The field yearEstablished must be between 1900 and 9999.",
                "company/companies | {\"identifier\":\"1234567890123456789012345678901\",\"name\":\"x\"} | OutOfRange | identifier | The field identifier must be a string with a maximum length of 30.",
                "company/contacts | {\"firstName\":\"x\",\"types\":[{\"id\":77}]} | NotFound | types/id | type 77 not found",
            })
    void whatIsMissingTooLongOrNotThereIsNamed(String path, String body, String code, String field, String message) {
        Response refused = client().post(path, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code").asText()).isEqualTo("InvalidObject");
        assertThat(refused.at("/message").asText()).endsWith(" object is invalid");
        assertThat(refused.json().at("/errors/0/code").asText()).isEqualTo(code);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(refused.json().at("/errors/0/message").asText()).isEqualTo(message);
    }

    @Test
    void aTakenIdentifierIsRefusedInAnyCase() {
        client().post("company/companies", "{\"identifier\":\"Taken\",\"name\":\"One\"}");
        Response refused = client().post("company/companies", "{\"identifier\":\"tAKEN\",\"name\":\"Two\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/code").asText()).isEqualTo("ObjectExists");
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("identifier");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"numberOfEmployees\":\"many\"}",
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"leadFlag\":\"perhaps\"}",
                "company/companies | {\"identifier\":\"x\",\"name\":{\"a\":1}}",
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"status\":1}",
                "company/companies | {\"identifier\":\"x\",\"name\":\"x\",\"dateAcquired\":\"soon\"}",
                "company/contacts | {\"firstName\":\"x\",\"gender\":\"Unknown\"}",
            })
    void aValueOfTheWrongTypeMakesTheServerFail(String path, String body) {
        Response failed = client().post(path, body);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.at("/message").asText())
                .startsWith("Error converting value ")
                .contains(" to type '");
    }

    @Test
    void numbersAndFlagsMayBeTexts() {
        Response created = client().post(
                        "company/companies",
                        "{\"identifier\":\"Texts\",\"name\":\"Texts\",\"numberOfEmployees\":\"12\",\"leadFlag\":\"true\","
                                + "\"status\":{\"id\":\"2\"},\"id\":\"26\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/numberOfEmployees").asInt()).isEqualTo(12);
        assertThat(created.at("/leadFlag").asBoolean()).isTrue();
        assertThat(created.at("/status/name").asText()).isEqualTo("Inactive");
        assertThat(created.at("/id").asInt()).isNotEqualTo(26);
    }

    @Test
    void membersOfTheServerAreIgnored() {
        Response created = client().post(
                        "company/companies",
                        "{\"identifier\":\"Ignored\",\"name\":\"Ignored\",\"deletedFlag\":true,\"deletedBy\":\"me\"}");
        assertThat(created.at("/deletedFlag").asBoolean()).isFalse();
        assertThat(created.json().has("deletedBy")).isFalse();
    }

    @Test
    void bodiesThatAreNoObjectAreRefused() {
        assertThat(client().post("company/companies", "[]").status()).isEqualTo(400);
        assertThat(client().post("company/companies", "{").status()).isEqualTo(400);
        assertThat(client().post("company/companies", "").status()).isEqualTo(400);
    }

    @Test
    void aDeletedCompanyCannotBeReferredTo() {
        int id = fake.records("company/companies").add(Map.of("identifier", "Gone", "name", "Gone"));
        fake.records("company/companies").delete(id);
        Response refused = client().post("company/contacts", "{\"firstName\":\"x\",\"company\":{\"id\":" + id + "}}");
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("company/id");
    }

    @Test
    void aContactGetsTheSiteOfItsCompanyAndTypesByIds() {
        Response created =
                client().post("company/contacts", "{\"firstName\":\"Ty\",\"company\":{\"id\":102},\"typeIds\":[2,3]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/site/id").asInt()).isEqualTo(2003);
        assertThat(created.at("/types").findValuesAsText("name")).containsExactly("Technical", "Billing");
        assertThat(created.json().has("typeIds")).isFalse();
        assertThat(created.json().has("communicationItems")).isFalse();
    }

    @Test
    void aTicketGetsBoardStatusAndDetailsOfItsContact() {
        Response created = client().post(
                        "service/tickets",
                        "{\"summary\":\"Help\",\"company\":{\"id\":101},\"contact\":{\"id\":5001},"
                                + "\"initialDescription\":\"It is broken\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/board/name").asText()).isEqualTo("Help Desk");
        assertThat(created.at("/status/name").asText()).isEqualTo("New");
        assertThat(created.at("/priority/name").asText()).isEqualTo("Priority 3 - Medium");
        assertThat(created.at("/contactName").asText()).isNotEmpty();
        assertThat(created.at("/contactEmailAddress").asText()).contains("@");
        assertThat(created.json().has("initialDescription")).isFalse();
        Response notes = client().get("service/tickets/" + created.at("/id").asInt() + "/notes");
        assertThat(notes.at("/0/text").asText()).isEqualTo("It is broken");
        assertThat(notes.at("/0/createdBy").asText()).isEqualTo("syncapi");
    }

    @Test
    void someSystemsWantAnAddress() {
        fake.switches().on(Switch.ADDRESS_REQUIRED);
        String body = "{\"identifier\":\"Adr\",\"name\":\"Adr\"}";
        assertThat(client().post("company/companies", body)
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("addressLine1");
        assertThat(client().post("company/companies", body.replace("}", ",\"zip\":\"1\"}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aMemberNeedsAllThatTheDescriptionNames() {
        Response refused = client().post("system/members", "{\"identifier\":\"newbie\"}");
        assertThat(refused.at("/errors").findValuesAsText("field"))
                .contains("licenseClass", "firstName", "lastName", "hireDate", "defaultEmail", "securityRole");
        Response created = client().post(
                        "system/members",
                        "{\"identifier\":\"newbie\",\"licenseClass\":\"F\",\"firstName\":\"New\",\"lastName\":\"Bie\","
                                + "\"hireDate\":\"2026-01-01T00:00:00Z\",\"officeEmail\":\"n@msp.example\",\"defaultEmail\":\"Office\","
                                + "\"defaultPhone\":\"Office\",\"securityRole\":{\"id\":2},\"password\":\"secret\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/primaryEmail").asText()).isEqualTo("n@msp.example");
        assertThat(created.http().body()).doesNotContain("secret");
    }

    @Test
    void configurationsAreWrittenInBulk() {
        Response bulk = client().post(
                        "company/configurations/bulk",
                        "[{\"name\":\"B1\",\"type\":{\"id\":2},\"company\":{\"id\":101}},{\"name\":\"B2\"}]");
        assertThat(bulk.status()).isEqualTo(207);
        assertThat(bulk.at("/payload/0/statusCode").asInt()).isEqualTo(201);
        assertThat(bulk.at("/payload/0/data/name").asText()).isEqualTo("B1");
        assertThat(bulk.at("/payload/1/statusCode").asInt()).isEqualTo(400);
        assertThat(bulk.at("/payload/1/error/code").asText()).isEqualTo("InvalidObject");
        int id = bulk.at("/payload/0/data/id").asInt();
        Response deleted = client().send("DELETE", "company/configurations/bulk", "[{\"id\":" + id + "}]");
        assertThat(deleted.at("/payload/0/statusCode").asInt()).isEqualTo(204);
        assertThat(client().get("company/configurations/" + id).status()).isEqualTo(404);
    }
}
