package org.psasync.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The event log of one integration. Not safe for use by several threads. */
final class MemoryEvents {
    private final Deque<Event> all = new ArrayDeque<>();
    /** What an actor did outside of runs is asked for at each save of that actor (BRAKE-3). */
    private final Map<String, Deque<Event>> outsideRuns = new HashMap<>();

    private long last;

    void add(Event event) {
        Event numbered = event.numbered(++last);
        all.addLast(numbered);
        if (event.actor() != null && event.run() == null) {
            outsideRuns
                    .computeIfAbsent(event.actor(), key -> new ArrayDeque<>())
                    .addLast(numbered);
        }
    }

    List<Event> of(EventQuery query) {
        boolean ofPushes = query.actor() != null && query.outsideRuns();
        Collection<Event> some = ofPushes ? outsideRuns.getOrDefault(query.actor(), new ArrayDeque<>()) : all;
        return some.stream().filter(query::wants).limit(query.limit()).toList();
    }

    void forgetBefore(Instant time) {
        all.removeIf(event -> event.at().isBefore(time));
        outsideRuns.values().forEach(some -> some.removeIf(event -> event.at().isBefore(time)));
        outsideRuns.values().removeIf(Deque::isEmpty);
    }
}
