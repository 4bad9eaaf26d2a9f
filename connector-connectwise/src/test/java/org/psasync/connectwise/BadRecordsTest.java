package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.store.StateStore;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Records;

/** What a whole run makes of records and answers that are not as they should be. */
class BadRecordsTest {
    private static final String COMPANIES = "company/companies";

    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(8).configurations(8).tickets(4));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(bench.clock).build();
    private final SyncEngine engine = SyncEngine.builder()
            .integration("contoso/connectwise")
            .connector(bench.connector)
            .assets(host)
            .state(StateStore.inMemory())
            .clock(bench.clock)
            .pause(bench.clock)
            .random(new Random(1))
            .build();

    @BeforeEach
    void selectEverything() {
        Records companies = bench.psa.records(COMPANIES);
        companies.ids().forEach(id -> companies.edit(id, "status", Map.of("id", 1)));
        Records tickets = bench.psa.records("service/tickets");
        tickets.ids().forEach(tickets::touch);
        Records lists = bench.psa.records("service/boards");
        String[] boards = lists.ids().stream()
                .map(id -> String.valueOf(lists.get(id).get("name")))
                .toArray(String[]::new);
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses())
                        .contacts(true)
                        .locations(true)
                        .tickets(t -> t.boards(boards)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Lets the PSA show one record of a list, alone and among the others, with another value of a member. */
    private void show(String path, int id, String member, Object value) {
        Records records = bench.psa.records(path);
        String rows = records.ids().stream()
                .map(each -> each == id
                        ? JsonValue.parse(records.json(each))
                                .with(member, value)
                                .with("unheardOf", Map.of("deep", 1))
                                .toJson()
                        : records.json(each))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        bench.psa.faults().always("GET", path, Fault.body("[" + rows + "]"));
        bench.psa.faults().always("GET", path + "/" + id, Fault.members(Map.of(member, value)));
    }

    static Stream<Arguments> mistyped() {
        Map<String, Object> item = Map.of("id", Map.of("no", 1), "value", "d@x.example", "communicationType", "Email");
        return Stream.of(
                arguments(AssetKind.ORGANIZATION, COMPANIES, "name", new Object[] {"no text"}),
                arguments(AssetKind.LOCATION, COMPANIES + "/101/sites", "stateReference", "Illinois"),
                arguments(AssetKind.CONTACT, "company/contacts", "communicationItems", "none"),
                arguments(AssetKind.CONTACT, "company/contacts", "communicationItems", new Object[] {item}),
                arguments(AssetKind.CONFIGURATION, "company/configurations", "installationDate", "soon"),
                arguments(AssetKind.TICKET, "service/tickets", "priority", "High"));
    }

    @ParameterizedTest(name = "{0} with a strange {2}")
    @MethodSource("mistyped")
    @DisplayName(
            "PULL-4: a record with a mistyped member is named with it; the others go on, and it follows once mended")
    void setsOneRecordAside(AssetKind kind, String path, String member, Object value) {
        Object json = value instanceof Object[] array ? List.of(array) : value;
        int id = bench.psa.records(path).ids().get(0);
        RemoteRef ref = Bench.ref(kind, kind == AssetKind.LOCATION ? "101/" + id : id);
        show(path, id, member, json);

        RunReport report = engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.INCOMPLETE);
        assertThat(report.problems())
                .anySatisfy(each -> assertThat(each)
                        .contains(ref.id().value())
                        .contains(kind == AssetKind.CONTACT && json instanceof List ? "id" : member));
        Explanation why = engine.explain(ref);
        assertThat(why.disposition()).as(why.print()).isEqualTo(Disposition.REFUSED_BY_PSA);
        int others = host.all(kind).size();
        assertThat(others).isEqualTo(bench.psa.records(path).count() - 1 + (kind == AssetKind.LOCATION ? 6 : 0));

        bench.psa.faults().clear();
        bench.clock.advance(Duration.ofHours(25));
        engine.run();

        assertThat(engine.explain(ref).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(host.all(kind)).hasSize(others + 1);
    }

    static Stream<Arguments> odd() {
        String longText = "x".repeat(400);
        return Stream.of(
                arguments(AssetKind.ORGANIZATION, COMPANIES, "name", longText),
                arguments(AssetKind.LOCATION, COMPANIES + "/101/sites", "addressLine1", longText),
                arguments(AssetKind.CONTACT, "company/contacts", "title", longText),
                arguments(AssetKind.CONFIGURATION, "company/configurations", "serialNumber", longText),
                arguments(AssetKind.TICKET, "service/tickets", "summary", longText));
    }

    @ParameterizedTest(name = "{0} with an over-long {2}")
    @MethodSource("odd")
    @DisplayName("FIELD-2, PULL-4: an over-long text and unknown members are pulled or passed over, nothing is cut")
    void takesOddRecords(AssetKind kind, String path, String member, Object value) {
        int id = bench.psa.records(path).ids().get(0);
        RemoteRef ref = Bench.ref(kind, kind == AssetKind.LOCATION ? "101/" + id : id);
        show(path, id, member, value);

        RunReport report = engine.run();

        assertThat(engine.explain(ref).disposition())
                .as("%s", report.problems())
                .isEqualTo(Disposition.IN_SYNC);
        assertThat(host.all(kind))
                .anySatisfy(asset -> assertThat(asset.values().fields())
                        .anySatisfy(
                                field -> assertThat(asset.values().get(field)).isEqualTo(value)));
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("HTML instead of JSON", Fault.htmlPage()),
                arguments("JSON that ends in the middle", Fault.truncatedJson()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    @DisplayName("PULL-4: an unusable answer ends the reading with a reason; nothing is lost, and the next run has all")
    void endsTheReading(String what, Fault fault) {
        bench.psa.faults().always("GET", COMPANIES, fault);

        failsAndRecovers();
    }

    @Test
    @DisplayName("C4.5, PULL-4: a page that never ends ends the reading with a reason, and the next run has all")
    void endsEndlessPages() {
        Records companies = bench.psa.records(COMPANIES);
        String first = companies.json(companies.ids().get(0));
        bench.psa.faults().always("GET", COMPANIES, Fault.body("[" + first + "]"));
        bench.psa.faults().always("GET", COMPANIES, Fault.endlessPages(bench.psa.url() + "/same"));

        failsAndRecovers();
    }

    private void failsAndRecovers() {
        RunReport report = engine.run();

        assertThat(report.status()).isIn(RunReport.Status.INCOMPLETE, RunReport.Status.ERROR);
        assertThat(report.message() + report.problems()).contains("companies");
        bench.psa.faults().clear();
        bench.clock.advance(Duration.ofHours(2));
        engine.run();
        assertThat(host.all(AssetKind.ORGANIZATION))
                .hasSize(bench.psa.records(COMPANIES).count());
    }

    @Test
    @DisplayName("SAFE-5: a Link to another host is not followed, and a run misses nothing by it")
    void ignoresForeignLinks() {
        bench.psa
                .faults()
                .always("GET", COMPANIES, Fault.link("<https://evil.example/companies?pageId=9>; rel=\"next\""));

        engine.run();

        assertThat(host.all(AssetKind.ORGANIZATION))
                .hasSize(bench.psa.records(COMPANIES).count());
    }
}
