package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.psasync.engine.RunReport.Status;
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
 * The PSA through a connector that may be broken. What no connector should throw, or answer, stops a run and is held
 * against no record; of a write it means that nobody knows whether it took effect (SAFE-1, MERGE-9).
 */
final class GuardedPsa implements PsaConnector {
    private final PsaConnector connector;
    private final Runnable before;

    GuardedPsa(PsaConnector connector) {
        this(connector, () -> {});
    }

    /**
     * Guards a connector.
     *
     * @param before is called before anything is asked of the PSA; what it throws keeps that from happening
     */
    GuardedPsa(PsaConnector connector, Runnable before) {
        this.connector = connector;
        this.before = before;
    }

    private static <T> T guarded(String what, Supplier<T> call) {
        try {
            return requireNonNull(call.get(), "it answered null");
        } catch (ConnectorException | RunStopped failure) {
            throw failure;
        } catch (RuntimeException broken) {
            throw new RunStopped(
                    Status.ERROR, "The connector could not " + what + ": " + FailureText.of(broken), null, broken);
        }
    }

    private static <T> T written(Supplier<T> call) {
        try {
            return call.get();
        } catch (ConnectorException failure) {
            throw failure;
        } catch (RuntimeException broken) {
            throw new ConnectorException.Unavailable(
                    "the connector broke at the write: " + FailureText.of(broken), true, broken);
        }
    }

    private static RunStopped unfit(String text) {
        return new RunStopped(Status.ERROR, text, null, null);
    }

    private static void requireKind(AssetKind kind, List<RemoteRecord> answer) {
        for (RemoteRecord record : answer) {
            if (record.values().kind() != kind) {
                throw unfit("The connector was asked for records of kind " + kind + " and answered " + record.ref());
            }
        }
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return connector.descriptor();
    }

    @Override
    public ConnectionCheck check() {
        return guarded("check the connection", connector::check);
    }

    @Override
    public ReferenceData reference() {
        before.run();
        return guarded("read lists", connector::reference);
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        before.run();
        return guarded("read changes", () -> {
            RemotePage page = connector.changes(kind, scope, cursor, limit);
            requireKind(kind, page.records());
            return page;
        });
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        before.run();
        return guarded("list records", () -> connector.ids(kind, scope, cursor));
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        before.run();
        return guarded("read records", () -> {
            Map<RemoteId, RemoteRead> answers = connector.read(kind, ids);
            Set<RemoteId> wanted = Set.copyOf(ids);
            answers.forEach((id, answer) -> {
                RemoteId shown = answer instanceof RemoteRead.Found found
                        ? found.record().id()
                        : id;
                if (!wanted.contains(id) || !id.equals(shown)) {
                    throw unfit("The connector was asked for other records of kind " + kind + " and answered " + shown);
                }
                if (answer instanceof RemoteRead.Found found) {
                    requireKind(kind, List.of(found.record()));
                }
            });
            return answers;
        });
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        before.run();
        return guarded("search records", () -> {
            List<RemoteRecord> found = connector.find(key);
            requireKind(key.values().kind(), found);
            return found;
        });
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        before.run();
        return guarded("search a record", () -> {
            List<RemoteRecord> found = connector.findCreated(draft);
            requireKind(draft.kind(), found);
            return found;
        });
    }

    @Override
    public Draft prepare(Draft draft) {
        before.run();
        return guarded("prepare a record", () -> connector.prepare(draft));
    }

    @Override
    public WriteResult create(Draft draft) {
        before.run();
        return written(() -> {
            WriteResult result = connector.create(draft);
            return fitting(result, draft.kind(), result.id());
        });
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        before.run();
        return written(() -> fitting(connector.update(update), update.kind(), update.id()));
    }

    private static WriteResult fitting(WriteResult result, AssetKind kind, RemoteId id) {
        RemoteRecord shown = result.record();
        boolean other =
                shown != null && (!shown.id().equals(id) || shown.values().kind() != kind);
        if (other || !result.id().equals(id)) {
            throw new IllegalStateException("it answered with another record, " + result.id());
        }
        return result;
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return connector.webhook(request);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return guarded("tell an address", () -> connector.address(kind, id));
    }

    @Override
    public long requests() {
        return connector.requests();
    }

    /** Does nothing: the connector belongs to whoever opened it. */
    @Override
    public void close() {}
}
