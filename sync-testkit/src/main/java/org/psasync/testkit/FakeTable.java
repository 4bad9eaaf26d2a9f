package org.psasync.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;

/** The records of one kind of a fake PSA, in the order of their ids and of their changes. */
final class FakeTable {
    private static final Comparator<String> COUNTING_UP =
            Comparator.<String>comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final TreeMap<String, FakeRow> byId = new TreeMap<>(COUNTING_UP);
    private final TreeMap<Change, FakeRow> byChange =
            new TreeMap<>(Comparator.comparing(Change::at).thenComparing(Change::id, COUNTING_UP));

    private final Map<String, Set<String>> byName = new HashMap<>();

    private record Change(Instant at, String id) {}

    @Nullable
    FakeRow get(RemoteId id) {
        return byId.get(id.value());
    }

    void put(FakeRow row) {
        FakeRow before = byId.put(row.id().value(), row);
        if (before != null) {
            forget(before);
        }
        byChange.put(change(row), row);
        for (String name : names(row)) {
            byName.computeIfAbsent(name, each -> new TreeSet<>(COUNTING_UP))
                    .add(row.id().value());
        }
    }

    void remove(RemoteId id) {
        FakeRow before = byId.remove(id.value());
        if (before != null) {
            forget(before);
        }
    }

    private void forget(FakeRow row) {
        byChange.remove(change(row));
        for (String name : names(row)) {
            byName.computeIfPresent(name, (each, ids) -> {
                ids.remove(row.id().value());
                return ids.isEmpty() ? null : ids;
            });
        }
    }

    /** A record is found by its names and by those that it was made with, which the PSA may have stored otherwise. */
    private static Set<String> names(FakeRow row) {
        Set<String> names = new HashSet<>();
        names.add(FakeNames.key(row.values()));
        if (row.sent() != null) {
            names.add(FakeNames.key(row.sent()));
        }
        return names;
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
    Stream<FakeRow> after(String id) {
        return lazily(byId.tailMap(id, false).values());
    }

    /** Returns the rows that changed after the time, or at it with higher ids, in the order of change. */
    Stream<FakeRow> changedAfter(Instant at, String id) {
        return lazily(byChange.tailMap(new Change(at, id), false).values());
    }

    /** The stream of a tail counts the whole tail first; this one takes only what is asked for. */
    private static Stream<FakeRow> lazily(Collection<FakeRow> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows.iterator(), Spliterator.ORDERED), false);
    }

    /** Returns the rows with the names in these values, by id; all rows if a name is not in them. */
    Collection<FakeRow> named(FieldValues key) {
        if (!FakeNames.areIn(key)) {
            return rows();
        }
        return byName.getOrDefault(FakeNames.key(key), Set.of()).stream()
                .map(id -> requireNonNull(byId.get(id)))
                .toList();
    }

    private static Change change(FakeRow row) {
        return new Change(row.changed(), row.id().value());
    }
}
