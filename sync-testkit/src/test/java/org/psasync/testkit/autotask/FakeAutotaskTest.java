package org.psasync.testkit.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.testkit.TestClock;
import picocli.CommandLine;

/** The fake by itself, as any client sees it: zone, credentials, queries, pages and limits. */
class FakeAutotaskTest {
    private static final String EVERYTHING = "{\"op\":\"exist\",\"field\":\"id\"}";

    private final TestClock clock = TestClock.at("2026-11-02T09:00:00Z");
    private final FakeAutotask psa = FakeAutotask.builder()
            .clock(clock)
            .companies(12)
            .contacts(5)
            .configurations(7)
            .tickets(4)
            .start();
    private final Client client = new Client(psa);

    @AfterEach
    void close() {
        psa.close();
    }

    private static List<Long> ids(JsonNode answer) {
        List<Long> ids = new ArrayList<>();
        answer.path("items").forEach(item -> ids.add(item.path("id").asLong()));
        return ids;
    }

    @Test
    void aZoneIsLookedUpWithoutCredentialsAndEndsWithASlash() {
        JsonNode zone =
                client.get("zoneInformation?user=sync-api%40msp.example").json();
        assertThat(zone.path("url").asText()).isEqualTo(psa.url() + "/ATServicesRest/");
        Client.Answer unknown = client.get("ZoneInformation?user=nobody");
        assertThat(unknown.status()).isEqualTo(500);
        assertThat(unknown.error()).isEqualTo("Zone information could not be determined");
    }

