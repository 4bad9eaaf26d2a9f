package org.psasync.testkit.autotask;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of a kind, by their ids. The tenant guards it. */
final class Table {
    final Entity entity;
    private final NavigableMap<Long, Row> rows = new TreeMap<>();
    private long last;

    Table(Entity entity, long after) {
        this.entity = entity;
        this.last = after;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /** The rows behind an id, rising. */
    Collection<Row> after(long id) {
        return rows.tailMap(id, false).values();
    }

    @Nullable
    Row find(long id) {
        return rows.get(id);
    }

    /** Adds a row under the next id. */
    Row add() {
        last++;
        return add(last);
    }

    Row add(long id) {
        Row row = new Row(id);
        row.values.put("id", id);
        rows.put(id, row);
        return row;
    }

    void remove(long id) {
        rows.remove(id);
    }
}
