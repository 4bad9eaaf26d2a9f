package org.psasync.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
import org.psasync.store.StaleStateException;

/**
 * A state whose changes stay in memory, over one that is only read. It takes as much memory as pairs are changed in it,
 * some two kilobytes each, and copies nothing; events are not kept.
 *
 * <p>Somebody may change the state below meanwhile. Pairs that were not changed here are seen as they are there; setup
 * and progress stay as they were.
 */
final class ForkedState implements IntegrationState {
    private static final int PAGE = 500;
    /** Later than all that is ever due. */
    private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");

    private final JdbcState below;
    private final ChangedPairs changed = new ChangedPairs();
    private final Set<PairId> replaced = new HashSet<>();
    private final Set<Long> seen = new HashSet<>();
    private final Map<Counter, Long> sums = new HashMap<>();
    private Setup setup;
    private Progress progress;
    private @Nullable Lease lease;
    private long epoch;

    ForkedState(JdbcState below) {
        this.below = below;
        this.setup = below.setup();
        this.progress = below.progress();
    }

    /** Whether what the state below holds of a pair is out of date here. */
    private boolean isReplaced(PairId id) {
        return replaced.contains(id);
    }

    @Override
    public synchronized Optional<Pair> pair(PairId id) {
        return isReplaced(id) ? Optional.ofNullable(changed.get(id)) : below.pair(id);
    }

    @Override
    public Optional<Pair> byLocal(LocalRef record) {
        return Optional.ofNullable(byLocal(record.kind(), List.of(record.id())).get(record.id()));
    }

    @Override
    public Optional<Pair> byRemote(RemoteRef record) {
        return Optional.ofNullable(byRemote(record.kind(), List.of(record.id())).get(record.id()));
    }

