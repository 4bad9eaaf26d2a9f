package org.psasync.testkit.rules;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.engine.PushResult;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.FakePsaBuilder;
import org.psasync.testkit.TestClock;

/** An engine between a fake PSA and a host in memory, with short words for what tests do again and again. */
final class Stage {
    static final Actor MANAGER = Actor.manager("mia");
    private static final String NAME = "contoso/fake";

    final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    final FakePsa psa;
    final InMemoryAssetRepository host;
    final StateStore store;
    SyncEngine engine;
    private int engines;

    Stage() {
        this(psa -> {}, host -> {});
    }

    Stage(Consumer<FakePsaBuilder> psaWishes, Consumer<InMemoryAssetRepositoryBuilder> hostWishes) {
        this(psaWishes, hostWishes, StateStore.inMemory());
    }

    Stage(Consumer<FakePsaBuilder> psaWishes, Consumer<InMemoryAssetRepositoryBuilder> hostWishes, StateStore memory) {
        this.store = memory;
        FakePsaBuilder fake = FakePsa.builder(clock);
        psaWishes.accept(fake);
        this.psa = fake.build();
        InMemoryAssetRepositoryBuilder repository = InMemoryAssetRepository.builder(clock);
        hostWishes.accept(repository);
        this.host = repository.build();
        this.engine = newEngine();
    }

    /** An engine on the same memory, as after a restart. */
    SyncEngine newEngine() {
        return newEngine(psa);
    }

    /** An engine on the same memory that speaks to the PSA through another connector. */
    SyncEngine newEngine(PsaConnector connector) {
        return newEngine(connector, host);
    }

    /** An engine on the same memory whose calls to either side are watched. */
    SyncEngine newEngine(PsaConnector connector, AssetRepository assets) {
        return newEngine(connector, assets, store);
    }

    /** An engine whose memory is watched. */
    SyncEngine newEngine(IntegrationState watched) {
        return newEngine(psa, watched);
    }

    /** An engine whose memory is watched, and that speaks to the PSA through another connector. */
    SyncEngine newEngine(PsaConnector connector, IntegrationState watched) {
        return newEngine(connector, host, new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                return watched;
            }

            @Override
            public void close() {}
        });
    }

    /** An engine that speaks to everything through others. */
    SyncEngine newEngine(PsaConnector connector, AssetRepository assets, StateStore memory) {
        return SyncEngine.builder()
                .integration(NAME)
                .connector(connector)
                .assets(assets)
                .state(memory)
                .clock(clock)
                .pause(clock)
                .random(new Random(++engines))
                .build();
    }

    IntegrationState state() {
        return store.integration(NAME);
    }

    /** Everything on, one-way, customers that are active, servers that are active. */
    Stage selecting() {
        return configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active"))
                        .configurations(c -> c.types("Server").statuses("Active"))
                        .contacts(true)
                        .locations(true));
    }

    Stage configure(Consumer<SettingsChange> change) {
        engine.as(MANAGER).configure(change);
        return this;
    }

    /** Runs, turns two-way on and lets a minute pass, so that saves from now on confirm. */
    Stage twoWay() {
        selecting();
        engine.run();
        configure(settings -> settings.twoWay(true));
        later(Duration.ofMinutes(1));
        return this;
    }

    Stage later(Duration time) {
        clock.advance(time);
        return this;
    }

    Choice choice(Field<?> field, String name) {
        return psa.choice(field, name);
    }

    // The PSA --------------------------------------------------------------------------------------------------------

    RemoteRef company(String name) {
        return company(name, "Customer");
    }

    RemoteRef company(String name, String... types) {
        Set<Choice> chosen = new java.util.LinkedHashSet<>();
        for (String type : types) {
            chosen.add(choice(OrganizationFields.TYPES, type));
        }
        return psa.put(FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, chosen)
                .set(OrganizationFields.STATUS, choice(OrganizationFields.STATUS, "Active"))
                .build());
    }

    RemoteRef server(RemoteRef company, String name) {
        return psa.put(serverValues(company, name));
    }

    FieldValues serverValues(AssetRef company, String name) {
        return FieldValues.of(CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, company)
                .set(ConfigurationFields.NAME, name)
                .set(ConfigurationFields.TYPE, choice(ConfigurationFields.TYPE, "Server"))
                .set(ConfigurationFields.STATUS, choice(ConfigurationFields.STATUS, "Active"))
                .build();
    }

    RemoteRef contact(RemoteRef company, String first, String last) {
        return psa.put(contactValues(company, first, last));
    }

    FieldValues contactValues(AssetRef company, String first, String last) {
        return FieldValues.of(CONTACT)
                .set(ContactFields.ORGANIZATION, company)
                .set(ContactFields.FIRST_NAME, first)
                .set(ContactFields.LAST_NAME, last)
                .build();
    }

    RemoteRef site(RemoteRef company, String name, String city) {
        return psa.put(siteValues(company, name, city));
    }

    FieldValues siteValues(AssetRef company, String name, String city) {
        return FieldValues.of(LOCATION)
                .set(LocationFields.ORGANIZATION, company)
                .set(LocationFields.NAME, name)
                .set(LocationFields.CITY, city)
                .build();
    }

    <T> void psaEdits(RemoteRef ref, Field<T> field, T value) {
        psa.edit(ref, FieldValues.empty(ref.kind()).with(field, value));
    }

    <T> T inPsa(RemoteRef ref, Field<T> field) {
        return psa.get(ref)
                .map(RemoteRecord::values)
                .map(values -> values.get(field))
                .orElse(null);
    }

    // The host -------------------------------------------------------------------------------------------------------

    <T> PushResult userSaves(LocalRef ref, Field<T> field, T value) {
        return userSaves(ref, FieldValues.empty(ref.kind()).with(field, value));
    }

    PushResult userSaves(LocalRef ref, FieldValues changes) {
        return engine.saved(edits(ref, changes, Origin.USER).ref());
    }

    <T> Asset edits(LocalRef ref, Field<T> field, T value, Origin origin) {
        return edits(ref, FieldValues.empty(ref.kind()).with(field, value), origin);
    }

    Asset edits(LocalRef ref, FieldValues changes, Origin origin) {
        return host.save(ref, changes, new Edit(origin, origin == Origin.USER ? "ursula" : "robot", clock.instant()));
    }

    Asset creates(FieldValues values, Origin origin) {
        return host.save(null, values, new Edit(origin, origin == Origin.USER ? "ursula" : "robot", clock.instant()));
    }

    <T> T inHost(LocalRef ref, Field<T> field) {
        return host.get(ref).map(Asset::values).map(values -> values.get(field)).orElse(null);
    }

    /** The local record that is linked with a PSA record. */
    LocalRef localOf(RemoteRef ref) {
        return state().byRemote(ref)
                .map(Pair::localRef)
                .orElseThrow(() -> new AssertionError(
                        ref + " is not linked: " + engine.explain(ref).print()));
    }

    List<Asset> all(AssetKind kind) {
        return host.all(kind);
    }

    List<Event> events(Event.Type type) {
        return engine.events(org.psasync.store.EventQuery.ALL.ofType(type));
    }
}
