package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 6 of what a faithful fake must do: PATCH, and PUT beside it. */
final class PatchTest {
    private static FakeConnectWise fake;
    private static int number;
    private String company = "";

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

    @BeforeEach
    void addCompany() {
        number++;
        company = "company/companies/"
                + fake.records("company/companies")
                        .add(Map.of(
                                "identifier", "Patch" + number,
                                "name", "Patched",
                                "city", "Oslo",
                                "website", "www.example",
                                "status", Map.of("id", 1)));
    }

    @AfterEach
    void reset() {
        fake.switches().off(Switch.values());
    }

    private static Client client() {
        return new Client(fake);
    }

    @Test
    void pathsComeBareOrWithSlashAndTheAnswerIsTheWholeRecord() {
        Response patched = client().patch(
                        company,
                        "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"New\"},"
                                + "{\"op\":\"add\",\"path\":\"/addressLine1\",\"value\":\"1 Street\"},"
                                + "{\"op\":\"remove\",\"path\":\"city\"},{\"op\":\"remove\",\"path\":\"/website\"}]");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.at("/name").asText()).isEqualTo("New");
        assertThat(patched.at("/addressLine1").asText()).isEqualTo("1 Street");
        assertThat(patched.json().has("city")).isFalse();
        assertThat(patched.at("/website").asText("missing")).isEmpty();
        assertThat(patched.at("/identifier").asText()).startsWith("Patch");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "company/companies/101 | {\"op\":\"replace\",\"path\":\"name\",\"value\":\"x\"}",
                "company/companies/101 | \"x\"",
                "company/companies/101 | [{\"op\":\"replace\",\"path\":\"Name\",\"value\":\"x\"}]",
                "company/companies/101 | [{\"op\":\"replace\",\"path\":\"nothing\",\"value\":\"x\"}]",
                "company/companies/101 | [{\"op\":\"replace\",\"path\":\"name/x\",\"value\":\"x\"}]",
                "company/companies/101 | [{\"op\":\"test\",\"path\":\"name\",\"value\":\"x\"}]",
                "company/contacts/5001 | [{\"op\":\"replace\",\"path\":\"communicationItems\",\"value\":\"x\"}]",
                "company/contacts/5001 | [{\"op\":\"replace\",\"path\":\"communicationItems/9/value\",\"value\":\"x\"}]",
                "company/contacts/5001 | [{\"op\":\"replace\",\"path\":\"communicationItems/x/value\",\"value\":\"x\"}]",
                "company/contacts/5001 | [{\"op\":\"add\",\"path\":\"communicationItems/9\",\"value\":{}}]",
            })
    void whatIsNoListOfOperationsOrFitsNothingIsRefused(String path, String body) {
        String before = client().get(path).http().body();
        Response refused = client().patch(path, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code").asText()).isEqualTo("InvalidPatch");
        assertThat(client().get(path).http().body()).isEqualTo(before);
    }

    @Test
    void aWrongTypeInAnArrayOfPartsNamesBothTypes() {
        Response refused = client().patch(
                        "company/contacts/5001",
                        "[{\"op\":\"replace\",\"path\":\"/communicationItems\",\"value\":\"x\"}]");
        assertThat(refused.at("/message").asText())
                .startsWith("Could not cast or convert from System.String to ")
                .endsWith("communicationItems[].");
    }

    @Test
    void referencesAreReplacedWhole() {
        String body = "[{\"op\":\"replace\",\"path\":\"status\",\"value\":{\"name\":\"Not Approved\"}}]";
        assertThat(client().patch(company, body).at("/status/id").asInt()).isEqualTo(3);
        Response missing = client().patch(company, "[{\"op\":\"replace\",\"path\":\"status\",\"value\":{\"id\":77}}]");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.at("/errors/0/field").asText()).isEqualTo("status/id");
    }

    @Test
    void aStepIntoAReferenceDoesNothingUnlessTheSwitchIsOn() {
        String body = "[{\"op\":\"replace\",\"path\":\"status/id\",\"value\":2}]";
        Response ignored = client().patch(company, body);
        assertThat(ignored.status()).isEqualTo(200);
        assertThat(ignored.at("/status/id").asInt()).isEqualTo(1);
        fake.switches().on(Switch.REFERENCE_SUB_PATHS);
        assertThat(client().patch(company, body).at("/status/id").asInt()).isEqualTo(2);
    }

    @Test
    void removingWhatIsRequiredIsRefused() {
        Response refused = client().patch(company, "[{\"op\":\"remove\",\"path\":\"name\"}]");
        assertThat(refused.at("/errors/0/code").asText()).isEqualTo("MissingRequiredField");
    }

    @Test
    void onlyNamedCustomFieldsChange() {
        patchFields("[{\"id\":1,\"value\":\"Gold\"},{\"id\":2,\"value\":\"2026-01-01T00:00:00Z\"}]");
        Response second = patchFields("[{\"id\":1,\"value\":null}]");
        assertThat(second.at("/customFields/0").has("value")).isFalse();
        assertThat(second.at("/customFields/1/value").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(patchFields("[]").at("/customFields/1/value").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(patchFields("[{\"id\":99,\"value\":1}]").status()).isEqualTo(400);
    }

    private Response patchFields(String value) {
        return client().patch(company, "[{\"op\":\"replace\",\"path\":\"customFields\",\"value\":" + value + "}]");
    }

    @Test
    void onePatchFailsAsAWhole() {
        Response refused = client().patch(
                        company,
                        "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"Half\"},"
                                + "{\"op\":\"replace\",\"path\":\"zip\",\"value\":\"12345678901234\"}]");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(client().get(company).at("/name").asText()).isEqualTo("Patched");
    }

    @Test
    void aBadMemberOfBeforeFailsTheWholeRecordIfTheSwitchIsOn() {
        int id = Integer.parseInt(company.substring(company.lastIndexOf('/') + 1));
        fake.records("company/companies").edit(id, "yearEstablished", 12);
        String body = "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"Fine\"}]";
        assertThat(client().patch(company, body).status()).isEqualTo(200);
        fake.switches().on(Switch.WHOLE_RECORD_VALIDATION);
        Response refused = client().patch(company, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("yearEstablished");
        assertThat(refused.at("/errors/0/code").asText()).isEqualTo("OutOfRange");
    }

    @Test
    void someSystemsWantCustomFieldsInEveryPatch() {
        fake.switches().on(Switch.PATCH_NEEDS_CUSTOM_FIELDS);
        String name = "{\"op\":\"replace\",\"path\":\"name\",\"value\":\"Fine\"}";
        String fields = "{\"op\":\"replace\",\"path\":\"customFields\",\"value\":[]}";
        assertThat(client().patch(company, "[" + name + "]").status()).isEqualTo(400);
        assertThat(client().patch(company, "[" + name + "," + fields + "]").status())
                .isEqualTo(200);
    }

    @Test
    void typesAreRefusedAfterTheCreate() {
        Response refused = client().patch(company, "[{\"op\":\"replace\",\"path\":\"types\",\"value\":[{\"id\":1}]}]");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("types");
    }

    @Test
    void aPutOfWhatAGetGaveIsRefusedForCompanies() {
        Response refused = client().put(company, client().get(company).http().body());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("types");
    }

    @Test
    void aPutClearsWhatItLacks() {
        int id = fake.records("company/configurations")
                .add(Map.of(
                        "name", "Put me",
                        "type", Map.of("id", 1),
                        "company", Map.of("id", 101),
                        "serialNumber", "S1",
                        "notes", "old"));
        Response put = client().put(
                        "company/configurations/" + id,
                        "{\"id\":" + id
                                + ",\"name\":\"Put\",\"type\":{\"id\":1},\"company\":{\"id\":101},\"notes\":\"new\"}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.at("/name").asText()).isEqualTo("Put");
        assertThat(put.at("/notes").asText()).isEqualTo("new");
        assertThat(put.at("/serialNumber").asText("missing")).isEmpty();
        assertThat(put.at("/activeFlag").asBoolean()).isFalse();
        assertThat(client().put("company/configurations/" + id, "{\"name\":\"Put\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPutOfAContactLeavesItsCommunicationsAndCustomFields() {
        fake.records("company/contacts")
                .edit(5001, Map.of("customFields", List.of(Map.of("id", 3, "value", 77)), "nickName", "Nick"));
        Response put = client().put(
                        "company/contacts/5001",
                        "{\"firstName\":\"Put\",\"company\":{\"id\":101},\"communicationItems\":[]}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.at("/communicationItems")).hasSize(3);
        assertThat(put.at("/customFields/0/value").asInt()).isEqualTo(77);
        assertThat(put.json().has("nickName")).isFalse();
    }

    @Test
    void theAddressOfACompanyIsThatOfItsPrimarySite() {
        client().patch(
                        company,
                        "[{\"op\":\"replace\",\"path\":\"zip\",\"value\":\"777\"},"
                                + "{\"op\":\"replace\",\"path\":\"state\",\"value\":\"TX\"}]");
        Response site = client().get(company + "/sites");
        assertThat(site.at("/0/zip").asText()).isEqualTo("777");
        assertThat(site.at("/0/stateReference/name").asText()).isEqualTo("Texas");
        client().patch(
                        company + "/sites/" + site.ids().get(0),
                        "[{\"op\":\"replace\",\"path\":\"city\",\"value\":\"Bergen\"}]");
        assertThat(client().get(company).at("/city").asText()).isEqualTo("Bergen");
    }

    @Test
    void oneSiteIsPrimary() {
        int first = client().get(company + "/sites").ids().get(0);
        Response second = client().post(company + "/sites", "{\"name\":\"HQ\",\"primaryAddressFlag\":true}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(client().get(company).at("/site/name").asText()).isEqualTo("HQ");
        assertThat(client().get(company + "/sites/" + first)
                        .at("/primaryAddressFlag")
                        .asBoolean())
                .isFalse();
    }
}
