package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.store.Lease;
import org.psasync.store.StateStore;

/** The integrations with what is kept once for each; and which of an account's has which local record (S7). */
record Integrations(Connection connection, Dialect dialect) {
    /**
     * One integration.
     *
     * @param lastEventAt the latest time of all its events
     * @param entered its place among those of the account, by when they began to take part
     * @param lease null when nobody runs it
     */
    record Row(
            long id,
            long entered,
            boolean disconnected,
            long lastEvent,
            long lastEventAt,
            @Nullable Lease lease,
            long epoch) {}

    private static final String ROW =
            "select id, entered, disconnected, last_event, last_event_at, lease, lease_epoch from psasync_integrations where id = ?";

    /** Returns the number of the integration with that name; a new one takes part after all others of its account. */
    long idOf(String name) throws SQLException {
        String account = KeyText.of(StateStore.account(name));
        Sql.update(
                connection,
                "insert into psasync_accounts (account_key) values (?) on conflict (account_key) do nothing",
                account);
        lockAccount(account);
        List<Long> found = find(name);
        if (!found.isEmpty()) {
            return found.get(0);
        }
        Sql.update(
                connection,
                "insert into psasync_integrations"
                        + " (id, name_key, name, account_key, entered, disconnected, last_event, lease, lease_epoch)"
                        + " values ((select coalesce(max(id), 0) + 1 from psasync_integrations), ?, ?, ?,"
                        + " (select coalesce(max(entered), 0) + 1 from psasync_integrations), 0, 0, null, 0)",
                KeyText.of(name),
                Codec.write(new Name(name)),
                account);
        return find(name).get(0);
    }

    /** A name as it is kept. */
    record Name(String text) {}

    private List<Long> find(String name) throws SQLException {
        return Sql.query(
                connection,
                "select id from psasync_integrations where name_key = ?",
                row -> row.getLong(1),
                KeyText.of(name));
    }

    /** Waits for its turn among those that change which integration of the account has what. */
    void lockAccount(String accountKey) throws SQLException {
        Sql.query(
                connection,
                "select account_key from psasync_accounts where account_key = ?" + dialect.locking,
                row -> row.getString(1),
                accountKey);
    }

    /** Waits for its turn among those that change the integration. */
    Row locked(long id) throws SQLException {
        return read(ROW + dialect.locking, id);
    }

    Row row(long id) throws SQLException {
        return read(ROW, id);
    }

    private Row read(String sql, long id) throws SQLException {
        List<Row> rows = Sql.query(
                connection,
                sql,
                row -> {
                    String lease = row.getString(6);
                    return new Row(
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3) != 0,
                            row.getLong(4),
                            row.getLong(5),
                            lease == null ? null : Codec.read(Lease.class, lease),
                            row.getLong(7));
                },
                id);
        if (rows.isEmpty()) {
            throw new DatabaseException("The database no longer holds the integration; it was emptied or replaced");
        }
        return rows.get(0);
    }

    void lease(long id, @Nullable Lease lease, long epoch) throws SQLException {
        Sql.update(
                connection,
                "update psasync_integrations set lease = ?, lease_epoch = ? where id = ?",
                lease == null ? null : Codec.write(lease),
                epoch,
                id);
    }

    void lastEvent(long id, long number, long latest) throws SQLException {
        String sql = "update psasync_integrations set last_event = ?, last_event_at = ? where id = ?";
        Sql.update(connection, sql, number, latest, id);
    }

    /** Takes part, or not; who begins to take part again comes after all others. */
    void disconnected(long id, boolean disconnected) throws SQLException {
        Sql.update(
                connection,
                "update psasync_integrations set disconnected = ?, entered = case when ? = 1 then entered"
                        + " else (select max(entered) + 1 from psasync_integrations) end where id = ?",
                disconnected ? 1 : 0,
                disconnected ? 1 : 0,
                id);
    }

    /** Another integration of the account that takes part. */
    private record Other(long id, String name, long entered) {}

    /**
     * Returns which other integration of the account goes before this one for which local records. Of those that both hold a
     * record, the one that entered first goes before; and whoever holds it before who does not. One that is disconnected has
     * given its records free.
     */
    Map<LocalId, String> owners(long id, AssetKind kind, Collection<LocalId> ids) throws SQLException {
        Map<LocalId, String> result = new HashMap<>();
        List<Other> others = others(id);
        if (others.isEmpty()) {
            return result;
        }
        Map<String, LocalId> byKey = new HashMap<>();
        ids.forEach(each -> byKey.put(KeyText.of(each.value()), each));
        Row me = row(id);
        Set<String> mine = PairTable.held(connection, dialect, id, kind, byKey.keySet());
        for (Other other : others) {
            boolean goesBefore = me.disconnected() || other.entered() < me.entered();
            for (String key : PairTable.held(connection, dialect, other.id(), kind, byKey.keySet())) {
                LocalId local = byKey.get(key);
                if (local != null && (goesBefore || !mine.contains(key))) {
                    result.put(local, other.name());
                }
            }
        }
        return result;
    }

    private List<Other> others(long id) throws SQLException {
        return Sql.query(
                connection,
                "select o.id, o.name, o.entered from psasync_integrations o join psasync_integrations me"
                        + " on o.account_key = me.account_key where me.id = ? and o.id <> me.id and o.disconnected = 0"
                        + " order by o.id",
                row -> new Other(
                        row.getLong(1), Codec.read(Name.class, row.getString(2)).text(), row.getLong(3)),
                id);
    }
}
