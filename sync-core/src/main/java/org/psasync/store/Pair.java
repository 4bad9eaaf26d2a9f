package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;

/**
 * What the engine remembers about one asset (SPEC 1). With both ids it is a link.
 *
 * @param id the same for ever
 * @param kind the kind of record
 * @param version counts the changes; 0 before the first is stored
 * @param local the host's record; null when there is none
 * @param remote the PSA's record; null when there is none
 * @param state where the link stands; null when there is no link
 * @param reasons why it is orphaned; empty otherwise
 * @param observed what the PSA last showed; null before it showed anything
 * @param base what the sides last agreed on; null when there never was a link
 * @param grant what somebody confirmed last, without what is settled since; null when nobody did
 * @param inFlight a write whose end is not known; null when there is none
 * @param trouble what keeps it from syncing smoothly; {@link Trouble#NONE} mostly
 * @param awaited records that must be linked before this one can go on, or be whole (FIELD-6)
 * @param matchText by which a record is found for matching: an unlinked one, or that of a link whose local record was
 *     deleted; null for other links
 * @param lastWrite when the engine's last write to the PSA record ended (MERGE-8); null when it never wrote
 * @param seenIn the number of the full check that last listed the PSA record; 0 for none
 * @param disposition where the record stood when last decided; null before
 * @param turnedAway names of the reasons for which the gate turns a record without link away; empty otherwise. Those of
 *     an orphan are its {@code reasons}
 * @param dirty whether it must be decided again
 * @param mustRead whether the PSA record must be read before anything is decided
 * @param dueAt when it must be decided again at the latest; null for never
 */
