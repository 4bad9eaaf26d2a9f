package org.psasync.testkit.pulseway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;

/** Tickets as testers of a help desk would make them, and the lists that they choose from. */
class TicketsTest {
    private static final String TICKETS = "v2/servicedesk/tickets";

    private final TestClock clock = TestClock.at("2026-11-02T09:00:00Z");
    private final FakePulseway psa = FakePulseway.builder()
            .clock(clock)
            .accounts(3)
            .contacts(3)
            .assets(2)
            .tickets(2)
            .start();
    private Client client;

    @BeforeEach
    void logIn() throws Exception {
        client = new Client(psa);
    }

    @AfterEach
    void close() {
        psa.close();
    }

    private ObjectNode body() {
        ObjectNode body = Wire.object()
                .put("Title", "No network")
                .put("Details", "<p>Since noon</p>")
                .put("AccountId", 1101)
                .put("LocationId", psa.locations(1101).get(0))
                .put("StatusId", 501)
                .put("PriorityId", 521)
                .put("TypeId", 8);
        return body.put("SourceId", 4).put("QueueId", 401).put("OpenDate", "2026-11-02T08:55:00Z");
    }

    @Test
    void makesChangesAndDeletesTickets() throws Exception {
        ObjectNode full = body().put("issueTypeId", 801).put("subIssueTypeId", 1010);
        JsonNode made = client.json(
                        "POST",
                        TICKETS,
                        full.put("assigneeId", 5102).put("slaId", 702).toString())
                .path("result");
        int id = made.path("id").asInt();
        assertThat(made.path("ticketNumber").asText()).isEqualTo(id + "-2026");
        assertThat(made.path("assigneeName").asText()).isEqualTo("Dana Okafor");
        assertThat(made.path("issueTypeName").asText()).isEqualTo("Hardware");
        assertThat(made.path("subIssueTypeName").asText()).isEqualTo("Hardware fault");
        assertThat(made.path("slaName").asText()).isEqualTo("Premium");
        assertThat(made.path("lastStatusUpdate").asText()).isEqualTo("2026-11-02T09:00:00Z");

        clock.advance(Duration.ofMinutes(10));
        JsonNode done =
                client.json("PATCH", TICKETS + "/" + id, "[{\"op\":\"replace\",\"path\":\"/StatusId\",\"value\":503}]");
        assertThat(done.at("/result/completedDate").asText()).isEqualTo("2026-11-02T09:10:00Z");
        JsonNode replaced = client.json(
                "PUT", TICKETS + "/" + id, body().put("Title", "Other").toString());
        assertThat(replaced.at("/result/title").asText()).isEqualTo("Other");
        assertThat(replaced.at("/result/assigneeId").isNull()).isTrue();
        assertThat(replaced.at("/result/completedDate").isNull()).isTrue();
        assertThat(Client.ids(client.get("v2/integrations/itglue/servicedesk/ticketsync?Filter.ModifiedOnFrom="
                        + "2026-11-02T09:05:00Z")))
                .containsExactly(id);

        assertThat(client.send("DELETE", TICKETS + "/" + id, "").statusCode()).isEqualTo(200);
        assertThat(client.get(TICKETS + "/" + id).at("/error/code").asInt()).isEqualTo(404);
    }

