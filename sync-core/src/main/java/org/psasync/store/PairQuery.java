package org.psasync.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;

/** The questions the engine asks about pairs; a store answers each from an index. */
public sealed interface PairQuery {
    /** Pairs that must be decided again. */
    record Dirty(AssetKind kind) implements PairQuery {}

    /** Pairs whose time has come. */
    record Due(Instant now) implements PairQuery {}

    /** Pairs with one of these texts for matching: unlinked ones, and links whose local record was deleted. */
    record Unlinked(AssetKind kind, Set<String> matchTexts) implements PairQuery {
        public Unlinked {
            matchTexts = Set.copyOf(matchTexts);
        }
    }

    /** Pairs whose PSA record belongs to that organization. */
    record Below(AssetKind kind, RemoteId organization) implements PairQuery {}

    /** Pairs that wait for one of these records to be linked. */
    record Awaiting(Set<AssetRef> records) implements PairQuery {
        public Awaiting {
            records = Set.copyOf(records);
        }
    }

    /** Pairs with a PSA record that the full check of that number did not list. */
    record NotSeenIn(AssetKind kind, long check) implements PairQuery {}

    /** Pairs with a write whose end is not known. */
    record WithWriteInFlight(AssetKind kind) implements PairQuery {}

    /** Pairs about which a person must decide. */
    record InReview(AssetKind kind) implements PairQuery {}

    /** Records without link that a person decided to leave alone, and about which nothing is to be decided anew. */
    record Ignored(AssetKind kind) implements PairQuery {}

    /**
     * Links in a state.
     *
     * @param reason only orphans for this reason; null for all
     */
    record InState(
            AssetKind kind, SyncState state, @Nullable OrphanReason reason) implements PairQuery {}

    /**
     * Links in a place.
     *
     * @param place null for all links of the kind
     * @param state only those in this state; null for any
     */
    record Placed(
            AssetKind kind, @Nullable Place place, @Nullable SyncState state) implements PairQuery {
        /** Links in a place, in any state. */
        public Placed(AssetKind kind, @Nullable Place place) {
            this(kind, place, null);
        }
    }

    /**
     * Links of which the last attempt failed, in any state.
     *
     * @param place only those in this place; null for all links of the kind
     */
    record Failed(AssetKind kind, @Nullable Place place) implements PairQuery {}

    /**
     * Pairs that stand somewhere that neither their state tells nor that they are dirty or turned away: those whose {@link
     * Pair#standingApart} it is. With {@link InState}, {@link Dirty} and {@link TurnedAway} these are all that stand there.
     */
    record Standing(AssetKind kind, Disposition disposition) implements PairQuery {}

    /** Pairs that the gate turns away, for whatever reasons; orphans are not among them. */
    record TurnedAway(AssetKind kind) implements PairQuery {}

    /** Links that are disabled or disconnected. */
    record LeftAlone(AssetKind kind) implements PairQuery {}

    /** All pairs of a kind. */
    record OfKind(AssetKind kind) implements PairQuery {}
}
