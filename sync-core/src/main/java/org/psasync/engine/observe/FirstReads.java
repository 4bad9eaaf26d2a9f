package org.psasync.engine.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.store.Pair;

/** Reads the PSA records that must be read before anything is decided about others, or about them (MERGE-8). */
public final class FirstReads {
    private final Desk desk;
    private final Observer observer;
    private final Set<RemoteId> askedFor = new HashSet<>();

    public FirstReads(Desk desk, Observer observer) {
        this.desk = desk;
        this.observer = observer;
    }

    /**
     * Returns pairs as they are after what must be read was read; what could not be understood is set aside, but for
     * links, of which it is still decided whether they leave.
     *
     * @param fresh takes the records that were read now
     */
    public List<Pair> read(AssetKind kind, List<Pair> batch, Set<RemoteId> fresh) {
        List<RemoteId> ids = new ArrayList<>();
        for (Pair pair : batch) {
            if (pair.mustRead() && pair.remote() != null && !pair.leftAlone()) {
                ids.add(pair.remote());
            }
        }
        if (ids.isEmpty()) {
            organizationsOf(batch);
            return batch;
        }
        Map<RemoteId, Pair> read = observer.read(kind, ids);
        read.forEach((id, pair) -> addIfFresh(fresh, id, pair));
        List<Pair> result = new ArrayList<>();
        for (Pair pair : batch) {
            Pair now = pair.remote() == null ? null : read.get(pair.remote());
            if (now == null || now.dirty() || now.linked()) { // else it could not be understood and was set aside
                result.add(now == null ? pair : now);
            }
        }
        organizationsOf(result);
        return result;
    }

    /**
     * Reads the organizations, unknown so far, to which records moved: whether a record waits for its organization or leaves
     * with it depends on them (FIELD-10). One that cannot be seen is asked for once.
     */
    public void organizationsOf(Collection<Pair> pairs) {
        Set<RemoteId> named = new HashSet<>();
        for (Pair pair : pairs) {
            if (pair.linked() && !pair.leftAlone() && moved(pair)) {
                named.add(Objects.requireNonNull(pair.organization()));
            }
        }
        named.removeAll(askedFor);
        if (!named.isEmpty()) {
            named.removeAll(desk.state().byRemote(AssetKind.ORGANIZATION, named).keySet());
            askedFor.addAll(named);
            observer.read(AssetKind.ORGANIZATION, named);
        }
    }

    private static boolean moved(Pair pair) {
        Field<AssetRef> field = Fields.organization(pair.kind());
        return field != null
                && pair.organization() != null
                && !Objects.equals(
                        pair.baseOrNone().remote().get(field),
                        pair.remoteValues().get(field));
    }

    /** An answer that was older than what is known already is no fresh read. */
    public static void addIfFresh(Set<RemoteId> fresh, RemoteId id, Pair pair) {
        if (!pair.mustRead()) {
            fresh.add(id);
        }
    }
}
