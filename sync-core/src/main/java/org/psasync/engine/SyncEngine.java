package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.run.Explainer;
import org.psasync.engine.run.PairIds;
import org.psasync.engine.run.Parties;
import org.psasync.engine.run.PickLists;
import org.psasync.engine.run.Pushes;
import org.psasync.engine.run.Runner;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig.Pause;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;
import org.psasync.store.StateStore;

/**
 * Keeps the records of a host and of a PSA the same, in both directions, for one integration.
 *
 * <p>Everything runs in the calling thread. Safe for use by several threads: one run goes on at a time, and saves are
 * pushed beside it.
 */
public final class SyncEngine implements AutoCloseable {
    private final IntegrationState state;
    private final ConnectorHolder connector;
    private final Parties parties;

    private SyncEngine(Builder builder) {
        String integration = requireSet(builder.integration, "integration", "a name such as \"contoso/connectwise\"");
        StateStore store = requireSet(builder.state, "state", "StateStore.inMemory() for a first try");
        AssetRepository assets = requireSet(builder.assets, "assets", "the host's records");
        this.connector = requireSet(builder.connector, "connector", "an open connector or a source that opens one");
        this.state = store.integration(integration);
        this.parties = new Parties(
                integration,
                state,
                connector::get,
                assets,
                new PickLists(),
                builder.clock,
                builder.random,
                new PairIds(builder.clock, builder.random),
                builder.pause,
                builder.listener);
    }

    private static <T> T requireSet(@Nullable T value, String name, String hint) {
        if (value == null) {
            throw new IllegalStateException("SyncEngine.builder() needs " + name + "(…): " + hint);
        }
        return value;
    }

    /** Starts to put an engine together. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what this person may do with the integration. */
    public Managing as(Actor actor) {
        return new Managing(actor);
    }

    // Runs and pushes ------------------------------------------------------------------------------------------------

    /** Returns what a run would do now; reads both sides and writes nothing, anywhere (RUN-4). */
    public SyncPlan plan() {
        return new Runner(parties).plan();
    }

    /** Runs once; returns at once when another run is going on. */
    public RunReport run() {
        return new Runner(parties).run(null);
    }

    /**
     * Takes notice that a record was saved in the host, and sends to the PSA what that confirms (PUSH-2). To be called
     * after the host's commit. It also tells of a record that was deleted.
     */
    public PushResult saved(LocalRef record) {
        return new Pushes(parties).saved(requireNonNull(record, "record"), null);
    }

    /** Does the same, and takes another revision than the one saved for <i>not yet</i>. */
    public PushResult saved(LocalRef record, Revision revision) {
        return new Pushes(parties).saved(requireNonNull(record, "record"), requireNonNull(revision, "revision"));
    }

    /** Sends the saved values after all that newer ones of the PSA had replaced (PUSH-14). */
    public PushResult sendMine(LocalRef record, PushResult.PsaHadNewer newer, Actor actor) {
        return new Pushes(parties).sendMine(record, newer, actor.name());
    }

    /**
     * Verifies a request that claims to come from the PSA and marks the records it names to be looked at in the next
     * run (PSA-ALL-3).
     *
     * @return whether the request is genuine; answer with 2xx if it is, and with 403 if not
     */
    public boolean webhook(WebhookRequest request) {
        Webhook webhook = connector.get().webhook(request);
        if (!(webhook instanceof Webhook.Hints hints)) {
            return false;
        }
        for (RemoteRef ref : hints.records()) {
            hint(ref);
        }
        return true;
    }

