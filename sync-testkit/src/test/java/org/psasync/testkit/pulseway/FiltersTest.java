package org.psasync.testkit.pulseway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;

/** No list of the fake passes over a filter: it filters, or it refuses. */
class FiltersTest {
    private static final String ACCOUNTS = "v2/crm/accounts/summary";
    private static final String ACCOUNT_NAMES = "v2/crm/accounts/lookup";
    private static final String CONTACTS = "v2/crm/contacts/summary";
    private static final String CONTACT_SEARCH = "v2/crm/contacts/search";
    private static final String ASSETS = "v2/servicedesk/hardwareasset/searchselect";
    private static final String EMPLOYEES = "v2/hr/employees/searchselect";
    private static final String EMPLOYEE_NAMES = "v2/hr/employees/lookup";
    private static final String TICKETS = "v2/servicedesk/tickets/search";
    private static final String FEED = "v2/integrations/itglue/servicedesk/ticketsync";
    private static final List<String> LISTS =
            List.of(ACCOUNTS, ACCOUNT_NAMES, CONTACTS, CONTACT_SEARCH, ASSETS, EMPLOYEES, EMPLOYEE_NAMES, FEED);

    private final FakePulseway psa = FakePulseway.builder()
            .clock(TestClock.at("2026-11-02T09:00:00Z"))
            .accounts(6)
            .contacts(5)
            .assets(7)
            .tickets(4)
            .start();
    private Client client;

    /** One record of each kind that differs from the others in everything. */
    @BeforeEach
    void paintOneOfEach() throws Exception {
        client = new Client(psa);
        String created = "2031-05-05T00:00:00Z";
        int place = psa.locations(1103).get(0);
        psa.editLocation(1103, place, Map.of("LocationName", "Stripes"));
        psa.records("accounts")
                .edit(
                        1103,
                        Map.of(
                                "AccountName",
                                "Zebra Works",
                                "AccountCode",
                                "ZW9",
                                "AccountTypeId",
                                33,
                                "CreatedOn",
                                created));
        psa.records("contacts")
                .edit(
                        6602,
                        Map.of(
                                "AccountId",
                                1103,
                                "LocationId",
                                place,
                                "FirstName",
                                "Quentin",
                                "LastName",
                                "Zed",
                                "JobTitle",
                                "Juggler",
                                "IsPoc",
                                true,
                                "CreatedOn",
                                created,
                                "Emails",
                                List.of(Map.of("Id", 1, "EmailAddress", "q@zebra.example")),
                                "Phones",
                                List.of(Map.of("Id", 2, "Phone", "+99 77"))));
        psa.records("contacts").ids().stream()
                .filter(id -> id != 6602)
                .forEach(id -> psa.records("contacts").editUnnoticed(id, Map.of("IsPoc", false, "AccountId", 1101)));
        psa.records("assets").ids().stream()
                .filter(id -> id != 9903)
                .forEach(id -> psa.records("assets").editUnnoticed(id, Map.of("AccountId", 1101, "ContactId", 0)));
        psa.records("assets")
                .edit(
                        9903,
                        Map.of(
                                "AccountId", 1103,
                                "AccountLocationId", place,
                                "ContactId", 6602,
                                "CategoryId", psa.lookup("categories", "Zeppelin"),
                                "Name", "ZEBRA-SRV",
                                "SerialNumber", "ZS-1",
                                "Description", "striped",
                                "IpAddress", "192.168.77.1",
                                "MachineGroupId", "grp-z"));
        psa.records("tickets").ids().stream()
                .filter(id -> id != 120_002)
                .forEach(id -> psa.records("tickets")
                        .editUnnoticed(id, Map.of("AccountId", 1101, "HardwareAssetId", 0, "StatusId", 501)));
        psa.records("tickets")
                .edit(
                        120_002,
                        Map.of(
                                "AccountId",
                                1103,
                                "LocationId",
                                place,
                                "ContactId",
                                6602,
                                "HardwareAssetId",
                                9903,
                                "Title",
                                "Striped trouble",
                                "TicketNumber",
                                "Z-7",
                                "QueueId",
                                psa.lookup("queues", "Stable"),
                                "StatusId",
                                503,
                                "PriorityId",
                                psa.lookup("priorities", "Zero"),
                                "CreatedOn",
                                created));
        psa.records("tickets")
                .editUnnoticed(
                        120_002,
                        Map.of(
                                "TypeName", "Zoo",
                                "SourceId", 9,
                                "IsScheduled", 1,
                                "Details", "<p>hooves</p>",
                                "OpenDate", created,
                                "DueDate", created,
                                "CompletedDate", created,
                                "LastActivityUpdate", created,
                                "LastStatusUpdate", created));
    }

