package org.psasync.engine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.explain.Explainer;
import org.psasync.engine.observe.Hints;
import org.psasync.engine.push.Pushes;
import org.psasync.engine.run.Rehearsal;
import org.psasync.engine.run.Runner;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

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
    private final ObservedState observed;

    private final Actor.Role bulkDelete;

    SyncEngine(Parties parties, ConnectorHolder connector, ObservedState observed, Actor.Role bulkDelete) {
        this.observed = observed;
        this.state = parties.state();
        this.connector = connector;
        this.parties = parties;
        this.bulkDelete = bulkDelete;
    }

    /** Returns the role that deleting many records takes. */
    Actor.Role bulkDelete() {
        return bulkDelete;
    }

    /** Starts to put an engine together. */
    public static SyncEngineBuilder builder() {
        return new SyncEngineBuilder();
    }

    /** Does something with the connector of now, which stays open until it is done (CONN-3). */
    <R> R using(Function<Parties, R> work) {
        try (ConnectorHolder.Use use = connector.use()) {
            return work.apply(parties.with(use));
        }
    }

    /**
     * Does something that a person waits for.
     *
     * @throws IllegalStateException when a side that has to be asked does not answer, with the reason
     */
    <R> R answering(Function<Parties, R> work) {
        return using(each -> {
            try {
                return work.apply(each);
            } catch (ConnectorException.Unauthorized refused) {
                String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
                each.refuse(reason); // nothing is tried with them again (SAFE-3)
                throw new IllegalStateException("Replace the credentials first: " + reason, refused);
            } catch (ConnectorException | RunStopped failure) {
                throw new IllegalStateException(requireNonNullElse(failure.getMessage(), failure.toString()), failure);
            }
        });
    }

    Entitlements entitled() {
        return parties.entitled();
    }

    /** Returns what this person may do with the integration. */
    public Managing as(Actor actor) {
        return new Managing(this, parties, connector, requireNonNull(actor, "actor"));
    }

    /** Returns the name of the integration. */
    public String integration() {
        return parties.integration();
    }

    // Runs and pushes ------------------------------------------------------------------------------------------------

    /** Returns what a run would do now; reads both sides and writes nothing, anywhere (RUN-4). */
    public SyncPlan plan() {
        return using(each -> new Rehearsal(each).plan());
    }

    /** Runs once; returns at once when another run is going on. Whatever fails on the way is part of the report. */
    public RunReport run() {
        return using(each -> new Runner(each).run(null));
    }

    /** Returns a run to be worked on in slices, so that no thread is needed in between (RUN-7). */
    public OngoingRun begin() {
        return begin(null);
    }

    OngoingRun begin(@Nullable String actor) {
        ConnectorHolder.Use use = connector.use();
        return new OngoingRun(new Runner(parties.with(use)).inSlices(actor), use);
    }

    /**
     * Takes notice that a record was saved in the host, and sends to the PSA what that confirms (PUSH-2). To be called
     * after the host's commit. It also tells of a record that was deleted. What fails on the way is part of the answer.
     *
     * @throws org.psasync.store.StoreException when the save could not be noted; tell it again, or leave it to the next
     *     run, which finds it in the host's change feed or among the notes of {@code JdbcStateStore.saved}
     */
    public PushResult saved(LocalRef record) {
        requireNonNull(record, "record");
        return using(each -> new Pushes(each).saved(record, null));
    }

    /** Does the same, and takes another revision than the one saved for <i>not yet</i>. */
    public PushResult saved(LocalRef record, Revision revision) {
        requireNonNull(record, "record");
        requireNonNull(revision, "revision");
        return using(each -> new Pushes(each).saved(record, revision));
    }

    /** Sends the saved values after all that newer ones of the PSA had replaced (PUSH-14). */
    public PushResult sendMine(LocalRef record, PushResult.PsaHadNewer newer, Actor actor) {
        requireNonNull(record, "record");
        requireNonNull(newer, "newer");
        requireNonNull(actor, "actor");
        return using(each -> new Pushes(each).sendMine(record, newer, actor.name()));
    }

    /**
     * Verifies a request that claims to come from the PSA and marks the records it names to be looked at in the next
     * run (PSA-ALL-3).
     *
     * @return whether the request is genuine; answer with 2xx if it is, and with 403 if not. Never while the integration
     *     is disconnected
     * @throws ConnectorException when that cannot be found out now; answer with 503
     * @throws UnsupportedOperationException when the connector knows no webhooks; answer with 404
     */
    public boolean webhook(WebhookRequest request) {
        return using(each -> new Hints(each).take(request));
    }

    /**
     * Verifies a request that claims to come from the PSA, and marks nothing: for one of very many, before a run. It throws
     * what {@link #webhook} throws.
     */
    public boolean isGenuine(WebhookRequest request) {
        return using(each -> new Hints(each).isGenuine(request));
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /** Says where a record of the host stands, and what would make it sync (WHY-1). */
    public Explanation explain(LocalRef record) {
        requireNonNull(record, "record");
        return using(each -> new Explainer(each).explain(record));
    }

    /** Says where a record of the PSA stands, and what would make it sync (WHY-1). */
    public Explanation explain(RemoteRef record) {
        requireNonNull(record, "record");
        return using(each -> new Explainer(each).explain(record));
    }

    /**
     * Returns which fields of a record a person may not change in the host (PUSH-1); none while disconnected. It is told from
     * what is remembered, so it is quick, and the PSA need not be there.
     *
     * @throws IllegalStateException when the record is linked, no run has ended since the library remembers what connectors can
     *     do, and the connector cannot be opened
     */
    public Editability editable(LocalRef record) {
        Optional<Pair> pair = mode() == Mode.DISCONNECTED ? Optional.empty() : state.byLocal(record);
        return pair.filter(Editability::mayBind)
                .map(link -> answering(each -> Editability.of(
                        link, each.inForce(settings()), each.psa().descriptor())))
                .orElse(Editability.FREE);
    }

    /** Returns the settings as saved; two-way counts as off all the same while the host forbids it (SET-6). */
    public SyncSettings settings() {
        return state.setup().currentSettings();
    }

    /** Returns how often the settings were saved: what a form remembers that shows them (SET-1). */
    public long settingsVersion() {
        return state.setup().settingsVersion();
    }

    /**
     * Returns each value of a list of the PSA, recommended ones first, and those selected that it does not know any more
     * (SET-4, SET-7).
     */
    public List<ChoiceState> choices(Field<?> field) {
        ReferenceData reference = state.setup().reference();
        return ChoiceStates.recommendedFirst(
                field, settings(), reference == null ? new ReferenceData(Map.of(), Map.of(), List.of()) : reference);
    }

    /** Returns whether the integration takes part in the sync. */
    public Mode mode() {
        return state.setup().mode();
    }

    /** Returns the report of the last run, if there was one. */
    public Optional<RunReport> lastRun() {
        return Optional.ofNullable(state.progress().lastRun());
    }

    /** Returns how the integration is (RUN-2); who schedules its runs knows when the next one is to begin. */
    public IntegrationStatus status() {
        return Standing.of(state, parties.clock().instant());
    }

    /** Lets someone hear of events from now on; {@link #unsubscribe} ends it. */
    public void subscribe(EventListener listener) {
        observed.add(requireNonNull(listener, "listener"));
    }

    /** Lets someone hear no more events; harmless for one who heard none. */
    public void unsubscribe(EventListener listener) {
        observed.remove(requireNonNull(listener, "listener"));
    }

    /**
     * Returns a page of the event log, in the order of the query. With {@link EventQuery#fromLatest} it is the latest page, and
     * {@link EventQuery#before} its last event is the next one; without, {@link EventQuery#after} it.
     */
    public List<Event> events(EventQuery query) {
        return state.events(query);
    }

    /** Returns the latest 1000 events of one record, the latest first. */
    public List<Event> events(AssetRef record) {
        return events(record, EventQuery.ALL.fromLatest());
    }

    /**
     * Returns the events of one record, in the order of the query, as far as it wants them. Those of the record it is linked with
     * are among them, also from before there was a link.
     */
    public List<Event> events(AssetRef record, EventQuery query) {
        Set<AssetRef> records = new HashSet<>();
        records.add(requireNonNull(record, "record"));
        Optional<Pair> pair =
                record instanceof LocalRef local ? state.byLocal(local) : state.byRemote((RemoteRef) record);
        pair.map(Pair::localRef).ifPresent(records::add);
        pair.map(Pair::remoteRef).ifPresent(records::add);
        return state.events(query.ofRecords(records));
    }

    /** Returns how many records stand where, as {@link #explain} says it too. */
    public Map<AssetKind, Map<Disposition, Long>> counts() {
        return Standing.counts(state);
    }

    /**
     * Closes the connector, if the engine opened it; what is going on may come to its end first. From then on calls are
     * refused with an {@link IllegalStateException}; settings, status, counts and events can still be read.
     */
    @Override
    public void close() {
        connector.close();
    }
}
