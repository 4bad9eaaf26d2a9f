package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.Reading;
import org.psasync.testkit.pulseway.Delivery;
import org.psasync.testkit.pulseway.Switch;

/** Traffic of every kind, both ways, against the vendor's own description of the API. */
class TrafficTest {
    @Test
    void requestsAndAnswersAreAsTheVendorDescribesThem() {
        VendorDescription vendor = VendorDescription.read().orElse(null);
        assumeThat(vendor)
                .as("The vendor's description is not there: " + VendorDescription.FILE)
                .isNotNull();
        Set<String> faults = new ConcurrentSkipListSet<>();
        try (Bench bench =
                new Bench(psa -> psa.accounts(5).contacts(6).assets(8).tickets(6))) {
            bench.psa.switches().on(Switch.PASCAL_CASE);
            bench.psa.observe(exchange -> faults.addAll(requireNonNull(vendor).faults(exchange)));
            readEverything(bench);
            writeEverything(bench);
            assertThat(bench.psa.requests().count("PUT", "**")).isPositive();
            assertThat(bench.psa.requests().count("PATCH", "v2/crm/contacts/*/emails"))
                    .isPositive();
        }
        assertThat(faults).isEmpty();
    }

    private static void readEverything(Bench bench) {
        bench.connector.check();
        bench.connector.reference();
        ReadScope scope = new ReadScope(Set.of("401", "402"), null, List.of());
        for (AssetKind kind : AssetKind.values()) {
            Reading reading = bench.readAll(kind, scope, RemoteCursor.start(), 4);
            assertThat(reading.records()).isNotEmpty();
            assertThat(reading.unreadable()).isEmpty();
            bench.read(kind, reading.records().get(0).id());
            bench.readAll(kind, scope, reading.next(), 100);
        }
    }