    @AfterEach
    void close() {
        psa.close();
    }

    @ParameterizedTest
    @CsvSource({
        "v2/crm/accounts/summary, AccountName=zebra, 1103",
        "v2/crm/accounts/summary, AccountCode=ZW, 1103",
        "v2/crm/accounts/summary, AccountTypeId=33, 1103",
        "v2/crm/accounts/summary, AccountTypeName=Vendor, 1103",
        "v2/crm/accounts/summary, ModifiedOnFrom=2026-11-02T08:00:00Z, 1103",
        "v2/crm/accounts/summary, CreatedOnFrom=2030-01-01, 1103",
        "v2/crm/accounts/lookup, Ids=1103&Filter.Ids=1105, 1103 1105",
        "v2/crm/accounts/lookup, 'Ids=1103,1105', 1103 1105",
        "v2/crm/accounts/lookup, Name=ebra, 1103",
        "v2/crm/accounts/lookup, WithSecurityScope=true&Filter.Ids=1103, 1103",
        "v2/crm/contacts/summary, AccountId=1103, 6602",
        "v2/crm/contacts/summary, AccountName=Zebra Works, 6602",
        "v2/crm/contacts/summary, FirstName=quentin, 6602",
        "v2/crm/contacts/summary, LastName=Zed, 6602",
        "v2/crm/contacts/summary, Phone=99 77, 6602",
        "v2/crm/contacts/summary, Email=@zebra, 6602",
        "v2/crm/contacts/summary, CreatedOnFrom=2030-01-01, 6602",
        "v2/crm/contacts/summary, ModifiedOnFrom=2026-11-02T08:00:00Z, 6602",
        "v2/crm/contacts/search, Ids=6602&Filter.Ids=6604, 6602 6604",
        "v2/crm/contacts/search, AccountIds=1103, 6602",
        "v2/crm/contacts/search, AccountName=zebra, 6602",
        "v2/crm/contacts/search, LocationName=Stripes, 6602",
        "v2/crm/contacts/search, EmailAddress=q@, 6602",
        "v2/crm/contacts/search, JobTitle=Juggler, 6602",
        "v2/crm/contacts/search, IsPoc=true, 6602",
        "v2/crm/contacts/search, HasClientPortalAccess=true, ''",
        "v2/servicedesk/hardwareasset/searchselect, AssetName=zebra, 9903",
        "v2/servicedesk/hardwareasset/searchselect, MachineGroupId=grp-z, 9903",
        "v2/servicedesk/hardwareasset/searchselect, LocationName=Stripes, 9903",
        "v2/servicedesk/hardwareasset/searchselect, SerialNumber=ZS-1, 9903",
        "v2/servicedesk/hardwareasset/searchselect, Description=striped, 9903",
        "v2/servicedesk/hardwareasset/searchselect, IPAddress=192.168.77, 9903",
        "v2/servicedesk/hardwareasset/searchselect, AccountId=1103, 9903",
        "v2/servicedesk/hardwareasset/searchselect, ContactId=6602, 9903",
        "v2/servicedesk/hardwareasset/searchselect, ContactName=Quentin Zed, 9903",
        "v2/servicedesk/hardwareasset/searchselect, ExcludedId=9903&Filter.SerialNumber=ZS-1, ''",
        "v2/hr/employees/searchselect, Ids=5102, 5102",
        "v2/hr/employees/searchselect, Filter_Text=dana.oka, 5102",
        "v2/hr/employees/searchselect, Filter_Text=Dana Okafor, 5102",
        "v2/hr/employees/searchselect, IsActive=false, 5104",
        "v2/hr/employees/lookup, Name=okafor, 5102",
        "v2/hr/employees/lookup, Ids=5103, 5103",
        "v2/integrations/itglue/servicedesk/ticketsync, ModifiedOnFrom=2026-11-02T08:00:00Z, 120002",
        "v2/integrations/itglue/servicedesk/ticketsync, CreatedOnFrom=2030-01-01, 120002"
    })
    void filtersLists(String list, String filter, String ids) throws Exception {
        assertThat(Client.ids(client.get(list + "?Filter." + filter))).isEqualTo(numbers(ids));
    }