    @Test
    void aMovedTenantIsRefusedAtItsFormerZone() {
        psa.moveZone();
        assertThat(client.get("Version").status()).isEqualTo(401);
        String url = client.get("zoneInformation?user=sync-api%40msp.example")
                .json()
                .path("url")
                .asText();
        assertThat(url).isNotEqualTo(psa.url() + "/ATServicesRest/");
        assertThat(client.sendTo("GET", url + "V1.0/Version", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ApiIntegrationCode", "UserName", "Secret"})
    void anyWrongCredentialIsA401WithoutWords(String header) {
        Client.Answer answer = client.with(header, "wrong").get("Version");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void wrongSecretsLockTheUserUntilSomebodyUnlocks() {
        for (int i = 0; i < 5; i++) {
            client.with("Secret", "wrong").get("Version");
        }
        assertThat(client.get("Version").status()).isEqualTo(401);
        psa.unlock();
        assertThat(client.get("Version").status()).isEqualTo(200);
    }

    @Test
    void pathsAreNotCaseSensitive() {
        assertThat(client.sendTo("GET", psa.url() + "/atservicesrest/v1.0/companies/0", "")
                        .json()
                        .path("item")
                        .path("companyName")
                        .asText())
                .isEqualTo("Kingfisher IT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'eq','field':'id','value':0}|1",
                "{'op':'eq','field':'ID','value':'29683700'}|1",
                "{'op':'gt','field':'id','value':0}|12",
                "{'op':'eq','field':'companyName','value':'AMBERLEY dental  '}|1",
                "{'op':'beginsWith','field':'companyName','value':'amber'}|1",
                "{'op':'contains','field':'companyName','value':' DENT'}|12",
                "{'op':'in','field':'companyType','value':[3,7]}|2",
                "{'op':'notIn','field':'companyType','value':[3,7]}|11",
                "{'op':'eq','field':'isActive','value':'true'}|12",
                "{'op':'noteq','field':'isActive','value':true}|1",
                "{'op':'notExist','field':'parentCompanyID'}|11",
                "{'op':'exist','field':'parentCompanyID'}|2",
                "{'op':'gt','field':'createDate','value':'2020-01-01'}|13",
                "{'op':'lt','field':'createDate','value':'2020-01-01T00:00:00'}|0",
                "{'op':'or','items':[{'op':'eq','field':'id','value':0},{'op':'eq','field':'companyType','value':3}]}|2",
                "{'op':'and','items':[{'op':'gt','field':'id','value':0},{'op':'lte','field':'id','value':29683701}]}|2"
            })
    void operatorsCompareAsTheVendorsDo(String filter, int found) {
        Client.Answer answer = client.query("Companies", filter.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("items").size()).isEqualTo(found);
        assertThat(client.send("POST", "Companies/query/count", "{\"filter\":[" + filter.replace('\'', '"') + "]}")
                        .json()
                        .path("queryCount")
                        .asInt())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Companies|{'op':'eq','field':'assetValue','value':1}|cannot be queried",
                "Companies|{'op':'eq','field':'nonsense','value':1}|Unable to find nonsense",
                "Companies|{'op':'eq','field':'companyType','value':'Customer'}|Conversion failed",
                "Contacts|{'op':'like','field':'firstName','value':'x'}|operator like"
            })
    void badQueriesAreRefusedWith500AndWords(String entity, String filter, String words) {
        Client.Answer answer = client.query(entity, filter.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error()).contains(words);
    }

    @Test
    void aQueryHasAtMost500Alternatives() {
        StringBuilder many = new StringBuilder("1");
        for (int i = 2; i <= 500; i++) {
            many.append(',').append(i);
        }
        String filter = "{\"op\":\"in\",\"field\":\"id\",\"value\":[" + many;
        assertThat(client.query("Companies", filter + "]}").status()).isEqualTo(200);
        assertThat(client.query("Companies", filter + ",501]}").error()).contains("limited to 500");
        assertThat(client.send("POST", "Companies/query", "{\"MaxRecords\":501,\"filter\":[" + EVERYTHING + "]}")
                        .error())
                .isEqualTo("maxCountOfRecordsToReturn must be between 1 and 500");
    }

    @Test
    void contactsAreActiveByANumberThatFlagsFindToo() {
        for (String value : List.of("1", "true", "\"true\"")) {
            assertThat(client.query("Contacts", "{\"op\":\"eq\",\"field\":\"isActive\",\"value\":" + value + "}")
                            .json()
                            .path("items")
                            .path(0)
                            .path("isActive")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void userDefinedFieldsAreAllShownAndCanBeFiltered() {
        psa.records("Companies").editUdf(29_683_702, "CRM ID", "HLD-1");
        JsonNode item = client.query(
                        "Companies", "{\"op\":\"eq\",\"field\":\"crm id\",\"udf\":true,\"value\":\"hld-1\"}")
                .json()
                .path("items")
                .path(0);
        assertThat(item.path("id").asLong()).isEqualTo(29_683_702);
        assertThat(item.path("userDefinedFields")).hasSize(3);
        assertThat(item.path("userDefinedFields").path(0).path("value").isNull())
                .isTrue();
        assertThat(item.size()).as("every member").isEqualTo(61);
    }

    @Test
    void onlyWhatWasAskedForIsShown() {
        JsonNode item = client.send(
                        "POST",
                        "Companies/query",
                        "{\"includeFields\":[\"id\",\"City\"],\"filter\":[" + EVERYTHING + "]}")
                .json()
                .path("items")
                .path(1);
        Set<String> names = new TreeSet<>();
        item.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("city", "id", "userDefinedFields");
        assertThat(item.path("userDefinedFields")).isEmpty();
    }

    @Test
    void pagesBegunByPostGoOnByPostWithTheSameBody() {
        String body = "{\"MaxRecords\":5,\"filter\":[" + EVERYTHING + "]}";
        List<Long> seen = new ArrayList<>();
        JsonNode page = client.send("POST", "Companies/query", body).json();
        while (true) {
            seen.addAll(ids(page));
            String next = page.path("pageDetails").path("nextPageUrl").asText("");
            if (next.isEmpty() || page.path("pageDetails").path("nextPageUrl").isNull()) {
                break;
            }
            assertThat(client.sendTo("GET", next, "").status()).isEqualTo(405);
            assertThat(client.sendTo("POST", next, "").error()).contains("queryModel");
            page = client.sendTo("POST", next, body).json();
        }
        assertThat(seen).hasSize(13).isSorted().startsWith(0L);
    }

    @Test
    void pagesBegunByGetGoOnByGet() {
        String search = URLEncoder.encode("{\"MaxRecords\":8,\"filter\":[" + EVERYTHING + "]}", StandardCharsets.UTF_8);
        JsonNode page = client.get("Companies/query?search=" + search).json();
        String next = page.path("pageDetails").path("nextPageUrl").asText();
        assertThat(client.sendTo("POST", next, "{}").status()).isEqualTo(405);
        assertThat(ids(client.sendTo("GET", next, "").json())).hasSize(5);
    }

    @Test
    void switchesChangeWhatIsMissingAndHowTimesLook() {
        assertThat(client.get("Companies/1").status()).isEqualTo(404);
        assertThat(client.get("Companies/0").json().at("/item/createDate").asText())
                .endsWith("Z");
        psa.switches().on(Switch.MISSING_AS_NULL, Switch.TIMES_WITHOUT_ZONE);
        assertThat(client.get("Companies/1").body()).isEqualTo("{\"item\":null}");
        assertThat(client.get("Companies/0").json().at("/item/createDate").asText())
                .doesNotEndWith("Z");
    }

    @Test
    void theHourlyLimitIsTheTenantsAndTheMeterCountsItself() {
        psa.switches().requestsPerHour(3).otherRequests(1);
        assertThat(client.get("ThresholdInformation")
                        .json()
                        .path("currentTimeframeRequestCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.get("Version").status()).isEqualTo(200);
        assertThat(client.get("Version").status()).isEqualTo(429);
        psa.switches().on(Switch.LIMITS_AS_500);
        assertThat(client.get("Version").status()).isEqualTo(500);
        clock.advance(Duration.ofMinutes(61));
        assertThat(client.get("Version").status()).isEqualTo(200);
    }

    @Test
    void threeRequestsOfAnEntityAreTakenAtOnceAndNoMore() throws Exception {
        psa.switches().latency(Duration.ofMillis(500));
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try {
            List<Future<Client.Answer>> companies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                companies.add(threads.submit(() -> client.query("Companies", EVERYTHING)));
            }
            Future<Client.Answer> other = threads.submit(() -> client.query("Products", EVERYTHING));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Client.Answer> answer : companies) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).containsOnly(200, 429);
            assertThat(other.get().status()).isEqualTo(200);
        } finally {
            threads.shutdownNow();
        }
        psa.switches().atOnce(0).latency(Duration.ZERO);
        assertThat(client.get("Companies/1").status()).isEqualTo(404);
    }

    @Test
    void aSecurityLevelHidesRecords() {
        psa.rights().deny("Products", "query");
        assertThat(client.query("Products", EVERYTHING).error()).contains("adequate permissions to query");
        assertThat(client.get("Products/entityInformation")
                        .json()
                        .at("/info/userAccessForQuery")
                        .asInt())
                .isZero();
        psa.switches().on(Switch.HIDDEN_AS_EMPTY);
        assertThat(client.query("Products", EVERYTHING).json().path("items")).isEmpty();
    }

    @Test
    void metadataTellsRequiredMembersAndPickLists() {
        for (JsonNode field :
                client.get("Companies/entityInformation/fields").json().path("fields")) {
            if (field.path("name").asText().equals("companyType")) {
                assertThat(field.path("isRequired").asBoolean()).isTrue();
                assertThat(field.path("picklistValues").path(0).path("value").asText())
                        .isEqualTo("1");
            }
        }
        assertThat(client.get("Companies/entityInformation/userDefinedFields")
                        .json()
                        .path("fields"))
                .hasSize(3);
    }

    @Test
    void startsFromACommandLine() throws Exception {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(new byte[0]));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            assertThat(new CommandLine(new Command()).execute("--companies", "2", "--configurations", "3"))
                    .isZero();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        Map<?, ?> line = Wire.MAPPER.readValue(printed.toString(StandardCharsets.UTF_8), Map.class);
        assertThat(line.keySet().stream().map(Object::toString))
                .contains("url", "server", "user", "secret", "integrationCode");
    }
}
