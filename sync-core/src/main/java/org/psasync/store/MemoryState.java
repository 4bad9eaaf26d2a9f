package org.psasync.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/** The state of one integration in memory; one lock guards it all. */
final class MemoryState implements IntegrationState {
    private final MemoryKinds kinds;
    private final MemoryEvents events = new MemoryEvents();
    private final MemoryClaims claims = new MemoryClaims();
    private Setup setup = Setup.initial();
    private Progress progress = Progress.none();
    private final MemoryStateStore store;
    private final String name;
    private long entered;

    MemoryState(MemoryStateStore store, String name, long entered) {
        this(store, name, entered, new MemoryKinds());
    }

    private MemoryState(MemoryStateStore store, String name, long entered, MemoryKinds kinds) {
        this.store = store;
        this.name = name;
        this.entered = entered;
        this.kinds = kinds;
    }

    @Override
    public synchronized Optional<Pair> pair(PairId id) {
        return Optional.ofNullable(kinds.get(id));
    }

    @Override
    public synchronized Optional<Pair> byLocal(LocalRef record) {
        return Optional.ofNullable(kinds.of(record.kind()).get(record.id()));
    }

    @Override
    public synchronized Optional<Pair> byRemote(RemoteRef record) {
        return Optional.ofNullable(kinds.of(record.kind()).get(record.id()));
    }

    @Override
    public synchronized Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) {
        return MemoryKinds.all(ids, kinds.of(kind)::get);
    }

    @Override
    public synchronized Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) {
        return MemoryKinds.all(ids, kinds.of(kind)::get);
    }

    @Override
    public synchronized List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        return kinds.pairs(query, after, limit);
    }

    @Override
    public synchronized Optional<Instant> nextDue(Instant after) {
        return kinds.nextDue(after);
    }

    @Override
    public synchronized Map<AssetKind, Map<Disposition, Long>> counts() {
        return kinds.each(pairs -> Map.copyOf(pairs.counts()));
    }

    @Override
    public synchronized Map<AssetKind, Map<String, Long>> turnedAway() {
        return kinds.each(pairs -> Map.copyOf(pairs.turnedAway()));
    }

    @Override
    public synchronized Map<AssetKind, LinkCounts> links() {
        return kinds.each(pairs -> pairs.links().counts());
    }

    @Override
    public synchronized Map<AssetKind, Map<Place, LinkCounts>> placed() {
        return kinds.each(pairs -> pairs.links().placed());
    }

    @Override
    public synchronized List<Event> events(EventQuery query) {
        return events.of(query);
    }

    @Override
    public synchronized void forgetEventsBefore(Instant time) {
        events.forgetBefore(time);
    }

    @Override
    public synchronized Setup setup() {
        return setup;
    }

    @Override
    public synchronized Progress progress() {
        return progress;
    }

    String name() {
        return name;
    }

    @Override
    public Map<LocalId, String> ownedElsewhere(AssetKind kind, Collection<LocalId> ids) {
        Map<LocalId, String> result = new HashMap<>();
        boolean cut = setup().mode() == Mode.DISCONNECTED;
        for (MemoryState other : store.others(name)) {
            for (LocalId id : ids) {
                boolean ours = !cut && holds(kind, id); // a disconnected integration has given its records free
                if (other.goesBefore(kind, id, ours ? enteredAt() : Long.MAX_VALUE)) {
                    result.put(id, other.name);
                }
            }
        }
        return result;
    }

    /** Whether this integration syncs the record, and has done so since before another one entered. */
    private synchronized boolean goesBefore(AssetKind kind, LocalId id, long otherEntered) {
        return setup.mode() != Mode.DISCONNECTED && entered < otherEntered && holds(kind, id);
    }

    private synchronized boolean holds(AssetKind kind, LocalId id) {
        Pair pair = kinds.of(kind).get(id);
        return pair != null && pair.holdsLocal();
    }

    private synchronized long enteredAt() {
        return entered;
    }

    @Override
    public long commit(Commit commit) {
        List<Pair> taken = store.others(name).isEmpty() ? List.of() : taken(commit);
        if (taken.isEmpty()) {
            return store(commit);
        }
        synchronized (store.taking) {
            for (Pair pair : taken) {
                LocalId local = Objects.requireNonNull(pair.local());
                String owner = ownedElsewhere(pair.kind(), List.of(local)).get(local);
                if (owner != null) {
                    throw new StaleStateException("The local record of pair " + pair.id() + " belongs to " + owner);
                }
            }
            return store(commit);
        }
    }

    /** Returns the pairs that begin to hold their local record with this commit. */
    private synchronized List<Pair> taken(Commit commit) {
        return commit.put().stream()
                .filter(Pair::holdsLocal)
                .filter(pair -> !holds(pair.kind(), Objects.requireNonNull(pair.local())))
                .toList();
    }

    private synchronized long store(Commit commit) {
        check(commit);
        kinds.store(commit);
        long first = events.next();
        commit.events().forEach(events::add);
        if (commit.setup() != null) {
            boolean enters = setup.mode() == Mode.DISCONNECTED && commit.setup().mode() != Mode.DISCONNECTED;
            entered = enters ? store.entering() : entered;
            setup = commit.setup().versioned(setup.version() + 1);
        }
        if (commit.progress() != null) {
            progress = commit.progress().versioned(progress.version() + 1);
        }
        return first;
    }

    private void check(Commit commit) {
        if (commit.lease() != null) {
            claims.require(commit.lease());
        }
        if (commit.setup() != null && commit.setup().version() != setup.version()) {
            throw new StaleStateException("The settings were changed by somebody else");
        }
        if (commit.progress() != null && commit.progress().version() != progress.version()) {
            throw new StaleStateException("The progress was changed by somebody else");
        }
        kinds.check(commit);
    }

    @Override
    public synchronized Optional<Lease> lease(String holder, Duration duration, Instant now) {
        return claims.lease(holder, duration, now);
    }

    @Override
    public synchronized Lease renew(Lease held, Duration duration, Instant now) {
        return claims.renew(held, duration, now);
    }

    @Override
    public synchronized Optional<Lease> running(Instant now) {
        return claims.running(now);
    }

    @Override
    public synchronized boolean cancel(String actor, Instant now) {
        return claims.cancel(actor, now);
    }

    @Override
    public synchronized void release(Lease held) {
        claims.release(held);
    }

    @Override
    public synchronized boolean claim(PairId pair, String holder, Instant until, Instant now) {
        return claims.claim(pair, holder, until, now);
    }

    @Override
    public synchronized void unclaim(PairId pair, String holder) {
        claims.unclaim(pair, holder);
    }

    @Override
    public synchronized IntegrationState fork() {
        MemoryState copy = new MemoryState(store, name, entered, new MemoryKinds(kinds));
        copy.setup = setup;
        copy.progress = progress;
        return copy;
    }
}
