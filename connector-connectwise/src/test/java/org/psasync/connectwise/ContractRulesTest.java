package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.connectwise.Fault;

/** The rules of the connector's contract that no other test of this connector is about. */
class ContractRulesTest {
    private static final String COMPANIES = "company/companies";

    private final Bench bench =
            new Bench(psa -> psa.companies(5).contacts(6).configurations(30).tickets(2));

    @AfterEach
    void close() {
        bench.close();
    }

    private static Draft company(String name) {
        return Bench.draft(FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .build());
    }

    @Test
    @DisplayName("C0.1: several threads read at the same time, and each gets what one alone gets")
    void threadsShareTheConnector() throws Exception {
        List<RemoteRecord> alone = bench.readAll(AssetKind.CONFIGURATION).records();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<RemoteRecord>>> readings = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readings.add(threads.submit(
                        () -> bench.readAll(AssetKind.CONFIGURATION, ReadScope.ALL, RemoteCursor.start(), 7)
                                .records()));
            }
            for (Future<List<RemoteRecord>> reading : readings) {
                assertThat(reading.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("C0.4: values are canonical, blank where the PSA shows none, absent where it was not asked")
    void valuesAreCanonical() {
        int id = bench.psa.records("company/configurations").ids().get(0);
        bench.psa
                .records("company/configurations")
                .edit(id, Map.of("name", "  Cafe\u0301 till ", "macAddress", "001b.4411.3ab7", "tagNumber", ""));

        FieldValues listed = bench.readAll(AssetKind.CONFIGURATION).get(id).values();

        assertThat(listed.get(ConfigurationFields.NAME)).isEqualTo("Caf\u00E9 till");
        assertThat(listed.get(ConfigurationFields.MAC_ADDRESS)).isEqualTo("00:1B:44:11:3A:B7");
        assertThat(listed.isBlank(ConfigurationFields.ASSET_TAG)).isTrue();
        assertThat(bench.read(AssetKind.CONFIGURATION, id).values()).isEqualTo(listed);
        bench.psa.faults().always("GET", "service/tickets/*/configurations", Fault.forbidden());
        assertThat(bench.readAll(
                                AssetKind.TICKET,
                                new ReadScope(Set.of("1", "2", "3"), null, List.of()),
                                RemoteCursor.start(),
                                100)
                        .records())
                .noneMatch(ticket -> ticket.values().has(TicketFields.CONFIGURATIONS));
    }

    @Test
    @DisplayName("C0.5, C8.1, C7.1: checks, reads, searches and preparing send nothing but GET")
    void readsChangeNothing() {
        bench.connector.check();
        bench.connector.reference();
        for (AssetKind kind : AssetKind.values()) {
            bench.readAll(kind, bench.allCompanies(), RemoteCursor.start(), 100);
            bench.connector.ids(kind, bench.allCompanies(), RemoteCursor.start());
        }
        bench.connector.find(new MatchKey(company("Harbor Dental").values(), true));
        bench.connector.findCreated(bench.connector.prepare(company("Harbor Dental")));

        assertThat(bench.psa.requests().all())
                .isNotEmpty()
                .allMatch(request -> request.method().equals("GET"));
    }

    @Test
    @DisplayName("C1.1: the descriptor is the same at every call, and needs no request")
    void describesItselfAlone() {
        ConnectorDescriptor before = bench.connector.descriptor();
        assertThat(bench.psa.requests().all()).isEmpty();
        bench.connector.check();

        assertThat(bench.connector.descriptor()).isEqualTo(before);
        assertThat(bench.connector.forPushes().descriptor()).isEqualTo(before);
    }

    @Test
    @DisplayName("C9.1, C10.1: a create whose answer is lost is sent once, makes one record, and is found")
    void createsOnce() {
        Draft draft = bench.connector.prepare(company("Harbor Dental"));
        int before = bench.psa.records(COMPANIES).count();
        bench.psa.faults().always("POST", COMPANIES, Fault.cutAfterEffect());

        assertThatThrownBy(() -> bench.connector.create(draft)).isInstanceOf(ConnectorException.Unavailable.class);

        assertThat(bench.psa.requests().count("POST", COMPANIES)).isEqualTo(1);
        assertThat(bench.psa.records(COMPANIES).count()).isEqualTo(before + 1);
        assertThat(bench.connector.findCreated(draft)).hasSize(1);
    }
}
