package org.psasync.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private final Map<AssetKind, MemoryPairs> kinds = new EnumMap<>(AssetKind.class);
    private final MemoryEvents events = new MemoryEvents();
    private final MemoryClaims claims = new MemoryClaims();
    private Setup setup = Setup.initial();
    private Progress progress = Progress.none();
    private final MemoryStateStore store;
    private final String name;
    private long entered;

    MemoryState(MemoryStateStore store, String name, long entered) {
        this.store = store;
        this.name = name;
        this.entered = entered;
        for (AssetKind kind : AssetKind.values()) {
            kinds.put(kind, new MemoryPairs());
        }
    }

    private MemoryPairs of(AssetKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    @Override
    public synchronized Optional<Pair> pair(PairId id) {
        for (MemoryPairs pairs : kinds.values()) {
            Pair pair = pairs.get(id);
            if (pair != null) {
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<Pair> byLocal(LocalRef record) {
        return Optional.ofNullable(of(record.kind()).get(record.id()));
    }

    @Override
    public synchronized Optional<Pair> byRemote(RemoteRef record) {
        return Optional.ofNullable(of(record.kind()).get(record.id()));
    }

    @Override
    public synchronized Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) {
        Map<LocalId, Pair> result = new LinkedHashMap<>();
        for (LocalId id : ids) {
            Pair pair = of(kind).get(id);
            if (pair != null) {
                result.put(id, pair);
            }
        }
        return result;
    }

    @Override
    public synchronized Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, Pair> result = new LinkedHashMap<>();
        for (RemoteId id : ids) {
            Pair pair = of(kind).get(id);
            if (pair != null) {
                result.put(id, pair);
            }
        }
        return result;
    }

    @Override
    public synchronized List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        if (query instanceof PairQuery.Dirty dirty) {
            return of(dirty.kind()).dirty(after, limit);
        }
        if (query instanceof PairQuery.Due due) {
            return ofAllKinds(pairs -> pairs.due(due.now(), after, limit), limit);
        }
        if (query instanceof PairQuery.Unlinked unlinked) {
            return of(unlinked.kind()).withMatchTexts(unlinked.matchTexts(), after, limit);
        }
        if (query instanceof PairQuery.Below below) {
            return of(below.kind()).below(below.organization(), after, limit);
        }
        if (query instanceof PairQuery.Awaiting awaiting) {
            return ofAllKinds(pairs -> pairs.awaiting(awaiting.records(), after, limit), limit);
        }
        if (query instanceof PairQuery.NotSeenIn notSeen) {
            return of(notSeen.kind())
                    .all(after, limit, pair -> pair.remote() != null && pair.seenIn() < notSeen.check());
        }
        if (query instanceof PairQuery.WithWriteInFlight inFlight) {
            return of(inFlight.kind()).inFlight(after, limit);
        }
        if (query instanceof PairQuery.InReview inReview) {
            return of(inReview.kind()).inReview(after, limit);
        }
        if (query instanceof PairQuery.Ignored ignored) {
            return of(ignored.kind()).ignored(after, limit);
        }
        if (query instanceof PairQuery.InState inState) {
            return of(inState.kind()).inState(inState.state(), inState.reason(), after, limit);
        }
        if (query instanceof PairQuery.Placed placed) {
            return of(placed.kind()).in(placed.place(), after, limit);
        }
        if (query instanceof PairQuery.LeftAlone leftAlone) {
            return of(leftAlone.kind()).leftAlone(after, limit);
        }
        return of(((PairQuery.OfKind) query).kind()).all(after, limit, pair -> true);
    }

    private List<Pair> ofAllKinds(Function<MemoryPairs, List<Pair>> question, int limit) {
        List<Pair> result = List.of();
        for (MemoryPairs pairs : kinds.values()) {
            List<Pair> some = question.apply(pairs);
            if (!some.isEmpty()) {
                result = Stream.concat(result.stream(), some.stream())
                        .sorted(Comparator.comparing(Pair::id))
                        .limit(limit)
                        .toList();
            }
        }
        return result;
    }

    @Override
    public synchronized Map<AssetKind, Map<Disposition, Long>> counts() {
        Map<AssetKind, Map<Disposition, Long>> result = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, pairs) -> result.put(kind, Map.copyOf(pairs.counts())));
        return result;
    }

    @Override
    public synchronized Map<AssetKind, Map<String, Long>> turnedAway() {
        Map<AssetKind, Map<String, Long>> result = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, pairs) -> result.put(kind, Map.copyOf(pairs.turnedAway())));
        return result;
    }

    @Override
    public synchronized Map<AssetKind, LinkCounts> links() {
        Map<AssetKind, LinkCounts> result = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, pairs) -> result.put(kind, pairs.links().counts()));
        return result;
    }

    @Override
    public synchronized Map<AssetKind, Map<Place, LinkCounts>> placed() {
        Map<AssetKind, Map<Place, LinkCounts>> result = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, pairs) -> result.put(kind, pairs.links().placed()));
        return result;
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
        Pair pair = of(kind).get(id);
        return pair != null && pair.holdsLocal();
    }

    private synchronized long enteredAt() {
        return entered;
    }

    @Override
    public void commit(Commit commit) {
        List<Pair> taken = store.others(name).isEmpty() ? List.of() : taken(commit);
        if (taken.isEmpty()) {
            store(commit);
            return;
        }
        synchronized (store.taking) {
            for (Pair pair : taken) {
                LocalId local = Objects.requireNonNull(pair.local());
                String owner = ownedElsewhere(pair.kind(), List.of(local)).get(local);
                if (owner != null) {
                    throw new StaleStateException("The local record of pair " + pair.id() + " belongs to " + owner);
                }
            }
            store(commit);
        }
    }

    /** Returns the pairs that begin to hold their local record with this commit. */
    private synchronized List<Pair> taken(Commit commit) {
        return commit.put().stream()
                .filter(Pair::holdsLocal)
                .filter(pair -> !holds(pair.kind(), Objects.requireNonNull(pair.local())))
                .toList();
    }

    private synchronized void store(Commit commit) {
        check(commit);
        commit.delete().forEach(pair -> of(pair.kind()).remove(pair.id()));
        for (Pair pair : commit.put()) {
            of(pair.kind()).put(pair.versioned(pair.version() + 1));
        }
        commit.events().forEach(events::add);
        if (commit.setup() != null) {
            boolean enters = setup.mode() == Mode.DISCONNECTED && commit.setup().mode() != Mode.DISCONNECTED;
            entered = enters ? store.entering() : entered;
            setup = commit.setup().versioned(setup.version() + 1);
        }
        if (commit.progress() != null) {
            progress = commit.progress().versioned(progress.version() + 1);
        }
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
        commit.delete().forEach(this::requireVersion);
        Map<PairId, Pair> put = new HashMap<>();
        for (Pair pair : commit.put()) {
            requireVersion(pair);
            if (put.put(pair.id(), pair) != null) {
                throw new StaleStateException("Pair " + pair.id() + " is changed twice by one commit");
            }
        }
        requireOneHolder(commit, put, Pair::localRef, ref -> of(ref.kind()).get(ref.id()));
        requireOneHolder(commit, put, Pair::remoteRef, ref -> of(ref.kind()).get(ref.id()));
    }

    private void requireVersion(Pair pair) {
        Pair stored = of(pair.kind()).get(pair.id());
        if ((stored == null ? 0 : stored.version()) != pair.version()) {
            throw new StaleStateException("Pair " + pair.id() + " was changed by somebody else");
        }
    }

    /** No record is in two pairs once the commit is stored (S4). */
    private static <R> void requireOneHolder(
            Commit commit,
            Map<PairId, Pair> put,
            Function<Pair, @Nullable R> record,
            Function<R, @Nullable Pair> stored) {
        Map<R, PairId> holders = new HashMap<>();
        for (Pair pair : commit.put()) {
            R held = record.apply(pair);
            if (held == null) {
                continue;
            }
            PairId twin = holders.put(held, pair.id());
            Pair holder = stored.apply(held);
            boolean stays = holder != null
                    && !holder.id().equals(pair.id())
                    && commit.delete().stream().noneMatch(each -> each.id().equals(holder.id()))
                    && !put.containsKey(holder.id());
            if (twin != null || stays) {
                throw new StaleStateException("A record of pair " + pair.id() + " is in another pair");
            }
        }
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
        MemoryState copy = new MemoryState(store, name, entered);
        kinds.forEach((kind, pairs) -> copy.kinds.put(kind, new MemoryPairs(pairs)));
        copy.setup = setup;
        copy.progress = progress;
        return copy;
    }
}
