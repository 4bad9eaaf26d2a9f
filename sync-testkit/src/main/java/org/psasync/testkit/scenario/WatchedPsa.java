package org.psasync.testkit.scenario;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
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

/** A connector that tells of each write that it is asked for, and of what else fails. */
final class WatchedPsa implements PsaConnector {
    private final PsaConnector real;
    private final Consumer<Sent> writes;
    private final Consumer<String> failures;

    WatchedPsa(PsaConnector real, Consumer<Sent> writes, Consumer<String> failures) {
        this.real = real;
        this.writes = writes;
        this.failures = failures;
    }

    private <T> T watched(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConnectorException failure) {
            failures.accept(what + " -> " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
            throw failure;
        }
    }

    private WriteResult written(@Nullable RemoteRef record, FieldValues values, Supplier<WriteResult> call) {
        boolean created = record == null;
        try {
            WriteResult result = call.get();
            writes.accept(new Sent(new RemoteRef(values.kind(), result.id()), created, values, null));
            return result;
        } catch (ConnectorException failure) {
            writes.accept(new Sent(record, created, values, failure.getClass().getSimpleName()));
            throw failure;
        }
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return real.descriptor();
    }

    @Override
    public ConnectionCheck check() {
        return watched("check", real::check);
    }

    @Override
    public ReferenceData reference() {
        return watched("reading of the lists", real::reference);
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        return watched("reading of changes, " + kind, () -> real.changes(kind, scope, cursor, limit));
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return watched("listing of ids, " + kind, () -> real.ids(kind, scope, cursor));
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        return watched("read of " + kind + " " + ids, () -> real.read(kind, ids));
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        return watched("search for " + key.values(), () -> real.find(key));
    }

    @Override
    public Draft prepare(Draft draft) {
        return watched("check of a draft " + draft.values(), () -> real.prepare(draft));
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return watched("search for " + draft.values(), () -> real.findCreated(draft));
    }

    @Override
    public WriteResult create(Draft draft) {
        return written(null, draft.values(), () -> real.create(draft));
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        RemoteRef record = new RemoteRef(update.kind(), update.id());
        return written(record, update.changes(), () -> real.update(update));
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return real.webhook(request);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return real.address(kind, id);
    }

    @Override
    public PsaConnector forPushes() {
        return new WatchedPsa(real.forPushes(), writes, failures);
    }

    @Override
    public void budgetShare(double share) {
        real.budgetShare(share);
    }

    @Override
    public long requests() {
        return real.requests();
    }

    @Override
    public void close() {
        real.close();
    }
}
