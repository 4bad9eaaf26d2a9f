package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.Explanation;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.engine.Managing;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.testkit.TestClock;

/**
 * A test of a sync policy: records on both sides and settings; then a user saves, an import runs, the PSA changes, time
 * passes, the PSA fails; then where records stand, what they hold, what was sent, and why.
 *
 * <pre>{@code
 * try (Scenario s = Scenario.onFakePsa()) {
 *     Item acme = s.inPsa(organization("Acme"));
 *     Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
 *     s.customersAndServers().twoWay();
 *     s.importWrites(server, NOTES, "imported");
 *     s.expect(server).is(AWAITING_CONFIRMATION).because("PUSH-3").remote(NOTES, "old").wasNotSent();
 * }
 * }</pre>
 *
 * <p>It runs on every {@link PsaBench}. The host is in memory, the clock begins at 2026-03-01T08:00:00Z and moves when the
 * scenario says so; each thing done takes a second. Not for use by several threads.
 */
public final class Scenario implements AutoCloseable {
    /** The name of the integration. */
    public static final String INTEGRATION = "scenario/psa";

    private static final String USER = "ursula";

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final PsaBench psa;
    private final WatchedPsa connector;
    private final InMemoryAssetRepository host;
    private final StateStore store = StateStore.inMemory();
    private final Items items;
    private final Story story;
    private final List<Sent> sent = new ArrayList<>();
    private SyncEngine engine;
    private int engines;
    private @Nullable RunReport lastRun;

    private Scenario(PsaBench.Source source, Consumer<InMemoryAssetRepositoryBuilder> hostWishes) {
        this.psa = source.open(clock);
        InMemoryAssetRepositoryBuilder builder = InMemoryAssetRepository.builder(clock);
        hostWishes.accept(builder);
        this.host = builder.build();
        this.items = new Items(this::state);
        this.story = new Story(clock, items::name);
        this.connector = new WatchedPsa(psa.connector(), this::sent, failure -> story.followed("PSA: " + failure));
        this.engine = newEngine();
        story.told("Begins with " + psa.name());
    }

    /** Begins on a PSA in memory. */
    public static Scenario onFakePsa() {
        return on(FakePsaBench::open);
    }

    /** Begins on any fake PSA. */
    public static Scenario on(PsaBench.Source psa) {
        return on(psa, host -> {});
    }

    /** Begins on any fake PSA, with a host that behaves as wished, such as one that cannot tell what changed. */
    public static Scenario on(PsaBench.Source psa, Consumer<InMemoryAssetRepositoryBuilder> host) {
        return new Scenario(requireNonNull(psa, "psa"), requireNonNull(host, "host"));
    }

    private SyncEngine newEngine() {
        SyncEngine made = SyncEngine.builder()
                .integration(INTEGRATION)
                .connector(connector)
                .assets(host)
                .state(store)
                .clock(clock)
                .pause(clock)
                .random(new Random(++engines))
                .build();
        made.subscribe((integration, event) -> story.happened(event));
        return made;
    }

    private void sent(Sent write) {
        sent.add(write);
        story.followed("sent: " + write);
    }

    private void told(String what) {
        clock.advance(Duration.ofSeconds(1));
        story.told(what);
    }

    // Given ----------------------------------------------------------------------------------------------------------

    /** A record that is in the PSA. */
    public Item inPsa(NewRecord record) {
        told("In the PSA is " + record);
        RemoteRef ref = psa.put(remoteWords().values(record.kind(), record.words()));
        return items.add(new Item(record.kind(), record.title()).remote(ref));
    }

    /** A record that is in the host and that nobody saved: it came with an import, and the engine was not told. */
    public Item inHost(NewRecord record) {
        told("In the host is " + record);
        return localItem(record, Origin.IMPORT);
    }

    private Item localItem(NewRecord record, Origin origin) {
        FieldValues values = localWords().values(record.kind(), record.words());
        LocalRef ref = host.save(null, values, edit(origin)).ref();
        return items.add(new Item(record.kind(), record.title()).local(ref));
    }

    private Edit edit(Origin origin) {
        return new Edit(origin, origin == Origin.USER ? USER : Wording.lower(origin), clock.instant());
    }

    /** A manager changes settings, and confirms what that does where it is asked. */
    public Scenario settings(Consumer<SettingsChange> change) {
        told("A manager changes settings");
        manager().save(manager().preview(change));
        return this;
    }