    private static void writeEverything(Bench bench) {
        WriteOptions options = Samples.OPTIONS;
        RemoteRecord account = bench.connector
                .create(bench.connector.prepare(Samples.account("Harbor Dental")))
                .record();
        assertThat(account).isNotNull();
        bench.connector.update(Bench.update(
                requireNonNull(account),
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Harbor Dental Care")
                        .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 1101))
                        .build()));
        RemoteRecord contact = bench.read(
                AssetKind.CONTACT,
                bench.connector
                        .create(bench.connector.prepare(Samples.contact(bench, "Ada")))
                        .id());
        bench.connector.update(Bench.update(
                contact,
                FieldValues.of(AssetKind.CONTACT)
                        .set(ContactFields.TITLE, "Owner")
                        .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ada@new.example")))
                        .set(
                                ContactFields.PHONES,
                                Set.of(ContactPoint.primary("+1 555 0199"), ContactPoint.further("+1 555 0198")))
                        .build(),
                options));
        RemoteRecord asset = bench.connector
                .create(bench.connector.prepare(Samples.asset(bench, "SRV-NEW")))
                .record();
        assertThat(asset).isNotNull();
        bench.connector.update(Bench.update(
                requireNonNull(asset),
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "moved")
                        .set(ConfigurationFields.TYPE, new Choice("62", "Workstation"))
                        .build()));
    }

    @Test
    @DisplayName("The fake answers what testers call beside the connector as the vendor describes it")
    void otherRoutes() throws Exception {
        VendorDescription vendor = VendorDescription.read().orElse(null);
        assumeThat(vendor)
                .as("The vendor's description is not there: " + VendorDescription.FILE)
                .isNotNull();
        Set<String> faults = new ConcurrentSkipListSet<>();
        try (Bench bench =
                new Bench(psa -> psa.accounts(2).contacts(3).assets(2).tickets(2))) {
            bench.psa.switches().on(Switch.PASCAL_CASE);
            bench.psa.observe(exchange -> faults.addAll(requireNonNull(vendor).faults(exchange)));
            Caller caller = new Caller(bench);
            String ticket = "{\"Title\":\"Test\",\"Details\":\"-\",\"AccountId\":1101,\"LocationId\":"
                    + bench.psa.locations(1101).get(0)
                    + ",\"StatusId\":501,\"PriorityId\":521,\"TypeId\":8,\"SourceId\":4,\"QueueId\":401,"
                    + "\"OpenDate\":\"2026-11-02T09:00:00Z\"}";
            String note = "{\"Details\":\"-\",\"IsInternal\":false,\"TypeId\":1,\"NoteDate\":\"2026-11-02T09:00:00Z\"}";
            String hook = "{\"Name\":\"x\",\"PayloadURL\":\"https://sync.example/?secret=s\",\"IsEnabled\":true,"
                    + "\"ContentType\":1,\"SendAllEvents\":true,\"Events\":[]}";
            caller.call("POST", "v2/servicedesk/tickets", ticket);
            caller.call("PUT", "v2/servicedesk/tickets/120001", ticket);
            String status = "[{\"op\":\"replace\",\"path\":\"/StatusId\",\"value\":503}]";
            caller.call("PATCH", "v2/servicedesk/tickets/120001", status);
            caller.call("POST", "v2/servicedesk/tickets/120001/notes", note);
            caller.call("POST", "v2/admin/webhooks", hook);
            caller.call("PUT", "v2/admin/webhooks/11", hook);
            caller.call("POST", "v2/admin/webhooks/search", "{\"PageSize\":10,\"PageNumber\":1}");
            for (String list : List.of(
                    "servicedesk/tickets/120001/notes",
                    "admin/webhooks/11",
                    "admin/webhooks/events/lookup",
                    "hr/assignees",
                    "hr/assignees/lookup",
                    "hr/employees/lookup",
                    "system/slas/lookup",
                    "system/issuetypes/lookup",
                    "system/issuetypes/801/issuesubtypes/lookup",
                    "crm/accounts/lookup",
                    "crm/accounts/1101/contacts/lookup",
                    "crm/contacts/search?Filter.Ids=6601&Filter.Ids=6602")) {
                caller.call("GET", "v2/" + list, "");
            }
            caller.call("DELETE", "v2/servicedesk/tickets/120001", "");
        }
        assertThat(faults).isEmpty();
    }

    @Test
    @DisplayName("PSA-ALL-3, C12.1: what a webhook of the fake would send is believed, and names its ticket")
    void webhooks() throws Exception {
        try (Bench bench =
                        new Bench(psa -> psa.accounts(1).contacts(1).assets(1).tickets(2));
                PulsewayConnector connector = bench.connectorWith(Map.of("webhookSecret", "s&cret"))) {
            Caller caller = new Caller(bench);
            String hook = "{\"Name\":\"x\",\"PayloadURL\":\"https://sync.example/?secret=s%26cret\",\"IsEnabled\":true,"
                    + "\"SendAllEvents\":true}";
            caller.call("POST", "v2/admin/webhooks", hook);
            bench.psa.records("tickets").edit(120_001, "Title", "Other");
            bench.psa.switches().on(Switch.PASCAL_CASE);
            bench.psa.records("tickets").delete(120_002);

            List<Webhook> verified = new ArrayList<>();
            for (Delivery delivery : bench.psa.takeDeliveries()) {
                verified.add(connector.webhook(new WebhookRequest(
                        URI.create(delivery.address()).getRawQuery(),
                        Map.of(),
                        delivery.body().getBytes(StandardCharsets.UTF_8))));
            }

            assertThat(verified)
                    .containsExactly(
                            new Webhook.Hints(List.of(Bench.ref(AssetKind.TICKET, 120_001))),
                            new Webhook.Hints(List.of(Bench.ref(AssetKind.TICKET, 120_002))));
        }
    }

    /** Calls what the connector does not. */
    private static final class Caller {
        private final HttpClient http = HttpClient.newHttpClient();
        private final String server;
        private final String token;

        Caller(Bench bench) throws IOException, InterruptedException {
            Map<String, String> credentials = bench.psa.credentials();
            server = bench.psa.url() + "/";
            String form = "GrantType=password&UserName=" + credentials.get("user") + "&Password="
                    + credentials.get("password") + "&Tenant="
                    + String.valueOf(credentials.get("tenant")).replace(" ", "+");
            String answer = send("POST", "v2/security/authenticate", "application/x-www-form-urlencoded", form, "none");
            token = answer.replaceAll("(?is).*\"accessToken\":\"([^\"]*)\".*", "$1");
        }

        void call(String method, String path, String body) throws IOException, InterruptedException {
            assertThat(send(method, path, "application/json", body, token))
                    .as(path)
                    .containsPattern(method.equals("DELETE") ? "^$" : "(?i)\"success\":true");
        }

        private String send(String method, String path, String type, String body, String bearer)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                    .header("Authorization", "Bearer " + bearer)
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            request = body.isEmpty() ? request : request.header("Content-Type", type);
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