    @Override
    public synchronized Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) {
        Map<LocalId, Pair> stored = below.byLocal(kind, ids);
        Map<LocalId, Pair> result = new LinkedHashMap<>();
        for (LocalId id : ids) {
            put(result, id, changed.get(new LocalRef(kind, id)), stored.get(id));
        }
        return result;
    }

    @Override
    public synchronized Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, Pair> stored = below.byRemote(kind, ids);
        Map<RemoteId, Pair> result = new LinkedHashMap<>();
        for (RemoteId id : ids) {
            put(result, id, changed.get(new RemoteRef(kind, id)), stored.get(id));
        }
        return result;
    }

    private <I> void put(Map<I, Pair> result, I id, @Nullable Pair here, @Nullable Pair stored) {
        if (here != null) {
            result.put(id, here);
        } else if (stored != null && !isReplaced(stored.id())) {
            result.put(id, stored);
        }
    }

    @Override
    public Map<LocalId, String> ownedElsewhere(AssetKind kind, Collection<LocalId> ids) {
        return below.ownedElsewhere(kind, ids);
    }

    /** Looks at all pairs that are due at some time: nobody schedules by a fork. */
    @Override
    public synchronized Optional<Instant> nextDue(Instant after) {
        Instant least = null;
        PairId last = null;
        List<Pair> page;
        do {
            page = pairs(new PairQuery.Due(NEVER), last, PAGE);
            for (Pair pair : page) {
                last = pair.id();
                Instant due = Objects.requireNonNull(pair.dueAt());
                least = due.isAfter(after) && (least == null || due.isBefore(least)) ? due : least;
            }
        } while (!page.isEmpty());
        return Optional.ofNullable(least);
    }

    @Override
    public synchronized List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        List<Pair> all = new ArrayList<>(changed.page(query, after, limit));
        PairId from = after;
        int missing = limit;
        while (missing > 0) {
            int asked = Math.max(missing, Math.min(limit, PAGE));
            List<Pair> page = below.pairs(query, from, asked);
            for (Pair pair : page) {
                from = pair.id();
                if (!isReplaced(pair.id())) {
                    all.add(pair);
                    missing--;
                }
            }
            if (page.size() < asked) {
                break;
            }
        }
        return all.stream().sorted(Comparator.comparing(Pair::id)).limit(limit).toList();
    }

    private Map<Counter, Long> counted(Counter.Of of) {
        Map<Counter, Long> numbers = new HashMap<>(below.counts(of));
        sums.forEach((counter, by) -> {
            if (counter.of() == of) {
                numbers.merge(counter, by, (sum, more) -> sum + more == 0 ? null : sum + more);
            }
        });
        return numbers;
    }

    @Override
    public synchronized Map<AssetKind, Map<Disposition, Long>> counts() {
        return Counter.standing(counted(Counter.Of.STANDING));
    }

    @Override
    public synchronized Map<AssetKind, Map<String, Long>> turnedAway() {
        return Counter.turnedAway(counted(Counter.Of.TURNED_AWAY));
    }

    @Override
    public synchronized Map<AssetKind, LinkCounts> links() {
        return Counter.links(counted(Counter.Of.LINKS));
    }

    @Override
    public synchronized Map<AssetKind, Map<Place, LinkCounts>> placed() {
        return Counter.placed(counted(Counter.Of.PLACED));
    }

    @Override
    public List<Event> events(EventQuery query) {
        return below.events(query);
    }

    @Override
    public void forgetEventsBefore(Instant time) {
        // What happens here is not kept, and the state below is only read.
    }

    @Override
    public synchronized Setup setup() {
        return setup;
    }

    @Override
    public synchronized Progress progress() {
        return progress;
    }

    @Override
    public synchronized long commit(Commit commit) {
        Map<PairId, Pair> before = check(commit);
        for (Pair pair : commit.delete()) {
            change(pair.id(), before.get(pair.id()), null);
        }
        for (Pair pair : commit.put()) {
            Pair stored = before.get(pair.id());
            change(pair.id(), stored, pair.versioned(pair.version() + 1));
        }
        if (commit.setup() != null) {
            setup = commit.setup().versioned(setup.version() + 1);
        }
        if (commit.progress() != null) {
            progress = commit.progress().versioned(progress.version() + 1);
        }
        return 0;
    }

    private void change(PairId id, @Nullable Pair before, @Nullable Pair now) {
        replaced.add(id);
        Counter.count(before, -1, sums);
        Counter.count(now, 1, sums);
        changed.change(id, now);
    }

    /** Returns the pairs of the commit as they stand here. */
    private Map<PairId, Pair> check(Commit commit) {
        if (commit.lease() != null
                && (lease == null || lease.epoch() != commit.lease().epoch())) {
            throw new StaleStateException("The run's lease was lost to another one");
        }
        if (commit.setup() != null && commit.setup().version() != setup.version()) {
            throw new StaleStateException("The settings were changed by somebody else");
        }
        if (commit.progress() != null && commit.progress().version() != progress.version()) {
            throw new StaleStateException("The progress was changed by somebody else");
        }
        Map<PairId, Pair> before = new HashMap<>();
        Set<PairId> put = new LinkedHashSet<>();
        for (Pair pair : commit.delete()) {
            requireVersion(pair, before);
        }
        for (Pair pair : commit.put()) {
            requireVersion(pair, before);
            if (!put.add(pair.id())) {
                throw new StaleStateException("Pair " + pair.id() + " is changed twice by one commit");
            }
        }
        requireOneHolder(commit, before);
        return before;
    }

    private void requireVersion(Pair pair, Map<PairId, Pair> before) {
        Optional<Pair> stored = pair(pair.id());
        if (stored.map(Pair::version).orElse(0L) != pair.version()) {
            throw new StaleStateException("Pair " + pair.id() + " was changed by somebody else");
        }
        stored.ifPresent(found -> before.put(pair.id(), found));
    }

    private void requireOneHolder(Commit commit, Map<PairId, Pair> concerned) {
        Set<Object> records = new LinkedHashSet<>();
        for (Pair pair : commit.put()) {
            LocalRef local = pair.localRef();
            RemoteRef remote = pair.remoteRef();
            boolean twice = local != null && !records.add(local) || remote != null && !records.add(remote);
            Optional<Pair> first = local == null ? Optional.empty() : byLocal(local);
            Optional<Pair> second = remote == null ? Optional.empty() : byRemote(remote);
            if (twice || isElsewhere(first, pair, concerned) || isElsewhere(second, pair, concerned)) {
                throw new StaleStateException("A record of pair " + pair.id() + " is in another pair");
            }
        }
    }

    private static boolean isElsewhere(Optional<Pair> holder, Pair pair, Map<PairId, Pair> concerned) {
        return holder.isPresent()
                && !holder.get().id().equals(pair.id())
                && !concerned.containsKey(holder.get().id());
    }

    @Override
    public synchronized Optional<Lease> lease(String holder, Duration duration, Instant now) {
        if (lease != null && now.isBefore(lease.until()) && !lease.holder().equals(holder)) {
            return Optional.empty();
        }
        lease = new Lease(holder, ++epoch, now.plus(duration), null);
        return Optional.of(lease);
    }

    @Override
    public synchronized Lease renew(Lease held, Duration duration, Instant now) {
        if (lease == null || lease.epoch() != held.epoch()) {
            throw new StaleStateException("The run's lease was lost to another one");
        }
        lease = new Lease(held.holder(), held.epoch(), now.plus(duration), lease.cancelledBy());
        return lease;
    }

    @Override
    public synchronized void release(Lease held) {
        lease = lease != null && lease.epoch() == held.epoch() ? null : lease;
    }

    @Override
    public synchronized Optional<Lease> running(Instant now) {
        return Optional.ofNullable(lease).filter(held -> now.isBefore(held.until()));
    }

    @Override
    public synchronized boolean cancel(String actor, Instant now) {
        if (lease == null || !now.isBefore(lease.until())) {
            return false;
        }
        lease = new Lease(lease.holder(), lease.epoch(), lease.until(), actor);
        return true;
    }

    /** A rehearsal is alone with its copy. */
    @Override
    public boolean claim(PairId pair, String holder, Instant until, Instant now) {
        return true;
    }

    @Override
    public void unclaim(PairId pair, String holder) {
        // see claim
    }

    @Override
    public synchronized List<NotedSave> notedSaves(int limit) {
        return below.notedSaves(limit + seen.size()).stream()
                .filter(save -> !seen.contains(save.number()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void forgetSaves(List<NotedSave> saves) {
        saves.forEach(save -> seen.add(save.number()));
    }

    /** A rehearsal is not rehearsed. */
    @Override
    public IntegrationState fork() {
        throw new UnsupportedOperationException("A copy for a rehearsal cannot be copied again");
    }
}
