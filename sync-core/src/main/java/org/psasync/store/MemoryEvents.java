package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/**
 * The event log of one integration, with what is asked for often indexed: a record, a pair, a run, and what an actor did
 * outside of runs, which is asked for at each save (BRAKE-3). Not safe for use by several threads.
 */
final class MemoryEvents {
    private final EventList none = new EventList();
    private EventList all = new EventList();
    /** By pair id, reference to a record, {@link OfRun} and {@link OfActor}. */
    private final Map<Object, EventList> indexed = new HashMap<>();

    private long last;

    private record OfRun(String run) {}

    /** What an actor did outside of runs, of one type. */
    private record OfActor(String actor, Event.Type type) {}

    void add(Event event) {
        index(event.numbered(++last));
    }

    private void index(Event event) {
        all.add(event);
        AssetKind kind = event.kind();
        put(event.pair(), event);
        put(kind == null || event.local() == null ? null : new LocalRef(kind, event.local()), event);
        put(kind == null || event.remote() == null ? null : new RemoteRef(kind, event.remote()), event);
        put(event.run() == null ? null : new OfRun(event.run()), event);
        put(event.actor() == null || event.run() != null ? null : new OfActor(event.actor(), event.type()), event);
    }

    private void put(@Nullable Object key, Event event) {
        if (key != null) {
            indexed.computeIfAbsent(key, absent -> new EventList()).add(event);
        }
    }

    List<Event> of(EventQuery query) {
        Map<Long, Event> found = new TreeMap<>(); // two records of a query can be named by the same event
        for (EventList list : lists(query)) {
            list.from(query.after(), query.since())
                    .filter(query::wants)
                    .limit(query.limit())
                    .forEach(event -> found.put(event.number(), event));
        }
        return found.values().stream().limit(query.limit()).toList();
    }

    /** Returns the lists that hold everything asked for, the shortest kind first. */
    private List<EventList> lists(EventQuery query) {
        List<Object> keys = new ArrayList<>();
        if (query.pair() != null) {
            keys.add(query.pair());
        } else if (!query.records().isEmpty()) {
            keys.addAll(query.records());
        } else if (query.run() != null) {
            keys.add(new OfRun(query.run()));
        } else if (query.actor() != null && query.outsideRuns() && query.type() != null) {
            keys.add(new OfActor(query.actor(), requireNonNull(query.type())));
        } else {
            return List.of(all);
        }
        return keys.stream().map(key -> indexed.getOrDefault(key, none)).toList();
    }

    void forgetBefore(Instant time) {
        List<Event> kept =
                all.from(0, null).filter(event -> !event.at().isBefore(time)).toList();
        if (kept.size() < all.size()) {
            all = new EventList();
            indexed.clear();
            kept.forEach(this::index);
        }
    }
}
