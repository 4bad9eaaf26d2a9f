package org.psasync.engine.desk;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
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
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteResult;

/** The PSA as it would be: reads go to the real one, writes are kept here (RUN-4). */
public final class RehearsalPsa implements PsaConnector {
    private static final String MADE = "new-";

    private final PsaConnector real;
    private final Map<RemoteRef, RemoteRecord> written = new HashMap<>();

    RehearsalPsa(PsaConnector real) {
        this.real = real;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return real.descriptor();
    }

    @Override
    public ConnectionCheck check() {
        return real.check();
    }

    @Override
    public ReferenceData reference() {
        return real.reference();
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        return real.changes(kind, scope, cursor, limit);
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return real.ids(kind, scope, cursor);
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, RemoteRead> result = new HashMap<>();
        List<RemoteId> others = new ArrayList<>();
        for (RemoteId id : ids) {
            RemoteRecord record = written.get(new RemoteRef(kind, id));
            if (record == null) {
                others.add(id);
            } else {
                result.put(id, new RemoteRead.Found(record));
            }
        }
        if (!others.isEmpty()) {
            result.putAll(real.read(kind, others));
        }
        return result;
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        return names(key.values()) ? List.of() : overlaid(real.find(key));
    }

    @Override
    public Draft prepare(Draft draft) {
        return names(draft.values()) ? draft : real.prepare(draft);
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return names(draft.values()) ? List.of() : overlaid(real.findCreated(draft));
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return isMade(new RemoteRef(kind, id)) ? Optional.empty() : real.address(kind, id);
    }

    private List<RemoteRecord> overlaid(List<RemoteRecord> records) {
        return records.stream()
                .map(record -> Objects.requireNonNullElse(written.get(record.ref()), record))
                .toList();
    }

    /**
     * Returns whether the values name a record that only the rehearsal made. The real PSA cannot be asked about it, and
     * has nothing that belongs to it.
     */
    private boolean names(FieldValues values) {
        boolean[] found = {false};
        values.forEachReference(ref -> found[0] |= ref instanceof RemoteRef remote && isMade(remote));
        return found[0];
    }

    /** Returns whether a rehearsal gave this id to a record that it made. */
    public static boolean isMade(RemoteId id) {
        return id.value().startsWith(MADE);
    }

    private boolean isMade(RemoteRef ref) {
        return ref.id().value().startsWith(MADE) && written.containsKey(ref);
    }

    @Override
    public WriteResult create(Draft draft) {
        RemoteRecord record = RemoteRecord.of(new RemoteId(MADE + draft.pair()), RemoteVersion.UNKNOWN, draft.values());
        written.put(record.ref(), record);
        List<RemoteRecord> parts = new ArrayList<>();
        for (Draft part : draft.parts()) {
            parts.add(Objects.requireNonNull(create(part).record()));
        }
        return new WriteResult(record.id(), record, List.of(), parts);
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        RemoteRecord record = RemoteRecord.of(
                update.id(), update.seen().version(), update.seen().values().overlaidWith(update.changes()));
        written.put(record.ref(), record);
        return WriteResult.of(record);
    }

    @Override
    public long requests() {
        return real.requests();
    }

    /** Does nothing: the real connector belongs to whoever opened it. */
    @Override
    public void close() {}
}