    @Test
    void refusesTicketsThatLackSomething() throws Exception {
        JsonNode refused = client.json("POST", TICKETS, "{}");
        assertThat(refused.path("success").asBoolean(true)).isFalse();
        assertThat(refused.at("/error/subErrors").toString())
                .contains("Title is required")
                .contains("StatusId is required")
                .contains("QueueId or AssigneeId is required")
                .contains("AccountId is not valid");
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "ContactId", 1, "SubIssueTypeId", 1020, "OpenDate", "soon", "LocationId", 1)
                .entrySet()) {
            ObjectNode body = body().put("IssueTypeId", 801);
            body.set(wrong.getKey(), Wire.MAPPER.valueToTree(wrong.getValue()));
            assertThat(client.json("POST", TICKETS, body.toString())
                            .at("/error/subErrors/0")
                            .asText())
                    .isEqualTo(wrong.getKey() + " is not valid.");
        }
        assertThat(psa.records("tickets").count()).isEqualTo(2);
    }

    @Test
    void keepsNotes() throws Exception {
        String notes = TICKETS + "/120001/notes";
        assertThat(client.json("POST", notes, "{\"Details\":\"x\"}").at("/error/subErrors"))
                .hasSize(3);
        String body = "{\"details\":\"Called back\",\"isInternal\":true,\"typeId\":1,\"noteDate\":\"2026-11-02\"}";
        int id = client.json("POST", notes, body).at("/result/id").asInt();
        assertThat(psa.records("tickets").get(120_001)).containsEntry("LastActivityUpdate", "2026-11-02T09:00:00Z");
        client.json("PUT", notes + "/" + id, body.replace("back", "again"));
        assertThat(client.get(notes).at("/result/0/details").asText()).isEqualTo("Called again");
        assertThat(client.get(notes + "/" + id).at("/result/isInternal").asBoolean())
                .isTrue();
        client.send("DELETE", notes + "/" + id, "");
        assertThat(client.get(notes).path("result")).isEmpty();
        assertThat(client.get(notes + "/" + id).at("/error/code").asInt()).isEqualTo(404);
    }

    @Test
    void listsWhatTicketsRefer() throws Exception {
        assertThat(Client.ids(client.get("v2/hr/assignees"))).containsExactly(5101, 5102, 5103);
        assertThat(Client.ids(client.get("v2/hr/assignees?Name=dana&EmployeesOnly=true")))
                .containsExactly(5102);
        assertThat(Client.ids(client.get("v2/hr/assignees/lookup?Filter.ExcludedIds=5101,5103")))
                .containsExactly(5102);
        assertThat(client.send("GET", "v2/hr/assignees/lookup?Filter.AccountId=1101", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Client.ids(client.get("v2/system/issuetypes/lookup?Filter.Name=soft")))
                .containsExactly(802);
        assertThat(Client.ids(client.get("v2/system/issuetypes/802/issuesubtypes/lookup")))
                .isEqualTo(List.of(1020, 1021));
        assertThat(Client.ids(client.get("v2/system/slas/lookup"))).containsExactly(701, 702);
        int contact = psa.records("contacts").idWhere("AccountId", 1101);
        JsonNode contacts = client.get("v2/crm/accounts/1101/contacts/lookup?Filter.Name=mia");
        assertThat(Client.ids(contacts)).containsExactly(contact);
        assertThat(contacts.at("/result/0/emailAddress").asText()).contains("@");
    }

    @Test
    void tellsOfTicketsByWebhooks() throws Exception {
        String hook = "{\"Name\":\"sync\",\"PayloadURL\":\"https://sync.example/psa?secret=s\",\"IsEnabled\":true,"
                + "\"Secret\":\"hidden\",\"ContentType\":1,\"SendAllEvents\":false,\"Events\":[1,3]}";
        JsonNode made = client.json("POST", "v2/admin/webhooks", hook).path("result");
        int id = made.path("id").asInt();
        assertThat(made.path("hasSecret").asBoolean()).isTrue();
        assertThat(made.toString()).doesNotContain("hidden");
        assertThat(client.json("POST", "v2/admin/webhooks", "{\"Events\":[9]}").at("/error/subErrors"))
                .hasSize(3);

        int ticket =
                client.json("POST", TICKETS, body().toString()).at("/result/id").asInt();
        psa.records("tickets").edit(ticket, "Title", "Other");
        psa.records("accounts").edit(1101, "AccountName", "Other");
        psa.records("tickets").delete(ticket);

        List<Delivery> deliveries = psa.takeDeliveries();
        assertThat(deliveries).hasSize(2).allSatisfy(each -> {
            assertThat(each.address()).isEqualTo("https://sync.example/psa?secret=s");
            assertThat(Wire.MAPPER.readTree(each.body()).path("ticketId").asInt())
                    .isEqualTo(ticket);
        });
        assertThat(deliveries.get(1).body()).contains("Deleted");
        assertThat(psa.takeDeliveries()).isEmpty();

        client.json("PUT", "v2/admin/webhooks/" + id, hook.replace("true", "false"));
        psa.records("tickets").delete(120_001);
        assertThat(psa.takeDeliveries()).isEmpty();
        String off = "{\"Filter\":{\"IsEnabled\":0}}";
        assertThat(Client.ids(client.json("POST", "v2/admin/webhooks/search", off)))
                .containsExactly(id);
        client.send("DELETE", "v2/admin/webhooks/" + id, "");
        assertThat(client.get("v2/admin/webhooks/" + id).at("/error/code").asInt())
                .isEqualTo(404);
        assertThat(Client.ids(client.get("v2/admin/webhooks/events/lookup"))).containsExactly(1, 2, 3);
    }
}
