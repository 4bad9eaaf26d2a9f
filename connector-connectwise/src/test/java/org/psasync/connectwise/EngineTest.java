package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.testkit.connectwise.Switch;

/** The whole engine over this connector and a PSA on HTTP. */
class EngineTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(4).configurations(12).tickets(2));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(bench.clock).build();
    private final StateStore store = StateStore.inMemory();
    private final SyncEngine engine = SyncEngine.builder()
            .integration("contoso/connectwise")
            .connector(bench.connector)
            .assets(host)
            .state(store)
            .clock(bench.clock)
            .pause(bench.clock)
            .random(new Random(1))
            .build();

    @AfterEach
    void close() {
        bench.close();
    }

    private AssetRef localOf(AssetKind kind, Object id) {
        return store.integration("contoso/connectwise")
                .byRemote(Bench.ref(kind, id))
                .map(Pair::localRef)
                .orElseThrow(() ->
                        new AssertionError(engine.explain(Bench.ref(kind, id)).print()));
    }

    private void selectEverything() {
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses())
                        .contacts(true)
                        .locations(true));
    }

    @Test
    @DisplayName("STATE-8, PULL-3: what a merge moved without its change time follows with the next full check")
    void mergeThatLeavesChildren() {
        bench.psa.switches().on(Switch.MERGE_LEAVES_CHILDREN);
        bench.psa
                .records("company/companies")
                .ids()
                .forEach(id -> bench.psa.records("company/companies").edit(id, "status", Map.of("id", 1)));
        selectEverything();
        engine.run();
        int moved = bench.psa.records("company/configurations").ids().stream()
                .filter(id -> bench.referred("company/configurations", id, "company") == 103)
                .findFirst()
                .orElseThrow();
        AssetRef configuration = localOf(AssetKind.CONFIGURATION, moved);
        bench.clock.advance(Duration.ofHours(1));
        bench.psa.merge(103, 102);

        bench.clock.advance(Duration.ofHours(25));
        engine.run();
        engine.run();

        Asset asset = host.all(AssetKind.CONFIGURATION).stream()
                .filter(each -> each.ref().equals(configuration))
                .findFirst()
                .orElseThrow();
        assertThat(asset.values().get(ConfigurationFields.ORGANIZATION))
                .isEqualTo(localOf(AssetKind.ORGANIZATION, 102));
    }
}