    private void hint(RemoteRef ref) {
        while (true) {
            Optional<Pair> pair = state.byRemote(ref);
            if (pair.isEmpty()
                    || pair.get().leftAlone()
                    || pair.get().mustRead() && pair.get().dirty()) {
                return; // a record that is new is found by the next run
            }
            try {
                Pair hinted = pair.get().toBuilder().mustRead(true).dirty(true).build();
                state.commit(Commit.builder().put(hinted).build());
                return;
            } catch (StaleStateException stale) {
                // The pair changed in between: mark it as it is now.
            }
        }
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /** Says where a record of the host stands, and what would make it sync (WHY-1). */
    public Explanation explain(LocalRef record) {
        return new Explainer(parties).explain(requireNonNull(record, "record"));
    }

    /** Says where a record of the PSA stands, and what would make it sync (WHY-1). */
    public Explanation explain(RemoteRef record) {
        return new Explainer(parties).explain(requireNonNull(record, "record"));
    }

    /** Returns which fields of a record a person may not change in the host (PUSH-1). */
    public Editability editable(LocalRef record) {
        Map<Field<?>, String> readOnly = new HashMap<>();
        Pair pair = state.byLocal(record).orElse(null);
        ConnectorDescriptor descriptor = connector.get().descriptor();
        SyncSettings settings = settings();
        Optional<KindDescriptor> kind = descriptor.kind(record.kind());
        if (pair == null || kind.isEmpty() || pair.leftAlone() || !pair.linked()) {
            return new Editability(readOnly);
        }
        for (FieldRule rule : kind.get().fields()) {
            Field<?> field = rule.field();
            if (settings.mapping().excluded().contains(field)) {
                continue;
            }
            boolean pulledOnly = !rule.writable()
                    || !kind.get().update()
                    || settings.mapping().pullOnly().contains(field);
            if (pulledOnly) {
                readOnly.put(field, descriptor.displayName() + " decides the " + field + "; change it there.");
            } else if (!settings.twoWay() && pair.state() == SyncState.SYNCING) {
                readOnly.put(
                        field,
                        "Two-way sync is off, so the " + field + " can only be changed in " + descriptor.displayName()
                                + ".");
            }
        }
        return new Editability(readOnly);
    }

    /** Returns the settings in force. */
    public SyncSettings settings() {
        return state.setup().settings();
    }

    /** Returns each value of a list of the PSA, and those selected that it does not know any more (SET-4). */
    public List<ChoiceState> choices(Field<?> field) {
        ReferenceData reference = state.setup().reference();
        return ChoiceStates.of(
                field, settings(), reference == null ? new ReferenceData(Map.of(), Map.of(), List.of()) : reference);
    }

    /** Returns the report of the last run, if there was one. */
    public Optional<RunReport> lastRun() {
        return Optional.ofNullable(state.progress().lastRun());
    }

    /** Returns events, oldest first. */
    public List<Event> events(EventQuery query) {
        return state.events(query);
    }

    /** Returns the events of one record, oldest first. */
    public List<Event> events(LocalRef record) {
        return state.byLocal(record)
                .map(pair -> state.events(EventQuery.ALL.ofPair(pair.id())))
                .orElse(List.of());
    }

    /** Returns how many records stand where. */
    public Map<AssetKind, Map<Disposition, Long>> counts() {
        return state.counts();
    }

    /** Closes the connector, if the engine opened it. */
    @Override
    public void close() {
        connector.close();
    }

    /** What a person does with the integration; each operation asks whether the person may (DATA-8). */
    public final class Managing {
        private final Actor actor;

        private Managing(Actor actor) {
            this.actor = requireNonNull(actor, "actor");
        }

        /**
         * Checks the credentials and reads what a settings page needs (CONN-1). Opens the connector anew, so that
         * replaced credentials come into force (CONN-3); a refusal leaves everything as it was.
         */
        public Connection connect() {
            requireManager("connect the integration");
            return new Connecting(parties, connector).connect(actor);
        }

        /**
         * Changes settings.
         *
         * @throws InvalidSettingsException when something is wrong with the change; nothing is changed
         * @throws StaleStateException when somebody else saved settings at the same time; nothing is changed
         */
        public SyncSettings configure(Consumer<SettingsChange> change) {
            requireManager("change settings");
            return new Connecting(parties, connector).configure(actor, change);
        }

        /** Lets the next run be a full check, which reads all ids and finds what is gone (PULL-3). */
        public void fullCheck() {
            requireManager("ask for a full check");
            new Connecting(parties, connector).wantFullCheck();
        }

        /** Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4). */
        public RunReport apply(SyncPlan plan) {
            requireManager("apply a plan");
            return new Runner(parties).apply(plan, actor.name());
        }

        /** Runs once, at the wish of this person. */
        public RunReport run() {
            return new Runner(parties).run(actor.name());
        }

        private void requireManager(String what) {
            if (!actor.mayManage()) {
                throw new NotAllowedException(actor, what);
            }
        }
    }

    /** Puts an engine together. */
    public static final class Builder {
        private @Nullable String integration;
        private @Nullable ConnectorHolder connector;
        private @Nullable AssetRepository assets;
        private @Nullable StateStore state;
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = RandomGenerator.getDefault();
        private Pause pause = Pause.REAL;
        private ProgressListener listener = ProgressListener.NONE;

        private Builder() {}

        /** Names the integration; the same name finds the same memory again. */
        public Builder integration(String name) {
            this.integration = requireNonNull(name, "name");
            return this;
        }

        /** Sets an open connector; whoever opened it closes it. */
        public Builder connector(PsaConnector open) {
            this.connector = ConnectorHolder.of(requireNonNull(open, "open"));
            return this;
        }

        /** Sets where connectors come from, so that credentials can be replaced (CONN-3). */
        public Builder connector(ConnectorSource source) {
            this.connector = ConnectorHolder.of(requireNonNull(source, "source"));
            return this;
        }

        /** Sets the host's records. */
        public Builder assets(AssetRepository repository) {
            this.assets = requireNonNull(repository, "repository");
            return this;
        }

        /** Sets where the engine remembers. */
        public Builder state(StateStore store) {
            this.state = requireNonNull(store, "store");
            return this;
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets the source of chance, for new identifiers. */
        public Builder random(RandomGenerator newRandom) {
            this.random = requireNonNull(newRandom, "newRandom");
            return this;
        }

        /** Sets how to wait when the PSA wants a pause; really by default. */
        public Builder pause(Pause newPause) {
            this.pause = requireNonNull(newPause, "newPause");
            return this;
        }

        /** Sets who hears how runs get on. */
        public Builder progress(ProgressListener newListener) {
            this.listener = requireNonNull(newListener, "newListener");
            return this;
        }

        /**
         * Returns the engine; nothing is read or written yet.
         *
         * @throws IllegalStateException when something is missing, naming it
         */
        public SyncEngine build() {
            return new SyncEngine(this);
        }
    }
}
