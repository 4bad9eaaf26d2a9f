package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 7 of what a faithful fake must do: communications, types and questions, in their owners and as records of their own. */
final class PartsTest {
    private static final TestClock CLOCK = TestClock.at("2026-10-05T08:00:00.750Z");
    private static FakeConnectWise fake;
    private String contact = "";

    @BeforeAll
    static void start() {
        fake = FakeConnectWise.builder().clock(CLOCK).start();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @BeforeEach
    void addContact() {
        Response created = client().post(
                        "company/contacts",
                        "{\"firstName\":\"Parts\",\"company\":{\"id\":101},\"communicationItems\":["
                                + "{\"type\":{\"id\":2},\"value\":\"111\",\"extension\":\"9\",\"defaultFlag\":true},"
                                + "{\"type\":{\"id\":1},\"value\":\"a@a.example\",\"communicationType\":\"Phone\",\"defaultFlag\":true},"
                                + "{\"type\":{\"id\":4},\"value\":\"222\"}]}");
        contact = "company/contacts/" + created.at("/id").asInt();
    }

    @AfterEach
    void reset() {
        fake.switches().off(Switch.values());
    }

    private static Client client() {
        return new Client(fake);
    }

    private static List<String> items(JsonNode contact) {
        List<String> items = new ArrayList<>();
        contact.path("communicationItems")
                .forEach(item -> items.add(item.path("communicationType").asText() + " "
                        + item.path("value").asText()
                        + (item.path("defaultFlag").asBoolean() ? " default" : "")));
        return items;
    }

    private List<String> patch(String operations) {
        Response patched = client().patch(contact, operations);
        assertThat(patched.status()).as(patched.http().body()).isEqualTo(200);
        return items(patched.json());
    }

    @Test
    void kindAndDomainFollowFromTheType() {
        JsonNode read = client().get(contact).json();
        assertThat(items(read)).containsExactly("Phone 111 default", "Email a@a.example default", "Phone 222");
        assertThat(read.at("/communicationItems/1/domain").asText()).isEqualTo("@a.example");
        assertThat(read.at("/communicationItems/0").has("domain")).isFalse();
        assertThat(read.at("/defaultPhoneNbr").asText()).isEqualTo("111");
        assertThat(read.at("/defaultPhoneType").asText()).isEqualTo("Direct");
        assertThat(read.at("/defaultPhoneExtension").asText()).isEqualTo("9");
    }

    @Test
    void itemsArePatchedByIndexInOrder() {
        assertThat(patch("[{\"op\":\"replace\",\"path\":\"/communicationItems/0/value\",\"value\":\"333\"},"
                        + "{\"op\":\"remove\",\"path\":\"communicationItems/2\"}]"))
                .containsExactly("Phone 333 default", "Email a@a.example default");
        assertThat(client().get(contact).at("/defaultPhoneNbr").asText()).isEqualTo("333");
    }

    @Test
    void aNewDefaultClearsTheFormerOfItsKindOnly() {
        List<String> ids = client().get(contact).at("/communicationItems").findValuesAsText("id");
        assertThat(patch("[{\"op\":\"add\",\"path\":\"/communicationItems/3\","
                        + "\"value\":{\"type\":{\"id\":4},\"value\":\"444\",\"defaultFlag\":true}}]"))
                .containsExactly("Phone 111", "Email a@a.example default", "Phone 222", "Phone 444 default");
        assertThat(client().get(contact).at("/communicationItems").findValuesAsText("id"))
                .containsAll(ids);
    }

    @Test
    void anItemAddedAtTheFrontGoesToTheEndWithoutBeingDefault() {
        assertThat(patch("[{\"op\":\"add\",\"path\":\"/communicationItems/0\","
                        + "\"value\":{\"type\":{\"id\":4},\"value\":\"555\",\"defaultFlag\":true}}]"))
                .containsExactly("Phone 111 default", "Email a@a.example default", "Phone 222", "Phone 555");
    }

    @Test
    void withoutItemsTheMemberIsMissingAndCanBeAddedTo() {
        assertThat(patch("[{\"op\":\"remove\",\"path\":\"/communicationItems/2\"},{\"op\":\"remove\",\"path\":"
                        + "\"/communicationItems/1\"},{\"op\":\"remove\",\"path\":\"/communicationItems/0\"}]"))
                .isEmpty();
        assertThat(client().get(contact).json().has("communicationItems")).isFalse();
        assertThat(client().get(contact).json().has("defaultPhoneNbr")).isFalse();
        assertThat(patch("[{\"op\":\"add\",\"path\":\"/communicationItems/0\","
                        + "\"value\":{\"type\":{\"id\":1},\"value\":\"b@b.example\",\"defaultFlag\":true}}]"))
                .containsExactly("Email b@b.example default");
    }

    @Test
    void anItemWithoutTypeOrValueIsRefused() {
        Response refused = client().patch(
                        contact, "[{\"op\":\"add\",\"path\":\"/communicationItems/3\",\"value\":{\"value\":\"1\"}}]");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("type");
    }

    @Test
    void theSameItemsAreRecordsBelowTheContact() {
        Response rows = client().get(contact + "/communications");
        List<Integer> items = new ArrayList<>();
        client().get(contact)
                .at("/communicationItems")
                .forEach(item -> items.add(item.get("id").asInt()));
        assertThat(rows.ids()).isEqualTo(items);
        assertThat(rows.at("/0/contactId").asInt()).isEqualTo(Integer.parseInt(contact.substring(17)));
        assertThat(rows.at("/0/mobileGuid").isTextual()).isTrue();
        Response created = client().post(
                        contact + "/communications",
                        "{\"type\":{\"name\":\"Fax\"},\"value\":\"777\",\"defaultFlag\":true}");
        assertThat(created.at("/communicationType").asText()).isEqualTo("Fax");
        client().patch(
                        contact + "/communications/" + rows.ids().get(2),
                        "[{\"op\":\"replace\",\"path\":\"defaultFlag\",\"value\":true}]");
        client().delete(contact + "/communications/" + rows.ids().get(1));
        assertThat(items(client().get(contact).json()))
                .containsExactly("Phone 111", "Phone 222 default", "Fax 777 default");
        assertThat(client().get(contact).at("/defaultPhoneNbr").asText()).isEqualTo("222");
    }

    @Test
    void childWritesMoveTheParentOnlyIfTheSwitchIsOn() {
        String before = client().get(contact).at("/_info/lastUpdated").asText();
        CLOCK.advance(Duration.ofMinutes(1));
        client().post(contact + "/communications", "{\"type\":{\"id\":1},\"value\":\"c@c.example\"}");
        client().post("company/companies/101/sites", "{\"name\":\"Child\"}");
        String company =
                client().get("company/companies/101").at("/_info/lastUpdated").asText();
        assertThat(client().get(contact).at("/_info/lastUpdated").asText()).isEqualTo(before);
        fake.switches().on(Switch.CHILD_WRITES_MOVE_PARENT);
        client().post(contact + "/communications", "{\"type\":{\"id\":1},\"value\":\"d@d.example\"}");
        client().post("company/companies/101/sites", "{\"name\":\"Child 2\"}");
        assertThat(client().get(contact).at("/_info/lastUpdated").asText()).isGreaterThan(before);
        assertThat(client().get("company/companies/101")
                        .at("/_info/lastUpdated")
                        .asText())
                .isGreaterThan(company);
    }

    @Test
    void typesChangeThroughTheirAssociations() {
        String path = "company/companies/102/typeAssociations";
        Response added = client().post(path, "{\"type\":{\"name\":\"Partner\"},\"company\":{\"id\":102}}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(client().get("company/companies/102").at("/types").findValuesAsText("name"))
                .contains("Partner");
        assertThat(client().post(path, "{\"type\":{\"name\":\"Partner\"}}")
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("ObjectExists");
        assertThat(client().where("company/companyTypeAssociations", "company/id=102 and type/name='Partner'")
                        .ids())
                .containsExactly(added.at("/id").asInt());
        assertThat(client().delete(path + "/" + added.at("/id").asInt()).status())
                .isEqualTo(204);
        assertThat(client().get("company/companies/102").at("/types").findValuesAsText("name"))
                .doesNotContain("Partner");
    }

    @Test
    void contactTypesChangeThroughTheirAssociationsToo() {
        Response added = client().post(contact + "/typeAssociations", "{\"type\":{\"id\":3}}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(client().get(contact).at("/types/0/name").asText()).isEqualTo("Billing");
    }

    @Test
    void oneContactIsThePrimaryOfItsCompany() {
        int former =
                client().get("company/companies/101").at("/defaultContact/id").asInt();
        client().patch(contact, "[{\"op\":\"replace\",\"path\":\"defaultFlag\",\"value\":true}]");
        assertThat(client().get("company/companies/101")
                        .at("/defaultContact/name")
                        .asText())
                .isEqualTo("Parts");
        assertThat(client().get("company/contacts/" + former).at("/defaultFlag").asBoolean())
                .isFalse();
    }

    private static Response configuration(int type, String more) {
        return client().post(
                        "company/configurations",
                        "{\"name\":\"Q\",\"type\":{\"id\":" + type + "},\"company\":{\"id\":101}" + more + "}");
    }

    @Test
    void questionsAreThoseOfTheTypeInOrder() {
        Response server = configuration(1, ",\"questions\":[{\"questionId\":2,\"answer\":true}]");
        assertThat(server.status()).isEqualTo(201);
        assertThat(server.at("/questions").findValuesAsText("question"))
                .containsExactly("Management IP", "Is virtual?", "Hosting");
        assertThat(server.at("/questions/1/answer").isBoolean()).isTrue();
        assertThat(server.at("/questions/1").has("answerId")).isTrue();
        assertThat(server.at("/questions/0").has("answer")).isFalse();
        Response patched = client().patch(
                        "company/configurations/" + server.at("/id").asInt(),
                        "[{\"op\":\"replace\",\"path\":\"questions\",\"value\":[{\"questionId\":1,\"answer\":\"192.0.2.9\"}]}]");
        assertThat(patched.at("/questions/0/answer").asText()).isEqualTo("192.0.2.9");
        assertThat(patched.at("/questions/1/answer").asBoolean()).isTrue();
    }

    @Test
    void anAnswerToAForeignQuestionIsRefused() {
        assertThat(configuration(1, ",\"questions\":[{\"questionId\":4,\"answer\":\"x\"}]")
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("questions/questionId");
    }

    @Test
    void unansweredRequiredQuestionsAreRefusedIfTheSwitchIsOn() {
        int id = configuration(4, "").at("/id").asInt();
        assertThat(id).isPositive();
        fake.switches().on(Switch.REQUIRED_ANSWERS);
        assertThat(configuration(4, "").at("/errors/0/field").asText()).isEqualTo("questions");
        assertThat(client().patch(
                                "company/configurations/" + id,
                                "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"x\"}]")
                        .status())
                .isEqualTo(400);
        assertThat(configuration(4, ",\"questions\":[{\"questionId\":4,\"answer\":\"SC\"}]")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theTypeChangesOnlyByItsOwnCall() {
        String path = "company/configurations/"
                + configuration(1, ",\"questions\":[{\"questionId\":1,\"answer\":\"192.0.2.9\"}]")
                        .at("/id")
                        .asInt();
        String body = "[{\"op\":\"replace\",\"path\":\"type\",\"value\":{\"id\":4}}]";
        assertThat(client().patch(path, body).at("/errors/0/field").asText()).isEqualTo("type");
        Response changed = client().patch(path + "/changeType", body);
        assertThat(changed.at("/type/name").asText()).isEqualTo("Firewall");
        assertThat(changed.at("/questions").findValuesAsText("question")).containsExactly("Support contract number");
    }

    @Test
    void aConfigurationMovedToAnotherCompanyLeavesSiteAndContactBehind() {
        int id = configuration(2, ",\"site\":{\"id\":2001},\"contact\":{\"id\":5001}")
                .at("/id")
                .asInt();
        Response moved = client().patch(
                        "company/configurations/" + id,
                        "[{\"op\":\"replace\",\"path\":\"company\",\"value\":{\"id\":102}}]");
        assertThat(moved.at("/company/id").asInt()).isEqualTo(102);
        assertThat(moved.json().has("site")).isFalse();
        assertThat(moved.json().has("contact")).isFalse();
    }

    @Test
    void configurationsAreAttachedToTickets() {
        int ticket = fake.records("service/tickets").add(Map.of("summary", "T", "company", Map.of("id", 101)));
        String path = "service/tickets/" + ticket + "/configurations";
        Response attached = client().post(path, "{\"id\":10001}");
        assertThat(attached.status()).isEqualTo(201);
        assertThat(attached.at("/id").asInt()).isEqualTo(10001);
        assertThat(client().get(path).ids()).containsExactly(10001);
        assertThat(client().get(path + "/count").at("/count").asInt()).isEqualTo(1);
        assertThat(client().get(path + "/10001").at("/id").asInt()).isEqualTo(10001);
        assertThat(client().post(path, "{\"id\":1}").status()).isEqualTo(400);
        assertThat(client().delete(path + "/10001").status()).isEqualTo(204);
        assertThat(client().get(path).ids()).isEmpty();
        assertThat(client().get("company/configurations/10001").status()).isEqualTo(200);
    }

    @Test
    void aTicketIsClosedByItsStatus() {
        int ticket = fake.records("service/tickets").add(Map.of("summary", "T", "company", Map.of("id", 101)));
        Response closed = client().patch(
                        "service/tickets/" + ticket,
                        "[{\"op\":\"replace\",\"path\":\"status\",\"value\":{\"name\":\">Closed\"}}]");
        assertThat(closed.at("/closedFlag").asBoolean()).isTrue();
        assertThat(closed.at("/closedBy").asText()).isEqualTo("syncapi");
        assertThat(closed.at("/status/id").asInt()).isEqualTo(4);
        Response moved = client().patch(
                        "service/tickets/" + ticket,
                        "[{\"op\":\"replace\",\"path\":\"board\",\"value\":{\"name\":\"Alerts\"}}]");
        assertThat(moved.at("/status/name").asText()).isEqualTo("New");
        assertThat(moved.at("/status/id").asInt()).isEqualTo(5);
        assertThat(moved.at("/closedFlag").asBoolean()).isFalse();
    }
}
