package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one kind, by id and by parent. */
final class Table {
    final Shape shape;
    private final @Nullable Field parent;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, List<Row>> byParent = new HashMap<>();
    private int lastId;

    Table(Shape shape) {
        this.shape = shape;
        List<Field> parents = shape.parents();
        this.parent = parents.isEmpty() ? null : parents.get(parents.size() - 1);
    }

    String name() {
        return shape.name();
    }

    Field field(String name) {
        return shape.field(name);
    }

    /** The next id; ids of deleted records do not come back. */
    int nextId() {
        lastId++;
        return lastId;
    }

    /** Lets ids go on after {@code id}, so that kinds of records can be told apart by their ids. */
    void startAfter(int id) {
        lastId = Math.max(lastId, id);
    }

    Row newRow() {
        return new Row(nextId(), shape.fields().size());
    }

    /** All rows by rising id; a view. */
    List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    @Nullable
    Row find(int id) {
        int at = position(id);
        return at >= 0 ? rows.get(at) : null;
    }

    /** The rows below a parent, by rising id. */
    List<Row> below(int parentId) {
        return List.copyOf(byParent.getOrDefault(parentId, List.of()));
    }

    void insert(Row row) {
        int at = position(row.id);
        if (at >= 0) {
            throw new IllegalArgumentException(name() + " " + row.id + " is there already");
        }
        rows.add(-at - 1, row);
        startAfter(row.id);
        if (parent != null) {
            byParent.computeIfAbsent(row.pointer(parent), id -> new ArrayList<>(2))
                    .add(row);
        }
    }

    void remove(Row row) {
        rows.remove(position(row.id));
        if (parent != null) {
            unlink(row, parent);
        }
    }

    /** Gives a row other values, and moves it below another parent if they say so. */
    void replace(Row row, @Nullable Object[] values) {
        if (parent != null) {
            unlink(row, parent);
        }
        row.replaceValues(values);
        if (parent != null) {
            List<Row> siblings = byParent.computeIfAbsent(row.pointer(parent), id -> new ArrayList<>(2));
            siblings.add(row);
            siblings.sort((a, b) -> Integer.compare(a.id, b.id));
        }
    }

    private void unlink(Row row, Field by) {
        List<Row> siblings = byParent.get(row.pointer(by));
        if (siblings != null) {
            siblings.remove(row);
        }
    }

    /** The position of the first row with an id above {@code id}. */
    int firstAfter(int id) {
        int at = position(id);
        return at >= 0 ? at + 1 : -at - 1;
    }

    private int position(int id) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = rows.get(middle).id;
            if (found == id) {
                return middle;
            }
            if (found < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
