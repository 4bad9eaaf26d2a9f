package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Switch;

/** Listing ids, and reading records by them. */
class IdsAndReadsTest {
    private static final String COMPANIES = "company/companies";
    private static final String CONFIGURATIONS = "company/configurations";

    private final Bench bench =
            new Bench(psa -> psa.companies(12).contacts(10).configurations(1300).tickets(8));

    @AfterEach
    void close() {
        bench.close();
    }

    private record Listing(List<RemoteId> ids, List<RemoteId> deleted, boolean complete) {}

    private Listing list(AssetKind kind, ReadScope scope) {
        List<RemoteId> ids = new ArrayList<>();
        List<RemoteId> deleted = new ArrayList<>();
        RemoteCursor cursor = RemoteCursor.start();
        while (true) {
            IdPage page = bench.connector.ids(kind, scope, new RemoteCursor(cursor.text()));
            ids.addAll(page.ids());
            deleted.addAll(page.deleted());
            if (page.last()) {
                return new Listing(ids, deleted, page.complete());
            }
            assertThat(page.complete()).isFalse();
            cursor = page.next();
        }
    }

    private static List<RemoteId> remote(List<Integer> ids) {
        return ids.stream().map(id -> new RemoteId(id.toString())).toList();
    }

    @Test
    @DisplayName("C5.2: all ids are listed, a thousand a request, and the listing is known to be complete")
    void listsAllIds() {
        int deleted = bench.psa.records(COMPANIES).ids().get(3);
        bench.psa.records(COMPANIES).delete(deleted);

        Listing companies = list(AssetKind.ORGANIZATION, ReadScope.ALL);
        assertThat(companies.ids()).hasSize(11).doesNotContain(new RemoteId("" + deleted));
        assertThat(companies.deleted()).containsExactly(new RemoteId("" + deleted));
        assertThat(companies.complete()).isTrue();

        long before = bench.connector.requests();
        Listing configurations = list(AssetKind.CONFIGURATION, ReadScope.ALL);
        assertThat(configurations.ids())
                .isEqualTo(remote(bench.psa.records(CONFIGURATIONS).ids()));
        assertThat(configurations.complete()).isTrue();
        assertThat(bench.connector.requests() - before).isEqualTo(4);

        assertThat(list(AssetKind.LOCATION, bench.allCompanies()).ids()).hasSize(24);
        assertThat(list(AssetKind.LOCATION, bench.allCompanies()).complete()).isTrue();
        ReadScope board = new ReadScope(Set.of("2"), null, List.of());
        assertThat(list(AssetKind.TICKET, board).ids()).hasSize(4);
        assertThat(list(AssetKind.TICKET, ReadScope.ALL).ids()).isEmpty();
    }

    @Test
    @DisplayName("C5.1: a listing with a short page, or with rows that came or went, is not called complete")
    void incompleteListings() {
        bench.psa.faults().next(1, "GET", CONFIGURATIONS, Fault.shortPage(20)).afterFirst(1);
        assertThat(list(AssetKind.CONFIGURATION, ReadScope.ALL).complete()).isFalse();

        bench.psa.faults().clear();
        int last = bench.psa.records(CONFIGURATIONS).ids().get(1299);
        bench.psa
                .faults()
                .next(
                        1,
                        "GET",
                        CONFIGURATIONS,
                        Fault.meanwhile(() -> bench.psa.records(CONFIGURATIONS).delete(last)));
        assertThat(list(AssetKind.CONFIGURATION, ReadScope.ALL).complete()).isFalse();

        bench.psa.faults().clear();
        assertThat(list(AssetKind.CONFIGURATION, ReadScope.ALL).complete()).isTrue();
    }

    @Test
    @DisplayName("SAFE-3: refused credentials while ids are listed prove nothing and end the listing")
    void refusedListing() {
        bench.psa.faults().next(1, "GET", CONFIGURATIONS, Fault.error(401, "Unauthorized", "UserNotAuthenticated"));

        assertThatThrownBy(() -> list(AssetKind.CONFIGURATION, ReadScope.ALL))
                .isInstanceOf(ConnectorException.Unauthorized.class);
    }

    @Test
    @DisplayName("C0.2: a listing with rows that cannot be understood is an error, not a shorter listing")
    void strangeRows() {
        for (String body : List.of("[{\"id\":\"x\"}]", "[7]", "[{\"name\":\"No id\"}]")) {
            bench.psa.faults().clear();
            bench.psa.faults().always("GET", CONFIGURATIONS, Fault.body(body));
            assertThatThrownBy(() -> list(AssetKind.CONFIGURATION, ReadScope.ALL))
                    .isInstanceOf(ConnectorException.Unavailable.class);
        }
        bench.psa.faults().clear();
        bench.psa.faults().always("GET", CONFIGURATIONS + "/count", Fault.body("{\"count\":\"many\"}"));
        assertThatThrownBy(() -> list(AssetKind.CONFIGURATION, ReadScope.ALL))
                .isInstanceOf(ConnectorException.Unavailable.class);
    }

    @Test
    @DisplayName("C6.1: a thousand records are read in addresses below 2,000 characters, each with its answer")
    void readsManyInShortAddresses() {
        List<Integer> numbers = bench.psa.records(CONFIGURATIONS).ids().subList(0, 1000);
        Queue<Integer> lengths = new ConcurrentLinkedQueue<>();
        bench.psa.observe(
                exchange -> lengths.add((bench.psa.url() + exchange.path() + "?" + exchange.query()).length()));

        Map<RemoteId, RemoteRead> read = bench.connector.read(AssetKind.CONFIGURATION, remote(numbers));

        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(remote(numbers));
        assertThat(read.values()).allSatisfy(each -> assertThat(each).isInstanceOf(RemoteRead.Found.class));
        assertThat(lengths)
                .hasSizeLessThan(15)
                .allSatisfy(length -> assertThat(length).isLessThan(2000));
    }

