package org.psasync.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The event log of one integration. Not safe for use by several threads. */
final class MemoryEvents {
    private static final Line NONE = new Line();

    private final Line all = new Line();
    /** What an actor did outside of runs is asked for at each save of that actor (BRAKE-3). */
    private final Map<String, Line> outsideRuns = new HashMap<>();

    private long last;

    /** Returns the number of the event that is added next. */
    long next() {
        return last + 1;
    }

    void add(Event event) {
        Event numbered = event.numbered(++last);
        all.add(numbered);
        if (event.actor() != null && event.run() == null) {
            outsideRuns.computeIfAbsent(event.actor(), key -> new Line()).add(numbered);
        }
    }

    List<Event> of(EventQuery query) {
        boolean ofPushes = query.actor() != null && query.outsideRuns();
        Line line = ofPushes ? outsideRuns.getOrDefault(query.actor(), NONE) : all;
        return line.of(query);
    }

    void forgetBefore(Instant time) {
        all.forgetBefore(time);
        outsideRuns.values().forEach(line -> line.forgetBefore(time));
        outsideRuns.values().removeIf(line -> line.events.isEmpty());
    }

    /** Events in the order of their numbers, where those of a time are found without a look at all others. */
    private static final class Line {
        private final List<Event> events = new ArrayList<>();
        /** The latest time up to each event: clocks differ, and are set back, but this never falls. */
        private final List<Instant> latest = new ArrayList<>();
        /** The places of events that are older than one before them. */
        private final List<Integer> behind = new ArrayList<>();

        void add(Event event) {
            Instant before = latest.isEmpty() ? Instant.MIN : latest.get(latest.size() - 1);
            if (event.at().isBefore(before)) {
                behind.add(events.size());
            }
            latest.add(event.at().isAfter(before) ? event.at() : before);
            events.add(event);
        }

        List<Event> of(EventQuery query) {
            int first = first(query);
            int end = end(query);
            List<Event> result = new ArrayList<>();
            for (int i = 0; i < end - first && result.size() < query.limit(); i++) {
                Event event = events.get(query.latestFirst() ? end - 1 - i : first + i);
                if (query.wants(event)) {
                    result.add(event);
                }
            }
            return List.copyOf(result);
        }

        /** Returns where to begin: everything before is too old or has a lower number. */
        private int first(EventQuery query) {
            Instant since = query.since();
            int byNumber = query.after() == 0 ? 0 : first(i -> events.get(i).number() > query.after());
            int byTime = since == null ? 0 : first(i -> !latest.get(i).isBefore(since));
            return Math.max(byNumber, byTime);
        }

        /** Returns where to end: everything from there on is too young or has a higher number. */
        private int end(EventQuery query) {
            Instant until = query.until();
            int byNumber = query.before() == Long.MAX_VALUE
                    ? events.size()
                    : first(i -> events.get(i).number() >= query.before());
            return until == null ? byNumber : Math.min(byNumber, end(until));
        }

        private int end(Instant until) {
            int end = first(i -> !latest.get(i).isBefore(until));
            for (int i = behind.size() - 1; i >= 0 && behind.get(i) >= end; i--) {
                if (events.get(behind.get(i)).at().isBefore(until)) {
                    return behind.get(i) + 1;
                }
            }
            return end;
        }

        /** Returns the first index from which on something is true. */
        private int first(IntPredicate isTrue) {
            int low = 0;
            int high = events.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isTrue.test(middle)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        void forgetBefore(Instant time) {
            List<Event> kept =
                    events.stream().filter(event -> !event.at().isBefore(time)).toList();
            if (kept.size() == events.size()) {
                return;
            }
            events.clear();
            latest.clear();
            behind.clear();
            kept.forEach(this::add);
        }
    }
}
