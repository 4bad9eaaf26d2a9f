package org.psasync.engine.decide;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.LeftAlone;
import org.psasync.engine.decide.FieldDecision.ListBase;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;

/**
 * The three-way comparison of one field that both sides have read; each side is held against its own half of the base
 * (MERGE-1).
 */
final class FieldMerge {
    private FieldMerge() {}

    /**
     * What the two sides hold and held.
     *
     * @param hasBase whether the sides were ever agreed about the field
     * @param baseLocal what the host held then
     * @param baseRemote what the PSA held then
     * @param local what the host holds, in its own terms
     * @param remote what the PSA holds, in its own terms
     * @param localAcross the local value in the PSA's terms
     * @param remoteAcross the PSA's value in the host's terms
     */
    record Sides(
            boolean hasBase,
            @Nullable Object baseLocal,
            @Nullable Object baseRemote,
            @Nullable Object local,
            @Nullable Object remote,
            @Nullable Object localAcross,
            @Nullable Object remoteAcross) {

        boolean localChanged() {
            return !Objects.equals(baseLocal, local);
        }

        boolean remoteChanged() {
            return !Objects.equals(baseRemote, remote);
        }

        boolean same() {
            return Objects.equals(localAcross, remote) || Objects.equals(remoteAcross, local);
        }
    }

    /**
     * What may be done about the field.
     *
     * @param mayPush whether local changes of the field go to the PSA at all
     * @param confirmed whether somebody confirmed the local value as it is (PUSH-5)
     * @param conflict who wins when both changed; {@code NEWEST_WINS} is already resolved
     * @param conflictReason how {@code NEWEST_WINS} was resolved, or the policy's name
     */
    record Permission(boolean mayPush, boolean confirmed, ConflictPolicy conflict, String conflictReason) {}

    /** Decides a field on its own. */
    static FieldDecision merge(Sides sides, Permission permission) {
        return merge(sides, sides.localChanged(), sides.remoteChanged(), permission);
    }

    /**
     * Decides a field whose change counts as given, because it belongs to a group that is merged as one (MERGE-3).
     */
    static FieldDecision merge(Sides sides, boolean localChanged, boolean remoteChanged, Permission permission) {
        if (!sides.hasBase()) {
            return firstTime(sides, permission);
        }
        if (!localChanged && !remoteChanged || sides.same()) {
            return new Agreed();
        }
        if (!localChanged) {
            return new Pull(sides.remoteAcross(), null, null);
        }
        if (!permission.mayPush()) {
            return new Pull(
                    sides.remoteAcross(),
                    new Because("PUSH-1", "the field can only be changed in the PSA, so its value was put back"),
                    null);
        }
        if (isList(sides)) {
            return list(sides, remoteChanged, permission);
        }
        if (!remoteChanged) {
            return permission.confirmed() ? new Push(sides.localAcross(), null) : new Unconfirmed();
        }
        return conflict(sides, permission);
    }

    /** Nothing was ever agreed: the PSA's value counts, unless it is blank (MATCH-8). */
    private static FieldDecision firstTime(Sides sides, Permission permission) {
        if (sides.same()) {
            return new Agreed();
        }
        if (sides.remote() != null) {
            Because loss = sides.local() == null
                    ? null
                    : new Because("MATCH-8", "on the first link the PSA's value replaces the local one");
            return new Pull(sides.remoteAcross(), loss, null);
        }
        if (!permission.mayPush()) {
            return new LeftAlone();
        }
        return permission.confirmed() ? new Push(sides.localAcross(), null) : new Unconfirmed();
    }

    private static FieldDecision conflict(Sides sides, Permission permission) {
        return switch (permission.conflict()) {
            case PSA_WINS, NEWEST_WINS ->
                new Pull(sides.remoteAcross(), new Because("MERGE-1", permission.conflictReason()), null);
            case LOCAL_WINS ->
                permission.confirmed()
                        ? new Push(sides.localAcross(), new Because("MERGE-1", permission.conflictReason()))
                        : new Unconfirmed();
            case ASK -> new Conflict(sides.local(), sides.remote());
        };
    }

    /** Items are merged one by one; what the PSA added or removed comes first, then the local items go out. */
    private static FieldDecision list(Sides sides, boolean remoteChanged, Permission permission) {
        if (remoteChanged) {
            Object merged =
                    ItemSets.replay((Set<?>) sides.baseRemote(), (Set<?>) sides.remote(), (Set<?>) sides.local());
            Object base =
                    ItemSets.replay((Set<?>) sides.baseRemote(), (Set<?>) sides.remote(), (Set<?>) sides.baseLocal());
            return new Pull(merged, null, new ListBase(base));
        }
        if (!permission.confirmed()) {
            return new Unconfirmed();
        }
        return new Push(
                ItemSets.replay((Set<?>) sides.baseLocal(), (Set<?>) sides.local(), (Set<?>) sides.remote()), null);
    }

    private static boolean isList(Sides sides) {
        return sides.local() instanceof Set
                || sides.remote() instanceof Set
                || sides.baseLocal() instanceof Set
                || sides.baseRemote() instanceof Set;
    }
}