    private static List<Integer> numbers(String ids) {
        return ids.isEmpty()
                ? List.of()
                : Arrays.stream(ids.split(" ", -1)).map(Integer::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Title, striped",
        "Account, zebra",
        "AccountCode, ZW9",
        "LocationName, Stripes",
        "ContactName, Zed",
        "HardwareAssetName, ZEBRA",
        "TicketNumber, Z-7",
        "Details, hooves",
        "QueueNames, 'Other, stable'",
        "StatusNames, Completed",
        "PriorityNames, Zero",
        "TicketTypeNames, Zoo",
        "SourceIds, 9",
        "AccountIds, '1103, 1105'",
        "AccountLocationId, LOCATION",
        "ContactId, 6602",
        "HardwareAssetId, 9903",
        "IsScheduled, 1",
        "OpenDateFrom, 2030-01-01",
        "DueDateFrom, 2030-01-01",
        "CompletedDateFrom, 2030-01-01",
        "CreatedOnFrom, 2030-01-01",
        "LastActivityUpdateFrom, 2030-01-01",
        "LastStatusUpdateFrom, 2030-01-01"
    })
    void filtersTickets(String filter, String value) throws Exception {
        int place = psa.locations(1103).get(0);
        assertThat(Client.ids(tickets(filter, value.replace("LOCATION", Integer.toString(place)))))
                .containsExactly(120_002);
        assertThat(Client.ids(tickets("ExcludeCompleted", "0"))).hasSize(4);
        assertThat(Client.ids(tickets("ExcludeCompleted", "1"))).hasSize(3).doesNotContain(120_002);
    }

    private JsonNode tickets(String filter, String value) throws Exception {
        ObjectNode body = Wire.object();
        body.putObject("filter").put(filter, value);
        return client.json("POST", TICKETS, body.toString());
    }

    @Test
    void refusesWhatItCannotFilter() throws Exception {
        for (String list : LISTS) {
            for (String query : List.of("Filter.Nonsense=1", "Sort=Name", "Exclude=Id")) {
                assertThat(client.send("GET", list + "?" + query, "").statusCode())
                        .as(list + " " + query)
                        .isEqualTo(400);
            }
            assertThat(Client.ids(client.get(list + "?Filter.Ids=&Sort="))).isNotEmpty();
        }
        for (String query : List.of("AccountTypeId=x", "IsActive=perhaps", "CreatedOnTo=soon")) {
            HttpResponse<String> refused = client.send("GET", ACCOUNTS + "?Filter." + query, "");
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(refused.body()).contains("not valid");
        }
        assertThat(tickets("OwnerIds", "5102").at("/error/message").asText()).contains("OwnerIds");
    }

    /** With a value that no record has, nothing may be left. */
    @Test
    void filtersOrRefusesAllThatTheVendorDescribes() throws Exception {
        Path file = Path.of(System.getProperty("psasync.shared", "../shared"), "vendor/pulseway/openapi-subset.json");
        assumeThat(file).isReadable();
        JsonNode described = Wire.MAPPER.readTree(file.toFile());
        List<String> passedOver = new ArrayList<>();
        for (String list : LISTS) {
            for (JsonNode parameter : described.path("paths").path("/" + list).at("/get/parameters")) {
                String name = parameter.path("name").asText();
                if (name.startsWith("Filter.") && !name.startsWith("Filter.With")) {
                    HttpResponse<String> answer =
                            client.send("GET", list + "?" + name + "=" + unlike(name, parameter.path("schema")), "");
                    boolean filtered =
                            Client.ids(Wire.MAPPER.readTree(answer.body())).size()
                                    < Client.ids(client.get(list)).size();
                    if (answer.statusCode() != 400 && !filtered) {
                        passedOver.add(list + " " + name);
                    }
                }
            }
        }
        described
                .at("/components/schemas/TicketFilterDto/properties")
                .properties()
                .forEach(member -> {
                    try {
                        JsonNode answer = tickets(member.getKey(), unlike(member.getKey(), member.getValue()));
                        if (answer.path("success").asBoolean()
                                && Client.ids(answer).size() == 4) {
                            passedOver.add(TICKETS + " " + member.getKey());
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertThat(passedOver).isEmpty();
    }

    private static String unlike(String name, JsonNode schema) {
        if (schema.path("format").asText().equals("date-time")) {
            return name.endsWith("From") ? "2099-01-01" : "1999-01-01";
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> name.contains("Active") ? "false" : "true";
            case "integer" -> name.endsWith("ExcludedId") ? "9903" : "987654";
            default -> name.endsWith("Ids") ? "987654" : "none-such";
        };
    }
}
