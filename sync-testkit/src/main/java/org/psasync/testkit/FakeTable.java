package org.psasync.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.model.RemoteId;

/** The records of one kind of a fake PSA, in the order of their ids and of their changes. */
final class FakeTable {
    private static final Comparator<String> COUNTING_UP =
            Comparator.<String>comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final TreeMap<String, FakeRow> byId = new TreeMap<>(COUNTING_UP);
    private final TreeMap<Change, FakeRow> byChange =
            new TreeMap<>(Comparator.comparing(Change::at).thenComparing(Change::id, COUNTING_UP));

    private record Change(Instant at, String id) {}

    @Nullable
    FakeRow get(RemoteId id) {
        return byId.get(id.value());
    }

    void put(FakeRow row) {
        FakeRow before = byId.put(row.id().value(), row);
        if (before != null) {
            byChange.remove(change(before));
        }
        byChange.put(change(row), row);
    }

    void remove(RemoteId id) {
        FakeRow before = byId.remove(id.value());
        if (before != null) {
            byChange.remove(change(before));
        }
    }

    int size() {
        return byId.size();
    }

    /** Returns the rows by id; not to be changed while they are walked through. */
    Collection<FakeRow> rows() {
        return byId.values();
    }

    List<FakeRow> copy() {
        return new ArrayList<>(byId.values());
    }

    /** Returns the rows with higher ids, by id; an empty id is before all. */
    Collection<FakeRow> after(String id) {
        return byId.tailMap(id, false).values();
    }

    /** Returns the rows that changed after the time, or at it with higher ids, in the order of change. */
    Collection<FakeRow> changedAfter(Instant at, String id) {
        return byChange.tailMap(new Change(at, id), false).values();
    }

    private static Change change(FakeRow row) {
        return new Change(row.changed(), row.id().value());
    }
}
