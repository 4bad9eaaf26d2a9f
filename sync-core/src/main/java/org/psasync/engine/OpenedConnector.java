package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.psasync.engine.desk.FailureText;
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
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteResult;

/**
 * A connector as a source opened it. It describes itself once; what may be asked outside of runs fails as the port says,
 * should the connector be broken, so that no other exception of it comes out of the engine. Records are read and written
 * by runs and pushes, which judge what comes of that themselves.
 */
final class OpenedConnector implements PsaConnector {
    private final PsaConnector connector;
    private final ConnectorDescriptor descriptor;
    private long requests;

    private OpenedConnector(PsaConnector connector, ConnectorDescriptor descriptor) {
        this.connector = connector;
        this.descriptor = descriptor;
    }

    /** @throws RuntimeException when the connector cannot describe itself; it is of no use then */
    static OpenedConnector of(PsaConnector connector) {
        return new OpenedConnector(
                connector, requireNonNull(connector.descriptor(), "the connector does not describe itself"));
    }

    private static <T> T asked(String what, Supplier<T> call) {
        try {
            return requireNonNull(call.get(), "it answered null");
        } catch (ConnectorException | UnsupportedOperationException declared) {
            throw declared;
        } catch (RuntimeException broken) {
            throw new ConnectorException.Unavailable(
                    "The connector could not " + what + ": " + FailureText.of(broken), false, broken);
        }
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public PsaConnector forPushes() {
        PsaConnector pushing = asked("be used for pushes", connector::forPushes);
        return pushing.equals(connector) ? this : new OpenedConnector(pushing, descriptor);
    }

    @Override
    public void budgetShare(double share) {
        asked("take its share of the requests", () -> {
            connector.budgetShare(share);
            return descriptor;
        });
    }

    @Override
    public ConnectionCheck check() {
        return asked("check the connection", connector::check);
    }

    @Override
    public ReferenceData reference() {
        return asked("read lists", connector::reference);
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return asked("look at a webhook", () -> connector.webhook(request));
    }

    /** What cannot be counted did not grow. */
    @Override
    public synchronized long requests() {
        try {
            requests = connector.requests();
        } catch (RuntimeException broken) {
            return requests;
        }
        return requests;
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        return connector.changes(kind, scope, cursor, limit);
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return connector.ids(kind, scope, cursor);
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        return connector.read(kind, ids);
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        return connector.find(key);
    }

    @Override
    public Draft prepare(Draft draft) {
        return connector.prepare(draft);
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return connector.findCreated(draft);
    }

    @Override
    public WriteResult create(Draft draft) {
        return connector.create(draft);
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        return connector.update(update);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return connector.address(kind, id);
    }

    @Override
    public void close() {
        connector.close();
    }
}
