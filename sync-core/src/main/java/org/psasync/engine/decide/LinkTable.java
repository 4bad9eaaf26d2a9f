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

    /** What a reference is on the other side. */
    public sealed interface Target {
        /** The record there. */
        record Linked(AssetRef ref) implements Target {}

        /** The record is not linked yet; it is named by the side that has it. */
        record Unlinked(AssetRef missing) implements Target {}

        /** The record belongs to another organization and is ignored (FIELD-6). */
        record Foreign() implements Target {}
    }

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
    public Target across(AssetRef ref, @Nullable Pair organization) {
        Pair pair = pair(ref);
        if (pair == null || !pair.linked()) {
            return new Target.Unlinked(ref);
        }
        if (organization != null && belongsElsewhere(pair, organization)) {
            return new Target.Foreign();
        }
        AssetRef other = ref instanceof LocalRef ? pair.remoteRef() : pair.localRef();
        return other == null ? new Target.Unlinked(ref) : new Target.Linked(other);
    }

    private static boolean belongsElsewhere(Pair pair, Pair organization) {
        boolean child = pair.kind() == AssetKind.LOCATION || pair.kind() == AssetKind.CONTACT;
        return child
                && pair.organization() != null
                && organization.remote() != null
                && !pair.organization().equals(organization.remote());
    }
}
