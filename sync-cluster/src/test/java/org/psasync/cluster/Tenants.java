package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;

/** Integrations, each with a PSA and a host in memory that all nodes of a test reach. */
final class Tenants {
    static final Actor MANAGER = Actor.manager("mia");

    final Map<String, FakePsa> psas = new ConcurrentHashMap<>();
    final Map<String, InMemoryAssetRepository> hosts = new ConcurrentHashMap<>();
    /** Each beginning of a run, by the integration. */
    final Map<String, List<Instant>> starts = new ConcurrentHashMap<>();
    /** Which node's engine began it: as often as there are starts. */
    final Map<String, List<String>> starters = new ConcurrentHashMap<>();

    UnaryOperator<PsaConnector> watched = connector -> connector;

    FakePsa psa(String integration) {
        return Objects.requireNonNull(psas.get(integration));
    }

    InMemoryAssetRepository host(String integration) {
        return Objects.requireNonNull(hosts.get(integration));
    }

    List<String> starters(String integration) {
        return Objects.requireNonNull(starters.get(integration));
    }

    List<String> make(int count, int companies) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "account" + i + "/fake";
            FakePsa psa = FakePsa.builder(InstantSource.system(), ConnectorConfig.Pause.REAL)
                    .tenant("tenant" + i)
                    .build();
            for (int j = 0; j < companies; j++) {
                company(psa, "Company " + j);
            }
            psas.put(name, psa);
            hosts.put(
                    name,
                    InMemoryAssetRepository.builder(InstantSource.system()).build());
            names.add(name);
        }
        return names;
    }

    static void company(FakePsa psa, String name) {
        psa.put(FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build());
    }

    /** Opens engines for a node of that name. */
    EngineFactory factory(String node) {
        return (integration, state, clock) -> engine(node, integration, state, clock);
    }

    private SyncEngine engine(String node, String integration, StateStore state, InstantSource clock) {
        return SyncEngine.builder()
                .integration(integration)
                .connector(watched.apply(psa(integration).reopen()))
                .assets(host(integration))
                .state(state)
                .clock(clock)
                .events((name, event) -> {
                    if (event.type() == Event.Type.RUN_STARTED) {
                        starts.computeIfAbsent(name, key -> java.util.Collections.synchronizedList(new ArrayList<>()))
                                .add(Instant.now());
                        starters.computeIfAbsent(name, key -> java.util.Collections.synchronizedList(new ArrayList<>()))
                                .add(node);
                    }
                })
                .build();
    }

    static void configure(ClusterScheduler node, String integration, boolean twoWay) {
        node.engine(integration)
                .as(MANAGER)
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .twoWay(twoWay));
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "node");
        thread.setDaemon(true);
        return thread;
    }

    int runs(String integration) {
        return starts.getOrDefault(integration, List.of()).size();
    }

    /** A person edits the name of a company in the host. */
    LocalRef edit(String integration, String from, String to) {
        InMemoryAssetRepository host = host(integration);
        Asset company = host.all(ORGANIZATION).stream()
                .filter(each -> from.equals(each.values().get(OrganizationFields.NAME)))
                .findFirst()
                .orElseThrow();
        return host.save(
                        company.ref(),
                        FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, to),
                        new Edit(Origin.USER, "ursula", Instant.now()))
                .ref();
    }

    List<String> inPsa(String integration) {
        return psa(integration).all(ORGANIZATION).stream()
                .map(each -> each.values().get(OrganizationFields.NAME))
                .sorted()
                .toList();
    }

    List<String> inHost(String integration) {
        return host(integration).all(ORGANIZATION).stream()
                .map(each -> each.values().get(OrganizationFields.NAME))
                .sorted()
                .toList();
    }

    static void await(String what, Duration most, BooleanSupplier condition) {
        long until = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