    /**
     * Selects organizations that are active customers, configurations that are active servers, contacts and locations, with
     * what the PSA needs to take new ones ({@link PsaBench#options}).
     */
    public Scenario customersAndServers() {
        return settings(settings -> {
            settings.organizations(o -> o.types("Customer").statuses("Active"))
                    .configurations(c -> c.types("Server").statuses("Active"))
                    .contacts(true)
                    .locations(true);
            psa.options().forEach(settings::option);
        });
    }

    /** Runs for the first time, turns two-way on and lets a minute pass: what is saved from now on is confirmed. */
    public Scenario twoWay() {
        run();
        settings(settings -> settings.twoWay(true));
        return later(Duration.ofMinutes(1));
    }

    // When: in the host ----------------------------------------------------------------------------------------------

    /** A user changes one field and saves. */
    public PushResult userSaves(Item item, Field<?> field, @Nullable Object value) {
        return saves(Origin.USER, item, Words.of(field, value));
    }

    /** A user changes several fields and saves. */
    public PushResult userSaves(Item item, Map<Field<?>, ?> values) {
        return saves(Origin.USER, item, values);
    }

    /** A user saves a record as it is, which confirms it. */
    public PushResult userSaves(Item item) {
        return saves(Origin.USER, item, Map.of());
    }

    /** An import changes one field; the host tells the engine. */
    public PushResult importWrites(Item item, Field<?> field, @Nullable Object value) {
        return saves(Origin.IMPORT, item, Words.of(field, value));
    }

    /** A person or program of any kind changes fields and saves; the host tells the engine. */
    public PushResult saves(Origin origin, Item item, Map<Field<?>, ? extends @Nullable Object> values) {
        told("In the host, " + Wording.lower(origin) + " saves " + item + " " + values);
        LocalRef ref = items.local(item);
        host.save(ref, localWords().values(item.kind(), values), edit(origin));
        return answered(engine.saved(ref));
    }

    /** A user changes one field and saves, and the host cannot tell the engine (PUSH-6). */
    public Scenario userSavesUnheard(Item item, Field<?> field, @Nullable Object value) {
        told("In the host, user saves " + item + " " + Words.of(field, value) + ", and the engine is not told");
        host.save(items.local(item), localWords().values(item.kind(), Words.of(field, value)), edit(Origin.USER));
        return this;
    }

    /** A user makes a record. */
    public Item userCreates(NewRecord record) {
        return creates(Origin.USER, record);
    }

    /** A person or program of any kind makes a record; the host tells the engine. */
    public Item creates(Origin origin, NewRecord record) {
        told("In the host, " + Wording.lower(origin) + " makes " + record);
        Item item = localItem(record, origin);
        answered(engine.saved(items.local(item)));
        return item;
    }

    /** A user deletes a record; the host tells the engine. */
    public Scenario userDeletes(Item item) {
        told("In the host, a user deletes " + item);
        LocalRef ref = items.local(item);
        host.delete(ref);
        answered(engine.saved(ref));
        return this;
    }

    private PushResult answered(PushResult result) {
        story.followed("answer: " + result.text());
        return result;
    }

    // When: in the PSA -----------------------------------------------------------------------------------------------

    /** A user of the PSA changes one field. */
    public Scenario psaChanges(Item item, Field<?> field, @Nullable Object value) {
        told("In the PSA, " + item + " changes: " + Words.of(field, value));
        psa.edit(items.remote(item), remoteWords().values(item.kind(), Words.of(field, value)));
        return this;
    }

    /** A user of the PSA deletes a record. */
    public Scenario psaDeletes(Item item) {
        told("In the PSA, " + item + " is deleted");
        psa.delete(items.remote(item));
        return this;
    }

    /** The PSA fails like this from now on, whatever is asked of it or only in what is named, until it recovers. */
    public Scenario psaFails(Trouble trouble, Doing... doing) {
        Set<Doing> concerned = doing.length == 0 ? Set.of(Doing.values()) : Set.of(doing);
        told("The PSA begins to fail: " + Wording.lower(trouble) + ", "
                + concerned.stream().map(Wording::lower).sorted().toList());
        psa.fail(trouble, concerned);
        return this;
    }

    /** The PSA works again. */
    public Scenario psaRecovers() {
        told("The PSA works again");
        psa.recover();
        return this;
    }

    // When: time, runs, managers -------------------------------------------------------------------------------------

    /** Time passes; nothing runs by itself. */
    public Scenario later(Duration time) {
        clock.advance(time);
        story.told("It is " + time + " later");
        return this;
    }

    /** A run. */
    public RunReport run() {
        told("A run");
        RunReport report = engine.run();
        lastRun = report;
        story.followed("run: " + report.status() + (report.message().isEmpty() ? "" : ", " + report.message()));
        return report;
    }

