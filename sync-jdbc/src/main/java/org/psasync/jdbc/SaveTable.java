package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.LocalRef;
import org.psasync.store.NotedSave;

/**
 * Saves that hosts noted in transactions of their own. Notes refer to no other table, so that nobody waits for a host that
 * takes its time to commit.
 */
record SaveTable(Connection connection) {
    /** Returns whether the integration is known. */
    boolean note(String integration, LocalRef record) throws SQLException {
        int noted = Sql.update(
                connection,
                "insert into psasync_saves (integration, record) select id, ? from psasync_integrations where name_key = ?",
                Codec.write(record),
                KeyText.of(integration));
        return noted == 1;
    }

    List<NotedSave> oldest(long integration, int limit) throws SQLException {
        return Sql.query(
                connection,
                "select number, record from psasync_saves where integration = ? order by number limit ?",
                row -> new NotedSave(row.getLong(1), Codec.read(LocalRef.class, row.getString(2))),
                integration,
                limit);
    }

    void forget(List<NotedSave> saves) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        saves.forEach(save -> rows.add(new @Nullable Object[] {save.number()}));
        Sql.batch(connection, "delete from psasync_saves where number = ?", rows);
    }
}
