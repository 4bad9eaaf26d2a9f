package org.psasync.engine.desk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
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
import org.psasync.spi.WriteResult;

/** In the place of a connector that is not open: it tells what that one can do, and every question fails. */
final class UnopenedPsa implements PsaConnector {
    private final ConnectorDescriptor descriptor;
    private final Supplier<ConnectorException> failure;

    UnopenedPsa(ConnectorDescriptor descriptor, Supplier<ConnectorException> failure) {
        this.descriptor = descriptor;
        this.failure = failure;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ConnectionCheck check() {
        throw failure.get();
    }

    @Override
    public ReferenceData reference() {
        throw failure.get();
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        throw failure.get();
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        throw failure.get();
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        throw failure.get();
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        throw failure.get();
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        throw failure.get();
    }

    @Override
    public Draft prepare(Draft draft) {
        throw failure.get();
    }

    @Override
    public WriteResult create(Draft draft) {
        throw failure.get();
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        throw failure.get();
    }

    /** Nothing was asked. */
    @Override
    public long requests() {
        return 0;
    }

    /** Does nothing: there is nothing open. */
    @Override
    public void close() {}
}
