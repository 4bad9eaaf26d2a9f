package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of one kind, by their ids. The tenant guards it. */
final class Table {
    final String name;
    private final SortedMap<Integer, ObjectNode> rows = new TreeMap<>();
    private int last;

    /** @param after the ids begin behind this one */
    Table(String name, int after) {
        this.name = name;
        this.last = after;
    }

    Collection<ObjectNode> rows() {
        return rows.values();
    }

    @Nullable
    ObjectNode find(int id) {
        return rows.get(id);
    }

    /** @throws Refusal when there is none */
    ObjectNode get(int id) {
        ObjectNode row = rows.get(id);
        if (row == null) {
            throw Refusal.missing(name, id);
        }
        return row;
    }

    /** Adds a row under the next id. */
    ObjectNode add(ObjectNode row) {
        last++;
        row.put("Id", last);
        rows.put(last, row);
        return row;
    }

    void remove(int id) {
        rows.remove(id);
    }
}