    /** A manager asks for a full check, and a run makes it. */
    public RunReport fullCheck() {
        manager().fullCheck();
        return run();
    }

    /** The host's process ends and starts again; what the engine stored is still there. */
    public Scenario restart() {
        told("The process starts again");
        engine = newEngine();
        return this;
    }

    /** Returns what a manager can do: pause, review, approve, Manage Data and the rest. */
    public Managing manager() {
        return engine.as(Actor.manager("mia"));
    }

    // Then -----------------------------------------------------------------------------------------------------------

    /** Expects something of a record. */
    public Expectation expect(Item item) {
        items.refresh(item);
        return new Expectation(this, item);
    }

    /** Expects how the last run ended. */
    public Scenario expectRun(RunReport.Status status) {
        RunReport report = lastRun;
        if (report == null || report.status() != status) {
            throw failure("The last run should have ended " + status + ", but "
                    + (report == null ? "there was none." : "this is its report:\n" + report.print()));
        }
        return this;
    }

    /** Expects that nothing was to be written to the PSA since the start, or since {@link #fromNowOn}. */
    public Scenario expectNothingSent() {
        if (!sent.isEmpty()) {
            throw failure("Nothing should have been sent to the PSA, but this was:\n"
                    + sent.stream().map(Sent::toString).collect(Collectors.joining("\n")));
        }
        return this;
    }

    /** Lets expectations of what was sent count from now on. */
    public Scenario fromNowOn() {
        sent.clear();
        return this;
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /** Returns all writes that were asked of the connector since the start, or since {@link #fromNowOn}. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Returns what {@code explain} says of a record. */
    public Explanation explain(Item item) {
        items.refresh(item);
        LocalRef local = item.local();
        return local != null ? engine.explain(local) : engine.explain(items.remote(item));
    }

    /**
     * Finds a record by its name, such as one that the other side made along with another.
     *
     * @throws AssertionError when neither side has one, or one side has several
     */
    public Item named(AssetKind kind, String title) {
        List<LocalRef> here = host.all(kind).stream()
                .filter(asset -> title.equals(Fields.title(asset.values())))
                .map(Asset::ref)
                .toList();
        List<RemoteRef> there = psa.all(kind).stream()
                .filter(ref ->
                        psa.get(ref).map(Fields::title).filter(title::equals).isPresent())
                .toList();
        if (here.size() > 1 || there.size() > 1 || here.isEmpty() && there.isEmpty()) {
            throw failure("There should be one " + Wording.kind(kind) + " " + title + ", but there are " + here.size()
                    + " in the host and " + there.size() + " in the PSA.");
        }
        return items.found(kind, title, here, there);
    }

    /** Returns the engine, for all that has no words here. */
    public SyncEngine engine() {
        return engine;
    }

    /** Returns the host's records. */
    public InMemoryAssetRepository host() {
        return host;
    }

    /** Returns the PSA. */
    public PsaBench psa() {
        return psa;
    }

    /** Returns the clock. */
    public TestClock clock() {
        return clock;
    }

    /** Returns what happened so far, as failures show it. */
    public String story() {
        return story.text();
    }

    @Override
    public void close() {
        engine.close();
        psa.close();
        store.close();
    }

    // For expectations -----------------------------------------------------------------------------------------------

    Wording localWords() {
        return new Wording(psa, items::local);
    }

    Wording remoteWords() {
        return new Wording(psa, items::remote);
    }

    boolean linked(Item item) {
        return items.pair(item).filter(Pair::linked).isPresent();
    }

    @Nullable
    FieldValues localValues(Item item) {
        LocalRef ref = item.local();
        return ref == null ? null : host.get(ref).map(Asset::values).orElse(null);
    }

    @Nullable
    FieldValues remoteValues(Item item) {
        RemoteRef ref = item.remote();
        return ref == null ? null : psa.get(ref).orElse(null);
    }

    List<Sent> sent(Item item) {
        return sent.stream()
                .filter(write -> write.record() == null
                        ? item.kind() == write.values().kind() && item.name().equals(Fields.title(write.values()))
                        : write.record().equals(item.remote()))
                .toList();
    }

    List<Event> events(Item item) {
        AssetRef ref = item.local() != null ? item.local() : items.remote(item);
        return engine.events(ref);
    }

    AssertionError failure(String what) {
        return new AssertionError(what + "\n\nWhat led there:\n" + story.text());
    }

    private IntegrationState state() {
        return store.integration(INTEGRATION);
    }
}
