package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
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

/** The state of one integration as the engines of one node see it: what they hold lasts as {@link Holdings} says. */
final class NodeState implements IntegrationState {
    private final IntegrationState state;
    private final NodeStore store;
    private final Holdings holdings;
    private final InstantSource clock;

    NodeState(IntegrationState state, NodeStore store, Holdings holdings, InstantSource clock) {
        this.state = state;
        this.store = store;
        this.holdings = holdings;
        this.clock = clock;
    }

    @Override
    public long commit(Commit commit) {
        store.requireOpen();
        return state.commit(commit);
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
        store.requireOpen();
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
        store.requireOpen();
        return holdings.lease(state, holder, duration);
    }

    @Override
    public Lease renew(Lease lease, Duration duration, Instant now) {
        store.requireOpen();
        return holdings.renew(state, lease, duration);
    }

    @Override
    public void release(Lease lease) {
        holdings.release(state, lease);
    }

    @Override
    public Optional<Lease> running(Instant now) {
        return state.running(clock.instant());
    }

    @Override
    public boolean cancel(String actor, Instant now) {
        return state.cancel(actor, clock.instant());
    }

    @Override
    public boolean claim(PairId pair, String holder, Instant until, Instant now) {
        store.requireOpen();
        return holdings.claim(state, pair, holder, Duration.between(now, until));
    }

    @Override
    public void unclaim(PairId pair, String holder) {
        holdings.unclaim(state, pair, holder);
    }

    @Override
    public List<NotedSave> notedSaves(int limit) {
        return state.notedSaves(limit);
    }

    @Override
    public void forgetSaves(List<NotedSave> saves) {
        store.requireOpen();
        state.forgetSaves(saves);
    }

    @Override
    public IntegrationState fork() {
        return state.fork();
    }
}
