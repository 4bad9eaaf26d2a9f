package org.psasync.engine.decide;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Awaits;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.Foreign;
import org.psasync.engine.decide.FieldDecision.LeftAlone;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;

/**
 * The three-way comparison of one field that both sides have read; each side is held against its own half of the base
 * (MERGE-1).
 */
final class FieldMerge {
    static final Because PUT_BACK =
            new Because("PUSH-1", "the field can only be changed in the PSA, so its value was put back");
    static final Because FIRST_LINK =
            new Because("MATCH-8", "on the first link the PSA's value replaces the local one");

    static final Because ONE_TIME = new Because("ALL-1", "in the one-time push the local value replaces the PSA's");

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
            Across localAcross,
            Across remoteAcross) {

        boolean localChanged() {
            return !Objects.equals(baseLocal, local);
        }

        boolean remoteChanged() {
            return !Objects.equals(baseRemote, remote);
        }

        /** A value that cannot be translated is the same as none, not even as a blank one. */
        boolean same() {
            return localAcross instanceof Across.Value sent && Objects.equals(sent.value(), remote)
                    || remoteAcross instanceof Across.Value taken && Objects.equals(taken.value(), local);
        }

        /** Returns the decision to take the PSA's value, or why it cannot be taken. */
        FieldDecision pull(@Nullable Because loss) {
            return remoteAcross instanceof Across.Value taken
                    ? new Pull(taken.value(), loss, null)
                    : untranslatable(remoteAcross);
        }

        /** Returns the decision to send the local value, or why it cannot be sent. */
        FieldDecision push(@Nullable Because loss) {
            return localAcross instanceof Across.Value sent
                    ? new Push(sent.value(), loss)
                    : untranslatable(localAcross);
        }

        private static FieldDecision untranslatable(Across across) {
            return across instanceof Across.Unlinked unlinked
                    ? new Awaits(unlinked.missing())
                    : new Foreign(((Across.Foreign) across).ref());
        }
    }

    /**
     * What may be done about the field.
     *
     * @param mayPush whether local changes of the field go to the PSA at all
     * @param confirmed whether somebody confirmed the local value as it is (PUSH-5)
     * @param conflict who wins when both changed; {@code NEWEST_WINS} is already resolved
     * @param conflictReason how {@code NEWEST_WINS} was resolved, or the policy's name
     * @param localFirst whether the local value goes before the PSA's where nothing was agreed yet (ALL-1)
     */
    record Permission(
            boolean mayPush, boolean confirmed, ConflictPolicy conflict, String conflictReason, boolean localFirst) {
        /** The local value does not go first. */
        Permission(boolean mayPush, boolean confirmed, ConflictPolicy conflict, String conflictReason) {
            this(mayPush, confirmed, conflict, conflictReason, false);
        }

        Because conflictBecause() {
            return new Because("MERGE-1", conflictReason);
        }
    }

    /** Decides a field on its own. */
    static FieldDecision merge(Sides sides, Permission permission) {
        if (!sides.hasBase()) {
            return firstTime(sides, permission);
        }
        boolean localChanged = sides.localChanged();
        boolean remoteChanged = sides.remoteChanged();
        if (!localChanged && !remoteChanged || sides.same()) {
            return new Agreed();
        }
        if (!localChanged) {
            return sides.pull(null);
        }
        if (!permission.mayPush()) {
            return sides.pull(PUT_BACK);
        }
        if (!remoteChanged) {
            return permission.confirmed() ? sides.push(null) : new Unconfirmed();
        }
        return conflict(sides, permission);
    }

    /** Nothing was ever agreed: the PSA's value counts, unless it is blank (MATCH-8), or a one-time push says else. */
    static FieldDecision firstTime(Sides sides, Permission permission) {
        if (sides.same()) {
            return new Agreed();
        }
        if (permission.localFirst() && permission.mayPush() && permission.confirmed() && sides.local() != null) {
            return sides.push(sides.remote() == null ? null : ONE_TIME);
        }
        if (sides.remote() != null) {
            return sides.pull(sides.local() == null ? null : FIRST_LINK);
        }
        if (!permission.mayPush()) {
            return new LeftAlone();
        }
        return permission.confirmed() ? sides.push(null) : new Unconfirmed();
    }

    private static FieldDecision conflict(Sides sides, Permission permission) {
        return switch (permission.conflict()) {
            case PSA_WINS, NEWEST_WINS -> sides.pull(permission.conflictBecause());
            case LOCAL_WINS -> permission.confirmed() ? sides.push(permission.conflictBecause()) : new Unconfirmed();
            case ASK -> new Conflict(sides.local(), sides.remote());
        };
    }
}
