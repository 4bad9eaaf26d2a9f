package org.psasync.testkit.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncEngineBuilder;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.engine.schedule.SyncSchedulerBuilder;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.TestScheduler;

/** Several integrations in one scheduler, by one clock. */
final class Fleet {
    final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    final TestScheduler threads = new TestScheduler(clock);
    final Map<String, Ship> ships = new LinkedHashMap<>();
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    SyncScheduler scheduler;
    private int engines;

    Fleet() {
        this(builder -> builder);
    }

    Fleet(UnaryOperator<SyncSchedulerBuilder> wishes) {
        this.scheduler =
                wishes.apply(SyncScheduler.builder(threads).clock(clock)).build();
    }

    /** One integration: a company with servers, which customers sync. */
    final class Ship {
        final String name;
        final FakePsa psa = FakePsa.builder(clock).build();
        final StateStore store = StateStore.inMemory();
        final InMemoryAssetRepository host =
                InMemoryAssetRepository.builder(clock).build();
        final List<RemoteRef> servers = new ArrayList<>();
        SyncEngine engine;

        Ship(String name, int count) {
            this.name = name;
            this.engine = newEngine(psa);
            RemoteRef company = psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                    .set(OrganizationFields.NAME, name)
                    .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                    .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                    .build());
            for (int i = 0; i < count; i++) {
                servers.add(psa.put(FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, company)
                        .set(ConfigurationFields.NAME, "SRV-" + i)
                        .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                        .set(ConfigurationFields.STATUS, psa.choice(ConfigurationFields.STATUS, "Active"))
                        .build()));
            }
        }

        SyncEngine newEngine(PsaConnector connector) {
            return newEngine(connector, builder -> builder);
        }

        /** An engine whose memory is watched. */
        SyncEngine newEngine(PsaConnector connector, IntegrationState watched) {
            return newEngine(
                    connector,
                    builder -> builder.state(new StateStore() {
                        @Override
                        public IntegrationState integration(String integration) {
                            return watched;
                        }

                        @Override
                        public void close() {
                            store.close();
                        }
                    }));
        }

        SyncEngine readingAhead(Executor executor) {
            return newEngine(psa, builder -> builder.executor(executor));
        }

        private SyncEngine newEngine(PsaConnector connector, UnaryOperator<SyncEngineBuilder> wishes) {
            SyncEngineBuilder builder = SyncEngine.builder()
                    .integration(name)
                    .connector(connector)
                    .assets(host)
                    .state(store)
                    .clock(clock)
                    .pause(clock)
                    .random(new Random(++engines))
                    .events((integration, event) -> {
                        if (event.type() == Event.Type.RUN_STARTED) {
                            log.add("start " + integration);
                        } else if (event.type() == Event.Type.RUN_ENDED) {
                            log.add("end " + integration);
                        }
                    });
            return wishes.apply(builder).build();
        }

        /** Returns how many runs have ended. */
        long runs() {
            return state().events(EventQuery.ALL.ofType(Event.Type.RUN_ENDED)).size();
        }

        void setUp() {
            engine.as(Stage.MANAGER)
                    .configure(settings -> settings.organizations(
                                    o -> o.types("Customer").statuses("Active"))
                            .configurations(c -> c.types("Server").statuses("Active"))
                            .twoWay(true));
        }

        IntegrationState state() {
            return store.integration(name);
        }

        LocalRef local(int server) {
            return state().byRemote(servers.get(server)).orElseThrow().localRef();
        }

        LocalRef edits(int server, String notes) {
            LocalRef ref = local(server);
            host.save(
                    ref,
                    FieldValues.empty(ref.kind()).with(ConfigurationFields.NOTES, notes),
                    new Edit(Origin.USER, "ursula", clock.instant()));
            return ref;
        }

        String notesInPsa(int server) {
            return psa.get(servers.get(server)).orElseThrow().values().get(ConfigurationFields.NOTES);
        }

        List<Instant> starts() {
            return engine.events(EventQuery.ALL.ofType(Event.Type.RUN_STARTED)).stream()
                    .map(Event::at)
                    .toList();
        }

        Ship added() {
            scheduler.add(engine);
            return this;
        }
    }

    /** An integration that was set up and ran once, before the scheduler knows of it. */
    Ship ran(String name) {
        Ship ship = fresh(name, 2);
        ship.setUp();
        ship.engine.run();
        clock.advance(Duration.ofMinutes(1));
        return ship;
    }

    Ship fresh(String name, int servers) {
        Ship ship = new Ship(name, servers);
        ships.put(name, ship);
        return ship;
    }

    void advance(Duration time) {
        threads.advance(time);
    }
}
