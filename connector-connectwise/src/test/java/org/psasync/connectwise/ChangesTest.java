package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.testkit.Reading;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.connectwise.Switch;

/** Reading page by page and change by change. */
class ChangesTest {
    private static final String COMPANIES = "company/companies";

    private final Bench bench =
            new Bench(psa -> psa.companies(25).contacts(10).configurations(40).tickets(4));
    private final Records companies = bench.psa.records(COMPANIES);

    @AfterEach
    void close() {
        bench.close();
    }

    private Reading changes(RemoteCursor from) {
        return bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, from, 1000);
    }

    @Test
    @DisplayName("C4.2: all records come, whatever the size of the page, and the expected number is told")
    void readsEverything() {
        for (int limit : new int[] {1, 7, 25, 1000}) {
            Reading reading = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), limit);
            assertThat(reading.ids())
                    .containsExactlyElementsOf(
                            companies.ids().stream().map(String::valueOf).toList());
        }
        RemotePage first = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        assertThat(first.expected()).hasValue(25);
        assertThat(first.last()).isFalse();
    }

    @Test
    @DisplayName("PULL-2: a run without changes costs one request for each kind")
    void costsOneRequestWithoutChanges() {
        bench.clock.advance(Duration.ofHours(1));
        Reading full = changes(RemoteCursor.start());
        bench.clock.advance(Duration.ofHours(1));
        long before = bench.connector.requests();

        Reading nothing = changes(full.next());

        assertThat(nothing.records()).isEmpty();
        assertThat(bench.connector.requests() - before).isEqualTo(1);
        bench.clock.advance(Duration.ofHours(1));
        assertThat(changes(nothing.next()).records()).isEmpty();
    }

    @Test
    @DisplayName("C4.3: what changed in the second in which a reading began is read by the next one")
    void readsTiesAtTheBoundary() {
        Reading full = changes(RemoteCursor.start());
        int id = companies.ids().get(3);
        companies.edit(id, "name", "Harbor Dental");

        Reading delta = changes(full.next());

        assertThat(delta.get(id).values().get(OrganizationFields.NAME)).isEqualTo("Harbor Dental");
    }

    @Test
    @DisplayName("C4.3: what changes behind a reading that is under way is read by the next one")
    void readsWhatChangedBehindTheWalk() {
        bench.clock.advance(Duration.ofHours(1));
        int first = companies.ids().get(0);
        bench.psa.faults().next(1, "GET", COMPANIES, Fault.meanwhile(() -> {
            bench.clock.advance(Duration.ofMinutes(20));
            companies.edit(first, "name", "Changed behind");
            bench.clock.advance(Duration.ofMinutes(20));
        }));
        Reading full = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        assertThat(full.get(first).values().get(OrganizationFields.NAME)).isNotEqualTo("Changed behind");

        assertThat(changes(full.next()).get(first).values().get(OrganizationFields.NAME))
                .isEqualTo("Changed behind");
    }

    @Test
    @DisplayName("C4.2: records that appear or vanish between pages move no other out of the reading")
    void survivesInsertedRows() {
        List<Integer> before = companies.ids();
        bench.psa.faults().next(1, "GET", COMPANIES, Fault.meanwhile(() -> {
            companies.add(Map.of("identifier", "NEW1", "name", "New one"));
            companies.edit(before.get(20), "name", "AAA first by name");
        }));
        int configuration = bench.psa.records("company/configurations").ids().get(2);
        bench.psa
                .faults()
                .next(
                        1,
                        "GET",
                        "company/configurations",
                        Fault.meanwhile(() ->
                                bench.psa.records("company/configurations").delete(configuration)));
        List<Integer> configurations =
                bench.psa.records("company/configurations").ids();

        Reading read = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        Reading others = bench.readAll(AssetKind.CONFIGURATION, ReadScope.ALL, RemoteCursor.start(), 10);

        assertThat(read.ids()).containsAll(before.stream().map(String::valueOf).toList());
        assertThat(others.ids()).hasSameSizeAs(configurations).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("STATE-5: a deleted company comes with its flag, in a full reading and in a delta")
    void showsDeletedCompanies() {
        Reading full = changes(RemoteCursor.start());
        bench.clock.advance(Duration.ofHours(1));
        int id = companies.ids().get(5);
        companies.delete(id);

        assertThat(changes(full.next()).get(id).deleted()).isTrue();
        assertThat(changes(RemoteCursor.start()).get(id).deleted()).isTrue();
    }

    @Test
    @DisplayName("STATE-8: a merge that moves no change time escapes the delta, and is found by the ids")
    void mergeIsFoundByIds() {
        Reading full = changes(RemoteCursor.start());
        int source = companies.ids().get(5);
        int target = companies.ids().get(6);
        bench.clock.advance(Duration.ofHours(1));
        bench.psa.merge(source, target);

        assertThat(changes(full.next()).ids()).doesNotContain(String.valueOf(source));
        assertThat(bench.connector
                        .descriptor()
                        .kind(AssetKind.ORGANIZATION)
                        .orElseThrow()
                        .deltaComplete())
                .isFalse();
        assertThat(bench.connector
                        .ids(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start())
                        .deleted())
                .extracting(id -> id.value())
                .containsExactly(String.valueOf(source));
    }

    @Test
    @DisplayName("C4.3: the server's own clock counts, however wrong the own one is")
    void goesByTheServersClock() {
        bench.psa.switches().clockSkew(Duration.ofHours(-3));
        Reading full = changes(RemoteCursor.start());
        bench.clock.advance(Duration.ofMinutes(30));
        int id = companies.ids().get(7);
        companies.edit(id, "name", "Slow server");

        assertThat(changes(full.next()).ids()).contains(String.valueOf(id));
    }

    @Test
    @DisplayName("C4.3: a server that takes dates without zone only is asked so, and nothing is missed")
    void asksWithoutZone() {
        bench.psa.switches().on(Switch.DATES_WITHOUT_ZONE);
        Reading full = changes(RemoteCursor.start());
        bench.clock.advance(Duration.ofHours(1));
        int id = companies.ids().get(7);
        companies.edit(id, "name", "Without zone");

        Reading delta = changes(full.next());

        assertThat(delta.ids()).contains(String.valueOf(id));
        long before = bench.connector.requests();
        changes(delta.next());
        assertThat(bench.connector.requests() - before).isEqualTo(1);
    }

    @Test
    @DisplayName("C4.4: a record with a member of the wrong type is listed as unreadable, the others come")
    void listsUnreadableRecords() {
        bench.psa.faults().next(1, "GET", COMPANIES, Fault.body("""
                [{"id":1,"name":"Good"},
                 {"id":2,"name":["no text"]},
                 {"id":3,"name":"Good","status":"Active"},
                 {"id":4,"name":"Good","types":{"id":1}},
                 {"id":5,"name":"Good","site":{"id":"x"}},
                 {"id":6,"name":"Good","_info":{"lastUpdated":"yesterday"}},
                 {"name":"No id"},
                 "no object",
                 {"id":7,"name":null,"unknownMember":{"deep":[1]},"site":{},"parentCompany":null}]
                """));

        RemotePage page = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 100);

        assertThat(page.records()).extracting(record -> record.id().value()).containsExactly("1", "7");
        assertThat(page.unreadable())
                .extracting(each -> each.id().value())
                .containsExactly("2", "3", "4", "5", "6", "without id", "without id");
        assertThat(page.unreadable().get(0).text()).contains("name").doesNotContain("no text");
        assertThat(page.unreadable().get(1).text()).contains("status").doesNotContain("Active");
        assertThat(page.records().get(1).values().isBlank(OrganizationFields.NAME))
                .isTrue();
        assertThat(page.records().get(1).values().isBlank(OrganizationFields.PRIMARY_LOCATION))
                .isTrue();
    }

    @Test
    @DisplayName("FIELD-3: empty references are blank; values longer than the PSA allows are read as they are")
    void readsOddValues() {
        bench.psa.switches().on(Switch.EMPTY_REFERENCES, Switch.CUSTOM_FIELD_NULLS);
        int id = bench.psa.records("company/configurations").ids().get(0);
        String longName = "x".repeat(300);
        bench.psa.records("company/configurations").edit(id, Map.of("name", longName, "osType", "\u0000\u200E Linux "));

        Reading reading = bench.readAll(AssetKind.CONFIGURATION);

        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.get(id).values().get(ConfigurationFields.NAME)).isEqualTo(longName);
        assertThat(reading.get(id).values().get(ConfigurationFields.OPERATING_SYSTEM))
                .isEqualTo("Linux");
    }

    @Test
    @DisplayName("C4.5: a page that leads to itself ends in an error that says so")
    void endlessPagesEnd() {
        bench.psa.faults().always("GET", COMPANIES, Fault.body("[{\"id\":101,\"name\":\"Same\"}]"));
        bench.psa.faults().always("GET", COMPANIES, Fault.endlessPages(bench.psa.url() + "/same"));

        assertThatThrownBy(() -> changes(RemoteCursor.start()))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("again or out of order");
    }

    @Test
    @DisplayName("C4.5: shuffled and doubled pages are asked for again in order; if that does not help, it is an error")
    void shuffledPages() {
        bench.psa.faults().next(1, "GET", COMPANIES, Fault.reversedPage());
        assertThat(bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10)
                        .records())
                .hasSize(25);

        bench.psa.faults().always("GET", COMPANIES, Fault.doubledPage());
        assertThatThrownBy(() -> changes(RemoteCursor.start())).isInstanceOf(ConnectorException.Unavailable.class);
    }

    @Test
    @DisplayName("C4.2: pages that are shorter than asked for, or empty at the end, lose nothing")
    void shortPages() {
        bench.psa.switches().pagesShorterBy(4).on(Switch.EMPTY_LAST_PAGE);

        Reading reading = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);

        assertThat(reading.records()).hasSize(25);
    }

    @Test
    @DisplayName("SAFE-5: a next page on another host is not followed; the reading goes on where it was")
    void linkToAnotherHost() {
        bench.psa
                .faults()
                .next(2, "GET", COMPANIES, Fault.link("<https://evil.example/companies?pageId=9>; rel=\"next\""));

        Reading reading = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);

        assertThat(new LinkedHashSet<>(reading.ids())).hasSize(25);
    }

    @Test
    @DisplayName("C4.1: a cursor that nobody understands reads from the start")
    void foreignCursor() {
        for (String text : Set.of("next yesterday", "pass - x 1 2", "whatever", "sites 5 6")) {
            assertThat(changes(new RemoteCursor(text)).records()).hasSize(25);
        }
    }

    @Test
    @DisplayName("PULL-2: sites are read below one company after the other, and again with every run")
    void readsSitesPerCompany() {
        ReadScope scope = bench.allCompanies();
        for (int limit : new int[] {1, 7, 1000}) {
            Reading reading = bench.readAll(AssetKind.LOCATION, scope, RemoteCursor.start(), limit);
            assertThat(reading.records()).hasSize(50);
            assertThat(bench.readAll(AssetKind.LOCATION, scope, reading.next(), limit)
                            .records())
                    .hasSize(50);
        }
        ReadScope some = ReadScope.below(scope.parents().subList(3, 5));
        assertThat(bench.readAll(AssetKind.LOCATION, some, RemoteCursor.start(), 100)
                        .records())
                .hasSize(4);
    }

    @Test
    @DisplayName("C4.2: a company that vanished while its sites were to be read holds up no other")
    void goneCompanyHasNoSites() {
        ReadScope scope = bench.allCompanies();
        bench.psa
                .faults()
                .next(
                        1,
                        "GET",
                        COMPANIES + "/" + scope.parents().get(2) + "/sites",
                        Fault.error(404, "NotFound", "company not found"));

        assertThat(bench.readAll(AssetKind.LOCATION, scope, RemoteCursor.start(), 1000)
                        .records())
                .hasSize(48);
    }

    @Test
    @DisplayName("C4.2: a server that knows no forward-only pages is read in the order of ids")
    void withoutForwardOnlyPages() {
        // such a server answers the first page again, whatever id is asked for
        Reading first = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        RemotePage page = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        bench.psa.faults().next(1, "GET", COMPANIES, Fault.body("[{\"id\":1,\"name\":\"First again\"}]"));

        RemotePage next = bench.connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, page.next(), 10);

        assertThat(next.records())
                .extracting(record -> record.id().value())
                .containsExactlyElementsOf(first.ids().subList(10, 20));
    }
}
