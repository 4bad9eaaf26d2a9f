package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Merge;
import org.psasync.engine.pair.Confirmation;
import org.psasync.engine.pair.Leaving;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.StaleStateException;
import org.psasync.store.Trouble.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what was done. A change of a pair is a function of the pair, so that it can be repeated on what somebody else
 * stored meanwhile; the pair is then decided again.
 *
 * <p>What follows from a change is seen to here, whoever makes it: the host is shown where its record stands now
 * (STATE-9), and what depends on a pair is decided again.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int MOST_TRIES = 20;
    private static final int MOST_REASONS = 64;

    private final Desk desk;
    private final Marks marks;
    private final Map<String, String> reasons = new HashMap<>();

    public Ledger(Desk desk) {
        this.desk = desk;
        this.marks = new Marks(desk);
    }

    /**
     * One change.
     *
     * @param read the pair as it was read; its version tells whether somebody else changed it since
     * @param change makes the new pair of the stored one
     * @param events what to log
     * @param confirms whether it is a save; other changes leave alone what was confirmed after they were decided
     */
    public record Entry(Pair read, UnaryOperator<Pair> change, List<Event> events, boolean confirms) {
        public Entry(Pair read, UnaryOperator<Pair> change, List<Event> events) {
            this(read, change, events, false);
        }

        /** A save that confirms a record. */
        public static Entry confirming(Pair read, Grant grant, List<Event> events) {
            return new Entry(read, stored -> Confirmation.confirmed(stored, grant), events, true);
        }
    }

    /** A change made: a pair before and after it, and the pair that it takes in, if there is one. */
    private record Step(
            Pair before,
            Pair after,
            List<Event> events,
            @Nullable Pair absorbed) {
        Marks.Change change() {
            return new Marks.Change(before, after);
        }
    }

    /** Stores changes together; returns the pairs as stored, by the ids of those that were read. */
    public Map<PairId, Pair> store(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        List<Step> steps = steps(entries);
        // A crash between the change and the marks would lose them; a push in between may have used them up.
        wake(steps);
        try {
            commit(steps);
        } catch (StaleStateException stale) {
            requireLease();
            steps = entries.stream().map(this::repeatedly).toList();
        }
        return done(entries, steps);
    }

    /**
     * Stores changes of exactly what was read, together; nothing, and an empty answer, when somebody else changed any of
     * it meanwhile. That a pair is to be decided again is no change.
     */
    public Map<PairId, Pair> storeUnchanged(List<Entry> entries) {
        List<Entry> now = entries;
        for (int i = 1; i <= MOST_TRIES; i++) {
            List<Step> steps = steps(now);
            wake(steps);
            try {
                commit(steps);
                return done(now, steps);
            } catch (StaleStateException stale) {
                requireLease();
                now = now.stream()
                        .map(this::readAgain)
                        .flatMap(Optional::stream)
                        .toList();
                if (now.size() < entries.size()) {
                    return Map.of();
                }
            }
        }
        return Map.of();
    }

    private Optional<Entry> readAgain(Entry entry) {
        Pair read = entry.read();
        Optional<Pair> stored = desk.state().pair(read.id());
        if (stored.isEmpty() && read.version() == 0) {
            return Optional.of(entry);
        }
        return stored.filter(now -> now.versioned(read.version()).madeDirty().equals(read.madeDirty()))
                .map(now -> new Entry(now, entry.change(), entry.events(), entry.confirms()));
    }

    private Map<PairId, Pair> done(List<Entry> entries, List<Step> steps) {
        wake(steps);
        show(steps.stream().map(Step::change).toList());
        Map<PairId, Pair> result = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Pair after = steps.get(i).after();
            result.put(entries.get(i).read().id(), after.versioned(after.version() + 1));
        }
        return result;
    }

    /** What a person or a save did is done, though the host cannot be shown it now; a full check shows it again. */
    private void show(List<Marks.Change> changes) {
        try {
            marks.show(changes);
        } catch (RunStopped unshown) {
            if (desk.lease() != null) {
                throw unshown;
            }
            LOG.warn("{}: {}", desk.parties().integration(), unshown.getMessage());
        }
    }

    /** Stores one change; returns the pair as stored. */
    public Pair store(Entry entry) {
        return requireNonNull(store(List.of(entry)).get(entry.read().id()));
    }

    /** Stores that a write of a pair begins; nothing when somebody else changed the pair since it was read. */
    public Optional<Pair> begin(Pair read, Pair begun) {
        try {
            commit(List.of(new Step(read, begun, List.of(), null)));
            return Optional.of(begun.versioned(begun.version() + 1));
        } catch (StaleStateException stale) {
            requireLease();
            return Optional.empty();
        }
    }

    private void commit(List<Step> steps) {
        Commit.Builder commit = Commit.builder().lease(desk.lease());
        for (Step step : steps) {
            commit.put(step.after()).events(step.events());
            if (step.absorbed() != null) {
                commit.delete(step.absorbed());
            }
        }
        desk.state().commit(commit.build());
    }

    private Step repeatedly(Entry entry) {
        for (int i = 1; ; i++) {
            if (isForgotten(entry.read())) {
                return new Step(entry.read(), entry.read(), List.of(), null);
            }
            Step step = repeated(entry);
            try {
                commit(List.of(step));
                return step;
            } catch (StaleStateException stale) {
                requireLease();
                if (i == MOST_TRIES) {
                    throw stale;
                }
            }
        }
    }

    /** A pair that was stored and is no more does not come back by a change that was decided before. */
    private boolean isForgotten(Pair read) {
        return read.version() > 0 && desk.state().pair(read.id()).isEmpty() && holder(read) == null;
    }

    /** Makes the change of what is stored now. */
    private Step repeated(Entry entry) {
        Pair read = entry.read();
        Pair now = desk.state().pair(read.id()).orElseGet(() -> holder(read));
        if (now == null) {
            return step(entry, read.versioned(0));
        }
        if (!now.id().equals(read.id()) && read.version() > 0) {
            return new Step(now, now.madeDirty(), entry.events(), null); // it became part of that one
        }
        Step step = step(entry, now);
        if (now.version() == read.version()) {
            return step;
        }
        if (now.leftAlone() && !read.leftAlone()) {
            return new Step(now, Leaving.stayingOut(now, step.after()), step.events(), step.absorbed());
        }
        Pair.Builder after = step.after().toBuilder().dirty(true);
        if (!entry.confirms() && !Objects.equals(now.grant(), read.grant())) {
            after.grant(now.grant());
        }
        after.mustRead(step.after().mustRead() || now.mustRead());
        return new Step(step.before(), after.build(), step.events(), step.absorbed());
    }

    private List<Step> steps(List<Entry> entries) {
        List<Marks.Change> changes =
                entries.stream().map(entry -> change(entry, entry.read())).toList();
        Holders holders = Holders.of(desk.state(), changes);
        List<Step> steps = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            steps.add(step(entries.get(i), changes.get(i), holders));
        }
        return steps;
    }

    private static Marks.Change change(Entry entry, Pair pair) {
        return new Marks.Change(pair, entry.change().apply(pair));
    }

    private Step step(Entry entry, Pair pair) {
        Marks.Change change = change(entry, pair);
        return step(entry, change, Holders.of(desk.state(), List.of(change)));
    }

    /** Changes a pair; one that takes a record takes in the pair that had it, unless that is a link, or becomes one. */
    private static Step step(Entry entry, Marks.Change change, Holders holders) {
        Pair pair = change.before();
        if (holders.ownedElsewhere(change)) {
            return new Step(pair, pair.madeDirty(), List.of(), null);
        }
        Pair other = holders.other(change);
        if (other == null) {
            return new Step(pair, change.after(), entry.events(), null);
        }
        return other.linked() || other.inFlight() != null
                ? new Step(pair, pair.madeDirty(), List.of(), null)
                : new Step(pair, entry.change().apply(joined(pair, other)), entry.events(), other);
    }

    /** Returns the other pair that has one of a pair's records. */
    private @Nullable Pair holder(Pair pair) {
        LocalRef local = pair.localRef();
        RemoteRef remote = pair.remoteRef();
        Optional<Pair> ofLocal = local == null ? Optional.empty() : desk.state().byLocal(local);
        Optional<Pair> ofRemote =
                remote == null ? Optional.empty() : desk.state().byRemote(remote);
        return ofLocal.filter(other -> !other.id().equals(pair.id()))
                .or(() -> ofRemote.filter(other -> !other.id().equals(pair.id())))
                .orElse(null);
    }

    private static Pair joined(Pair pair, Pair other) {
        return pair.toBuilder()
                .observed(pair.observed() == null ? other.observed() : pair.observed())
                .grant(other.grant() != null && other.grant().isAfter(pair.grant()) ? other.grant() : pair.grant())
                .seenIn(Math.max(pair.seenIn(), other.seenIn()))
                .mustRead(pair.mustRead() || other.mustRead())
                .build();
    }

    private void requireLease() {
        desk.keepLease(); // throws when it was lost
    }

    /** Forgets pairs of which nothing is left; one that somebody changed meanwhile is decided again. */
    public void forget(List<Pair> pairs) {
        for (Pair pair : pairs) {
            Dependants.ofForgotten(pair).forEach(this::markAll);
            try {
                desk.state()
                        .commit(Commit.builder()
                                .lease(desk.lease())
                                .delete(pair)
                                .build());
                Dependants.ofForgotten(pair).forEach(this::markAll);
            } catch (StaleStateException stale) {
                requireLease();
                desk.state().pair(pair.id()).ifPresent(now -> store(new Entry(now, Pair::madeDirty, List.of())));
            }
        }
    }

    // What follows from a change -------------------------------------------------------------------------------------

    private void wake(List<Step> steps) {
        Dependants.of(steps.stream().map(Step::change).toList()).forEach(this::markAll);
    }

    /** Marks what waits for a record. */
    public void wakeWaitingFor(AssetRef record) {
        markAll(new PairQuery.Awaiting(Set.of(record)));
    }

    /** Marks every pair that answers a question to be decided again, in batches. */
    public void markAll(PairQuery query) {
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(query, after, Desk.PAGE);
            if (batch.isEmpty()) {
                return;
            }
            if (batch.size() == Desk.PAGE) {
                desk.keepLease(); // there may be many more; no pause is made here, since they belong to one change
            }
            after = batch.get(batch.size() - 1).id();
            mark(batch, pair -> true);
        }
    }

    /** Marks those pairs among some to be decided again. */
    public void mark(List<Pair> pairs, Predicate<Pair> wanted) {
        List<Entry> entries = new ArrayList<>();
        for (Pair pair : pairs) {
            if (!pair.dirty() && wanted.test(pair)) {
                entries.add(new Entry(pair, Pair::madeDirty, List.of()));
            }
        }
        store(entries);
    }

    public Event event(Event.Type type, Pair pair, List<Event.Change> changes, String reason) {
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

    /** Returns one event for all values of a record that lose in a merge; empty when none does (MERGE-4, RUN-6). */
    public Optional<Event> overwritten(Pair pair, List<Merge.Loss> losses, Predicate<Merge.Loss> wanted) {
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        List<Merge.Loss> lost = losses.stream().filter(wanted).toList();
        List<Event.Change> changes = lost.stream()
                .map(loss -> new Event.Change(loss.field(), loss.lost(), loss.kept()))
                .toList();
        String why =
                lost.stream().map(loss -> loss.because().toString()).distinct().collect(Collectors.joining("; "));
        // Of a conflict it counts who wrote the value that wins (MERGE-6).
        boolean conflict = lost.stream()
                .anyMatch(loss ->
                        loss.side() == Side.HOST && loss.because().rule().equals("MERGE-1"));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(event(Event.Type.OVERWRITTEN, pair, changes, conflict ? why + lastChange(pair) : why));
    }

    /** Returns who last changed a record in the PSA, and when, as the end of a sentence; empty where the PSA does not tell. */
    public String lastChange(Pair pair) {
        return pair.observed() == null ? "" : lastChange(pair.observed().version());
    }

    /** Returns the same of a version of the record. */
    public String lastChange(RemoteVersion version) {
        return version.changedBy() == null
                ? ""
                : "; the record was last changed in " + desk.policy().psa() + " by " + version.changedBy() + " at "
                        + version.changedAt();
    }

    private String kept(String reason) {
        if (reasons.size() == MOST_REASONS) {
            reasons.clear();
        }
        return reasons.computeIfAbsent(reason, text -> text);
    }

    /** Logs something that changes no pair. */
    public void log(Event event) {
        desk.state().commit(Commit.builder().lease(desk.lease()).event(event).build());
    }
}
