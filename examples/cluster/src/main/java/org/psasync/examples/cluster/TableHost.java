package org.psasync.examples.cluster;

import static org.psasync.examples.cluster.Records.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Revision;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** The records of one account of the host, in a table. */
final class TableHost implements AssetRepository {
    private static final String SELECT = "select * from host_records where account = ?";

    private final Records records;
    private final String account;

    TableHost(Records records, String account) {
        this.records = records;
        this.account = account;
    }

    private static Asset read(ResultSet row) throws SQLException {
        Instant edited = row.getObject("edited", OffsetDateTime.class).toInstant();
        String pair = row.getString("pair");
        return new Asset(
                new LocalId(row.getString("id")),
                Records.values(row),
                new Revision(row.getString("revision")),
                new Edit(Origin.valueOf(row.getString("origin")), row.getString("actor"), edited),
                pair == null ? null : PairId.parse(pair));
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        return kind == AssetKind.ORGANIZATION ? records.in(connection -> find(connection, ids)) : List.of();
    }

    private List<Asset> find(Connection connection, Collection<LocalId> ids) throws SQLException {
        Long[] numbers = ids.stream().map(id -> Long.valueOf(id.value())).toArray(Long[]::new);
        return Records.query(
                connection,
                SELECT + " and id = any (?)",
                TableHost::read,
                account,
                connection.createArrayOf("bigint", numbers));
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        Object[] names = keys.stream()
                .map(key -> key.values().get(OrganizationFields.NAME))
                .toArray();
        return records.in(connection -> Records.query(
                connection,
                SELECT + " and name = any (?)",
                TableHost::read,
                account,
                connection.createArrayOf("text", names)));
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        if (kind != AssetKind.ORGANIZATION) {
            return List.of();
        }
        long from = after == null ? 0 : Long.parseLong(after.value());
        return records.query(SELECT + " and id > ? order by id limit ?", TableHost::read, account, from, limit);
    }

    @Override
    public boolean keepsPairIds() {
        return true;
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        return records.in(connection -> {
            List<LocalResult> results = new ArrayList<>();
            for (LocalChange change : changes) {
                results.add(change.isCreate() ? create(connection, change) : change(connection, change));
            }
            return results;
        });
    }

    private LocalResult create(Connection connection, LocalChange change) throws SQLException {
        update(
                connection,
                "insert into host_records (account, name, short_name, revision, origin, actor, edited, pair)"
                        + " values (?, ?, ?, 1, 'SYNC', 'sync', now(), ?) on conflict (account, pair) do nothing",
                account,
                change.values().get(OrganizationFields.NAME),
                change.values().get(OrganizationFields.SHORT_NAME),
                change.pair().toString());
        List<Asset> made = Records.query(
                connection,
                SELECT + " and pair = ?",
                TableHost::read,
                account,
                change.pair().toString());
        return new LocalResult.Written(made.get(0));
    }

    private LocalResult change(Connection connection, LocalChange change) throws SQLException {
        LocalId id = Objects.requireNonNull(change.id());
        FieldValues values = change.values();
        int changed = update(
                connection,
                "update host_records set name = case when ? then ? else name end,"
                        + " short_name = case when ? then ? else short_name end, revision = revision + 1,"
                        + " origin = 'SYNC', actor = 'sync', edited = now() where account = ? and id = ? and revision = ?",
                values.has(OrganizationFields.NAME),
                values.get(OrganizationFields.NAME),
                values.has(OrganizationFields.SHORT_NAME),
                values.get(OrganizationFields.SHORT_NAME),
                account,
                Long.parseLong(id.value()),
                Long.parseLong(Objects.requireNonNull(change.expected()).token()));
        List<Asset> now = find(connection, List.of(id));
        if (now.isEmpty()) {
            return new LocalResult.Missing();
        }
        return changed == 1 ? new LocalResult.Written(now.get(0)) : new LocalResult.Moved(now.get(0));
    }

    @Override
    public void pickLists(List<PickValue> values) {
        // This host has one type and one status.
    }
}
