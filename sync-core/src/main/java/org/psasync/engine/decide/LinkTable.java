package org.psasync.engine.decide;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;

/**
 * The pairs of the records to which a batch of pairs refers; the only place where one side's reference becomes the
 * other's.
 *
 * @param local pairs by local record
 * @param remote pairs by PSA record
 */
public record LinkTable(Map<LocalRef, Pair> local, Map<RemoteRef, Pair> remote) {
    /** Knows no link. */
    public static final LinkTable NONE = new LinkTable(Map.of(), Map.of());

    /** Returns the pair of a record, if it is known. */
    public @Nullable Pair pair(AssetRef ref) {
        return ref instanceof LocalRef ? local.get(ref) : remote.get(ref);
    }

    /**
     * Returns what a reference is on the other side.
     *
     * @param organization the pair of the referring record's organization, to which a location or contact must belong;
     *     null when it does not matter
     */
    Across across(AssetRef ref, @Nullable Pair organization) {
        Pair pair = pair(ref);
        AssetRef other = pair == null || !pair.linked() ? null : partner(pair, ref);
        if (pair == null || other == null) {
            return new Across.Unlinked(ref);
        }
        return organization != null && belongsElsewhere(pair, organization)
                ? new Across.Foreign(ref)
                : new Across.Value(other);
    }

    /** A local record that was deleted is nothing to refer to, though its link is kept (STATE-6). */
    private static @Nullable AssetRef partner(Pair pair, AssetRef ref) {
        if (ref instanceof LocalRef) {
            return pair.remoteRef();
        }
        return pair.trouble().localGone() ? null : pair.localRef();
    }

    private static boolean belongsElsewhere(Pair pair, Pair organization) {
        return isOwned(pair.kind())
                && pair.organization() != null
                && organization.remote() != null
                && !pair.organization().equals(organization.remote());
    }

    /** Returns whether records of the kind can be referred to only within their organization. */
    static boolean isOwned(AssetKind kind) {
        return kind == AssetKind.LOCATION || kind == AssetKind.CONTACT;
    }
}
