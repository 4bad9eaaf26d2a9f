package org.psasync.examples.cluster;

import static org.psasync.examples.cluster.Records.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteResult;

/** A PSA that is a table, and takes its time to answer. */
final class TablePsa implements PsaConnector {
    private static final String SELECT = "select * from psa_records where tenant = ?";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Records records;
    private final String tenant;
    private final Duration answering;
    private final AtomicLong requests = new AtomicLong();

    TablePsa(Records records, String tenant, Duration answering) {
        this.records = records;
        this.tenant = tenant;
        this.answering = answering;
    }

    private static FieldRule rule(Field<?> field) {
        return new FieldRule(field, FieldRule.Direction.BOTH, 0, field.equals(OrganizationFields.NAME));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        KindDescriptor organizations = new KindDescriptor(
                AssetKind.ORGANIZATION,
                Reading.DELTA,
                true,
                true,
                false,
                false,
                true,
                true,
                true,
                DEADLINE,
                List.of(
                        rule(OrganizationFields.NAME),
                        rule(OrganizationFields.SHORT_NAME),
                        rule(OrganizationFields.TYPES),
                        rule(OrganizationFields.STATUS)));
        return new ConnectorDescriptor(
                "table", "the table", Map.of(AssetKind.ORGANIZATION, organizations), List.of(), DEADLINE);
    }

    /** The request arrives after half of the time, and its answer after the other half. */
    private <T> T answer(Records.Work<T> work) {
        requests.incrementAndGet();
        pause();
        T answer = records.in(work);
        pause();
        return answer;
    }

    private void pause() {
        try {
            Thread.sleep(answering.toMillis() / 2);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectorException.Unavailable("interrupted", true, interrupted);
        }
    }

    @Override
    public ConnectionCheck check() {
        return answer(connection -> new ConnectionCheck(tenant, "1", List.of(), List.of(), "all"));
    }

    @Override
    public ReferenceData reference() {
        return answer(connection -> new ReferenceData(
                Map.of(
                        OrganizationFields.TYPES, List.of(ReferenceData.Entry.of("1", "Customer")),
                        OrganizationFields.STATUS, List.of(ReferenceData.Entry.of("1", "Active"))),
                Map.of(),
                List.of()));
    }

    private static RemoteRecord read(ResultSet row) throws SQLException {
        return RemoteRecord.of(
                new RemoteId(row.getString("id")),
                new RemoteVersion(row.getString("changed"), null),
                Records.values(row));
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        long from = cursor.isStart() ? 0 : Long.parseLong(cursor.text());
        List<RemoteRecord> page = answer(connection -> query(
                connection, SELECT + " and changed > ? order by changed limit ?", TablePsa::read, tenant, from, limit));
        boolean last = page.size() < limit;
        String next = page.isEmpty()
                ? Long.toString(from)
                : page.get(page.size() - 1).version().token();
        return RemotePage.of(page, new RemoteCursor(next), last);
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        List<RemoteId> ids = answer(connection ->
                query(connection, SELECT + " order by id", row -> new RemoteId(row.getString("id")), tenant));
        return new IdPage(ids, List.of(), RemoteCursor.start(), true, true);
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        Long[] numbers = ids.stream().map(id -> Long.valueOf(id.value())).toArray(Long[]::new);
        Map<RemoteId, RemoteRead> answers = new HashMap<>();
        ids.forEach(id -> answers.put(id, new RemoteRead.NotFound()));
        List<RemoteRecord> found = answer(connection -> query(
                connection,
                SELECT + " and id = any (?)",
                TablePsa::read,
                tenant,
                connection.createArrayOf("bigint", numbers)));
        found.forEach(record -> answers.put(record.id(), new RemoteRead.Found(record)));
        return answers;
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        String name = key.values().get(OrganizationFields.NAME);
        return answer(
                connection -> query(connection, SELECT + " and lower(name) = lower(?)", TablePsa::read, tenant, name));
    }

    @Override
    public WriteResult create(Draft draft) {
        return answer(connection -> {
            List<Long> ids = query(
                    connection,
                    "insert into psa_records (tenant, name, short_name, changed, made_for) values (?, ?, ?, ?, ?)"
                            + " returning id",
                    row -> row.getLong(1),
                    tenant,
                    draft.values().get(OrganizationFields.NAME),
                    draft.values().get(OrganizationFields.SHORT_NAME),
                    nextChange(connection, tenant),
                    draft.pair().toString());
            return WriteResult.of(one(connection, ids.get(0)));
        });
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        FieldValues changes = update.changes();
        long id = Long.parseLong(update.id().value());
        return answer(connection -> {
            Records.update(
                    connection,
                    "update psa_records set name = case when ? then ? else name end,"
                            + " short_name = case when ? then ? else short_name end, changed = ? where id = ?",
                    changes.has(OrganizationFields.NAME),
                    changes.get(OrganizationFields.NAME),
                    changes.has(OrganizationFields.SHORT_NAME),
                    changes.get(OrganizationFields.SHORT_NAME),
                    nextChange(connection, tenant),
                    id);
            return WriteResult.of(one(connection, id));
        });
    }

    private RemoteRecord one(Connection connection, long id) throws SQLException {
        return query(connection, SELECT + " and id = ?", TablePsa::read, tenant, id)
                .get(0);
    }

    /** Numbers the changes of a tenant in the order of their commits. */
    static long nextChange(Connection connection, String tenant) throws SQLException {
        return query(
                        connection,
                        "insert into tenants (tenant, last) values (?, 1) on conflict (tenant) do update"
                                + " set last = tenants.last + 1 returning last",
                        row -> row.getLong(1),
                        tenant)
                .get(0);
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {}
}
