package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

/** Who has the records that pairs gain: looked up for many changes at once, before they are stored. */
final class Holders {
    private final Map<LocalRef, Pair> ofLocal = new HashMap<>();
    private final Map<RemoteRef, Pair> ofRemote = new HashMap<>();
    private final Set<LocalRef> ownedElsewhere = new HashSet<>();

    static Holders of(IntegrationState state, List<Marks.Change> changes) {
        Map<AssetKind, List<LocalId>> local = new EnumMap<>(AssetKind.class);
        Map<AssetKind, List<RemoteId>> remote = new EnumMap<>(AssetKind.class);
        Map<AssetKind, List<LocalId>> taken = new EnumMap<>(AssetKind.class);
        for (Marks.Change change : changes) {
            Pair after = change.after();
            if (gainsLocal(change)) {
                in(local, after.kind()).add(requireNonNull(after.local()));
            }
            if (gainsRemote(change)) {
                in(remote, after.kind()).add(requireNonNull(after.remote()));
            }
            if (begins(change)) {
                in(taken, after.kind()).add(requireNonNull(after.local()));
            }
        }
        Holders result = new Holders();
        local.forEach((kind, ids) ->
                state.byLocal(kind, ids).forEach((id, pair) -> result.ofLocal.put(new LocalRef(kind, id), pair)));
        remote.forEach((kind, ids) ->
                state.byRemote(kind, ids).forEach((id, pair) -> result.ofRemote.put(new RemoteRef(kind, id), pair)));
        taken.forEach((kind, ids) -> state.ownedElsewhere(kind, ids)
                .keySet()
                .forEach(id -> result.ownedElsewhere.add(new LocalRef(kind, id))));
        return result;
    }

    private static <I> List<I> in(Map<AssetKind, List<I>> ids, AssetKind kind) {
        return ids.computeIfAbsent(kind, key -> new ArrayList<>());
    }

    /** What a pair was stored with, nobody else has. */
    private static boolean gainsLocal(Marks.Change change) {
        LocalId now = change.after().local();
        return now != null && (isNew(change) || !now.equals(change.before().local()));
    }

    private static boolean gainsRemote(Marks.Change change) {
        RemoteId now = change.after().remote();
        return now != null && (isNew(change) || !now.equals(change.before().remote()));
    }

    private static boolean isNew(Marks.Change change) {
        return change.before().version() == 0;
    }

    private static boolean begins(Marks.Change change) {
        return change.after().holdsLocal() && !change.before().holdsLocal();
    }

    /** Returns whether a pair begins to hold what another integration holds: of two, one is first (SET-9). */
    boolean ownedElsewhere(Marks.Change change) {
        return begins(change) && ownedElsewhere.contains(change.after().localRef());
    }

    /** Returns the other pair that has a record which a pair gains; null when there is none. */
    @Nullable
    Pair other(Marks.Change change) {
        PairId id = change.after().id();
        Pair local = ofLocal.get(change.after().localRef());
        if (local != null && !local.id().equals(id)) {
            return local;
        }
        Pair remote = ofRemote.get(change.after().remoteRef());
        return remote == null || remote.id().equals(id) ? null : remote;
    }
}
