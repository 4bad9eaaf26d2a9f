package org.psasync.pulseway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.Managing;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.testkit.pulseway.FakePulsewayBuilder;

/** A fake PSA, a host in memory and an engine between them, by a clock that moves only when told. */
final class Office implements AutoCloseable {
    private static final String INTEGRATION = "contoso/pulseway";

    final Bench bench;
    final InMemoryAssetRepository host;
    final StateStore store = StateStore.inMemory();
    SyncEngine engine;

    Office(UnaryOperator<FakePulsewayBuilder> psa) {
        bench = new Bench(psa);
        host = InMemoryAssetRepository.builder(bench.clock).build();
        engine = engine(bench.connector);
    }

    SyncEngine engine(PsaConnector connector) {
        return SyncEngine.builder()
                .integration(INTEGRATION)
                .connector(connector)
                .assets(host)
                .state(store)
                .clock(bench.clock)
                .pause(bench.clock)
                .random(new Random(1))
                .build();
    }

    Managing manager() {
        return engine.as(Actor.manager("mia"));
    }

    /** Selects everything, with the settings that new records need, runs, and turns two-way on. */
    Office twoWay(Map<String, String> options) {
        manager().configure(settings -> {
            settings.organizations(o -> o.allTypes().allStatuses())
                    .configurations(c -> c.allTypes().allStatuses())
                    .contacts(true)
                    .locations(true);
            options.forEach(settings::option);
        });
        engine.run();
        manager().configure(settings -> settings.twoWay(true));
        engine.run();
        bench.clock.advance(Duration.ofMinutes(5));
        return this;
    }

    static Map<String, String> options() {
        return new LinkedHashMap<>(Map.of(
                "contactEmailType", "1", "contactPhoneType", "3", "accountManager", "5102", "businessType", "41"));
    }

    RunReport nextHour() {
        bench.clock.advance(Duration.ofMinutes(61));
        return engine.run();
    }

    Asset creates(FieldValues values) {
        return host.save(null, values, new Edit(Origin.USER, "ursula", bench.clock.instant()));
    }

    <T> PushResult saves(LocalRef record, Field<T> field, T value) {
        bench.clock.advance(Duration.ofSeconds(1));
        host.save(
                record,
                FieldValues.empty(record.kind()).with(field, value),
                new Edit(Origin.USER, "ursula", bench.clock.instant()));
        return engine.saved(record);
    }

    LocalRef localOf(AssetKind kind, Object id) {
        return store.integration(INTEGRATION)
                .byRemote(RemoteRef.of(kind, id.toString()))
                .map(Pair::localRef)
                .orElseThrow(() -> new AssertionError(kind + " " + id + " is not linked"));
    }

    <T> @Nullable T inHost(LocalRef record, Field<T> field) {
        return host.get(record).orElseThrow().values().get(field);
    }

    @Override
    public void close() {
        bench.close();
    }
}
