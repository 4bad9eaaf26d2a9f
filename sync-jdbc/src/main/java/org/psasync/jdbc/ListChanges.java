package org.psasync.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;

/** Which pairs leave which lists and which enter them; only what differs is written. */
final class ListChanges {
    private final PairTable table;
    private final List<String> leftLists = new ArrayList<>();
    private final List<byte[]> leaving = new ArrayList<>();
    private final List<@Nullable Object[]> entering = new ArrayList<>();

    ListChanges(PairTable table) {
        this.table = table;
    }

    void move(PairId id, Set<String> before, Set<String> after) {
        byte[] key = KeyText.bytes(id);
        for (String list : before) {
            if (!after.contains(list)) {
                leftLists.add(list);
                leaving.add(key);
            }
        }
        for (String list : after) {
            if (!before.contains(list)) {
                entering.add(new @Nullable Object[] {table.integration(), list, key});
            }
        }
    }

    void store() throws SQLException {
        remove();
        Sql.insert(table.connection(), "insert into psasync_lists (integration, list, id) values ", "", entering);
    }

    /** On PostgreSQL each row is looked up on its own, for the reason told at {@link Keys#among}, and all are removed together. */
    private void remove() throws SQLException {
        if (leaving.isEmpty()) {
            return;
        }
        if (table.dialect() == Dialect.POSTGRES) {
            Sql.update(
                    table.connection(),
                    "delete from psasync_lists where ctid = any (array(select (select l.ctid from psasync_lists l"
                            + " where l.integration = ? and l.list = k.list and l.id = k.id)"
                            + " from unnest(?::text[], ?::bytea[]) k(list, id)))",
                    table.integration(),
                    Keys.texts("list", leftLists),
                    Keys.bytes("id", leaving));
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < leaving.size(); i++) {
            rows.add(new @Nullable Object[] {table.integration(), leftLists.get(i), leaving.get(i)});
        }
        Sql.batch(table.connection(), "delete from psasync_lists where integration = ? and list = ? and id = ?", rows);
    }
}
