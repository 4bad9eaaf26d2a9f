package org.psasync.testkit.contract;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.Draft;
import org.psasync.spi.IdPage;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** Does what the fake PSA does; wrong connectors do one thing otherwise. */
class Faithful implements PsaConnector {
    final FakePsa psa;
    final TestClock clock;

    Faithful(FakePsa psa, TestClock clock) {
        this.psa = psa;
        this.clock = clock;
    }

    static RemotePage with(RemotePage page, UnaryOperator<List<RemoteRecord>> change) {
        List<RemoteRecord> records = change.apply(new ArrayList<>(page.records()));
        return new RemotePage(records, page.unreadable(), page.next(), page.last(), page.expected());
    }

    static RemoteRecord with(RemoteRecord record, FieldValues values) {
        return new RemoteRecord(
                record.id(), record.version(), values, record.deleted(), record.createdAt(), record.note());
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return psa.descriptor();
    }

    @Override
    public ConnectionCheck check() {
        return psa.check();
    }

    @Override
    public ReferenceData reference() {
        return psa.reference();
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        return psa.changes(kind, scope, cursor, limit);
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return psa.ids(kind, scope, cursor);
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        return psa.read(kind, ids);
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        return psa.find(key);
    }

    @Override
    public Draft prepare(Draft draft) {
        return psa.prepare(draft);
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return psa.findCreated(draft);
    }

    @Override
    public WriteResult create(Draft draft) {
        return psa.create(draft);
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        return psa.update(update);
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return psa.webhook(request);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return psa.address(kind, id);
    }

    @Override
    public PsaConnector forPushes() {
        return psa.forPushes();
    }

    @Override
    public long requests() {
        return psa.requests();
    }

    @Override
    public void close() {
        psa.close();
    }

    @Override
    public String toString() {
        return "Faithful to " + psa.descriptor().id();
    }
}