public record Pair(
        PairId id,
        AssetKind kind,
        long version,
        @Nullable LocalId local,
        @Nullable RemoteId remote,
        @Nullable SyncState state,
        Set<OrphanReason> reasons,
        @Nullable Observation observed,
        @Nullable Base base,
        @Nullable Grant grant,
        @Nullable InFlight inFlight,
        Trouble trouble,
        Set<AssetRef> awaited,
        @Nullable String matchText,
        @Nullable Instant lastWrite,
        long seenIn,
        @Nullable Disposition disposition,
        Set<String> turnedAway,
        boolean dirty,
        boolean mustRead,
        @Nullable Instant dueAt) {

    public Pair {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        reasons = Set.copyOf(reasons);
        requireNonNull(trouble, "trouble");
        awaited = Set.copyOf(awaited);
        turnedAway = Set.copyOf(turnedAway);
        if (state != null && (local == null || remote == null)) {
            throw new IllegalArgumentException("Pair " + id + " is " + state + " but not a link");
        }
    }

    /** Returns a new pair that is about a PSA record alone. */
    public static Pair ofRemote(PairId id, RemoteRef remote) {
        return new Builder(id, remote.kind()).remote(remote.id()).build();
    }

    /** Returns a new pair that is about a local record alone. */
    public static Pair ofLocal(PairId id, LocalRef local) {
        return new Builder(id, local.kind()).local(local.id()).build();
    }

    /** Returns whether the pair is a link: it has both ids. */
    public boolean linked() {
        return state != null;
    }

    /** Returns whether a person or a bulk action took the pair out, so that it is left alone (STATE-7). */
    public boolean leftAlone() {
        return state == SyncState.DISABLED || state == SyncState.DISCONNECTED;
    }

    /** Returns whether the link is out of the sync because its local record was deleted (STATE-6). */
    public boolean localLost() {
        return leftAlone() && trouble.localGone();
    }

    /** Returns whether what the PSA showed last could not be understood, so that older values are known only (PULL-4). */
    public boolean setAside() {
        Trouble.Failure failure = trouble.failure();
        return mustRead && failure != null && failure.isUnreadable();
    }

    /**
     * Returns whether the integration lays claim to the local record, so that no other one may sync it (SET-9): it is
     * linked, and not cut, or its PSA record is being made.
     */
    public boolean holdsLocal() {
        return local != null
                && (linked() && state != SyncState.DISCONNECTED
                        || inFlight instanceof InFlight.CreatingRemote
                        || isBeingDeleted());
    }

    /** Returns whether a delete of the local record was begun, so that it may be gone by now. */
    public boolean isBeingDeleted() {
        return inFlight instanceof InFlight.DeletingLocal;
    }

    /** Returns where the record stands now: where it was decided to stand, or, while that is to be done, as waiting. */
    public Disposition standing() {
        boolean settled = !dirty || leftAlone();
        return disposition != null && (settled || disposition.keepsRunIncomplete())
                ? disposition
                : Disposition.CHANGE_WAITING;
    }

    /**
     * Returns where the record stands; null where another list finds it there: its state tells it ({@link PairQuery.InState}),
     * it waits to be decided ({@link PairQuery.Dirty}), or the gate turns it away ({@link PairQuery.TurnedAway}).
     */
    public @Nullable Disposition standingApart() {
        Disposition standing = standing();
        boolean elsewhere = switch (standing) {
            case IN_SYNC -> state == SyncState.SYNCING;
            case ORPHANED -> state == SyncState.ORPHANED;
            case DISABLED -> state == SyncState.DISABLED;
            case DISCONNECTED -> state == SyncState.DISCONNECTED;
            case CHANGE_WAITING -> dirty;
            case NOT_SELECTED -> !turnedAway.isEmpty();
            default -> false;
        };
        return elsewhere ? null : standing;
    }

    /** Returns a reference to the local record, or null. */
    public @Nullable LocalRef localRef() {
        return local == null ? null : new LocalRef(kind, local);
    }

    /** Returns a reference to the PSA record, or null. */
    public @Nullable RemoteRef remoteRef() {
        return remote == null ? null : new RemoteRef(kind, remote);
    }

    /** Returns the identifier of the organization to which the PSA record belongs, as last seen; or null. */
    public @Nullable RemoteId organization() {
        Field<AssetRef> field = Fields.organization(kind);
        AssetRef ref =
                field == null || observed == null ? null : observed.values().get(field);
        return ref instanceof RemoteRef organization ? organization.id() : null;
    }

    /** Returns the base, empty when there is none. */
    public Base baseOrNone() {
        return base == null ? Base.none(kind) : base;
    }

    /** Returns the last values the PSA showed, empty when there are none. */
    public FieldValues remoteValues() {
        return observed == null ? FieldValues.empty(kind) : observed.values();
    }

    /** Returns a builder that holds this pair. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns this pair with another version; for stores. */
    public Pair versioned(long newVersion) {
        return new Pair(
                id,
                kind,
                newVersion,
                local,
                remote,
                state,
                reasons,
                observed,
                base,
                grant,
                inFlight,
                trouble,
                awaited,
                matchText,
                lastWrite,
                seenIn,
                disposition,
                turnedAway,
                dirty,
                mustRead,
                dueAt);
    }

    /** Returns this pair to be decided again. */
    public Pair madeDirty() {
        return dirty ? this : toBuilder().dirty(true).build();
    }

    /** Collects a changed pair. */
    public static final class Builder {
        private final PairId id;
        private final AssetKind kind;
        private final long version;
        private @Nullable LocalId local;
        private @Nullable RemoteId remote;
        private @Nullable SyncState state;
        private Set<OrphanReason> reasons = Set.of();
        private @Nullable Observation observed;
        private @Nullable Base base;
        private @Nullable Grant grant;
        private @Nullable InFlight inFlight;
        private Trouble trouble = Trouble.NONE;
        private Set<AssetRef> awaited = Set.of();
        private @Nullable String matchText;
        private @Nullable Instant lastWrite;
        private long seenIn;
        private @Nullable Disposition disposition;
        private Set<String> turnedAway = Set.of();
        private boolean dirty;
        private boolean mustRead;
        private @Nullable Instant dueAt;

        private Builder(PairId id, AssetKind kind) {
            this.id = id;
            this.kind = kind;
            this.version = 0;
        }

        private Builder(Pair pair) {
            this.id = pair.id;
            this.kind = pair.kind;
            this.version = pair.version;
            this.local = pair.local;
            this.remote = pair.remote;
            this.state = pair.state;
            this.reasons = pair.reasons;
            this.observed = pair.observed;
            this.base = pair.base;
            this.grant = pair.grant;
            this.inFlight = pair.inFlight;
            this.trouble = pair.trouble;
            this.awaited = pair.awaited;
            this.matchText = pair.matchText;
            this.lastWrite = pair.lastWrite;
            this.seenIn = pair.seenIn;
            this.disposition = pair.disposition;
            this.turnedAway = pair.turnedAway;
            this.dirty = pair.dirty;
            this.mustRead = pair.mustRead;
            this.dueAt = pair.dueAt;
        }

        /** Sets the host's record. */
        public Builder local(@Nullable LocalId newLocal) {
            this.local = newLocal;
            return this;
        }

        /** Sets the PSA's record. */
        public Builder remote(@Nullable RemoteId newRemote) {
            this.remote = newRemote;
            return this;
        }

        /** Sets where the link stands, without reasons; null when it is no link. */
        public Builder state(@Nullable SyncState newState) {
            this.state = newState;
            this.reasons = Set.of();
            return this;
        }

        /** Makes the link an orphan for these reasons. */
        public Builder orphaned(Set<OrphanReason> newReasons) {
            this.state = SyncState.ORPHANED;
            this.reasons = newReasons;
            return this;
        }

        /** Sets what the PSA last showed. */
        public Builder observed(@Nullable Observation newObserved) {
            this.observed = newObserved;
            return this;
        }

        /** Sets what the sides last agreed on. */
        public Builder base(@Nullable Base newBase) {
            this.base = newBase;
            return this;
        }

        /** Sets what somebody confirmed. */
        public Builder grant(@Nullable Grant newGrant) {
            this.grant = newGrant;
            return this;
        }

        /** Sets the write whose end is not known. */
        public Builder inFlight(@Nullable InFlight newInFlight) {
            this.inFlight = newInFlight;
            return this;
        }

        /** Sets what keeps it from syncing smoothly. */
        public Builder trouble(Trouble newTrouble) {
            this.trouble = newTrouble;
            return this;
        }

        /** Sets the records that must be linked first. */
        public Builder awaited(Set<AssetRef> newAwaited) {
            this.awaited = newAwaited;
            return this;
        }

        /** Sets the text by which it is found for matching. */
        public Builder matchText(@Nullable String newMatchText) {
            this.matchText = newMatchText;
            return this;
        }

        /** Sets when the engine's last write to the PSA record ended. */
        public Builder lastWrite(@Nullable Instant newLastWrite) {
            this.lastWrite = newLastWrite;
            return this;
        }

        /** Sets the number of the full check that listed the PSA record. */
        public Builder seenIn(long newSeenIn) {
            this.seenIn = newSeenIn;
            return this;
        }

        /** Sets where the record stands; the gate does not turn it away, unless that is said next. */
        public Builder disposition(@Nullable Disposition newDisposition) {
            this.disposition = newDisposition;
            this.turnedAway = Set.of();
            return this;
        }

        /** Sets for which reasons the gate turns the record away. */
        public Builder turnedAway(Set<String> newTurnedAway) {
            this.turnedAway = newTurnedAway;
            return this;
        }

        /** Sets whether it must be decided again. */
        public Builder dirty(boolean newDirty) {
            this.dirty = newDirty;
            return this;
        }

        /** Sets whether the PSA record must be read first. */
        public Builder mustRead(boolean newMustRead) {
            this.mustRead = newMustRead;
            return this;
        }

        /** Sets when it must be decided again. */
        public Builder dueAt(@Nullable Instant newDueAt) {
            this.dueAt = newDueAt;
            return this;
        }

        /** Returns the pair. */
        public Pair build() {
            return new Pair(
                    id,
                    kind,
                    version,
                    local,
                    remote,
                    state,
                    reasons,
                    observed,
                    base,
                    grant,
                    inFlight,
                    trouble,
                    awaited,
                    matchText,
                    lastWrite,
                    seenIn,
                    disposition,
                    turnedAway,
                    dirty,
                    mustRead,
                    dueAt);
        }
    }
}