    @Test
    @DisplayName("C6.2: only the PSA's own word about a record makes it not found")
    void notFoundIsThePsasWord() {
        List<Integer> numbers = bench.psa.records(CONFIGURATIONS).ids();
        int gone = numbers.get(2);
        int hidden = numbers.get(3);
        bench.psa.records(CONFIGURATIONS).delete(gone);
        // the list keeps a row from us, and the record itself is there
        bench.psa.faults().next(1, "GET", CONFIGURATIONS, Fault.body("[]"));

        Map<RemoteId, RemoteRead> read = bench.connector.read(AssetKind.CONFIGURATION, remote(List.of(gone, hidden)));

        assertThat(read.get(new RemoteId("" + gone))).isInstanceOf(RemoteRead.NotFound.class);
        assertThat(read.get(new RemoteId("" + hidden))).isInstanceOf(RemoteRead.Found.class);
    }

    @Test
    @DisplayName("C6.2: an unknown endpoint, an error page or a foreign id is not a record that was not found")
    void otherFailuresAreNotNotFound() {
        int id = bench.psa.records(COMPANIES).ids().get(0);
        RemoteId remote = new RemoteId("" + id);

        bench.psa
                .faults()
                .next(10, "GET", COMPANIES + "/*", Fault.error(404, "ConnectWiseApi", "The endpoint does not exist."));
        assertThatThrownBy(() -> bench.connector.read(AssetKind.ORGANIZATION, List.of(remote)))
                .isInstanceOf(ConnectorException.Unavailable.class);
        bench.psa.faults().clear();
        bench.psa.faults().next(10, "GET", COMPANIES + "/*", Fault.proxyError(502));
        assertThatThrownBy(() -> bench.connector.read(AssetKind.ORGANIZATION, List.of(remote)))
                .isInstanceOf(ConnectorException.Unavailable.class);
        bench.psa.faults().clear();
        bench.psa.faults().next(1, "GET", COMPANIES + "/*", Fault.body("{\"id\":1,\"name\":\"Another\"}"));
        assertThat(bench.connector.read(AssetKind.ORGANIZATION, List.of(remote)).get(remote))
                .isInstanceOf(RemoteRead.NotUnderstood.class);
        bench.psa.faults().next(1, "GET", COMPANIES + "/*", Fault.members(Map.of("name", List.of(1))));
        assertThat(bench.connector.read(AssetKind.ORGANIZATION, List.of(remote)).get(remote))
                .isInstanceOf(RemoteRead.NotUnderstood.class);
        RemoteId foreign = new RemoteId("AT-17");
        assertThat(bench.connector
                        .read(AssetKind.ORGANIZATION, List.of(foreign))
                        .get(foreign))
                .isInstanceOf(RemoteRead.NotUnderstood.class);
    }

    @Test
    @DisplayName("STATE-5: a deleted company is found with its flag, or not found where the PSA says so")
    void readsDeletedCompanies() {
        int id = bench.psa.records(COMPANIES).ids().get(0);
        bench.psa.records(COMPANIES).delete(id);
        RemoteId remote = new RemoteId("" + id);

        assertThat(bench.read(AssetKind.ORGANIZATION, id).deleted()).isTrue();
        bench.psa.switches().on(Switch.DELETED_COMPANIES_ANSWER_404);
        assertThat(bench.connector.read(AssetKind.ORGANIZATION, List.of(remote)).get(remote))
                .isInstanceOf(RemoteRead.NotFound.class);
    }

    @Test
    @DisplayName("C6.1: sites of several companies are read below each of them")
    void readsSites() {
        List<RemoteId> ids =
                new ArrayList<>(list(AssetKind.LOCATION, bench.allCompanies()).ids());
        ids.add(new RemoteId("101/999999"));
        ids.add(new RemoteId("999999/1"));
        ids.add(new RemoteId("101"));

        Map<RemoteId, RemoteRead> read = bench.connector.read(AssetKind.LOCATION, ids);

        assertThat(read).hasSize(27);
        assertThat(read.get(new RemoteId("101/999999"))).isInstanceOf(RemoteRead.NotFound.class);
        assertThat(read.get(new RemoteId("999999/1"))).isInstanceOf(RemoteRead.NotFound.class);
        assertThat(read.get(new RemoteId("101"))).isInstanceOf(RemoteRead.NotUnderstood.class);
        assertThat(read.values())
                .filteredOn(each -> each instanceof RemoteRead.Found)
                .hasSize(24);
    }

    @Test
    @DisplayName("SAFE-4: a budget that is used up waits, and a read goes on when there is some again")
    void waitsForTheBudget() {
        bench.psa.switches().requestsPerMinute(20);
        List<RemoteId> missing = IntStream.range(500_000, 500_060)
                .mapToObj(id -> new RemoteId("" + id))
                .toList();
        Instant start = bench.clock.instant();

        Map<RemoteId, RemoteRead> read = bench.connector.read(AssetKind.CONFIGURATION, missing);

        assertThat(read.values()).allSatisfy(each -> assertThat(each).isInstanceOf(RemoteRead.NotFound.class));
        assertThat(Duration.between(start, bench.clock.instant())).isPositive();
    }
}
