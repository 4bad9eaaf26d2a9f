package org.psasync.testkit;

import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.Draft;
import org.psasync.spi.IdPage;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteResult;

/**
 * A PSA in memory, and the connector to it.
 *
 * <p>Tests act as its users: they put, edit, delete and merge records, and look at what is there. The engine reads and
 * writes it through {@link PsaConnector}. Whatever can go wrong in between is in {@link #faults}; what was asked of it,
 * in {@link #journal}. Ids count up from 101 over all kinds. Change times are whole seconds of the clock, so that
 * records tie.
 *
 * <pre>{@code
 * TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
 * FakePsa psa = FakePsa.builder(clock).build();
 * RemoteRef acme = psa.put(FieldValues.of(ORGANIZATION).set(OrganizationFields.NAME, "Acme").build());
 * psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class FakePsa implements PsaConnector {
    /** The secret by which its webhooks are believed. */
    public static final String HOOK_SECRET = "hook-secret";

    private final FakePsaBuilder settings;
    private final ConnectorDescriptor descriptor;
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final FakeWorld world;
    private final FakeReader reader;
    private final FakeWriter writer;
    private final FakeUsers users;
    private final FakeHooks hooks = new FakeHooks(HOOK_SECRET);
    private final FakeLine line;
    private final Object lock = new Object();

    FakePsa(FakePsaBuilder settings) {
        Map<AssetKind, FakeSchema> schemas = settings.schemas();
        this.settings = settings;
        this.descriptor = settings.descriptor(schemas);
        this.world = new FakeWorld(settings.clock, faults, schemas);
        this.reader = new FakeReader(world, settings.idsPerPage);
        this.writer = new FakeWriter(world);
        this.users = new FakeUsers(world);
        this.line = new FakeLine(faults, journal, settings.pause, lock);
    }

    /** Starts a PSA whose time is a test's clock; slow calls move it on. */
    public static FakePsaBuilder builder(TestClock clock) {
        return new FakePsaBuilder(clock, clock);
    }

    /** Starts a PSA with another clock; slow calls pause. */
    public static FakePsaBuilder builder(InstantSource clock, ConnectorConfig.Pause pause) {
        return new FakePsaBuilder(clock, pause);
    }

    /** Returns what goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** Returns what the connector was asked for. */
    public Journal journal() {
        return journal;
    }

    /** Makes a record, as a user of the PSA does; anything goes. Choices that the PSA's lists lack are added to them. */
    public RemoteRef put(FieldValues values) {
        synchronized (lock) {
            return users.put(values);
        }
    }

    /**
     * Changes fields of a record, as a user of the PSA does.
     *
     * @throws IllegalArgumentException when it is not there
     */
    public void edit(RemoteRef ref, FieldValues changes) {
        synchronized (lock) {
            users.edit(ref, changes);
        }
    }

    /**
     * Changes fields of a record such that its change time stays, which a delta misses.
     *
     * @throws IllegalStateException when the kind says that its delta is complete
     */
    public void editUnstamped(RemoteRef ref, FieldValues changes) {
        synchronized (lock) {
            users.editUnstamped(ref, changes);
        }
    }

    /** Deletes a record: it vanishes or is kept with a flag, as its kind does. What belongs to it stays. */
    public void delete(RemoteRef ref) {
        synchronized (lock) {
            users.delete(ref);
        }
    }

    /** Takes the deletion of a kept record back. */
    public void undelete(RemoteRef ref) {
        synchronized (lock) {
            users.undelete(ref);
        }
    }

    /**
     * Merges an organization into another (STATE-8): what belongs to the first goes to the second, and the first is
     * deleted without moving its change time, so that only a listing or a read shows it.
     */
    public void merge(RemoteRef from, RemoteRef into) {
        synchronized (lock) {
            users.merge(from, into);
        }
    }

    /** Returns a record as it is, with the fields that are not mapped; nothing when it vanished. */
    public Optional<RemoteRecord> get(RemoteRef ref) {
        synchronized (lock) {
            return users.get(ref);
        }
    }

    /** Returns all records of a kind as they are, deleted ones that are kept too, in the order in which they were made. */
    public List<RemoteRecord> all(AssetKind kind) {
        synchronized (lock) {
            return users.all(kind);
        }
    }

    /** Returns the value of that name from the list of a field, added if the list lacks it. */
    public Choice choice(Field<?> field, String name) {
        synchronized (lock) {
            return world.lists().choice(field, name);
        }
    }

    /** Renames a value of a list; the records that hold it show the new name without having changed (SET-3). */
    public void rename(Field<?> field, Choice choice, String name) {
        synchronized (lock) {
            users.rename(field, choice, name);
        }
    }

    /** Makes a value of a list inactive: it is offered no more, and the records that hold it keep it. */
    public void retire(Field<?> field, Choice choice) {
        synchronized (lock) {
            users.retire(field, choice);
        }
    }

    /** Returns the request by which the PSA would tell that these records changed (PSA-ALL-3). */
    public WebhookRequest hook(RemoteRef... refs) {
        return hooks.request(refs);
    }

    /** Opens the connector again after {@link #close}, as another connection to the same PSA would be. */
    public FakePsa reopen() {
        line.open();
        return this;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ConnectionCheck check() {
        return line.call(new FakeLine.Request(Operation.CHECK, null, List.of(), null), incident -> {
            Set<AssetKind> withdrawn = faults.withdrawn();
            Set<AssetKind> readable = EnumSet.noneOf(AssetKind.class);
            readable.addAll(descriptor.kinds().keySet());
            readable.removeAll(withdrawn);
            List<ConnectionCheck.MissingRight> missing = withdrawn.stream()
                    .sorted()
                    .map(kind -> new ConnectionCheck.MissingRight(FakeLine.right(kind), Set.of(kind)))
                    .toList();
            return new ConnectionCheck(
                    faults.tenant(settings.tenant), settings.version, missing, settings.advice, readable.toString());
        });
    }

    @Override
    public ReferenceData reference() {
        return line.call(
                new FakeLine.Request(Operation.REFERENCE, null, List.of(), null),
                incident -> new ReferenceData(
                        world.lists().entries(reader.uses()), settings.optionChoices, settings.users));
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        world.schema(kind);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("The limit must be from 1 to 1000: " + limit);
        }
        return line.call(
                new FakeLine.Request(Operation.CHANGES, kind, List.of(), null),
                incident -> reader.changes(kind, scope, cursor, limit, incident));
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        if (!world.schema(kind).descriptor().listsIds()) {
            return PsaConnector.super.ids(kind, scope, cursor);
        }
        return line.call(
                new FakeLine.Request(Operation.IDS, kind, List.of(), null),
                incident -> reader.ids(kind, scope, cursor, incident));
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        world.schema(kind);
        if (ids.size() > 1000) {
            throw new IllegalArgumentException("At most 1000 ids at once, not " + ids.size());
        }
        return line.call(
                new FakeLine.Request(Operation.READ, kind, List.copyOf(ids), null),
                incident -> reader.read(kind, ids, incident));
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        if (!world.schema(key.kind()).descriptor().find()) {
            return PsaConnector.super.find(key);
        }
        return line.call(
                new FakeLine.Request(Operation.FIND, key.kind(), List.of(), key.values()),
                incident -> reader.find(key, incident));
    }

    @Override
    public Draft prepare(Draft draft) {
        line.requireOpen();
        synchronized (lock) {
            writer.check(draft);
        }
        boolean marks = world.schema(draft.kind()).marks() && draft.fixed().isEmpty();
        return marks ? draft.withFixed(Map.of("mark", draft.pair().toString())) : draft;
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        if (draft.fixed().isEmpty() || !world.schema(draft.kind()).descriptor().find()) {
            return PsaConnector.super.findCreated(draft);
        }
        return line.call(
                new FakeLine.Request(Operation.FIND, draft.kind(), List.of(), draft.values()),
                incident -> reader.marked(draft.kind(), draft.fixed()));
    }

    @Override
    public WriteResult create(Draft draft) {
        if (!world.schema(draft.kind()).descriptor().create()) {
            return PsaConnector.super.create(draft);
        }
        return line.call(
                new FakeLine.Request(Operation.CREATE, draft.kind(), List.of(), draft.values()),
                incident -> writer.create(draft, incident));
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        if (!world.schema(update.kind()).descriptor().update()) {
            return PsaConnector.super.update(update);
        }
        return line.call(
                new FakeLine.Request(Operation.UPDATE, update.kind(), List.of(update.id()), update.changes()),
                incident -> writer.update(update, incident));
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return hooks.translate(request);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return Optional.of(URI.create("https://psa.example/" + kind.name().toLowerCase(Locale.ROOT) + "/" + id));
    }

    @Override
    public long requests() {
        return line.requests();
    }

    /** Ends the connector; the PSA goes on, and {@link #reopen} connects to it again. */
    @Override
    public void close() {
        line.close();
    }
}
