package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Figures;
import org.psasync.engine.desk.PairIds;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PickLists;
import org.psasync.engine.desk.Policies;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig.Pause;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.StateStore;

/** Puts an engine together. Not for use by several threads. */
public final class SyncEngineBuilder {
    private @Nullable String integration;
    private @Nullable ConnectorSource connector;
    private boolean opens;
    private @Nullable AssetRepository assets;
    private @Nullable StateStore state;
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private Pause pause = Pause.REAL;
    private ProgressListener listener = ProgressListener.NONE;
    private @Nullable Executor executor;
    private final List<EventListener> events = new ArrayList<>();
    private SyncMetrics metrics = SyncMetrics.NONE;
    private Actor.Role bulkDelete = Actor.Role.MANAGER;
    private Supplier<Entitlements> entitlements = () -> Entitlements.ALL;
    private @Nullable Consumer<List<PsaUser>> invitations;

    SyncEngineBuilder() {}

    /**
     * Names the integration, {@code account/name}; the same name finds the same memory again. A local record belongs to one
     * integration of an account at a time (SET-9).
     */
    public SyncEngineBuilder integration(String name) {
        this.integration = requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets an open connector; whoever opened it closes it. It keeps its credentials, also when others are accepted on
     * another node: where that can happen, set a source.
     */
    public SyncEngineBuilder connector(PsaConnector open) {
        requireNonNull(open, "open");
        this.connector = () -> open;
        this.opens = false;
        return this;
    }

    /** Sets where connectors come from, so that credentials can be replaced (CONN-3). */
    public SyncEngineBuilder connector(ConnectorSource source) {
        this.connector = requireNonNull(source, "source");
        this.opens = true;
        return this;
    }

    /** Sets the host's records. */
    public SyncEngineBuilder assets(AssetRepository repository) {
        this.assets = requireNonNull(repository, "repository");
        return this;
    }

    /** Sets where the engine remembers. */
    public SyncEngineBuilder state(StateStore store) {
        this.state = requireNonNull(store, "store");
        return this;
    }

    /** Sets the clock; the system's by default. */
    public SyncEngineBuilder clock(InstantSource newClock) {
        this.clock = requireNonNull(newClock, "newClock");
        return this;
    }

    /** Sets the source of chance, for new identifiers. */
    public SyncEngineBuilder random(RandomGenerator newRandom) {
        this.random = requireNonNull(newRandom, "newRandom");
        return this;
    }

    /** Sets how to wait when the PSA wants a pause; really by default. */
    public SyncEngineBuilder pause(Pause newPause) {
        this.pause = requireNonNull(newPause, "newPause");
        return this;
    }

    /** Sets who hears how runs get on. */
    public SyncEngineBuilder progress(ProgressListener newListener) {
        this.listener = requireNonNull(newListener, "newListener");
        return this;
    }

    /** Adds someone who hears of events when they were stored. */
    public SyncEngineBuilder events(EventListener newListener) {
        this.events.add(requireNonNull(newListener, "newListener"));
        return this;
    }

    /** Sets who takes figures of runs and pushes. */
    public SyncEngineBuilder metrics(SyncMetrics newMetrics) {
        this.metrics = requireNonNull(newMetrics, "newMetrics");
        return this;
    }

    /**
     * Lends threads, so that a page is read while the one before is stored. Without it everything runs in the calling
     * thread. The engine never shuts it down.
     */
    public SyncEngineBuilder executor(Executor newExecutor) {
        this.executor = requireNonNull(newExecutor, "newExecutor");
        return this;
    }

    /**
     * Sets the role that deleting many local records takes; {@code MANAGER} by default (DATA-8).
     *
     * @throws IllegalArgumentException when it is {@code USER}, who manages nothing
     */
    public SyncEngineBuilder bulkDelete(Actor.Role role) {
        if (role == Actor.Role.USER) {
            throw new IllegalArgumentException("bulkDelete is MANAGER or ADMINISTRATOR, not " + role);
        }
        this.bulkDelete = requireNonNull(role, "role");
        return this;
    }

    /**
     * Sets who tells what the host allows the integration (SET-6); everything by default. It is asked whenever it matters,
     * before each write to the PSA too, so it has to be quick and safe for use by several threads. While it throws, nothing is
     * written to the PSA, nothing is put back in the host, and saves are kept.
     */
    public SyncEngineBuilder entitlements(Supplier<Entitlements> newEntitlements) {
        this.entitlements = requireNonNull(newEntitlements, "newEntitlements");
        return this;
    }

    /** Sets who invites people of the PSA to the host (PSA-ALL-1); without it nobody can be invited. */
    public SyncEngineBuilder invitations(Consumer<List<PsaUser>> host) {
        this.invitations = requireNonNull(host, "host");
        return this;
    }

    /**
     * Returns the engine; nothing is read or written yet.
     *
     * @throws IllegalStateException when something is missing, naming it
     */
    public SyncEngine build() {
        String name = requireSet(integration, "integration", "a name such as \"contoso/connectwise\"");
        StateStore store = requireSet(state, "state", "StateStore.inMemory() for a first try");
        AssetRepository host = requireSet(assets, "assets", "the host's records");
        ConnectorSource source = requireSet(connector, "connector", "an open connector or a source that opens one");
        ObservedState observed = new ObservedState(name, store.integration(name), events);
        ConnectorHolder holder =
                opens ? ConnectorHolder.of(source, observed) : ConnectorHolder.ofOpen(source, observed);
        return new SyncEngine(
                new Parties(
                        name,
                        observed,
                        holder.use(),
                        host,
                        new PickLists(),
                        new Policies(),
                        clock,
                        random,
                        new PairIds(clock, random),
                        pause,
                        listener,
                        executor,
                        new Figures(metrics),
                        entitlements,
                        invitations),
                holder,
                observed,
                bulkDelete);
    }

    private static <T> T requireSet(@Nullable T value, String name, String hint) {
        if (value == null) {
            throw new IllegalStateException("SyncEngine.builder() needs " + name + "(…): " + hint);
        }
        return value;
    }
}
