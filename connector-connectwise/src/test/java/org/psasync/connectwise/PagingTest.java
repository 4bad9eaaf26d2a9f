package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.testkit.connectwise.Exchange;
import org.psasync.testkit.connectwise.Fault;

/** What servers and the proxies in front of them do to pages. */
class PagingTest {
    private static final String COMPANIES = "company/companies";

    private final Bench bench = new Bench(psa ->
            psa.companies(25).sitesPerCompany(2).contacts(2).configurations(2).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> companies() {
        return bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10)
                .ids();
    }

    @Test
    @DisplayName("C4.2: a forward-only page without Link that is short is not taken for the last")
    void withoutLink() {
        bench.psa.faults().always("GET", COMPANIES, Fault.shortPage(6));
        bench.psa.faults().always("GET", COMPANIES, Fault.withoutHeader("Link"));

        assertThat(companies()).hasSize(25);
    }

    @Test
    @DisplayName("C4.2: the relation of a link is understood without quotes, in any case and in whatever header")
    void linkForms() {
        for (String link : List.of("<x>; rel=next", "<x>; REL=\"Next\"", "<a>; rel=\"first\", <x>; rel = \"next\"")) {
            bench.psa.faults().clear();
            bench.psa.faults().next(1, "GET", COMPANIES, Fault.shortPage(6));
            bench.psa.faults().next(1, "GET", COMPANIES, Fault.link(link));
            assertThat(companies()).as(link).hasSize(25);
        }
        for (String link : List.of("", "<x>; rel=\"prev\"", "<next>; rel=\"last\"")) {
            bench.psa.faults().clear();
            bench.psa.faults().always("GET", COMPANIES, Fault.link(link));
            assertThat(companies()).as(link).hasSize(10);
        }
    }

    private IdPage siteIds() {
        RemoteCursor cursor = RemoteCursor.start();
        int listed = 0;
        while (true) {
            IdPage page = bench.connector.ids(AssetKind.LOCATION, bench.allCompanies(), cursor);
            listed += page.ids().size();
            if (page.last()) {
                assertThat(listed).isLessThanOrEqualTo(50);
                return page;
            }
            cursor = new RemoteCursor(page.next().text());
        }
    }

    @Test
    @DisplayName("C5.1: a listing of sites in which one company's came short is not complete, however many follow")
    void shortSites() {
        assertThat(siteIds().complete()).isTrue();

        bench.psa.faults().always("GET", COMPANIES + "/101/sites", Fault.shortPage(1));
        bench.psa.faults().always("GET", COMPANIES + "/101/sites", Fault.link(""));
        assertThat(siteIds().complete()).isFalse();
    }

    @Test
    @DisplayName("PSA-CW-1: a look-up without a release leaves it to the server; an address of the staging is known")
    void releaseOfTheServer() {
        bench.psa.faults().always("GET", "/login/companyinfo/*", Fault.body("{\"CompanyID\":\"examplemsp\"}"));
        List<String> accepted = new CopyOnWriteArrayList<>();
        bench.psa.observe(
                (Exchange exchange) -> accepted.addAll(exchange.requestHeaders().getOrDefault("Accept", List.of())));
        companies();
        assertThat(accepted).last().asString().contains("version=2025.1");

        try (ConnectWiseConnector staging = bench.connectorWith(Map.of("site", "api-staging.connectwisedev.com"))) {
            assertThat(staging.address(AssetKind.ORGANIZATION, new RemoteId("7")))
                    .hasValueSatisfying(
                            address -> assertThat(address.getHost()).isEqualTo("staging.connectwisedev.com"));
        }
    }
}
