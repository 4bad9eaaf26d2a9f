package org.psasync.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events in the order of their numbers; what is too old is skipped unseen. Not safe for use by several threads. */
final class EventList {
    private final List<Event> events = new ArrayList<>(1);
    /** The latest time so far, at each event: a clock may be set back, and this never goes back. */
    private final List<Instant> latest = new ArrayList<>(1);

    void add(Event event) {
        Instant before = latest.isEmpty() ? event.at() : latest.get(latest.size() - 1);
        latest.add(event.at().isBefore(before) ? before : event.at());
        events.add(event);
    }

    int size() {
        return events.size();
    }

    /** Returns the events from the first on that can have a higher number and this time or a later one, oldest first. */
    Stream<Event> from(long after, @Nullable Instant since) {
        int first = first(at -> events.get(at).number() > after);
        int later = since == null ? 0 : first(at -> !latest.get(at).isBefore(since));
        return events.subList(Math.max(first, later), events.size()).stream();
    }

    /** Returns the first place for which it is true; it stays true from there on. */
    private int first(IntPredicate reached) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reached.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
