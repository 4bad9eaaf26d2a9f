package org.psasync.engine.decide;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.Halves;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.FieldMerge.Sides;
import org.psasync.engine.decide.Translation.Listed;
import org.psasync.model.AssetRef;

/**
 * Merges one list of items: what the PSA added and removed is replayed on the local list first, then what the host
 * added and removed on the PSA's (MERGE-3). So an item that only one side can hold stays there (FIELD-4).
 *
 * <p>Members of a list of references that are not linked count as not there, neither on their side nor in its half of the
 * base, so that they come as soon as they are linked (FIELD-6).
 */
final class ListMerge {
    private final Lists lists;
    private final Permission permission;

    /**
     * What the two sides hold and held, each as far as the other side has it.
     *
     * @param hasBase whether the sides were ever agreed about the list
     */
    record Lists(boolean hasBase, Listed baseLocal, Listed baseRemote, Listed local, Listed remote) {
        boolean localChanged() {
            return !Objects.equals(baseLocal.held(), local.held());
        }

        boolean remoteChanged() {
            return !Objects.equals(baseRemote.held(), remote.held());
        }

        boolean same() {
            return Objects.equals(local.across(), remote.held()) || Objects.equals(remote.across(), local.held());
        }

        private boolean bothChosePrimary() {
            Object here = ItemSets.primary(local.held());
            Object there = ItemSets.primary(remote.held());
            return !Objects.equals(here, ItemSets.primary(baseLocal.held()))
                    && !Objects.equals(there, ItemSets.primary(baseRemote.held()))
                    && !Objects.equals(here, there);
        }
    }

    private ListMerge(Lists lists, Permission permission) {
        this.lists = lists;
        this.permission = permission;
    }

    /** Decides a list. */
    static FieldDecision merge(Lists lists, Permission permission) {
        if (!lists.hasBase()) {
            return FieldMerge.firstTime(
                    new Sides(
                            false,
                            null,
                            null,
                            lists.local().held(),
                            lists.remote().held(),
                            new Across.Value(lists.local().across()),
                            new Across.Value(lists.remote().across())),
                    permission);
        }
        if (!lists.localChanged() && !lists.remoteChanged() || lists.same()) {
            return new Agreed();
        }
        return new ListMerge(lists, permission).changed();
    }

    private FieldDecision changed() {
        if (lists.localChanged() && !permission.mayPush()) {
            Set<?> back = replayed(lists.baseLocal().held());
            return Objects.equals(back, lists.local().held())
                    ? new Agreed()
                    : new Pull(
                            with(lists.local().missing(), back),
                            FieldMerge.PUT_BACK,
                            new Halves(back, lists.remote().held()));
        }
        boolean clash = lists.bothChosePrimary();
        if (clash && permission.conflict() == ConflictPolicy.ASK) {
            return new Conflict(lists.local().held(), lists.remote().held());
        }
        boolean localPrimary = clash && permission.conflict() == ConflictPolicy.LOCAL_WINS;
        FieldDecision pull = pull(localPrimary, clash && !localPrimary ? permission.conflictBecause() : null);
        return pull != null ? pull : push(localPrimary ? permission.conflictBecause() : null);
    }

    /** What the PSA did to its list, done to another one. */
    private @Nullable Set<?> replayed(@Nullable Set<?> onto) {
        return ItemSets.replay(lists.baseRemote().across(), lists.remote().across(), onto);
    }

    /** Returns what is to be written to the host; null when it has everything the PSA has. */
    private @Nullable FieldDecision pull(boolean localPrimary, @Nullable Because loss) {
        if (!lists.remoteChanged()) {
            return null;
        }
        Set<?> local = lists.local().held();
        Set<?> merged = localPrimary
                ? ItemSets.replay(lists.baseRemote().across(), lists.remote().across(), local, ItemSets.primary(local))
                : replayed(local);
        if (Objects.equals(merged, local)) {
            return null;
        }
        Set<?> remote = lists.remote().held();
        Set<?> all = lists.remote().across();
        if (merged == null && all != null && !lists.localChanged()) {
            // The host has room for less than the PSA's list, and the PSA took away just what the host shows.
            return new Pull(with(lists.local().missing(), all), loss, new Halves(all, remote));
        }
        // The PSA's choice of the primary is not agreed: it is replaced by the push that follows, and logged there.
        return localPrimary
                ? new Pull(
                        with(lists.local().missing(), merged),
                        null,
                        new Halves(
                                ItemSets.withPrimary(
                                        replayed(lists.baseLocal().held()),
                                        ItemSets.primary(lists.baseLocal().held())),
                                ItemSets.withPrimary(
                                        remote,
                                        ItemSets.primary(lists.baseRemote().held()))))
                : new Pull(
                        with(lists.local().missing(), merged),
                        loss,
                        new Halves(replayed(lists.baseLocal().held()), remote));
    }

    private FieldDecision push(@Nullable Because loss) {
        if (!lists.localChanged()) {
            return new Agreed();
        }
        Set<?> sent = ItemSets.replay(
                lists.baseLocal().across(),
                lists.local().across(),
                lists.remote().held());
        if (Objects.equals(sent, lists.remote().held())) {
            return new Agreed();
        }
        return permission.confirmed() ? new Push(with(lists.remote().missing(), sent), loss) : new Unconfirmed();
    }

    /** A side keeps the members that the other one cannot see. */
    private static @Nullable Set<?> with(Set<AssetRef> unlinked, @Nullable Set<?> items) {
        if (unlinked.isEmpty()) {
            return items;
        }
        Set<Object> result = new LinkedHashSet<>(unlinked);
        if (items != null) {
            result.addAll(items);
        }
        return Collections.unmodifiableSet(result);
    }
}
