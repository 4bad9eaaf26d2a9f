package org.psasync.testkit.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;

/** The fake by itself, as any client sees it: what can be written, what is refused and how, and webhooks. */
class FakeAutotaskWritesTest {
    private static final long COMPANY = 29_683_700;
    private static final long CONTACT = 30_684_200;
    private static final long ITEM = 20_400;

    private final TestClock clock = TestClock.at("2026-11-02T09:00:00Z");
    private final FakeAutotask psa = FakeAutotask.builder()
            .clock(clock)
            .companies(4)
            .contacts(4)
            .configurations(4)
            .tickets(2)
            .start();
    private final Client client = new Client(psa);

    @AfterEach
    void close() {
        psa.close();
    }

    private Client.Answer create(String members) {
        return client.send("POST", "Companies", ("{" + members + "}").replace('\'', '"'));
    }

    private static final String WHOLE =
            "'companyName':'Harbor','companyType':1,'phone':'555','ownerResourceID':29682891";

    @Test
    void aCompanyIsMadeWithItsPrimaryLocation() {
        Client.Answer made = create(WHOLE + ",'city':'Astoria'");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        long id = made.json().path("itemId").asLong();
        long location = psa.records("CompanyLocations").idWhere("companyID", id);
        assertThat(psa.records("CompanyLocations").get(location))
                .containsEntry("isPrimary", true)
                .containsEntry("name", "Harbor")
                .containsEntry("city", "Astoria");
        assertThat(psa.records("Companies").get(id)).containsEntry("createDate", "2026-11-02T09:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'companyName':'Harbor','companyType':1,'ownerResourceID':29682891|Missing Required Field: phone. ; on record number [1].",
                "'companyName':'Harbor','companyType':99,'phone':'5','ownerResourceID':29682891|Picklist value [99] does not exist for companyType.",
                "'companyName':'Harbor','companyType':1,'phone':'5','ownerResourceID':29682931|ownerResourceID of type: Resource",
                "'companyName':'Harbor','companyType':1,'phone':'5','ownerResourceID':29682893|ownerResourceID of type: Resource",
                "'companyName':'Harbor','companyType':1,'phone':'5','ownerResourceID':1|not reference an existing entity for ownerResourceID",
                "'companyName':'Harbor','companyType':1,'phone':'55555555555555555555555555','ownerResourceID':29682891|longer than its 25",
                "'companyName':'Harbor','companyType':1,'phone':'5','ownerResourceID':29682891,'fax':null|Object reference"
            })
    void whatIsMissingOrWrongIsRefusedWith500(String members, String words) {
        Client.Answer answer = create(members);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error()).contains(words);
        assertThat(psa.records("Companies").count()).isEqualTo(5);
    }

    @Test
    void childrenAreWrittenBelowTheirParentOnly() {
        String body = "{\"id\":" + CONTACT + ",\"title\":\"Chief\"}";
        assertThat(client.send("PATCH", "Contacts", body).status()).isEqualTo(404);
        psa.switches().on(Switch.ROOT_CHILDREN_AS_405);
        assertThat(client.send("PATCH", "Contacts", body).status()).isEqualTo(405);
        assertThat(client.send("PATCH", "Companies/" + COMPANY + "/Contacts", body)
                        .status())
                .isEqualTo(200);
        assertThat(client.send("PATCH", "Companies/29683701/Contacts", body).status())
                .isEqualTo(500);
        assertThat(psa.records("Contacts").get(CONTACT)).containsEntry("title", "Chief");
    }

    @Test
    void aPatchChangesOnlyWhatIsSentAndMovesTheStamp() {
        Map<String, @Nullable Object> before = psa.records("ConfigurationItems").get(ITEM);
        client.send(
                "PATCH",
                "ConfigurationItems",
                "{\"id\":" + ITEM + ",\"notes\":\"new\",\"companyID\":29683701,\"contactID\":null}");
        Map<String, @Nullable Object> after = psa.records("ConfigurationItems").get(ITEM);
        assertThat(after)
                .containsEntry("notes", "new")
                .containsEntry("companyID", before.get("companyID"))
                .containsEntry("lastModifiedTime", "2026-11-02T09:00:00Z");
        before.putAll(Map.of("notes", "new", "lastModifiedTime", "2026-11-02T09:00:00Z"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aPutClearsWhatIsNotSent() {
        client.send(
                "PUT",
                "ConfigurationItems",
                "{\"id\":" + ITEM + ",\"isActive\":true,\"productID\":12001,\"companyID\":" + COMPANY + "}");
        assertThat(psa.records("ConfigurationItems").get(ITEM)).containsEntry("serialNumber", null);
    }

    @Test
    void recordsOfOtherCompaniesCannotBeNamed() {
        long foreign = psa.records("CompanyLocations").idWhere("companyID", 29_683_701L);
        Client.Answer answer = client.send(
                "PATCH", "ConfigurationItems", "{\"id\":" + ITEM + ",\"companyLocationID\":" + foreign + "}");
        assertThat(answer.error()).contains("The ConfigurationItem and CompanyLocation must have the same companyID.");
    }

    @Test
    void onePrimaryLocationTakesTheOthersPlace() {
        List<Long> locations = psa.records("CompanyLocations").idsWhere("companyID", COMPANY);
        client.send(
                "PATCH", "Companies/" + COMPANY + "/Locations", "{\"id\":" + locations.get(1) + ",\"isPrimary\":true}");
        assertThat(psa.records("CompanyLocations").get(locations.get(0))).containsEntry("isPrimary", false);
        assertThat(psa.records("CompanyLocations").get(locations.get(1))).containsEntry("isPrimary", true);
    }

    @Test
    void activityAloneMovesItsOwnStamp() {
        Map<String, @Nullable Object> before = psa.records("Companies").get(COMPANY);
        psa.records("Companies").touch(COMPANY);
        assertThat(psa.records("Companies").get(COMPANY))
                .containsEntry("lastTrackedModifiedDateTime", before.get("lastTrackedModifiedDateTime"))
                .containsEntry("lastActivityDate", "2026-11-02T09:00:00Z");
    }

    @Test
    void deletedTicketsLeaveALogAndNothingElseDoes() {
        long ticket = psa.records("Tickets").ids().get(0);
        psa.records("Tickets").delete(ticket);
        psa.records("ConfigurationItems").delete(ITEM);
        assertThat(psa.records("DeletedTicketLogs").idsWhere("ticketID", ticket))
                .hasSize(1);
        assertThat(client.get("ConfigurationItems/" + ITEM).status()).isEqualTo(404);
    }

    // Webhooks -------------------------------------------------------------------------------------------------------

    private void subscribe(String url) {
        client.send(
                "POST",
                "CompanyWebhooks",
                ("{'name':'x','webhookUrl':'" + url + "','deactivationUrl':'" + url + "','isActive':true,"
                                + "'sendThresholdExceededNotification':false,'secretKey':'0123456789abcdef0123456789abcdef',"
                                + "'isSubscribedToUpdateEvents':true,'isSubscribedToDeleteEvents':true}")
                        .replace('\'', '"'));
        long webhook = psa.records("CompanyWebhooks").ids().get(0);
        for (JsonNode value : client.get("CompanyWebhookFields/entityInformation/fields")
                .json()
                .path("fields")
                .path(1)
                .path("picklistValues")) {
            if (value.path("label").asText().equals("companyName")) {
                client.send(
                        "POST",
                        "CompanyWebhooks/" + webhook + "/Fields",
                        "{\"fieldID\":" + value.path("value").asText() + ",\"isSubscribedField\":true}");
            }
        }
        client.send("POST", "CompanyWebhooks/" + webhook + "/ExcludedResources", "{\"resourceID\":29682931}");
    }

    @Test
    void changesAreDeliveredSignedAndEscapedAndTriedAgain() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        List<Integer> answers = new ArrayList<>(List.of(500, 200, 200));
        HttpServer receiver = receiver(received, answers);
        try {
            subscribe("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
            psa.records("Companies").edit(COMPANY, "phone", "1"); // not subscribed
            client.send("PATCH", "Companies", "{\"id\":" + COMPANY + ",\"companyName\":\"Own\"}"); // excluded
            psa.records("Companies").edit(COMPANY, "companyName", "Fjord & Brücke + \"Co\"");

            assertThat(psa.callouts().deliver())
                    .extracting(Callouts.Attempt::status)
                    .containsExactly(500);
            clock.advance(Duration.ofSeconds(30));
            assertThat(psa.callouts().deliver())
                    .extracting(Callouts.Attempt::status)
                    .containsExactly(200);
        } finally {
            receiver.stop(0);
        }
        assertThat(received).hasSize(2).allSatisfy(body -> {
            assertThat(body).contains("\"EntityType\":\"Account\",\"Id\":" + COMPANY);
            assertThat(body).contains("{\"CompanyName\":\"Fjord \\u0026 Br\\u00FCcke \\u002B \\u0022Co\\u0022\"}");
        });
    }

    private static HttpServer receiver(List<String> received, List<Integer> answers) throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("X-Hook-Signature");
            assertThat(signature).isEqualTo(Callouts.signature("0123456789abcdef0123456789abcdef", body));
            received.add(body);
            exchange.sendResponseHeaders(answers.remove(0), -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    @Test
    void signaturesAreThoseOfTheVendor() {
        String body =
                "{\"Action\":\"Update\",\"Guid\":\"5f0b6a0e-8c7d-4a51-9a49-2b8a2d0c7e13\",\"EntityType\":\"Account\","
                        + "\"Id\":29683712,\"Fields\":{\"Phone\":\"(503) 555-0143\"},\"EventTime\":\"2026-05-20T15:02:13Z\","
                        + "\"SequenceNumber\":42,\"PersonID\":29682891}";
        assertThat(Callouts.signature("0123456789abcdef0123456789abcdef", body))
                .isEqualTo("sha1=0GDcYRvENT7D7SPGncJHZRRIy50=");
    }

    @Test
    void whatFailsTooOftenEndsTheWebhook() {
        subscribe("http://127.0.0.1:1/hook");
        for (int i = 0; i < 25; i++) {
            psa.records("Companies").edit(COMPANY, "companyName", "Name " + i);
            for (int tries = 0; tries < 5; tries++) {
                psa.callouts().deliver();
                clock.advance(Duration.ofSeconds(30));
            }
        }
        long webhook = psa.records("CompanyWebhooks").ids().get(0);
        assertThat(psa.records("CompanyWebhooks").get(webhook)).containsEntry("isActive", false);
        assertThat(psa.records("WebhookEventErrorLogs").count()).isEqualTo(25);
        assertThat(psa.callouts().deliver())
                .extracting(Callouts.Attempt::action)
                .contains("Deactivated");
    }
}
