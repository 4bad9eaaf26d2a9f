package org.psasync.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Told;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.LinkCounts;
import org.psasync.store.NotedSave;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory of an integration, which tells listeners of the events that it stored. Its forks tell nothing. */
final class ObservedState implements IntegrationState {
    private static final Logger LOG = LoggerFactory.getLogger(EventListener.class);

    private final String integration;
    private final IntegrationState state;
    private final List<EventListener> listeners;

    ObservedState(String integration, IntegrationState state, List<EventListener> listeners) {
        this.integration = integration;
        this.state = state;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    void add(EventListener listener) {
        listeners.add(listener);
    }

    void remove(EventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public long commit(Commit commit) {
        long first = state.commit(commit);
        List<Event> events = commit.events();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i).numbered(first + i);
            listeners.forEach(listener ->
                    Told.to(LOG, "An event listener of " + integration, () -> listener.happened(integration, event)));
        }
        return first;
    }

    @Override
    public Optional<Pair> pair(PairId id) {
        return state.pair(id);
    }

    @Override
    public Optional<Pair> byLocal(LocalRef record) {
        return state.byLocal(record);
    }

    @Override
    public Optional<Pair> byRemote(RemoteRef record) {
        return state.byRemote(record);
    }

    @Override
    public Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) {
        return state.byLocal(kind, ids);
    }

    @Override
    public Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) {
        return state.byRemote(kind, ids);
    }

    @Override
    public Map<LocalId, String> ownedElsewhere(AssetKind kind, Collection<LocalId> ids) {
        return state.ownedElsewhere(kind, ids);
    }

    @Override
    public List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        return state.pairs(query, after, limit);
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return state.nextDue(after);
    }

    @Override
    public Map<AssetKind, Map<Disposition, Long>> counts() {
        return state.counts();
    }

    @Override
    public Map<AssetKind, Map<String, Long>> turnedAway() {
        return state.turnedAway();
    }

    @Override
    public Map<AssetKind, LinkCounts> links() {
        return state.links();
    }

    @Override
    public Map<AssetKind, Map<Place, LinkCounts>> placed() {
        return state.placed();
    }

    @Override
    public List<Event> events(EventQuery query) {
        return state.events(query);
    }

    @Override
    public void forgetEventsBefore(Instant time) {
        state.forgetEventsBefore(time);
    }

    @Override
    public Setup setup() {
        return state.setup();
    }

    @Override
    public Progress progress() {
        return state.progress();
    }

    @Override
    public Optional<Lease> lease(String holder, Duration duration, Instant now) {
        return state.lease(holder, duration, now);
    }

    @Override
    public Lease renew(Lease lease, Duration duration, Instant now) {
        return state.renew(lease, duration, now);
    }

    @Override
    public void release(Lease lease) {
        state.release(lease);
    }

    @Override
    public Optional<Lease> running(Instant now) {
        return state.running(now);
    }

    @Override
    public boolean cancel(String actor, Instant now) {
        return state.cancel(actor, now);
    }

    @Override
    public boolean claim(PairId pair, String holder, Instant until, Instant now) {
        return state.claim(pair, holder, until, now);
    }

    @Override
    public void unclaim(PairId pair, String holder) {
        state.unclaim(pair, holder);
    }

    @Override
    public List<NotedSave> notedSaves(int limit) {
        return state.notedSaves(limit);
    }

    @Override
    public void forgetSaves(List<NotedSave> saves) {
        state.forgetSaves(saves);
    }

    @Override
    public IntegrationState fork() {
        return state.fork();
    }
}
