package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.StaleStateException;

/**
 * Stores what was done. A change of a pair is a function of the pair, so that it can be repeated on what somebody else
 * stored meanwhile; the pair is then decided again.
 */
final class Ledger {
    private static final int MOST_TRIES = 20;
    private static final int MOST_REASONS = 64;

    private final Desk desk;
    private final Map<String, String> reasons = new HashMap<>();

    Ledger(Desk desk) {
        this.desk = desk;
    }

    /**
     * One change.
     *
     * @param read the pair as it was read; its version tells whether somebody else changed it since
     * @param change makes the new pair of the stored one
     * @param events what to log
     * @param absorbed a pair that becomes part of this one; null for none
     */
    record Entry(
            Pair read,
            UnaryOperator<Pair> change,
            List<Event> events,
            @Nullable PairId absorbed) {
        Entry(Pair read, UnaryOperator<Pair> change, List<Event> events) {
            this(read, change, events, null);
        }
    }

    /** Stores changes together; returns the pairs as stored. */
    Map<PairId, Pair> store(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        Commit.Builder commit = Commit.builder().lease(desk.lease());
        Map<PairId, Pair> result = new HashMap<>();
        for (Entry entry : entries) {
            Pair changed = entry.change().apply(entry.read());
            commit.put(changed).events(entry.events());
            if (entry.absorbed() != null) {
                commit.delete(entry.absorbed());
            }
            result.put(changed.id(), stored(changed));
        }
        try {
            desk.state().commit(commit.build());
            return result;
        } catch (StaleStateException stale) {
            requireLease(stale);
            return oneByOne(entries);
        }
    }

    /** Stores one change; returns the pair as stored. */
    Pair store(Entry entry) {
        return java.util.Objects.requireNonNull(
                store(List.of(entry)).get(entry.read().id()));
    }

    private Map<PairId, Pair> oneByOne(List<Entry> entries) {
        Map<PairId, Pair> result = new HashMap<>();
        for (Entry entry : entries) {
            Pair changed = repeatedly(entry);
            result.put(changed.id(), changed);
        }
        return result;
    }

    private Pair repeatedly(Entry entry) {
        for (int i = 1; ; i++) {
            Optional<Pair> current = desk.state().pair(entry.read().id());
            boolean moved = current.isPresent()
                    && current.get().version() != entry.read().version();
            Pair changed = entry.change().apply(current.orElse(entry.read()));
            changed = moved ? changed.madeDirty() : changed;
            Commit.Builder commit =
                    Commit.builder().lease(desk.lease()).put(changed).events(entry.events());
            if (entry.absorbed() != null) {
                commit.delete(entry.absorbed());
            }
            try {
                desk.state().commit(commit.build());
                return stored(changed);
            } catch (StaleStateException stale) {
                requireLease(stale);
                if (i == MOST_TRIES) {
                    throw stale;
                }
            }
        }
    }

    private void requireLease(StaleStateException stale) {
        if (desk.lease() != null) {
            desk.state().renew(desk.lease(), RunSteps.LEASE, desk.now()); // throws when it was lost
        } else if (stale.getMessage() == null) {
            throw stale;
        }
    }

    private static Pair stored(Pair pair) {
        return pair.versioned(pair.version() + 1);
    }

    /** Forgets pairs of which nothing is left. */
    void forget(List<Pair> pairs) {
        Commit.Builder commit = Commit.builder().lease(desk.lease());
        pairs.forEach(pair -> commit.delete(pair.id()));
        if (!pairs.isEmpty()) {
            desk.state().commit(commit.build());
        }
    }

    /** Marks the records that waited for one that is linked now. */
    void wake(Set<AssetRef> linked) {
        markAll(new PairQuery.Awaiting(linked));
    }

    /** Marks everything below an organization whose gate changed. */
    void wakeBelow(RemoteId organization) {
        for (AssetKind kind : AssetKind.values()) {
            if (kind != AssetKind.ORGANIZATION) {
                markAll(new PairQuery.Below(kind, organization));
            }
        }
    }

    /** Marks every pair that answers a question to be decided again, in batches. */
    void markAll(PairQuery query) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(query, after, Desk.PAGE);
            if (batch.isEmpty()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
            List<Entry> entries = new ArrayList<>();
            for (Pair pair : batch) {
                if (!pair.dirty()) {
                    entries.add(new Entry(pair, Pair::madeDirty, List.of()));
                }
            }
            store(entries);
        }
    }

    Event event(Event.Type type, Pair pair, List<Event.Change> changes, String reason) {
        return new Event(
                0,
                desk.now(),
                desk.run(),
                desk.actor(),
                type,
                pair.kind(),
                pair.id(),
                pair.local(),
                pair.remote(),
                changes,
                kept(reason));
    }

    private String kept(String reason) {
        if (reasons.size() == MOST_REASONS) {
            reasons.clear();
        }
        return reasons.computeIfAbsent(reason, text -> text);
    }

    /** Logs something that changes no pair. */
    void log(Event event) {
        desk.state().commit(Commit.builder().lease(desk.lease()).event(event).build());
    }
}
